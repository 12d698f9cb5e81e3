"""Handing in: what is saved becomes a submission, which gives its people the score where handing in gives points."""

from collections.abc import Sequence, Set
from datetime import datetime

from content.model import Exercise
from content.text import pick
from lti_tool.delivery import store as outbox
from lti_tool.exercises import answers, credit_rows, crediting, rows, store, wording
from lti_tool.exercises.crediting import Credit
from lti_tool.exercises.marking import Marking, sends_at_hand_in
from lti_tool.exercises.modes import Arrangement
from lti_tool.exercises.self_review import rules as self_review
from lti_tool.exercises.self_review import store as self_reviews
from lti_tool.exercises.store import HandIn, WorkspaceKey
from lti_tool.lti.platform.grades import graded


def hand_in(key: WorkspaceKey, exercise: Exercise, given: HandIn, arrangement: Arrangement, now: datetime) -> None:
    """Hand in what is saved and, where that gives points, put them into the outbox, both in the caller's transaction.

    Each hand-in has credits of its own: whoever was credited before and isn't now keeps the score that they have.
    Handing in the same once more credits those who come to it, and sends nothing again. Whatever else holds works and
    people holds works first, and both in their order.
    """
    submission, is_new = store.submit(key, exercise, given, now)
    people = crediting.confirmed(credit_rows.party(key, arrangement), by=given.by, ticked=given.ticked)
    before = () if is_new else credit_rows.of(submission.id)
    added = _placed(key, given, people - {one.person_id for one in before})
    credit_rows.give(submission.id, added)
    seen = store.seen(key, now)
    if self_review.is_wanted(exercise, arrangement):
        self_reviews.hand_in(submission.id, seen.id, exercise, given.language)
    rows.tell_others(seen.id)
    outbox.hold_all(one.person_id for one in added)
    text = pick(exercise.texts, given.language)[1]
    for one in _with_points(key, added, arrangement.marking):
        outbox.add_score(
            one.placement_id,
            one.person_id,
            given=exercise.score_maximum,
            maximum=exercise.score_maximum,
            comment=wording.comment(exercise, text, submission),
            now=now,
        )


def _placed(key: WorkspaceKey, given: HandIn, people: Set[int]) -> Sequence[Credit]:
    newest = credit_rows.newest_placements(key, people - {given.by})
    return crediting.placed(people, newest, by=given.by, here=given.placement_id)


def _with_points(key: WorkspaceKey, added: Sequence[Credit], marking: Marking) -> Sequence[Credit]:
    """Choose who gets points by this; a trainer who releases a mark at this moment comes before it or after.

    Nobody does whose work has a mark, whether it is this work or another one, such as what they did alone before.
    """
    if not added or not sends_at_hand_in(marking, is_marked=answers.is_marked(key)):
        return ()
    marked = answers.marked(key, [one.person_id for one in added])
    places = graded(one.placement_id for one in added)
    return [one for one in added if one.person_id not in marked and one.placement_id in places]
