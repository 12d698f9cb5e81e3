"""Workspaces in both databases, also when two windows write at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from content.fields.field import Value
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import owners, ranks, store
from lti_tool.exercises.places import Move
from lti_tool.exercises.rules import Draft, Verdict
from lti_tool.exercises.store import HandIn, Submission, WorkspaceKey
from lti_tool.exercises.tables import SubmissionRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.examples import draft, exercise
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once
from tests.lti_tool.watching import statements

EXERCISE = exercise()


@pytest.fixture
def trainee(enter: Callable[..., Client]) -> Client:
    return enter()


@pytest.fixture
def key(trainee: Client) -> WorkspaceKey:
    return WorkspaceKey(course_id=trainee.course_id, exercise="example", owner=owners.person(trainee.person_id))


@pytest.fixture
def context(app: Flask, key: WorkspaceKey) -> Iterator[WorkspaceKey]:
    with app.app_context():
        yield key


def save(key: WorkspaceKey, *drafts: Draft) -> list[Verdict]:
    decisions = store.save(key, EXERCISE, drafts, now(), author_id=key.owner.id or 0)
    db.session.commit()
    return [decision.verdict for decision in decisions]


def save_each(key: WorkspaceKey, *drafts: Draft) -> None:
    for each in drafts:
        store.save_note(key, EXERCISE, each, now(), author_id=key.owner.id or 0)
        db.session.commit()


def to(a_draft: Draft, cell: str, before: Draft | None = None) -> Move:
    return Move(id=a_draft.id, cell=cell, before=before.id if before else None, place_version=0)


def move(key: WorkspaceKey, moved: Draft, before: Draft | None = None, cell: str = "top/left") -> None:
    store.move_note(key, EXERCISE, to(moved, cell, before), now())
    db.session.commit()


def cells_of(key: WorkspaceKey) -> dict[str, list[Value]]:
    workspace, cells = store.find_workspace(key), defaultdict[str, list[Value]](list)
    for note in workspace.notes.values() if workspace else ():
        cells[note.cell].append(note.values["what"])
    return cells


def hand_in(key: WorkspaceKey, trainee: Client) -> tuple[Submission, bool]:
    assert trainee.placement_id is not None
    given = HandIn(by=trainee.person_id, placement_id=trainee.placement_id, language="en")
    handed_in = store.submit(key, EXERCISE, given, now())
    db.session.commit()
    return handed_in


def values_of(key: WorkspaceKey) -> list[dict[str, Value]]:
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


def test_a_new_note_goes_before_another_and_one_that_is_moved_too(context: WorkspaceKey) -> None:
    first, second, third = (draft(what=text) for text in "abc")
    save_each(context, first, second, third, replace(draft(what="d"), before=second.id))

    move(context, third, before=first)

    assert [values["what"] for values in values_of(context)] == ["c", "a", "d", "b"]


def test_a_note_moved_to_another_cell_goes_to_its_end_unless_the_page_says_before_which(
    context: WorkspaceKey,
) -> None:
    here, there, last = draft(what="a"), draft("top/right", what="b"), draft(what="c")
    save_each(context, here, there, last)

    move(context, here, cell="top/right")

    assert cells_of(context) == {"top/right": ["b", "a"], "top/left": ["c"]}


def test_a_cell_whose_keys_grew_too_long_is_numbered_anew_in_its_order(context: WorkspaceKey) -> None:
    first, second, third = (draft(what=text) for text in "abc")
    save_each(context, first, second, third)

    for number in range(150):
        move(context, *((second, third) if number % 2 else (third, second)))

    workspace = store.find_workspace(context)
    assert workspace is not None
    assert [note.values["what"] for note in workspace.notes.values()] == ["a", "b", "c"]
    assert workspace.notes[first.id].rank > ranks.numbered(100)


def test_a_move_is_a_change_of_the_work(context: WorkspaceKey, ticker: Ticker) -> None:
    save_each(context, one := draft(what="a"))
    ticker.move(hours=1)

    move(context, one, cell="top/right")

    workspace = store.find_workspace(context)
    assert workspace is not None
    assert (workspace.version, workspace.changed_at) == (2, now())


def test_what_is_not_there_is_not_moved(context: WorkspaceKey) -> None:
    assert store.move_note(context, EXERCISE, to(draft(), "top/right"), now()) is None


def test_a_note_is_found_by_its_id_in_its_own_workspace_alone(context: WorkspaceKey) -> None:
    save_each(context, one := draft(what="a"))

    found = store.find_note(context, one.id)

    assert found is not None
    assert found.values == {"what": "a"}
    assert store.find_note(replace(context, exercise="another"), one.id) is None
    assert store.find_note(context, draft().id) is None


def test_a_change_reads_and_writes_its_note_alone(app: Flask, context: WorkspaceKey) -> None:
    save_each(context, one := draft(what="a"), draft(what="b"))

    with statements(app) as sent:
        save_each(context, replace(one, version=1, values={"what": "c"}))

    of_notes = [statement for statement in sent if "notes" in statement]
    assert len(of_notes) == 2
    assert all("notes.id = " in statement for statement in of_notes)


def test_what_is_saved_already_costs_no_write(app: Flask, context: WorkspaceKey) -> None:
    save_each(context, one := draft(what="a"))

    with statements(app) as sent:
        save_each(context, one)

    assert all(statement.startswith("SELECT") for statement in sent)


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


def test_what_processes_of_the_version_before_show_and_send_is_what_handing_in_gives(
    context: WorkspaceKey, trainee: Client
) -> None:
    save(context, draft(what="one"))

    hand_in(context, trainee)

    row = db.session.scalars(select(SubmissionRow)).one()
    assert (row.score_given, row.score_maximum) == (10, 10)
