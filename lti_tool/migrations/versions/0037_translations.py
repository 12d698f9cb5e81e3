"""Posts in other languages by members, who taught when they wrote, and what the list of posts is filtered by."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

WRITTEN = ("posts", "replies", "offers", "outcomes")


def upgrade() -> None:
    for table in WRITTEN:
        op.add_column(table, sa.Column("is_by_trainer", sa.Boolean(), nullable=False, server_default=sa.false()))
    for column in ("territory", "language"):
        order = ["community_id", column, "urgency", "active_at", "id"]
        op.create_index(f"ix_posts_order_of_{column}", "posts", order)
    op.create_table(
        "translations",
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("is_nameless", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("is_by_trainer", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_translations_community_id_post_id_posts"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_translations_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_translations_author_id_people")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_translations_course_id_courses")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["people.id"], name=op.f("fk_translations_hidden_by_id_people")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_translations")),
        sa.UniqueConstraint(
            "community_id",
            "post_id",
            "language",
            "author_id",
            name=op.f("uq_translations_community_id_post_id_language_author_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("translations")
    for column in ("territory", "language"):
        op.drop_index(f"ix_posts_order_of_{column}", "posts")
    for table in WRITTEN:
        op.drop_column(table, "is_by_trainer")
