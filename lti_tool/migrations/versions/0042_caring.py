"""Reports, locks, pins and what was done: tables and columns that processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
OPEN, PINNED = sa.text("closed_at IS NULL"), sa.text("pinned_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("posts", sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("posts", sa.Column("locked_reason", sa.Text(), nullable=True))
    op.add_column("posts", sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_posts_pinned", "posts", ["community_id"], sqlite_where=PINNED, postgresql_where=PINNED)
    op.create_table(
        "reports",
        *_of_piece(),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        *_constraints("reports", reporter_id="people"),
    )
    op.create_index(
        "ix_reports_open",
        "reports",
        ["community_id", "sort", "piece_id", "reporter_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_reports_course", "reports", ["community_id", "course_id", "closed_at"])
    op.create_index("ix_reports_reporter", "reports", ["community_id", "reporter_id"])
    op.create_table(
        "deeds",
        *_of_piece(),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        *_constraints("deeds", by_id="people", author_id="people"),
    )
    op.create_index("ix_deeds_course", "deeds", ["community_id", "course_id", "id"])
    op.create_index("ix_deeds_author", "deeds", ["community_id", "author_id", "seen_at"])


def _of_piece() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=255), nullable=False),
        sa.Column("piece_id", sa.String(length=36), nullable=False),
    ]


def _constraints(table: str, **people: str) -> list[sa.Constraint]:
    targets = {"community_id": "communities", "course_id": "courses", **people}
    keys = [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))
        for column, target in targets.items()
    ]
    return [*keys, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]


def downgrade() -> None:
    op.drop_table("deeds")
    op.drop_table("reports")
    op.drop_index("ix_posts_pinned", "posts")
    for column in ("pinned_at", "locked_reason", "locked_at"):
        op.drop_column("posts", column)
