"""The work on an exercise that the launch opened, of its course alone, and what decides about its scores."""

from collections.abc import Iterable, Set
from dataclasses import replace

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import arrangements, opened
from lti_tool.exercises.store import Submission
from lti_tool.facilitation import rules, store, wording
from lti_tool.facilitation.rules import HandedIn, Work
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.lti.launch.session import current
from lti_tool.readings.rules import Reading
from lti_tool.reviews import wording as mark_wording
from lti_tool.reviews.store import Terms
from lti_tool.roster import store as rosters


def terms(slug: str) -> Terms:
    """Give what decides about scores of this exercise in this course."""
    exercise = find_exercise(slug)
    return Terms(
        course_id=current().course_id,
        exercise=slug,
        marking=arrangements.find(current().course_id, slug).marking,
        full=exercise.score_maximum,
        present=exercise,
        comment=mark_wording.commenter(exercise),
    )


def releasing(slug: str, found: Iterable[Work]) -> Terms:
    """Give the same for a release: who left the course in the meantime is sent no grade."""
    return replace(terms(slug), left=left(found))


def left(found: Iterable[Work]) -> Set[int]:
    """Name those whose work is here and who are no longer in the course, as far as we read who is."""
    course_id = current().course_id
    roster = rosters.find(course_id)
    if roster is None or roster.fetched_at is None:
        return frozenset()
    return rules.left(found, rosters.participants(course_id), roster.fetched_at)


def every(slug: str) -> list[Work]:
    """Give all work, as the list orders it."""
    arrangement = arrangements.find(current().course_id, slug)
    return rules.in_order(store.find_works(terms(slug), arrangement.counting), arrangement.mode)


def submission(submission_id: int) -> Submission:
    """Give a submission of this course and exercise alone.

    Raises:
        NotFound: it is of another.
    """
    found = store.find_submission(current().course_id, opened.slug(), submission_id)
    if found is None:
        raise NotFound("submission_unknown")
    return found


def of(slug: str, submission_id: int) -> Work:
    """Give the work that was handed in so, in this course and exercise alone."""
    return which(every(slug), submission_id)


def which(works: Iterable[Work], submission_id: int) -> Work:
    """Choose the work that was handed in so.

    Raises:
        NotFound: none of them was.
    """
    found = [work for work in works if submission_id in {one.id for one in work.submissions}]
    if not found:
        raise NotFound("submission_unknown")
    return found[0]


def names(works: list[Work]) -> dict[int, str]:
    """Name works by the submissions that count, for the links to them."""
    last: list[tuple[HandedIn | None, Work]] = [(work.last, work) for work in works]
    return {handed_in.id: wording.name_of_work(work) for handed_in, work in last if handed_in}


def roster() -> Reading | None:
    """Give what we hold of the course's roster; where it is old, have the worker read it, and wait for nothing."""
    found = rosters.find(current().course_id)
    if found is None or not found.is_due(now()):
        return found
    rosters.want(current().course_id, now())
    db.session.commit()
    return rosters.find(current().course_id)
