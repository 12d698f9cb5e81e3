"""Sentences that trainers keep to use again: a table that processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "own_sentences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_own_sentences_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_sentences")),
    )
    op.create_index(op.f("ix_own_sentences_person_id"), "own_sentences", ["person_id"])


def downgrade() -> None:
    op.drop_table("own_sentences")
