"""Files at posts and replies: a table that only adds."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("suffix", sa.String(length=255), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=True),
        sa.Column("reply_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("(post_id IS NULL) <> (reply_id IS NULL)", name=op.f("ck_files_one_piece")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_files_author_id_people")),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_files_community_id_post_id_posts"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "reply_id"],
            ["replies.community_id", "replies.id"],
            name=op.f("fk_files_community_id_reply_id_replies"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint("community_id", "post_id", "digest", name=op.f("uq_files_community_id_post_id_digest")),
        sa.UniqueConstraint("community_id", "reply_id", "digest", name=op.f("uq_files_community_id_reply_id_digest")),
    )
    op.create_index("ix_files_author", "files", ["author_id", "added_at"])


def downgrade() -> None:
    op.drop_table("files")
