"""Reads and writes of credits: who gets the score of what was handed in, and at which activity."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from sqlalchemy import ColumnElement, CompoundSelect, exists, func, insert, select, union, union_all

from lti_tool.database import db
from lti_tool.exercises import situations
from lti_tool.exercises.crediting import Credit, Party
from lti_tool.exercises.modes import Arrangement
from lti_tool.exercises.store import WorkspaceKey, is_at
from lti_tool.exercises.tables import CreditRow, NoteRow, PresenceRow, SubmissionRow, WorkspaceRow
from lti_tool.groups import rules as grouping
from lti_tool.groups import store as groups
from lti_tool.lti.launch.session import name_of
from lti_tool.lti.tables import LaunchRow, PersonRow, PlacementRow

# Who is credited


def told(*which: ColumnElement[bool]) -> CompoundSelect[int, int, int]:
    """Write the query of all credits of some submissions: `submission_id`, `person_id` and `placement_id`.

    A submission of a version before has none of its own: it is its person's, at the placement where it was handed in.
    `which` chooses submissions and their workspaces.
    """
    kept = (
        select(CreditRow.submission_id, CreditRow.person_id, CreditRow.placement_id)
        .join(SubmissionRow, SubmissionRow.id == CreditRow.submission_id)
        .join(WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id)
        .where(*which)
    )
    has_none = ~exists().where(CreditRow.submission_id == SubmissionRow.id)
    of_before = (
        select(SubmissionRow.id, WorkspaceRow.person_id, SubmissionRow.placement_id)
        .join(WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id)
        .where(*which, WorkspaceRow.person_id.is_not(None), has_none)
    )
    return union_all(kept, of_before)


def find(*which: ColumnElement[bool]) -> Mapping[int, Sequence[Credit]]:
    """Give the credits of some submissions, by submission, in the order of people."""
    found: defaultdict[int, list[Credit]] = defaultdict(list)
    for submission_id, person_id, placement_id in db.session.execute(told(*which).order_by("person_id")):
        found[submission_id].append(Credit(person_id=person_id, placement_id=placement_id))
    return found


def of(submission_id: int) -> Sequence[Credit]:
    """Give the credits of one submission."""
    return find(SubmissionRow.id == submission_id).get(submission_id, ())


def give(submission_id: int, given: Iterable[Credit]) -> None:
    """Credit people who are not credited yet, in the caller's transaction."""
    rows = [
        {"submission_id": submission_id, "person_id": one.person_id, "placement_id": one.placement_id} for one in given
    ]
    if rows:
        db.session.execute(insert(CreditRow), rows)


# Who may be credited


def party(key: WorkspaceKey, arrangement: Arrangement) -> Party:
    """Give whose work a workspace is: of a group's or the course's, the trainees who are in it now."""
    if key.owner.is_alone and key.owner.id:
        return Party(people={key.owner.id}, took_part={key.owner.id})
    people = _people(key, arrangement)
    return Party(people=people, took_part=people & _took_part(key))


def _people(key: WorkspaceKey, arrangement: Arrangement) -> Set[int]:
    if key.owner.is_trial:
        return frozenset()
    members = groups.memberships(key.course_id, key.exercise)
    if key.owner.is_course:
        return frozenset(members)
    group = situations.group_of(key.course_id, key.owner)
    return {one for one, known in members.items() if group and grouping.is_in(group, known, arrangement.counting)}


def _took_part(key: WorkspaceKey) -> Set[int]:
    """Name who wrote in a workspace, saw it or handed it in; what was copied there was written elsewhere."""
    wrote = select(NoteRow.author_id).join(WorkspaceRow, WorkspaceRow.id == NoteRow.workspace_id)
    wrote = wrote.where(is_at(key), NoteRow.from_workspace_id.is_(None))
    came = select(PresenceRow.person_id).join(WorkspaceRow, WorkspaceRow.id == PresenceRow.workspace_id)
    pressed = select(SubmissionRow.submitted_by).join(WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id)
    pressed = pressed.where(is_at(key), SubmissionRow.submitted_by.is_not(None))
    return frozenset(db.session.scalars(union(wrote, came.where(is_at(key)), pressed)))


def names(people: Collection[int]) -> Mapping[int, str]:
    """Give people's names."""
    found = db.session.scalars(select(PersonRow).where(PersonRow.id.in_(people))) if people else ()
    return {row.id: name_of(row) for row in found}


# Where


def newest_placements(key: WorkspaceKey, people: Collection[int]) -> Mapping[int, int]:
    """Tell by which placement each of these people came last to a workspace's exercise in its course."""
    present = _present(key, people)
    return {**_launched(key, set(people) - set(present)), **present}


def _present(key: WorkspaceKey, people: Collection[int]) -> Mapping[int, int]:
    if not people:
        return {}
    query = (
        select(PresenceRow.person_id, PresenceRow.placement_id)
        .join(WorkspaceRow, WorkspaceRow.id == PresenceRow.workspace_id)
        .where(WorkspaceRow.course_id == key.course_id, WorkspaceRow.exercise == key.exercise)
        .where(PresenceRow.person_id.in_(people), PresenceRow.placement_id.is_not(None))
        .order_by(PresenceRow.seen_at)
    )
    return {person: placement for person, placement in db.session.execute(query) if placement}


def _launched(key: WorkspaceKey, people: Collection[int]) -> Mapping[int, int]:
    """Give the same by their launches, as long as those are kept."""
    if not people:
        return {}
    opened = func.coalesce(LaunchRow.activity, PlacementRow.activity)
    query = (
        select(LaunchRow.person_id, PlacementRow.id)
        .join(PlacementRow, PlacementRow.id == LaunchRow.placement_id)
        .where(LaunchRow.course_id == key.course_id, LaunchRow.person_id.in_(people))
        .where(opened == f"exercise/{key.exercise}")
        .order_by(LaunchRow.began_at)
    )
    return {row.person_id: row.id for row in db.session.execute(query)}
