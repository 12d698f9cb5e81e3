"""Each course has a card that says where to turn."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "referral_cards",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_referral_cards_changed_by_people")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_referral_cards_course_id_courses")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_referral_cards")),
    )


def downgrade() -> None:
    op.drop_table("referral_cards")
