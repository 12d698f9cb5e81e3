"""Several windows or people write the notes of one workspace in the same moment."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import owners, store
from lti_tool.exercises.places import Move
from lti_tool.exercises.rules import Draft, Note, Verdict
from lti_tool.exercises.store import WorkspaceKey
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.examples import draft, exercise
from tests.lti_tool.together import at_once, overtaking

EXERCISE = exercise()
MOST_IN_CELL = EXERCISE.part("grid").notes_per_cell


@pytest.fixture
def key(enter: Callable[..., Client]) -> WorkspaceKey:
    trainee = enter()
    return WorkspaceKey(course_id=trainee.course_id, exercise="example", owner=owners.person(trainee.person_id))


def save(key: WorkspaceKey, sent: Draft) -> Verdict:
    decision = store.save_note(key, EXERCISE, sent, now(), author_id=key.owner.id or 0)
    db.session.commit()
    return decision.verdict


def save_as_form(key: WorkspaceKey, sent: Draft) -> Verdict:
    [decision] = store.save(key, EXERCISE, [sent], now(), author_id=key.owner.id or 0)
    db.session.commit()
    return decision.verdict


def move(key: WorkspaceKey, note_id: str, cell: str, before: str | None = None) -> bool:
    moved = store.move_note(key, EXERCISE, Move(id=note_id, cell=cell, before=before, place_version=0), now())
    db.session.commit()
    assert moved is not None
    return moved.moved_meanwhile


def notes_of(app: Flask, key: WorkspaceKey) -> list[Note]:
    with app.app_context():
        workspace = store.find_workspace(key)
        assert workspace is not None
        return list(workspace.notes.values())


def words_of(app: Flask, key: WorkspaceKey) -> list[object]:
    return [note.values.get("what") for note in notes_of(app, key)]


def version_of(app: Flask, key: WorkspaceKey) -> int:
    with app.app_context():
        workspace = store.find_workspace(key)
        return workspace.version if workspace else 0


@pytest.fixture
def saved(app: Flask, key: WorkspaceKey) -> Draft:
    """Give a note that is saved, as a page sends it that knows the saved version."""
    with app.app_context():
        save(key, first := draft(what="before"))
    return replace(first, version=1)


# The same note


def test_of_two_windows_that_change_a_note_at_once_one_is_asked(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    changes = [replace(saved, values={"what": text}) for text in ("mine", "theirs")]

    verdicts = at_once(app, *[partial(save, key, each) for each in changes])

    assert sorted(verdicts) == [Verdict.CHANGED, Verdict.CONFLICT]
    assert version_of(app, key) == 2


def test_whoever_begins_an_answer_that_somebody_just_began_is_asked_and_not_told_that_there_is_no_room(
    app: Flask, key: WorkspaceKey, saved: Draft
) -> None:
    """Both pages give the answer the same id: the other one came after this one looked, and fills its cell."""
    mine, faster = (draft(part="questions", cell="why", answer=text) for text in ("mine", "theirs"))

    with app.app_context(), overtaking(app, partial(save, key, replace(faster, id=mine.id)), before=("SELECT sum",)):
        verdict = save(key, mine)

    assert verdict is Verdict.CONFLICT


@pytest.mark.parametrize("theirs", [save, save_as_form])
def test_whoever_is_overtaken_is_asked_and_nothing_of_theirs_is_kept_in_part(
    app: Flask, key: WorkspaceKey, saved: Draft, theirs: Callable[[WorkspaceKey, Draft], Verdict]
) -> None:
    mine, faster = (replace(saved, values={"what": text}) for text in ("mine", "theirs"))

    with app.app_context(), overtaking(app, partial(theirs, key, faster)):
        verdict = save(key, mine)

    assert verdict is Verdict.CONFLICT
    assert words_of(app, key) == ["theirs"]
    assert version_of(app, key) == 2


def test_whoever_is_overtaken_by_the_same_words_has_nothing_to_do(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    change = replace(saved, values={"what": "the same"})

    with app.app_context(), overtaking(app, partial(save, key, change)):
        verdict = save(key, change)

    assert verdict is Verdict.SAME
    assert version_of(app, key) == 2


def test_a_change_that_a_deletion_overtakes_is_not_lost(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    with app.app_context(), overtaking(app, partial(save, key, replace(saved, values={}))):
        verdict = save(key, replace(saved, values={"what": "changed"}))

    assert verdict is Verdict.CONFLICT
    assert words_of(app, key) == [None]


def test_a_deletion_that_a_change_overtakes_deletes_nothing(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    with app.app_context(), overtaking(app, partial(save, key, replace(saved, values={"what": "changed"}))):
        verdict = save(key, replace(saved, values={}))

    assert verdict is Verdict.CONFLICT
    assert words_of(app, key) == ["changed"]


def test_a_deletion_and_a_change_at_once_are_one_and_a_conflict(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    both = [replace(saved, values={}), replace(saved, values={"what": "changed"})]

    verdicts = at_once(app, *[partial(save, key, each) for each in both])

    assert sorted(verdicts) == [Verdict.CHANGED, Verdict.CONFLICT]


def test_different_notes_changed_at_once_all_arrive(app: Flask, key: WorkspaceKey) -> None:
    drafts = [draft(what=str(number)) for number in range(4)]
    with app.app_context():
        for each in drafts:
            save(key, each)

    verdicts = at_once(app, *[partial(save, key, replace(each, version=1, values={"what": "x"})) for each in drafts])

    assert verdicts == [Verdict.CHANGED] * 4
    assert version_of(app, key) == 8


# New notes


def test_the_first_notes_of_a_workspace_all_arrive_in_one_order(app: Flask, key: WorkspaceKey) -> None:
    drafts = [draft(what=str(number)) for number in range(4)]

    at_once(app, *[partial(save, key, each) for each in drafts])

    assert sorted(map(str, words_of(app, key))) == ["0", "1", "2", "3"]
    assert len({note.rank for note in notes_of(app, key)}) == 4
    assert version_of(app, key) == 4


def test_the_same_new_note_sent_twice_at_once_is_one(app: Flask, key: WorkspaceKey) -> None:
    one = draft(what="the same")

    verdicts = at_once(app, *[partial(save, key, one)] * 2)

    assert sorted(verdicts) == [Verdict.NEW, Verdict.SAME]
    assert words_of(app, key) == ["the same"]


@pytest.mark.parametrize("theirs", [save, save_as_form])
def test_of_two_that_begin_the_same_note_the_second_is_asked(
    app: Flask, key: WorkspaceKey, saved: Draft, theirs: Callable[[WorkspaceKey, Draft], Verdict]
) -> None:
    mine = draft("why", "questions", answer="mine")

    with app.app_context(), overtaking(app, partial(theirs, key, replace(mine, values={"answer": "theirs"}))):
        verdict = save(key, mine)

    assert verdict is Verdict.CONFLICT
    assert version_of(app, key) == 2


def test_the_last_room_of_a_cell_is_given_once(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    mine, theirs = (draft("why", "questions", answer=text) for text in ("mine", "theirs"))

    with app.app_context(), overtaking(app, partial(save, key, theirs)):
        verdict = save(key, mine)

    assert verdict is Verdict.REFUSED
    assert len(notes_of(app, key)) == 2


def test_a_new_note_keeps_its_place_whoever_is_faster(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    mine, theirs = (replace(draft(what=text), before=saved.id) for text in ("mine", "theirs"))

    with app.app_context(), overtaking(app, partial(save, key, theirs)):
        verdict = save(key, mine)

    assert verdict is Verdict.NEW
    assert words_of(app, key) == ["theirs", "mine", "before"]


# Moves


def test_of_two_moves_of_a_note_the_last_wins_and_is_told(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    with app.app_context(), overtaking(app, partial(move, key, saved.id, "top/right")):
        is_told = move(key, saved.id, "bottom/left")

    [note] = notes_of(app, key)
    assert is_told
    assert (note.cell, note.place_version) == ("bottom/left", 2)


def test_notes_moved_into_the_same_gap_at_once_have_an_order(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    others = [draft("bottom/left", what=str(number)) for number in range(3)]
    with app.app_context():
        for each in others:
            save(key, each)

    at_once(app, *[partial(move, key, each.id, "top/left", saved.id) for each in others])

    notes = notes_of(app, key)
    assert {note.cell for note in notes} == {"top/left"}
    assert notes[-1].id == saved.id
    assert all(one.rank < other.rank for one, other in pairwise(notes))


@pytest.mark.parametrize("text", ["changed", ""], ids=["changed", "deleted"])
def test_words_and_a_move_are_in_nobodys_way(app: Flask, key: WorkspaceKey, saved: Draft, text: str) -> None:
    written = replace(saved, values={"what": text} if text else {})

    with app.app_context(), overtaking(app, partial(move, key, saved.id, "top/right")):
        verdict = save(key, written)

    [note] = notes_of(app, key)
    assert verdict is Verdict.CHANGED
    assert (note.cell, note.place_version, note.version) == ("top/right", 1, 2)


def test_a_move_that_words_overtake_moves_them(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    with app.app_context(), overtaking(app, partial(save, key, replace(saved, values={"what": "changed"}))):
        is_told = move(key, saved.id, "top/right")

    [note] = notes_of(app, key)
    assert not is_told
    assert (note.cell, note.values) == ("top/right", {"what": "changed"})


def test_the_last_room_of_a_cell_is_given_once_to_moves_too(app: Flask, key: WorkspaceKey, saved: Draft) -> None:
    with app.app_context():
        for _ in range(MOST_IN_CELL - 1):
            save(key, draft("top/right", what="x"))
        save(key, other := draft("bottom/left", what="other"))

    with app.app_context(), overtaking(app, partial(move, key, other.id, "top/right")):
        move(key, saved.id, "top/right")

    assert sum(note.cell == "top/right" for note in notes_of(app, key)) == MOST_IN_CELL
