"""Offers and outcomes count as new: indexes by the moment at which they were made."""

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


def downgrade() -> None:
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
