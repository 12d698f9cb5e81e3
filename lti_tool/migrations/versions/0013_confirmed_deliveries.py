"""Which grades went to a confirmed line item: workers of before this version go on sending while it is brought in."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("is_confirmed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("deliveries", "is_confirmed")
