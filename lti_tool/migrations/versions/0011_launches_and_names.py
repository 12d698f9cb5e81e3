"""What a launch opens belongs to the launch, and what a person is called to the registration that says so."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("launches", sa.Column("activity", sa.String(length=255), nullable=True))
    op.add_column("people", sa.Column("names", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("people", "names")
    op.drop_column("launches", "activity")
