"""What posts and replies said before they were changed: a table that only adds."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=True),
        sa.Column("reply_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("(post_id IS NULL) <> (reply_id IS NULL)", name=op.f("ck_versions_one_piece")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_versions_author_id_people")),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_versions_community_id_post_id_posts"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "reply_id"],
            ["replies.community_id", "replies.id"],
            name=op.f("fk_versions_community_id_reply_id_replies"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint(
            "community_id", "post_id", "version", name=op.f("uq_versions_community_id_post_id_version")
        ),
        sa.UniqueConstraint(
            "community_id", "reply_id", "version", name=op.f("uq_versions_community_id_reply_id_version")
        ),
    )


def downgrade() -> None:
    op.drop_table("versions")
