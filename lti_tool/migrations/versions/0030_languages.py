"""Languages that people chose, and courses: columns that the version before doesn't know and leaves empty."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("people", sa.Column("language", sa.String(length=255), nullable=True))
    op.add_column("courses", sa.Column("language", sa.String(length=255), nullable=True))


def downgrade() -> None:
    op.drop_column("courses", "language")
    op.drop_column("people", "language")
