"""Marks of one member's own: a table that processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "own_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given", sa.Double(), nullable=True),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("beside", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_own_marks_person_id_people")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["people.id"], name=op.f("fk_own_marks_reviewer_id_people")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_own_marks_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_marks")),
        sa.UniqueConstraint(
            "workspace_id", "person_id", "number", name=op.f("uq_own_marks_workspace_id_person_id_number")
        ),
    )


def downgrade() -> None:
    op.drop_table("own_marks")
