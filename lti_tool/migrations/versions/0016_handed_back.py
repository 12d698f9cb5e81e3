"""What trainers chose for a course: a table of its own, which processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "handed_back",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=255), nullable=False),
        sa.Column("handed_back_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_handed_back_course_id_courses")),
        sa.PrimaryKeyConstraint("course_id", "activity", name=op.f("pk_handed_back")),
    )


def downgrade() -> None:
    op.drop_table("handed_back")
