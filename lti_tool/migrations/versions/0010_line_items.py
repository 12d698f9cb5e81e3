"""Line items that the tool itself found to be a placement's; those of launches so far are unconfirmed.

What was delivered keeps where it went, so that grades which went into another activity's column can be named.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

WENT = """
UPDATE deliveries SET unconfirmed_url =
    (SELECT line_item_url FROM placements WHERE placements.id = deliveries.placement_id)
WHERE state = 'delivered'
"""


def upgrade() -> None:
    op.add_column("placements", sa.Column("confirmed_url", sa.Text(), nullable=True))
    op.add_column("placements", sa.Column("asked_claim", sa.Text(), nullable=True))
    op.add_column("placements", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("deliveries", sa.Column("unconfirmed_url", sa.Text(), nullable=True))
    op.execute(WENT)


def downgrade() -> None:
    op.drop_column("deliveries", "unconfirmed_url")
    for column in ("asked_at", "asked_claim", "confirmed_url"):
        op.drop_column("placements", column)
