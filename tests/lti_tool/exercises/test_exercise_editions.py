"""A submission shows the exercise as it was when it was handed in."""

import json
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from content.model import Exercise
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import editions, owners, store
from lti_tool.exercises.store import HandIn, Submission, WorkspaceKey
from lti_tool.exercises.tables import EditionRow, SubmissionRow
from lti_tool.learning.store import curriculum
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.examples import STRUCTURE, TEXT, draft, exercise

BEFORE = exercise()
AFTER = Exercise.model_validate({**STRUCTURE, "texts": {"en": {**TEXT, "title": "Another title"}}})


@pytest.fixture
def trainee(enter: Callable[..., Client]) -> Client:
    return enter()


@pytest.fixture
def context(app: Flask, trainee: Client) -> Iterator[WorkspaceKey]:
    with app.app_context():
        yield WorkspaceKey(course_id=trainee.course_id, exercise="example", owner=owners.person(trainee.person_id))


def bare(exercise: Exercise) -> Exercise:
    """Leave out what stands beside an exercise, of which editions keep nothing."""
    texts = {language: text.model_copy(update={"facilitation": None}) for language, text in exercise.texts.items()}
    beside = {"example": None, "facilitation": None, "self_review": False, "stays_here": False}
    return exercise.model_copy(update={**beside, "texts": texts})


def hand_in(key: WorkspaceKey, trainee: Client, handed_in: Exercise, text: str = "words") -> Submission:
    assert trainee.placement_id is not None
    store.save_note(key, handed_in, draft(what=text), now(), author_id=trainee.person_id)
    given = HandIn(by=trainee.person_id, placement_id=trainee.placement_id, language="en")
    submission, _ = store.submit(key, handed_in, given, now())
    db.session.commit()
    return submission


def test_a_submission_gives_back_the_exercise_that_was_before_the_person(
    context: WorkspaceKey, trainee: Client
) -> None:
    submission = hand_in(context, trainee, BEFORE)

    assert editions.give(submission.edition, AFTER) == BEFORE


def test_a_submission_of_a_version_that_kept_none_gives_the_exercise_as_it_is_now(
    context: WorkspaceKey, trainee: Client
) -> None:
    hand_in(context, trainee, BEFORE)
    db.session.execute(update(SubmissionRow).values(edition=None))

    last = store.find_last_submission(1)

    assert last is not None
    assert editions.give(last.edition, AFTER) == AFTER


@pytest.mark.parametrize("body", ["{}", "no JSON"])
def test_an_edition_that_can_no_longer_be_read_gives_the_exercise_as_it_is_now(
    context: WorkspaceKey, trainee: Client, body: str
) -> None:
    submission = hand_in(context, trainee, BEFORE)
    db.session.execute(update(EditionRow).values(body=body))

    assert editions.give(submission.edition, AFTER) == AFTER


def test_what_is_the_same_is_kept_once(context: WorkspaceKey, trainee: Client) -> None:
    for text in "ab":
        hand_in(context, trainee, BEFORE, text)
    hand_in(context, trainee, AFTER, "c")

    assert db.session.scalar(select(func.count()).select_from(EditionRow)) == 2


def test_every_exercise_of_the_curriculum_is_given_back_whole(context: WorkspaceKey) -> None:
    kept = {editions.keep(each): bare(each) for each in curriculum().exercises.values()}

    assert {name: editions.give(name, BEFORE) for name in kept} == kept


def test_an_edition_of_before_that_kept_a_facilitators_text_is_still_read(
    context: WorkspaceKey, trainee: Client
) -> None:
    submission = hand_in(context, trainee, BEFORE)
    old = BEFORE.model_dump(mode="json", by_alias=True)
    old["texts"]["en"]["facilitation"] = "**Before.** Ninety minutes."
    db.session.execute(update(EditionRow).values(body=json.dumps(old)))

    assert editions.give(submission.edition, AFTER) == BEFORE
