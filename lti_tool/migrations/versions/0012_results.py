"""Logins that a page of ours waits for, what the gradebooks hold, and who is no trainee."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("logins", sa.Column("is_awaited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "results",
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_results_placement_id_placements")),
        sa.PrimaryKeyConstraint("placement_id", name=op.f("pk_results")),
    )
    op.create_index("ix_results_due_at", "results", ["due_at"])
    op.create_table(
        "held_grades",
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["results.placement_id"], name=op.f("fk_held_grades_placement_id_results")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_held_grades_person_id_people")),
        sa.PrimaryKeyConstraint("placement_id", "person_id", name=op.f("pk_held_grades")),
    )
    op.create_table(
        "exemptions",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("sub", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_exemptions_course_id_courses")),
        sa.PrimaryKeyConstraint("course_id", "sub", name=op.f("pk_exemptions")),
    )


def downgrade() -> None:
    op.drop_table("exemptions")
    op.drop_table("held_grades")
    op.drop_index("ix_results_due_at", "results")
    op.drop_table("results")
    op.drop_column("logins", "is_awaited")
