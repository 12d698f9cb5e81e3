"""The language that somebody chose: a column that processes of the version before don't know and leave empty."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("people", sa.Column("language", sa.String(length=255), nullable=True))


def downgrade() -> None:
    op.drop_column("people", "language")
