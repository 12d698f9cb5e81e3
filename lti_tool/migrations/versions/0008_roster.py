"""Rosters, and who was in which course."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NEWEST_LAUNCHES = """
INSERT INTO attendances (course_id, person_id, role, seen_at)
SELECT course_id, person_id, role, began_at
FROM (
    SELECT course_id, person_id, role, began_at,
           ROW_NUMBER() OVER (PARTITION BY course_id, person_id ORDER BY began_at DESC, id) AS place
    FROM launches
) AS ordered
WHERE place = 1
"""


def upgrade() -> None:
    op.create_table(
        "roster_addresses",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_roster_addresses_course_id_courses")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_roster_addresses_registration_id_registrations")
        ),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_roster_addresses")),
    )
    op.create_table(
        "attendances",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_attendances_course_id_courses")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attendances_person_id_people")),
        sa.PrimaryKeyConstraint("course_id", "person_id", name=op.f("pk_attendances")),
    )
    op.create_table(
        "rosters",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_rosters_course_id_courses")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_rosters")),
    )
    op.create_index("ix_rosters_due_at", "rosters", ["due_at"])
    op.create_table(
        "roster_members",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("sub", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["rosters.course_id"], name=op.f("fk_roster_members_course_id_rosters")),
        sa.PrimaryKeyConstraint("course_id", "sub", name=op.f("pk_roster_members")),
    )
    op.execute(NEWEST_LAUNCHES)


def downgrade() -> None:
    op.drop_table("roster_members")
    op.drop_index("ix_rosters_due_at", "rosters")
    op.drop_table("rosters")
    op.drop_table("attendances")
    op.drop_table("roster_addresses")
