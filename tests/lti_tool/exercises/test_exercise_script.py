"""What the page's script sends and is told: one note at a time, as JSON."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import new_id, write
from tests.lti_tool.together import overtaking

Enter = Callable[..., Client]
STILL_OPEN = "{} things on the list are still open. You can hand in all the same."


def body(text: str = "A well", *, version: object = 0, **changes: Any) -> dict[str, Any]:
    """Give a note as the script sends it."""
    place = {"part": "matrix", "cell": "subsistence/being"}
    return {**place, "values": {"satisfier": text}, "version": version, "language": "en", **changes}


def test_a_saved_note_is_told_the_versions_of_its_words_and_of_its_place(enter: Enter) -> None:
    answer = enter().put(f"exercise/notes/{new_id()}", body())

    assert (answer.status_code, answer.json) == (200, {"version": 1, "place": 0})


def test_a_page_that_asks_is_told_how_its_list_stands(enter: Enter) -> None:
    trainee = enter()
    trainee.put(f"exercise/notes/{new_id()}", body(values={"satisfier": "A well", "effect": "synergic"}))

    answer = trainee.get("exercise/ready")

    assert answer.status_code == 200
    assert answer.json == {"met": ["synergic"], "questions": [], "ready": STILL_OPEN.format(9)}


def test_before_anything_is_written_nothing_is_met(enter: Enter) -> None:
    answer = enter().get("exercise/ready")

    assert answer.json == {"met": [], "questions": [], "ready": STILL_OPEN.format(10)}


def test_saving_again_over_a_poor_line_changes_nothing(enter: Enter) -> None:
    trainee, path = enter(), f"exercise/notes/{new_id()}"
    trainee.put(path, body())

    answer = trainee.put(path, body())

    assert (answer.status_code, answer.json["version"]) == (200, 1)  # type: ignore[index]  # it has a body


def test_an_old_version_is_told_what_is_saved(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    write(trainee, note_id, "theirs", version=1)

    answer = trainee.put(f"exercise/notes/{note_id}", body("mine", version=1))

    assert answer.status_code == 409
    assert answer.json == {
        "title": "This note was changed elsewhere",
        "theirs": {"values": {"satisfier": "theirs"}, "version": 2},
    }


def test_whoever_is_overtaken_while_their_words_are_saved_is_told_what_is_saved(app: Flask, enter: Enter) -> None:
    trainee, path = enter(), f"exercise/notes/{new_id()}"
    trainee.put(path, body("before"))

    with overtaking(app, lambda: trainee.put(path, body("theirs", version=1))):
        answer = trainee.put(path, body("mine", version=1))

    assert answer.status_code == 409
    assert answer.json["theirs"] == {"values": {"satisfier": "theirs"}, "version": 2}  # type: ignore[index]  # it has a body


def test_a_note_that_does_not_fit_is_told_why(enter: Enter) -> None:
    answer = enter().put(f"exercise/notes/{new_id()}", body("x" * 401))

    assert answer.status_code == 422
    assert answer.json == {
        "title": "This note could not be saved",
        "problems": [
            (
                "“What meets the need, is missing or is in the way” is too long: it has 401 characters, "
                "and 400 is the most. Shorten it."
            )
        ],
    }


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "text",
        {"part": "matrix"},
        body(version=-1),
        body(version="1"),
        body(version=10**10),
        body(language="<b>"),
        body(values=["A well"]),
        body(values={"satisfier": {"nested": 1}}),
        body(values={"satisfier": 1.5}),
        body(author=1),
        body(before=7),
    ],
)
def test_json_of_another_shape_is_refused(enter: Enter, sent: object) -> None:
    assert enter().put(f"exercise/notes/{new_id()}", sent).status_code == 422


def test_a_note_without_an_id_of_ours_is_nowhere(enter: Enter) -> None:
    assert enter().put("exercise/notes/first", body()).status_code == 404


def test_a_deleted_note_is_gone_from_the_page(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "A well")

    answer = trainee.delete(f"exercise/notes/{note_id}?version=1")

    assert (answer.status_code, answer.json["version"]) == (200, 2)  # type: ignore[index]  # it has a body
    assert "A well</textarea>" not in trainee.get().text


@pytest.mark.parametrize("query", ["?version=1", "?version=x", ""])
def test_a_deletion_of_an_older_version_is_told_what_is_saved(enter: Enter, query: str) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    write(trainee, note_id, "theirs", version=1)

    answer = trainee.delete(f"exercise/notes/{note_id}{query}")

    assert answer.status_code == 409
    assert answer.json["theirs"]["values"] == {"satisfier": "theirs"}  # type: ignore[index]  # it has a body


def test_what_never_arrived_cannot_be_deleted(enter: Enter) -> None:
    assert enter().delete(f"exercise/notes/{new_id()}?version=0").status_code == 404


# Moving


def place(cell: str = "subsistence/having", before: str | None = None, version: object = 0) -> dict[str, Any]:
    """Give a note's new place as the script sends it."""
    return {"cell": cell, "before": before, "place": version}


def test_a_moved_note_is_told_its_new_place_and_nothing_more(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "A well")

    answer = trainee.put(f"exercise/notes/{note_id}/place", place())

    assert (answer.status_code, answer.json) == (200, {"place": 1, "said": None})


def test_words_on_their_way_arrive_though_the_note_was_moved_meanwhile(enter: Enter) -> None:
    trainee, path = enter(), f"exercise/notes/{new_id()}"
    trainee.put(path, body("A well"))
    trainee.put(f"{path}/place", place())

    answer = trainee.put(path, body("A deep well", version=1))

    assert (answer.status_code, answer.json) == (200, {"version": 2, "place": 1})


def test_of_two_moves_the_last_wins_and_is_told(enter: Enter) -> None:
    trainee, path = enter(), f"exercise/notes/{new_id()}"
    trainee.put(path, body("A well"))
    trainee.put(f"{path}/place", place("subsistence/doing"))

    answer = trainee.put(f"{path}/place", place("subsistence/having"))

    assert answer.status_code == 200
    assert answer.json == {
        "place": 2,
        "said": (
            "Meanwhile this note had been moved, in another window or by somebody else. Now it is where you put it."
        ),
    }


def test_a_move_of_what_was_deleted_meanwhile_is_told(enter: Enter) -> None:
    trainee, path = enter(), f"exercise/notes/{new_id()}"
    trainee.put(path, body("A well"))
    trainee.delete(f"{path}?version=1")

    answer = trainee.put(f"{path}/place", place())

    assert answer.status_code == 200
    assert answer.json == {
        "place": 1,
        "said": "Meanwhile this note was deleted, in another window or by somebody else. Copy its text to keep it.",
    }


@pytest.mark.parametrize("cell", ["nowhere", "subsistence/having\x00"], ids=["unknown", "not to be asked for"])
def test_a_note_that_cannot_go_there_is_told_why(enter: Enter, cell: str) -> None:
    trainee, path = enter(), f"exercise/notes/{new_id()}"
    trainee.put(path, body("A well"))

    answer = trainee.put(f"{path}/place", place(cell))

    assert answer.status_code == 422
    assert answer.json == {
        "title": "This note could not be moved",
        "problems": ["This text belongs to a place that the exercise no longer has. Copy it to another place."],
    }


def test_what_never_arrived_cannot_be_moved(enter: Enter) -> None:
    assert enter().put(f"exercise/notes/{new_id()}/place", place()).status_code == 404


def test_somebody_elses_note_cannot_be_moved(enter: Enter) -> None:
    theirs, note_id = enter(sub="somebody else"), new_id()
    write(theirs, note_id, "theirs")

    assert enter().put(f"exercise/notes/{note_id}/place", place()).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [None, {}, {"cell": "subsistence/being", "before": None}, place(version=-1), place(version="1"), place(before=7)],  # type: ignore[arg-type]  # as some program might
)
def test_a_place_of_another_shape_is_refused(enter: Enter, sent: object) -> None:
    assert enter().put(f"exercise/notes/{new_id()}/place", sent).status_code == 422
