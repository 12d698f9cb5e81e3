"""PostgreSQL keeps folded words as they are: a search reads hundreds, and unpacking took a third of its time."""

from alembic import op

revision = "0048"
down_revision = "0047"

COLUMNS = ("body", "replies")


def upgrade() -> None:
    _keep("EXTERNAL")


def downgrade() -> None:
    _keep("EXTENDED")


def _keep(storage: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for column in COLUMNS:
        op.execute(f"ALTER TABLE post_words ALTER COLUMN {column} SET STORAGE {storage}")
    op.execute("UPDATE post_words SET body = body || '', replies = replies || ''")  # stored anew
