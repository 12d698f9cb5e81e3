"""What a launch opens belongs to the launch."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("launches", sa.Column("activity", sa.String(length=255), nullable=True))


def downgrade() -> None:
    op.drop_column("launches", "activity")
