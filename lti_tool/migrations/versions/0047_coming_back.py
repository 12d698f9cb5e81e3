"""Offers and outcomes count as new, a digest ends by itself: indexes, and columns that older processes leave empty."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0042"

INDEXES = (
    ("ix_offers_created", "offers", "created_at"),
    ("ix_offers_accepted", "offers", "accepted_at"),
    ("ix_outcomes_created", "outcomes", "created_at"),
)


def upgrade() -> None:
    for name, table, moment in INDEXES:
        op.create_index(name, table, ["community_id", moment])
    for table, column in _columns():
        op.add_column(table, column)


def _columns() -> list[tuple[str, sa.Column[object]]]:
    moment = sa.DateTime(timezone=True)
    return [
        ("digests", sa.Column("kept_at", moment, nullable=True)),
        ("digests", sa.Column("asked_at", moment, nullable=True)),
        ("mails", sa.Column("is_last", sa.Boolean(), server_default=sa.false(), nullable=False)),
        ("mail_links", sa.Column("use", sa.String(length=32), nullable=True)),
        ("mail_links", sa.Column("rhythm", sa.String(length=32), nullable=True)),
    ]


def downgrade() -> None:
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
