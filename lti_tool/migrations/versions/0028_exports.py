"""Exports: tables that processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

IS_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=255), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=True),
        sa.Column("for_trainers", sa.Boolean(), nullable=False),
        sa.Column("form", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("reads", sa.String(length=255), nullable=False),
        sa.Column("timezone", sa.String(length=255), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.Column("workspace_ids", sa.JSON(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_exports_course_id_courses")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_exports_person_id_people")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_exports_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(
        "uq_exports_waiting",
        "exports",
        ["person_id"],
        unique=True,
        sqlite_where=IS_WAITING,
        postgresql_where=IS_WAITING,
    )
    op.create_index("ix_exports_due_at", "exports", ["due_at"])
    op.create_table(
        "export_pieces",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"], ["exports.id"], name=op.f("fk_export_pieces_export_id_exports"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("export_id", "number", name=op.f("pk_export_pieces")),
    )


def downgrade() -> None:
    op.drop_table("export_pieces")
    op.drop_index("ix_exports_due_at", "exports")
    op.drop_index("uq_exports_waiting", "exports")
    op.drop_table("exports")
