"""Offers of help on needs and what came of them; how far a need is, kept with the post."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

WAITS = "kind = 'need' AND answered_at IS NULL AND deleted_at IS NULL AND hidden_at IS NULL"
URGENCY = f"CASE WHEN NOT ({WAITS}) THEN 0 WHEN stage = 'accepted' THEN 1 ELSE 2 END"
REPLIED_AT = "coalesce(newest_reply_at, created_at)"
ACTIVE_AT = f"CASE WHEN newest_offer_at > {REPLIED_AT} THEN newest_offer_at ELSE {REPLIED_AT} END"
HIDDEN_ANSWER = (
    "SELECT 1 FROM replies WHERE replies.community_id = posts.community_id AND replies.post_id = posts.id"
    " AND replies.helped AND replies.hidden_at IS NOT NULL"
)


def upgrade() -> None:
    op.create_table(
        "offers", *_written("offers"), sa.Column("available", sa.Text(), nullable=False), _moment("accepted_at")
    )
    op.create_table(
        "outcomes",
        *_written("outcomes"),
        _moment("reopened_at"),
        sa.Column("credited", sa.JSON(), nullable=False),
        sa.Column("held", sa.String(length=32), nullable=True),
        sa.Column("held_text", sa.Text(), nullable=True),
        sa.Column("held_language", sa.String(length=255), nullable=True),
        _moment("held_at"),
        _moment("dismissed_at"),
    )
    op.create_index("ix_offers_post", "offers", ["community_id", "post_id"])
    op.create_index("ix_offers_author", "offers", ["community_id", "author_id"])
    op.create_index("ix_outcomes_post", "outcomes", ["community_id", "post_id"])
    op.add_column("posts", sa.Column("stage", sa.String(length=32), nullable=True))
    op.add_column("posts", _moment("newest_offer_at"))
    _order_by("urgency", ACTIVE_AT)
    op.execute(f"UPDATE posts SET answered_at = NULL WHERE EXISTS ({HIDDEN_ANSWER})")  # noqa: S608 - our own names


def _written(table: str) -> list[sa.schema.SchemaItem]:
    """Give the columns of a text of somebody's under a post."""
    return [
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("is_nameless", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _moment("edited_at"),
        _moment("deleted_at"),
        _moment("hidden_at"),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        _points(table, "author_id", "people"),
        _points(table, "community_id", "communities"),
        _points(table, "course_id", "courses"),
        _points(table, "hidden_by_id", "people"),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f(f"fk_{table}_community_id_post_id_posts"),
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f(f"pk_{table}")),
    ]


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _order_by(first: str, active_at: str) -> None:
    """Let the list's indices begin with a column, and say anew when a post was active."""
    op.drop_index("ix_posts_order_of_kind", "posts")
    op.drop_index("ix_posts_order", "posts")
    op.drop_column("posts", "active_at")
    stored = op.get_bind().dialect.name != "sqlite"  # which stores none in a table that is there; its indices do
    if first == "urgency":
        op.add_column("posts", sa.Column(first, sa.Integer(), sa.Computed(URGENCY, persisted=stored), nullable=False))
    computed = sa.Computed(active_at, persisted=stored)
    op.add_column("posts", sa.Column("active_at", sa.DateTime(timezone=True), computed, nullable=False))
    op.create_index("ix_posts_order", "posts", ["community_id", first, "active_at", "id"])
    op.create_index("ix_posts_order_of_kind", "posts", ["community_id", "kind", first, "active_at", "id"])


def downgrade() -> None:
    _order_by("waits", REPLIED_AT)
    for column in ("urgency", "newest_offer_at", "stage"):
        op.drop_column("posts", column)
    op.drop_table("outcomes")
    op.drop_table("offers")
