"""Alike notes under a heading: the notes stay, the heading has versions, and nobody's gathering undoes another's."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import NoteRow, StackRow, WorkspaceRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.together import at_once

Enter = Callable[..., Client]
PLACE = {"part": "matrix", "cell": "subsistence/being"}


@pytest.fixture
def people(enter: Enter) -> list[Client]:
    return [enter(sub=name, name=name) for name in ("ana", "ben")]


@pytest.fixture
def canvas(app: Flask, people: list[Client]) -> Canvas:
    """Give the canvas of a whole course."""
    course = Course(app=app, course_id=people[0].course_id)
    course.arrange(mode=Mode.COURSE)
    return Canvas(course=course, owner="course")


@pytest.fixture
def notes(canvas: Canvas, people: list[Client]) -> list[str]:
    """Give three notes of one cell."""
    return [canvas.add(people[0], text) for text in ("A well", "A pump", "A road")]


def save(
    canvas: Canvas, person: Client, stack_id: str, heading: str, version: int = 0, **lists: list[str]
) -> TestResponse:
    form = {**PLACE, "heading": heading, "version": str(version), "language": "en", **lists}
    return person.post(canvas.at(f"exercise/stacks/{stack_id}"), **form)


def stacked(page: str) -> dict[str, list[str]]:
    """Read the headings of a page with the words of the notes under each."""
    found = re.findall(
        r'<li class="stack" id=.*?<bdi[^>]*>(.*?)</bdi>.*?<ul class="stacked">(.*?)</ul>', page, re.DOTALL
    )
    return {
        heading: re.findall(r'class="words".*?<bdi[^>]*>(.*?)</bdi>', inside, re.DOTALL) for heading, inside in found
    }


def test_notes_are_gathered_under_a_heading_and_everybody_sees_it(
    canvas: Canvas, people: list[Client], notes: list[str]
) -> None:
    ana, ben = people
    stack = new_id()

    answer = save(canvas, ana, stack, "Water", note=notes[:2])

    assert answer.status_code == 303
    assert answer.location.endswith(f"#stack-{stack}")
    assert stacked(ben.get("exercise").text) == {"Water": ["A well", "A pump"]}
    assert "A road" in ben.get("exercise").text
    assert stacked(ben.get(canvas.at("exercise/paper")).text) == {"Water": ["A well", "A pump"]}


def test_the_page_of_alike_notes_offers_those_of_the_cell_and_leads_to_the_stack_that_is_there(
    canvas: Canvas, people: list[Client], notes: list[str]
) -> None:
    ana = people[0]
    canvas.add(ana, "Elsewhere", "subsistence/having")

    page = ana.get(canvas.at(f"exercise/notes/{notes[1]}/alike")).text
    action = re.search(r"exercise/stacks/([0-9a-f-]{36})", page)
    assert action
    checked = re.findall(r'name="note" value="([0-9a-f-]{36})"( checked)?', page)
    save(canvas, ana, action[1], "Water", note=notes[:2])
    later = ana.get(canvas.at(f"exercise/notes/{notes[0]}/alike")).text

    assert checked == [(notes[0], ""), (notes[1], " checked"), (notes[2], "")]
    assert f"exercise/stacks/{action[1]}" in later
    assert re.findall(r'name="was" value="([0-9a-f-]{36})"', later) == notes[:2]


def test_sent_twice_it_makes_one_stack(app: Flask, canvas: Canvas, people: list[Client], notes: list[str]) -> None:
    stack = new_id()

    answers = [save(canvas, people[0], stack, "Water", note=notes[:2]) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context():
        assert db.session.scalars(select(StackRow.version)).all() == [1]
        assert db.session.scalars(select(WorkspaceRow.version)).one() == 4


def test_two_who_gather_at_once_undo_nothing_of_each_other(
    app: Flask, canvas: Canvas, people: list[Client], notes: list[str]
) -> None:
    ana, ben = people
    stack = new_id()
    save(canvas, ana, stack, "Water", note=notes[:2])

    answers = at_once(
        app,
        lambda: save(canvas, ana, stack, "Water", 1, note=[notes[1]], was=notes[:2]),
        lambda: save(canvas, ben, stack, "Water", 1, note=notes, was=notes[:2]),
    )

    assert [answer.status_code for answer in answers] == [303, 303]
    assert stacked(ana.get("exercise").text) == {"Water": ["A pump", "A road"]}


def test_a_note_lies_in_one_stack_whoever_gathers_it(
    app: Flask, canvas: Canvas, people: list[Client], notes: list[str]
) -> None:
    ana, ben = people

    at_once(
        app,
        lambda: save(canvas, ana, new_id(), "Water", note=notes[:2]),
        lambda: save(canvas, ben, new_id(), "Roads", note=notes[1:]),
    )

    found = stacked(ana.get("exercise").text)
    assert found.keys() == {"Water", "Roads"}
    assert sorted(found["Water"] + found["Roads"]) == ["A pump", "A road", "A well"]


def test_of_two_headings_at_once_the_second_sees_both(canvas: Canvas, people: list[Client], notes: list[str]) -> None:
    ana, ben = people
    stack = new_id()
    save(canvas, ana, stack, "Water", note=notes[:2])
    save(canvas, ana, stack, "Drinking water", 1)

    answer = save(canvas, ben, stack, "Rain", 1, note=notes[2:])

    assert answer.status_code == 409
    assert "This heading was changed elsewhere" in answer.text
    assert "Drinking water" in answer.text
    assert 'value="Rain"' in answer.text
    assert re.search(rf'value="{notes[2]}" checked', answer.text)
    assert stacked(ana.get("exercise").text) == {"Drinking water": ["A well", "A pump"]}
    assert save(canvas, ben, stack, "Rain", 2, note=notes[2:]).status_code == 303
    assert stacked(ana.get("exercise").text) == {"Rain": ["A well", "A pump", "A road"]}


def test_one_is_taken_out_again_and_all_are_taken_apart(canvas: Canvas, people: list[Client], notes: list[str]) -> None:
    ana = people[0]
    stack = new_id()
    save(canvas, ana, stack, "Water", note=notes)

    save(canvas, ana, stack, "Water", 1, note=notes[:2], was=notes)
    assert stacked(ana.get("exercise").text) == {"Water": ["A well", "A pump"]}
    answer = save(canvas, ana, stack, "Water", 1, apart=["1"])

    assert answer.status_code == 303
    page = ana.get("exercise").text
    assert stacked(page) == {}
    assert all(text in page for text in ("A well", "A pump", "A road"))
    assert "The notes were taken apart there." in save(canvas, people[1], stack, "Rain", 1).text


def test_a_note_that_is_moved_leaves_its_stack(canvas: Canvas, people: list[Client], notes: list[str]) -> None:
    ana = people[0]
    save(canvas, ana, new_id(), "Water", note=notes)

    away = {"cell": "subsistence/having", "before": None, "place": 0}
    ana.put(canvas.at(f"exercise/notes/{notes[0]}/place"), away)
    ana.put(canvas.at(f"exercise/notes/{notes[2]}/place"), {**away, "cell": "subsistence/being"})

    assert stacked(ana.get("exercise").text) == {"Water": ["A pump"]}


def test_with_its_last_note_the_heading_goes(canvas: Canvas, people: list[Client], notes: list[str]) -> None:
    ana = people[0]
    save(canvas, ana, new_id(), "Water", note=notes[:2])

    for note in notes[:2]:
        ana.delete(canvas.at(f"exercise/notes/{note}?version=1"))

    assert stacked(ana.get("exercise").text) == {}


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("  ", "Write a heading for the notes that are alike."),
        ("x" * 201, "The heading is too long: 200 characters are the most. Shorten it."),
    ],
)
def test_what_is_no_heading_is_refused_and_nothing_typed_is_lost(
    canvas: Canvas, people: list[Client], notes: list[str], heading: str, said: str
) -> None:
    answer = save(canvas, people[0], new_id(), heading, note=notes[:2])

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{heading.strip()}"' in answer.text
    assert answer.text.count(" checked") == 2


def test_one_note_alone_makes_no_stack(canvas: Canvas, people: list[Client], notes: list[str]) -> None:
    answer = save(canvas, people[0], new_id(), "Water", note=notes[:1])

    assert answer.status_code == 422
    assert "Choose at least two notes that are alike." in answer.text
    assert 'value="Water"' in answer.text


def test_answers_have_no_heading(canvas: Canvas, people: list[Client]) -> None:
    answer = canvas.add(people[0], "Ours", "community", "start")

    assert people[0].get(canvas.at(f"exercise/notes/{answer}/alike")).status_code == 404
    assert "data-alike" not in people[0].get(canvas.at(f"exercise/notes/{answer}")).text


def test_what_changes_counts_the_workspace_up_and_names_the_change(
    app: Flask, canvas: Canvas, people: list[Client], notes: list[str]
) -> None:
    save(canvas, people[0], new_id(), "Water", note=notes[:2])

    with app.app_context():
        version = db.session.scalars(select(WorkspaceRow.version)).one()
        assert db.session.scalars(select(StackRow.changed_in)).one() == version
        laid = select(NoteRow.changed_in).where(NoteRow.stack_id.is_not(None))
        assert db.session.scalars(laid).all() == [version, version]


def test_who_asks_what_is_new_is_told_the_stacks_and_which_notes_lie_there(
    canvas: Canvas, people: list[Client], notes: list[str]
) -> None:
    ana, ben = people
    before = ben.get(canvas.at("exercise/changes")).json
    stack = new_id()
    save(canvas, ana, stack, "Water", note=notes[:2])

    told = ben.get(canvas.at(f"exercise/changes?version={before['version']}")).json if before else None

    assert told
    water = {"id": stack, "heading": "Water", "language": "en", "apart": False, **PLACE}
    assert told["stacks"] == [water]
    assert {note["id"]: note["stack"] for note in told["notes"]} == dict.fromkeys(notes[:2], stack)
    save(canvas, ana, stack, "Water", 1, apart=["1"])
    told = ben.get(canvas.at(f"exercise/changes?version={told['version']}")).json
    assert told
    assert [one["apart"] for one in told["stacks"]] == [True]
    assert [note["stack"] for note in told["notes"]] == [None, None]
