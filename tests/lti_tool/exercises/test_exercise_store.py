"""Workspaces in both databases, also when two windows write at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import store
from lti_tool.exercises.rules import Draft, Verdict
from lti_tool.exercises.store import Submission, WorkspaceKey
from lti_tool.exercises.tables import SubmissionRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.examples import draft, exercise
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once

EXERCISE = exercise()


@pytest.fixture
def trainee(enter: Callable[..., Client]) -> Client:
    return enter()


@pytest.fixture
def key(trainee: Client) -> WorkspaceKey:
    return WorkspaceKey(course_id=trainee.course_id, exercise="example", person_id=trainee.person_id)


@pytest.fixture
def context(app: Flask, key: WorkspaceKey) -> Iterator[WorkspaceKey]:
    with app.app_context():
        yield key


def save(key: WorkspaceKey, *drafts: Draft) -> list[Verdict]:
    decisions = store.save(key, EXERCISE, drafts, now())
    db.session.commit()
    return [decision.verdict for decision in decisions]


def hand_in(key: WorkspaceKey, trainee: Client) -> tuple[Submission, bool]:
    assert trainee.placement_id is not None
    handed_in = store.submit(key, EXERCISE, placement_id=trainee.placement_id, language="en", now=now())
    db.session.commit()
    return handed_in


def values_of(key: WorkspaceKey) -> list[dict[str, str | int]]:
    db.session.expire_all()
    workspace = store.find_workspace(key)
    return [dict(note.values) for note in workspace.notes.values()] if workspace else []


def version_of(key: WorkspaceKey) -> int:
    workspace = store.find_workspace(key)
    return workspace.version if workspace else -1


def test_nothing_is_made_by_looking(context: WorkspaceKey) -> None:
    assert store.find_workspace(context) is None


def test_what_was_saved_is_read_again(context: WorkspaceKey) -> None:
    save(context, draft(what="una palabra", kind="good", weight=4))

    assert values_of(context) == [{"what": "una palabra", "kind": "good", "weight": 4}]


def test_notes_keep_the_order_in_which_they_were_first_written(context: WorkspaceKey) -> None:
    first, second, third = (draft(what=text) for text in "cab")
    save(context, first, second)
    save(context, third)
    save(context, replace(first, version=1, values={"what": "z"}))

    assert [values["what"] for values in values_of(context)] == ["z", "a", "b"]


def test_the_workspace_counts_each_change_once(context: WorkspaceKey) -> None:
    one = draft(what="a")
    save(context, one, draft(what="b"))
    save(context, one)
    save(context, replace(one, values={"what": "c"}))

    assert version_of(context) == 2


def test_a_change_is_told_with_its_time(context: WorkspaceKey, ticker: Ticker) -> None:
    one = draft(what="a")
    save(context, one)
    before = now()
    ticker.move(hours=1)
    save(context, replace(one, version=1, values={"what": "b"}))

    workspace = store.find_workspace(context)

    assert workspace is not None
    assert workspace.changed_at - before == timedelta(hours=1)


def test_of_two_windows_the_second_overwrites_nothing(context: WorkspaceKey) -> None:
    one = draft(what="theirs")
    save(context, one)
    save(context, replace(one, version=1, values={"what": "theirs, changed"}))

    assert save(context, replace(one, version=1, values={"what": "mine"})) == [Verdict.CONFLICT]
    assert values_of(context) == [{"what": "theirs, changed"}]


def test_a_deleted_note_comes_back_from_its_newest_version(context: WorkspaceKey) -> None:
    one = draft(what="a")
    save(context, one)
    save(context, replace(one, version=1, values={}))

    assert values_of(context) == [{}]
    assert save(context, replace(one, version=2, values={"what": "b"})) == [Verdict.CHANGED]
    assert values_of(context) == [{"what": "b"}]


def test_what_fits_is_saved_beside_what_does_not(context: WorkspaceKey) -> None:
    assert save(context, draft(what="x" * 30), draft(what="fits")) == [Verdict.REFUSED, Verdict.NEW]
    assert values_of(context) == [{"what": "fits"}]


def test_two_notes_of_one_save_count_against_each_other(context: WorkspaceKey) -> None:
    one, other = draft("why", "questions", answer="a"), draft("why", "questions", answer="b")

    assert save(context, one, other) == [Verdict.NEW, Verdict.REFUSED]


def test_a_submission_is_what_was_there_at_that_moment(context: WorkspaceKey, trainee: Client) -> None:
    one = draft(what="as handed in")
    save(context, one, draft(what="deleted"))
    second = [note_id for note_id in _ids(context) if note_id != one.id]
    save(context, replace(draft(version=1), id=second[0]))

    submission, is_new = hand_in(context, trainee)
    save(context, replace(one, version=1, values={"what": "later"}))

    db.session.expire_all()
    workspace = store.find_workspace(context)
    assert workspace is not None
    kept = store.find_last_submission(workspace.id)
    assert is_new
    assert kept == submission
    assert [dict(note.values) for note in submission.notes] == [{"what": "as handed in"}]
    assert submission.met == ("one",)


def _ids(key: WorkspaceKey) -> list[str]:
    workspace = store.find_workspace(key)
    return list(workspace.notes) if workspace else []


def test_submissions_are_numbered(context: WorkspaceKey, trainee: Client) -> None:
    numbers = []
    for text in "abc":
        save(context, draft(what=text))
        numbers.append(hand_in(context, trainee)[0].number)

    assert numbers == [1, 2, 3]


def test_handing_in_the_same_again_gives_the_submission_that_is_there(context: WorkspaceKey, trainee: Client) -> None:
    save(context, draft(what="a"))
    first, _ = hand_in(context, trainee)

    again, is_new = hand_in(context, trainee)

    assert not is_new
    assert again == first


def test_the_same_work_is_handed_in_anew_where_the_activity_was_placed_again(
    context: WorkspaceKey, trainee: Client, enter: Callable[..., Client]
) -> None:
    save(context, draft(what="a"))
    hand_in(context, trainee)

    second, is_new = hand_in(context, enter(activity="exercise/power-interest-map"))

    assert is_new
    assert second.number == 2


def test_the_same_work_handed_in_by_turns_at_two_placements_is_one_submission_at_each(
    context: WorkspaceKey, trainee: Client, enter: Callable[..., Client]
) -> None:
    save(context, draft(what="a"))
    first, _ = hand_in(context, trainee)
    hand_in(context, enter(activity="exercise/power-interest-map"))

    again, is_new = hand_in(context, trainee)

    assert not is_new
    assert again == first


def test_two_windows_that_hand_in_at_once_make_one_submission(app: Flask, key: WorkspaceKey, trainee: Client) -> None:
    with app.app_context():
        save(key, draft(what="a"))

    handed_in = at_once(app, *[partial(hand_in, key, trainee)] * 4)

    assert sorted(is_new for _, is_new in handed_in) == [False, False, False, True]
    assert {submission.number for submission, _ in handed_in} == {1}


def test_two_windows_that_begin_a_workspace_at_once_lose_nothing(app: Flask, key: WorkspaceKey) -> None:
    drafts = [draft(what=str(number)) for number in range(4)]

    at_once(app, *[partial(save, key, each) for each in drafts])

    with app.app_context():
        assert sorted(str(values["what"]) for values in values_of(key)) == ["0", "1", "2", "3"]
        assert version_of(key) == 4


def test_of_two_windows_that_change_a_note_at_once_one_is_asked(app: Flask, key: WorkspaceKey) -> None:
    one = draft(what="before")
    with app.app_context():
        save(key, one)
    changes = [replace(one, version=1, values={"what": text}) for text in ("mine", "theirs")]

    verdicts = at_once(app, *[partial(save, key, each) for each in changes])

    assert sorted(verdict for [verdict] in verdicts) == [Verdict.CHANGED, Verdict.CONFLICT]


def test_what_processes_of_the_version_before_show_and_send_is_what_handing_in_gives(
    context: WorkspaceKey, trainee: Client
) -> None:
    save(context, draft(what="one"))

    hand_in(context, trainee)

    row = db.session.scalars(select(SubmissionRow)).one()
    assert (row.score_given, row.score_maximum) == (10, 10)
