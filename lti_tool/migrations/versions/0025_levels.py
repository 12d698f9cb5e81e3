"""Levels that trainers choose of a rubric: a table that processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "feedback_levels",
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("criterion", sa.String(length=255), nullable=False),
        sa.Column("level", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"], name=op.f("fk_feedback_levels_feedback_id_feedback")),
        sa.PrimaryKeyConstraint("feedback_id", "id", name=op.f("pk_feedback_levels")),
    )


def downgrade() -> None:
    op.drop_table("feedback_levels")
