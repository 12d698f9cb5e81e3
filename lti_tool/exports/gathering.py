"""Reads a piece of work with all that is exported of it, without a page: by a course, an exercise and a workspace."""

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext
from sqlalchemy import select

from content.model import Exercise
from lti_tool.database import db
from lti_tool.exercises import arrangements, authors, credit_rows, editions, owners, situations, store
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.photos import store as photos
from lti_tool.exercises.photos.rules import Photo, Size
from lti_tool.exercises.self_review import store as self_reviews
from lti_tool.exercises.store import Submission, WorkspaceKey
from lti_tool.exercises.tables import WorkspaceRow
from lti_tool.exports.gathered import Gathered, HandedIn, Version
from lti_tool.exports.rules import Wanted
from lti_tool.facilitation import rules as works
from lti_tool.facilitation import store as facilitation
from lti_tool.facilitation import wording
from lti_tool.facilitation.rules import Receiver, Work
from lti_tool.groups.wording import name_of as name_of_group
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import CourseRow
from lti_tool.reviews import feedback
from lti_tool.reviews import wording as reviews
from lti_tool.reviews.store import Terms


def owner_of(course_id: int, exercise: str, workspace_id: int) -> Owner | None:
    """Tell whose a workspace of this course and exercise is; of any other there is nobody."""
    its = select(WorkspaceRow.owner).where(
        WorkspaceRow.id == workspace_id, WorkspaceRow.course_id == course_id, WorkspaceRow.exercise == exercise
    )
    owner = db.session.scalar(its)
    return owners.read(owner) if owner else None


def course_title(course_id: int) -> str:
    """Give what a course is called."""
    return db.session.get_one(CourseRow, course_id).title or ""


def workspaces(wanted: Wanted) -> Sequence[int]:
    """Name the pieces of work to export: the one asked for, else all that were handed in, in the list's order."""
    if wanted.workspace_id is not None:
        return [wanted.workspace_id]
    return [work.workspace_id for work in _works(wanted) if work.last]


def _works(wanted: Wanted) -> Sequence[Work]:
    exercise = find_exercise(wanted.exercise)
    arrangement = arrangements.find(wanted.course_id, wanted.exercise)
    terms = Terms(
        course_id=wanted.course_id,
        exercise=wanted.exercise,
        marking=arrangement.marking,
        full=exercise.score_maximum,
        present=exercise,
        comment=reviews.commenter(exercise),
    )
    return works.in_order(facilitation.find_works(terms, arrangement.counting), arrangement.mode)


def gather(wanted: Wanted, workspace_id: int, *, with_images: bool) -> Gathered | None:
    """Read one piece of work, as those who asked may read it; nothing where it is gone."""
    if wanted.for_trainers:
        return _for_trainers(wanted, workspace_id, with_images=with_images)
    owner = owner_of(wanted.course_id, wanted.exercise, workspace_id)
    return _for_authors(wanted, workspace_id, owner, with_images=with_images) if owner else None


def _for_trainers(wanted: Wanted, workspace_id: int, *, with_images: bool) -> Gathered | None:
    """Read what was handed in last: what somebody writes alone, trainers don't read before."""
    work = next((one for one in _works(wanted) if one.workspace_id == workspace_id), None)
    last = store.find_last_submission(workspace_id)
    if work is None or work.last is None or last is None:
        return None
    by = wording.name_of(work.last.submitter) if work.last.submitter and work.is_shared else None
    return Gathered(
        name=wording.name_of_work(work),
        credited=[_credited(one) for one in work.receivers],
        versions=[_handed_in(last, wanted, by, with_images=with_images)],
        releases=feedback.of_work(workspace_id),
        for_trainers=True,
    )


def _credited(one: Receiver) -> str:
    """Name somebody for whom the work counts, with the mark that is theirs alone where they have one."""
    name = wording.name_of(one.person)
    return f"{name}: {reviews.points(one.own.score)} ({one.own.reason})" if one.own and one.own.score else name


def _for_authors(wanted: Wanted, workspace_id: int, owner: Owner, *, with_images: bool) -> Gathered | None:
    """Read what stands on the canvas, and what was handed in last where that is another."""
    key = WorkspaceKey(course_id=wanted.course_id, exercise=wanted.exercise, owner=owner)
    workspace, last = store.find_workspace(key), store.find_last_submission(workspace_id)
    if workspace is None:
        return None
    by = _submitter(last) if last and owner.is_shared else None
    versions = [_handed_in(last, wanted, by, with_images=with_images)] if last else []
    if last is None or last.version != workspace.version:
        shown = photos.in_workspace(workspace_id)
        notes = [note for note in workspace.notes.values() if note.values]
        images = _images(shown, key) if with_images else {}
        now = Version(exercise=find_exercise(wanted.exercise), notes=notes, photos=shown, images=images)
        versions.insert(0, now)
    return Gathered(
        name=_name(wanted.course_id, owner),
        credited=list(credit_rows.names([one.person_id for one in credit_rows.of(last.id)]).values()) if last else (),
        versions=versions,
        releases=feedback.of_work(workspace_id),
        authors=authors.shown(key, situations.find(key.course_id, key.exercise, wanted.person_id, Role.TRAINEE)),
    )


def _submitter(last: Submission) -> str | None:
    return credit_rows.names([last.submitted_by]).get(last.submitted_by) if last.submitted_by else None


def _name(course_id: int, owner: Owner) -> str:
    """Name whose work it is."""
    group = situations.group_of(course_id, owner)
    if group is not None:
        return name_of_group(group)
    people = credit_rows.names([owner.id]) if owner.id else {}
    return next(iter(people.values()), None) or str(gettext("The whole course"))


def _handed_in(last: Submission, wanted: Wanted, by: str | None, *, with_images: bool) -> Version:
    shown = photos.in_submission(last.id)
    seen = shown if with_images else ()
    found = {photo.digest: photos.image_in_submission(last.id, photo.digest, Size.WHOLE) for photo in seen}
    exercise: Exercise = editions.give(last.edition, find_exercise(wanted.exercise))
    return Version(
        exercise=exercise,
        notes=last.notes,
        handed_in=HandedIn(number=last.number, at=last.submitted_at, is_late=last.is_late, by=by),
        self_said=self_reviews.of_submission(last.id),
        photos=shown,
        images={digest: image for digest, image in found.items() if image},
    )


def _images(shown: Iterable[Photo], key: WorkspaceKey) -> Mapping[str, bytes]:
    found = {photo.digest: photos.image(key, photo.digest, Size.WHOLE) for photo in shown}
    return {digest: image for digest, image in found.items() if image}
