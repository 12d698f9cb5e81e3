"""Offers and outcomes count as new, a digest ends by itself and calls connectors: only adds to what is there."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

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
    op.create_table(
        "calls",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_calls_mail_id_mails"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_calls_community_id_post_id_posts"),
        ),
        sa.PrimaryKeyConstraint("mail_id", "community_id", "post_id", name=op.f("pk_calls")),
    )
    op.create_index("ix_calls_post", "calls", ["community_id", "post_id"])


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
    op.drop_index("ix_calls_post", "calls")
    op.drop_table("calls")
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
