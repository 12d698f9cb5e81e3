"""Answers brought along from earlier exercises: a table that processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "brought_along",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("from_workspace_id", sa.Integer(), nullable=False),
        sa.Column("from_note_id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=255), nullable=False),
        sa.Column("cell", sa.String(length=255), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_brought_along_author_id_people")),
        sa.ForeignKeyConstraint(
            ["from_workspace_id"], ["workspaces.id"], name=op.f("fk_brought_along_from_workspace_id_workspaces")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_brought_along_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "from_workspace_id", "from_note_id", "part", name=op.f("pk_brought_along")
        ),
    )


def downgrade() -> None:
    op.drop_table("brought_along")
