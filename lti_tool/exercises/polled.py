"""What a page's poll finds: one statement reads the session, what decides who may read, and how far the workspace is.

It goes past the session, whose part would cost several times what the statement does; see `lti.statements`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import FromClause, Integer, RowMapping, String, bindparam, case, cast, func, select

from lti_tool.exercises import arrangements, stages
from lti_tool.exercises.access import Situation
from lti_tool.exercises.modes import Arrangement, Stage
from lti_tool.exercises.owners import Owner, OwnerKind
from lti_tool.exercises.tables import ArrangementRow, NoteRow, StageRow, WorkspaceRow
from lti_tool.groups import store as groups
from lti_tool.groups.rules import Group, Membership
from lti_tool.groups.tables import GroupRow, MemberRow
from lti_tool.lti.roles import Role
from lti_tool.lti.statements import run
from lti_tool.lti.tables import (
    AttendanceRow,
    CourseRow,
    DeploymentRow,
    LaunchRow,
    PersonRow,
    PlacementRow,
    RegistrationRow,
    State,
)

EXERCISE = "exercise/"
"""How the name of an activity begins that is one."""

LAUNCH, PLACEMENT, COURSE, PERSON = (row.__table__ for row in (LaunchRow, PlacementRow, CourseRow, PersonRow))
REGISTRATION, DEPLOYMENT, ATTENDANCE = (row.__table__ for row in (RegistrationRow, DeploymentRow, AttendanceRow))
ARRANGEMENT, STAGE, WORKSPACE, NOTE = (row.__table__ for row in (ArrangementRow, StageRow, WorkspaceRow, NoteRow))
GROUP, MEMBER = GroupRow.__table__, MemberRow.__table__

ACTIVITY = func.coalesce(LAUNCH.c.activity, PLACEMENT.c.activity)
SLUG = func.substr(ACTIVITY, len(EXERCISE) + 1)
OWN = case((LAUNCH.c.role == Role.TRAINER, f"{OwnerKind.TRIAL}/"), else_=f"{OwnerKind.PERSON}/")
OWNER = func.coalesce(bindparam("owner", type_=String), OWN.concat(cast(LAUNCH.c.person_id, String)))

# Each statement is written once: writing it costs more than running it.
_FIND = (
    select(
        *(LAUNCH.c[name] for name in ("secret_hash", "ends_at", "timezone", "role", "person_id")),
        func.coalesce(PERSON.c.language, LAUNCH.c.locale).label("reads"),
        *(COURSE.c[name] for name in ("id", "site_id", "history")),
        REGISTRATION.c.state,
        DEPLOYMENT.c.state,
        ACTIVITY.label("opened"),
        *ARRANGEMENT.c,
        *STAGE.c,
        ATTENDANCE.c.group_ids,
        MEMBER.c.group_id,
        *GROUP.c,
        *(WORKSPACE.c[name] for name in ("id", "version", "people_version")),
    )
    .select_from(LAUNCH)
    .join(REGISTRATION, REGISTRATION.c.id == LAUNCH.c.registration_id)
    .join(DEPLOYMENT, DEPLOYMENT.c.id == LAUNCH.c.deployment_id)
    .join(COURSE, COURSE.c.id == LAUNCH.c.course_id)
    .join(PERSON, PERSON.c.id == LAUNCH.c.person_id)
    .outerjoin(PLACEMENT, PLACEMENT.c.id == LAUNCH.c.placement_id)
    .outerjoin(ARRANGEMENT, (ARRANGEMENT.c.course_id == COURSE.c.id) & (ARRANGEMENT.c.exercise == SLUG))
    .outerjoin(STAGE, (STAGE.c.course_id == COURSE.c.id) & (STAGE.c.exercise == SLUG))
    .outerjoin(ATTENDANCE, (ATTENDANCE.c.course_id == COURSE.c.id) & (ATTENDANCE.c.person_id == LAUNCH.c.person_id))
    .outerjoin(
        MEMBER,
        (MEMBER.c.course_id == COURSE.c.id) & (MEMBER.c.exercise == SLUG) & (MEMBER.c.person_id == LAUNCH.c.person_id),
    )
    .outerjoin(GROUP, (GROUP.c.id == bindparam("group_id", type_=Integer)) & (GROUP.c.course_id == COURSE.c.id))
    .outerjoin(
        WORKSPACE,
        (WORKSPACE.c.course_id == COURSE.c.id) & (WORKSPACE.c.exercise == SLUG) & (WORKSPACE.c.owner == OWNER),
    )
    .where(LAUNCH.c.id == bindparam("launch_id", type_=String))
)
AUTHOR = "author_is_called"
_CHANGED = (
    select(*NOTE.c, PersonRow.called.label(AUTHOR), PERSON.c.number, *GROUP.c, WORKSPACE.c.exercise)
    .select_from(NOTE)
    .join(PERSON, PERSON.c.id == NOTE.c.author_id)
    .outerjoin(WORKSPACE, WORKSPACE.c.id == NOTE.c.from_workspace_id)
    .outerjoin(GROUP, GROUP.c.id == WORKSPACE.c.group_id)
    .where(NOTE.c.workspace_id == bindparam("workspace_id"), NOTE.c.changed_in > bindparam("version"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whose a launch is, whether its session goes on, and how it speaks."""

    secret_hash: str
    ends_at: datetime
    registration: State
    deployment: State
    locale: str | None
    timezone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How things are at this moment for the person who asks."""

    standing: Standing
    course_id: int
    activity: str
    """What the launch opened; empty where that is nothing."""
    situation: Situation
    group: Group | None
    """Whose workspace is asked for, where it is a group's of this course."""
    workspace_id: int | None
    """None where nobody was ever there."""
    version: int
    people_version: int

    @property
    def exercise(self) -> str:
        """Give the slug of the exercise that the launch opened."""
        return self.activity.removeprefix(EXERCISE)


def find(launch_id: str, owner: Owner | None) -> Found | None:
    """Give how things are for a launch and a workspace: the person's own, where none is named."""
    if not launch_id.isprintable():  # PostgreSQL takes no NUL
        return None
    group_id = owner.group_id if owner else None
    asked = {"launch_id": launch_id, "owner": str(owner) if owner else None, "group_id": group_id}
    row = run(_FIND, asked).mappings().one_or_none()
    return _found(row) if row else None


def _found(row: RowMapping) -> Found:
    group = _part(row, GROUP)
    return Found(
        standing=_standing(row),
        course_id=row[COURSE.c.id],
        activity=row["opened"] or "",
        situation=_situation(row),
        group=groups.group_of(group) if group else None,
        workspace_id=row[WORKSPACE.c.id],
        version=row[WORKSPACE.c.version] or 0,
        people_version=row[WORKSPACE.c.people_version] or 0,
    )


def _standing(row: RowMapping) -> Standing:
    return Standing(
        secret_hash=row[LAUNCH.c.secret_hash],
        ends_at=row[LAUNCH.c.ends_at],
        registration=row[REGISTRATION.c.state],
        deployment=row[DEPLOYMENT.c.state],
        locale=row["reads"],
        timezone=row[LAUNCH.c.timezone],
    )


def _situation(row: RowMapping) -> Situation:
    stage = _part(row, STAGE)
    return Situation(
        person_id=row[LAUNCH.c.person_id],
        role=row[LAUNCH.c.role],
        arrangement=_arrangement(row),
        stage=stages.stage_of(stage) if stage else Stage(),
        membership=Membership(platform_ids=row[ATTENDANCE.c.group_ids], made_id=row[MEMBER.c.group_id]),
    )


def _arrangement(row: RowMapping) -> Arrangement:
    """Take it out of the row; in a copied course where nobody chose yet, that takes a statement more."""
    if arranged := _part(row, ARRANGEMENT):
        return arrangements.arrangement_of(arranged)
    slug = (row["opened"] or "").removeprefix(EXERCISE)
    return arrangements.inherited_from(row[COURSE.c.site_id], row[COURSE.c.history], slug)


class _Part:
    """One table's columns of a row, which are read as those of the table's own rows are."""

    def __init__(self, row: RowMapping, table: FromClause) -> None:
        self.__dict__.update({column.name: row[column] for column in table.c})


def _part(row: RowMapping, table: FromClause) -> Any:
    """Give what a row has of a table that it may have nothing of."""
    first, *_ = table.primary_key
    return None if row[first] is None else _Part(row, table)


def changed_since(workspace_id: int, version: int) -> Sequence[RowMapping]:
    """Give the notes of a workspace that changed after a version, deleted ones included, with their authors' names."""
    return run(_CHANGED, {"workspace_id": workspace_id, "version": version}).mappings().all()


def origin(row: RowMapping, exercise: str) -> Group | None:
    """Give the group that sent a note here, if one did."""
    group = _part(row, GROUP)
    return groups.group_of(group) if group and row[WORKSPACE.c.exercise] == exercise else None


def earlier(row: RowMapping, exercise: str) -> str | None:
    """Give the exercise that a note was brought along from, if it was."""
    came_from: str | None = row[WORKSPACE.c.exercise]
    return None if came_from == exercise else came_from
