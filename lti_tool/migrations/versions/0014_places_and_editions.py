"""Notes can be moved, and submissions keep their exercise's edition; processes of before write on without either."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("notes", sa.Column("rank", sa.String(length=64), nullable=True))
    op.add_column("notes", sa.Column("place_version", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_notes_cell", "notes", ["workspace_id", "part", "cell", "deleted"])
    op.create_table(
        "editions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_editions")),
    )
    op.add_column("submissions", sa.Column("edition", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("submissions", "edition")
    op.drop_table("editions")
    op.drop_index("ix_notes_cell", "notes")
    op.drop_column("notes", "place_version")
    op.drop_column("notes", "rank")
