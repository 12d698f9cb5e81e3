"""Access tokens, line items that are looked for, and what became of a score."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ADDED = {
    "deliveries": ("comment", "cause"),
    "launches": ("for_sub",),
    "placements": ("has_no_line_item", "line_items_url"),
    "courses": ("history",),
    "registrations": ("largest_grade",),
}


def upgrade() -> None:
    op.add_column("registrations", sa.Column("largest_grade", sa.Integer(), nullable=False, server_default="100"))
    op.add_column("courses", sa.Column("history", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("placements", sa.Column("line_items_url", sa.Text(), nullable=True))
    op.add_column("placements", sa.Column("has_no_line_item", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("launches", sa.Column("for_sub", sa.String(length=255), nullable=True))
    op.add_column("deliveries", sa.Column("cause", sa.String(length=32), nullable=True))
    op.add_column("deliveries", sa.Column("comment", sa.Text(), nullable=True))
    op.create_table(
        "access_tokens",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("scopes_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asking_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_access_tokens_registration_id_registrations")
        ),
        sa.PrimaryKeyConstraint("registration_id", "scopes_hash", name=op.f("pk_access_tokens")),
    )


def downgrade() -> None:
    op.drop_table("access_tokens")
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column)
