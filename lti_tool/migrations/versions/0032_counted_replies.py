"""What a post says of its replies, and where it stands in the list: columns and indices that only add."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

WAITS = "kind = 'need' AND answered_at IS NULL AND deleted_at IS NULL AND hidden_at IS NULL"
ACTIVE_AT = "coalesce(newest_reply_at, created_at)"
UP = (
    "FROM replies WHERE replies.community_id = posts.community_id AND replies.post_id = posts.id"
    " AND replies.deleted_at IS NULL AND replies.hidden_at IS NULL"
)


def upgrade() -> None:
    op.add_column("posts", sa.Column("replies", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("posts", sa.Column("newest_reply_at", sa.DateTime(timezone=True), nullable=True))
    counted = (
        f"UPDATE posts SET replies = (SELECT count(*) {UP}), newest_reply_at = (SELECT max(replies.created_at) {UP})"  # noqa: S608 - our own names
    )
    op.execute(counted)
    stored = op.get_bind().dialect.name != "sqlite"  # which stores none in a table that is there; its indices do
    waits, active_at = sa.Computed(WAITS, persisted=stored), sa.Computed(ACTIVE_AT, persisted=stored)
    op.add_column("posts", sa.Column("waits", sa.Boolean(), waits, nullable=False))
    op.add_column("posts", sa.Column("active_at", sa.DateTime(timezone=True), active_at, nullable=False))
    op.create_index("ix_posts_order", "posts", ["community_id", "waits", "active_at", "id"])
    op.create_index("ix_posts_order_of_kind", "posts", ["community_id", "kind", "waits", "active_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_posts_order_of_kind", "posts")
    op.drop_index("ix_posts_order", "posts")
    for column in ("active_at", "waits", "newest_reply_at", "replies"):
        op.drop_column("posts", column)
