"""What an exercise's page says of handing in: what it does, whom it asks for, what came of it, and for whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lti_tool import collation
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import answers, arrangements, credit_rows, crediting, modes, store, wording
from lti_tool.exercises.crediting import Counted, Credit
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Arrangement
from lti_tool.exercises.self_review import asking
from lti_tool.exercises.store import Submission, Workspace, WorkspaceKey
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.learning.store import exercise
from lti_tool.lti.launch.session import current
from lti_tool.results import store as results


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person whom the page names."""

    id: int
    name: str
    is_reader: bool
    is_ticked: bool
    """Whether the box is ticked from the start: what was said of somebody once isn't asked again."""


def told(key: WorkspaceKey, workspace: Workspace | None) -> Mapping[str, Any]:
    """Give what the page says of handing in a workspace."""
    arrangement = arrangements.find(key.course_id, key.exercise)
    submission = store.find_last_submission(workspace.id) if workspace else None
    asked = asking.told(key, arrangement, workspace)
    if workspace is None or submission is None:
        return {"submission": None, "self_review": asked, **_form(key, arrangement, (), is_marked=False)}
    credited = credit_rows.find(SubmissionRow.workspace_id == workspace.id)
    answer = answers.find(key, {note.id for note in workspace.notes.values() if note.values})
    of_last, is_marked = credited.get(submission.id, ()), answer is not None and answer.is_marked
    waits = arrangement.marking is Marking.BY_TRAINER and current().graded and not is_marked
    return {
        "submission": submission,
        "self_review": asked,
        "changed_since": submission.version != workspace.version,
        "grade": _grade(credited),
        "answer": answer,
        "waits": wording.FOR_TRAINER if waits and not (answer and answer.asks_to_revise) else None,
        **_form(key, arrangement, [one.person_id for one in of_last], is_marked=is_marked),
        **(_for_whom(submission, credited) if key.owner.is_shared else {}),
    }


def _form(
    key: WorkspaceKey, arrangement: Arrangement, credited: Collection[int], *, is_marked: bool
) -> Mapping[str, object]:
    """Give what the form says, and of whom it asks whether they took part."""
    if not crediting.is_handed_in(key.owner, arrangement.mode, current().role):
        return {"hands_in": False, "promise": wording.ALONE_FIRST_HANDING_IN[arrangement.mode]}
    is_late = modes.is_late(arrangement.dates, now())
    others: Collection[int] = ()
    if key.owner.is_shared:
        others = credit_rows.party(key, arrangement).others - {current().person_id}
    return {
        "hands_in": True,
        "promise": wording.promise(
            arrangement.marking if exercise(key.exercise).marked else None,
            current().grading,
            is_marked=is_marked,
            is_shared=key.owner.is_shared,
        ),
        "was_due": arrangement.dates.due_at if is_late else None,
        "to_tick": _named(others, ticked=credited),
    }


def _for_whom(submission: Submission, credited: Mapping[int, Sequence[Credit]]) -> Mapping[str, object]:
    """Tell who handed in shared work, who gets its score, and how this reader stands to that."""
    people = [one.person_id for one in credited.get(submission.id, ())]
    ever = {one.person_id for each in credited.values() for one in each}
    submitter = next(iter(_named([submission.submitted_by] if submission.submitted_by else [])), None)
    counted = crediting.counted(current().person_id, people, ever)
    return {
        "said": wording.handed_in(submission, submitter.name if submitter and not submitter.is_reader else None),
        "counts_for": _named(people),
        "counted": None if current().is_trainer or counted is Counted.NOW else wording.COUNTED[counted],
    }


def _named(people: Collection[int], ticked: Collection[int] = ()) -> Sequence[Somebody]:
    """Give people with their names, the reader first."""
    reader = current().person_id
    found = [
        Somebody(id=number, name=name, is_reader=number == reader, is_ticked=number in ticked)
        for number, name in credit_rows.names(people).items()
    ]
    return sorted(found, key=lambda one: (not one.is_reader, collation.key(one.name), one.id))


def _grade(credited: Mapping[int, Sequence[Credit]]) -> str | None:
    """Say where the reader's own grade stands; nothing where no score was sent to them.

    Whoever isn't credited any more keeps the score of before. What is old is read again, and not waited for.
    """
    reader = current().person_id
    places = [one.placement_id for _, each in sorted(credited.items()) for one in each if one.person_id == reader]
    found = results.grades(places[-1:], [reader]).get((places[-1], reader)) if places else None
    if found is None:
        return None
    if results.want_due(places[-1:], now()):
        db.session.commit()
    return str(wording.grade(found.standing, found.cause))
