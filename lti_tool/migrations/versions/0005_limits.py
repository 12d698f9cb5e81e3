"""Limits by client address."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("limit", sa.String(length=32), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("limit", "address_hash", name=op.f("pk_attempts")),
    )
    op.create_index("ix_attempts_ends_at", "attempts", ["ends_at"])
    op.add_column("logins", sa.Column("address_hash", sa.String(length=64), nullable=False, server_default=""))
    op.create_index("ix_logins_address_hash", "logins", ["address_hash", "expires_at"])


def downgrade() -> None:
    op.drop_index("ix_logins_address_hash", "logins")
    with op.batch_alter_table("logins") as batch_op:
        batch_op.drop_column("address_hash")
    op.drop_index("ix_attempts_ends_at", "attempts")
    op.drop_table("attempts")
