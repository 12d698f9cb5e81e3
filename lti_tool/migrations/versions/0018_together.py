"""People work together: modes, stages, groups' members, presence, copies, stacks, votes, credits."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=255), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=255), nullable=True),
        sa.Column("each", sa.Integer(), nullable=False),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_ballots_course_id_courses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("course_id", "exercise", "number", name=op.f("uq_ballots_course_id_exercise_number")),
    )
    op.create_table(
        "stages",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("together_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("step_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shows_names", sa.Boolean(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("message_language", sa.String(length=255), nullable=True),
        sa.Column("message_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_stages_course_id_courses")),
        sa.PrimaryKeyConstraint("course_id", "exercise", name=op.f("pk_stages")),
    )
    op.create_table(
        "group_members",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_group_members_course_id_courses")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_members_group_id_groups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_group_members_person_id_people")),
        sa.PrimaryKeyConstraint("course_id", "exercise", "person_id", name=op.f("pk_group_members")),
    )
    op.create_index(op.f("ix_group_members_group_id"), "group_members", ["group_id"])

    op.create_table(
        "brought",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=255), nullable=False),
        sa.Column("cell", sa.String(length=255), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("from_workspace_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_brought_author_id_people")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_brought_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("workspace_id", "part", "cell", "author_id", name=op.f("pk_brought")),
    )
    op.create_table(
        "gatherings",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("from_workspace_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_workspace_id"], ["workspaces.id"], name=op.f("fk_gatherings_from_workspace_id_workspaces")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_gatherings_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "from_workspace_id", name=op.f("pk_gatherings")),
    )
    op.create_table(
        "presences",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_id", sa.String(length=36), nullable=True),
        sa.Column("has_left", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_presences_person_id_people")),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_presences_placement_id_placements")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_presences_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_presences")),
    )
    op.create_table(
        "stacks",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=255), nullable=False),
        sa.Column("cell", sa.String(length=255), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_stacks_author_id_people")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_stacks_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_stacks")),
    )
    op.create_table(
        "votes",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=op.f("fk_votes_ballot_id_ballots")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_votes_person_id_people")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_votes_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("ballot_id", "workspace_id", "note_id", "person_id", name=op.f("pk_votes")),
    )
    op.create_table(
        "credits",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_credits_person_id_people")),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_credits_placement_id_placements")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_credits_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("submission_id", "person_id", name=op.f("pk_credits")),
    )
    op.create_index(op.f("ix_credits_placement_id"), "credits", ["placement_id"])

    op.add_column("arrangements", sa.Column("mode", sa.String(length=32), server_default="alone", nullable=False))
    op.add_column("arrangements", sa.Column("alone_first", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("arrangements", sa.Column("source", sa.String(length=32), server_default="platform", nullable=False))
    op.add_column("arrangements", sa.Column("ticked", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("arrangements", sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("arrangements", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("arrangements", sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("arrangements", sa.Column("together_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column("attendances", sa.Column("group_ids", sa.JSON(none_as_null=True), nullable=True))

    op.add_column("groups", sa.Column("platform_name", sa.String(length=255), nullable=True))

    op.add_column("notes", sa.Column("changed_in", sa.Integer(), nullable=True))
    op.add_column("notes", sa.Column("is_late", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("notes", sa.Column("from_workspace_id", sa.Integer(), nullable=True))
    op.add_column("notes", sa.Column("from_note_id", sa.String(length=36), nullable=True))
    op.add_column("notes", sa.Column("stack_id", sa.String(length=36), nullable=True))
    op.create_index("ix_notes_changed_in", "notes", ["workspace_id", "changed_in"])

    op.add_column("submissions", sa.Column("submitted_by", sa.Integer(), nullable=True))
    op.add_column("submissions", sa.Column("is_late", sa.Boolean(), server_default=sa.false(), nullable=False))

    op.add_column("workspaces", sa.Column("people_version", sa.Integer(), server_default="0", nullable=False))
    op.add_column("workspaces", sa.Column("called_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("workspaces", "called_at")
    op.drop_column("workspaces", "people_version")

    op.drop_column("submissions", "is_late")
    op.drop_column("submissions", "submitted_by")

    op.drop_index("ix_notes_changed_in", "notes")
    op.drop_column("notes", "stack_id")
    op.drop_column("notes", "from_note_id")
    op.drop_column("notes", "from_workspace_id")
    op.drop_column("notes", "is_late")
    op.drop_column("notes", "changed_in")

    op.drop_column("groups", "platform_name")

    op.drop_column("attendances", "group_ids")

    op.drop_column("arrangements", "together_at")
    op.drop_column("arrangements", "closes_at")
    op.drop_column("arrangements", "due_at")
    op.drop_column("arrangements", "opens_at")
    op.drop_column("arrangements", "ticked")
    op.drop_column("arrangements", "source")
    op.drop_column("arrangements", "alone_first")
    op.drop_column("arrangements", "mode")

    op.drop_index(op.f("ix_credits_placement_id"), "credits")

    op.drop_table("credits")
    op.drop_table("votes")
    op.drop_table("stacks")
    op.drop_table("presences")
    op.drop_table("gatherings")
    op.drop_table("brought")
    op.drop_index(op.f("ix_group_members_group_id"), "group_members")

    op.drop_table("group_members")
    op.drop_table("stages")
    op.drop_table("ballots")
