"""What posts hold by kind, their tags, and the members of a community: columns and tables that only add."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    with op.batch_alter_table("posts") as posts:
        posts.add_column(sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))
        posts.add_column(sa.Column("territory", sa.String(length=255), nullable=True))
        posts.add_column(sa.Column("summary", sa.Text(), nullable=True))
        posts.add_column(sa.Column("summary_language", sa.String(length=255), nullable=True))
        posts.add_column(sa.Column("is_nameless", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("replies") as replies:
        replies.add_column(sa.Column("is_nameless", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "post_tags",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("tag", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_post_tags_community_id_post_id_posts"),
        ),
        sa.PrimaryKeyConstraint("community_id", "post_id", "tag", name=op.f("pk_post_tags")),
    )
    op.create_index("ix_post_tags_tag", "post_tags", ["community_id", "tag"])
    op.create_table(
        "members",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("territory", sa.String(length=255), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("here_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("here_before", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_members_community_id_communities")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_members_person_id_people")),
        sa.PrimaryKeyConstraint("community_id", "person_id", name=op.f("pk_members")),
    )


def downgrade() -> None:
    op.drop_table("members")
    op.drop_index("ix_post_tags_tag", "post_tags")
    op.drop_table("post_tags")
    with op.batch_alter_table("replies") as replies:
        replies.drop_column("is_nameless")
    with op.batch_alter_table("posts") as posts:
        for column in ("is_nameless", "summary_language", "summary", "territory", "details"):
            posts.drop_column(column)
