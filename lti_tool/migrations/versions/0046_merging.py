"""Posts that were merged, replies that were posts, and what was taken out of a thread: columns only."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.add_column("posts", sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("posts", sa.Column("split_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("replies", sa.Column("heading", sa.JSON(), nullable=True))
    op.add_column("meetings", sa.Column("is_nameless", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("deeds", sa.Column("from_post_id", sa.String(length=36), nullable=True))
    op.create_index("ix_deeds_from", "deeds", ["community_id", "from_post_id"])


def downgrade() -> None:
    op.drop_index("ix_deeds_from", "deeds")
    op.drop_column("deeds", "from_post_id")
    op.drop_column("meetings", "is_nameless")
    op.drop_column("replies", "heading")
    op.drop_column("posts", "split_at")
    op.drop_column("posts", "merged_at")
