"""A workspace is a person's, a group's, the course's, or a trainer's trial; processes of before add persons' on."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

OWNER = """CASE
    WHEN person_id IS NOT NULL THEN 'person/' || CAST(person_id AS VARCHAR)
    WHEN group_id IS NOT NULL THEN 'group/' || CAST(group_id AS VARCHAR)
    WHEN trial_by IS NOT NULL THEN 'trial/' || CAST(trial_by AS VARCHAR)
    ELSE 'course'
END"""
KEPT = "id, course_id, exercise, person_id, version, created_at, changed_at"

WORTH_KEEPING = "WHERE person_id IS NOT NULL OR version > 0"


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=255), nullable=True),
        sa.Column("platform_id", sa.String(length=255), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_groups_course_id_courses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("course_id", "platform_id", name=op.f("uq_groups_course_id_platform_id")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_groups_course_id_number")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(_owned())
        return
    op.alter_column("workspaces", "person_id", nullable=True)
    for column in _owners():
        op.add_column("workspaces", column)
    for name, table in (("group_id", "groups"), ("trial_by", "people")):
        op.create_foreign_key(op.f(f"fk_workspaces_{name}_{table}"), "workspaces", table, [name], ["id"])
    op.create_unique_constraint(
        op.f("uq_workspaces_course_id_exercise_owner"), "workspaces", ["course_id", "exercise", "owner"]
    )


def downgrade() -> None:
    """Take it back; what belongs to no person and has work in it stops it."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew([])
        op.drop_table("groups")
        return
    op.execute("DELETE FROM workspaces WHERE person_id IS NULL AND version = 0")
    op.drop_constraint(op.f("uq_workspaces_course_id_exercise_owner"), "workspaces")
    for column in reversed(_owners()):
        op.drop_column("workspaces", column.name)
    op.alter_column("workspaces", "person_id", nullable=False)
    op.drop_table("groups")


def _owners() -> list[sa.Column[object]]:
    return [
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("trial_by", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=255), sa.Computed(OWNER, persisted=True), nullable=False),
    ]


def _owned() -> list[sa.schema.SchemaItem]:
    return [
        *_owners(),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_workspaces_group_id_groups")),
        sa.ForeignKeyConstraint(["trial_by"], ["people.id"], name=op.f("fk_workspaces_trial_by_people")),
        sa.UniqueConstraint("course_id", "exercise", "owner", name=op.f("uq_workspaces_course_id_exercise_owner")),
    ]


def _make_anew(added: list[sa.schema.SchemaItem]) -> None:
    """Copy the table into one of another shape, which SQLite can't give it; what points to it points to the copy."""
    op.execute("PRAGMA foreign_keys=OFF")  # counts only while nothing was written
    op.execute("BEGIN IMMEDIATE")
    op.create_table(
        "workspaces_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=bool(added)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *added,
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_workspaces_course_id_courses")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_workspaces_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint(
            "course_id", "exercise", "person_id", name=op.f("uq_workspaces_course_id_exercise_person_id")
        ),
    )
    op.execute(f"INSERT INTO workspaces_anew ({KEPT}) SELECT {KEPT} FROM workspaces {WORTH_KEEPING}")  # noqa: S608 - our own names
    op.drop_table("workspaces")
    op.rename_table("workspaces_anew", "workspaces")
