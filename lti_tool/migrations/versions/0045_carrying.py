"""Which posts came from which canvas, and what groups agree on: tables that processes of before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "carried",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_carried_community_id_post_id_posts"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_carried_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("community_id", "post_id", "workspace_id", name=op.f("pk_carried")),
    )
    op.create_index("ix_carried_workspace_id", "carried", ["workspace_id"])
    _make_proposals()
    _make_wishes()


def _make_proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_proposals_workspace_id_workspaces")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_proposals_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(
        "ix_proposals_open", "proposals", ["workspace_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        "consents",
        sa.Column("proposal_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_consents_proposal_id_proposals")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id_people")),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_consents")),
    )


def _make_wishes() -> None:
    op.create_table(
        "joint_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_joint_wishes_community_id_post_id_posts"),
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_joint_wishes_course_id_courses")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_joint_wishes_by_id_people")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_joint_wishes_group_id_groups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_wishes")),
    )
    op.create_index("ix_joint_wishes_exercise", "joint_wishes", ["course_id", "exercise"])
    op.create_index(
        "ix_joint_wishes_open",
        "joint_wishes",
        ["community_id", "post_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "joint_asked",
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["wish_id"], ["joint_wishes.id"], name=op.f("fk_joint_asked_wish_id_joint_wishes")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_joint_asked_person_id_people")),
        sa.PrimaryKeyConstraint("wish_id", "person_id", name=op.f("pk_joint_asked")),
    )


def downgrade() -> None:
    op.drop_table("joint_asked")
    op.drop_table("joint_wishes")
    op.drop_table("consents")
    op.drop_table("proposals")
    op.drop_table("carried")
