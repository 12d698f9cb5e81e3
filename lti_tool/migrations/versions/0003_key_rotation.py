"""Key rotation: the key that signed so far is the active one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("tool_keys", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=32), nullable=False, server_default="retiring"))
        batch_op.add_column(sa.Column("published_until", sa.DateTime(timezone=True), nullable=True))

    # The newest signed; any other stopped signing when that one was made.
    op.execute(
        "UPDATE tool_keys SET state = 'active'"
        " WHERE kid = (SELECT kid FROM tool_keys ORDER BY created_at DESC, kid LIMIT 1)"
    )
    op.execute(
        "UPDATE tool_keys SET published_until = (SELECT max(created_at) FROM tool_keys) WHERE state = 'retiring'"
    )
    with op.batch_alter_table("tool_keys", schema=None) as batch_op:
        batch_op.alter_column("state", server_default=None)
        batch_op.create_index(
            "ix_tool_keys_state",
            ["state"],
            unique=True,
            sqlite_where=sa.text("state <> 'retiring'"),
            postgresql_where=sa.text("state <> 'retiring'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("tool_keys", schema=None) as batch_op:
        batch_op.drop_index("ix_tool_keys_state")
        batch_op.drop_column("published_until")
        batch_op.drop_column("state")
