"""What came out, on one page: by place, with headings and votes, from any number of groups in as few statements."""

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas
from tests.lti_tool.exercises.writing import new_id

Enter = Callable[..., Client]


@pytest.fixture
def ana(enter: Enter) -> Client:
    return enter(sub="ana", name="Ana Álvarez")


@pytest.fixture
def canvas(app: Flask, ana: Client) -> Canvas:
    """Give the canvas of Ana's group."""
    course = Course(app=app, course_id=ana.course_id)
    course.put_in(ana, "12")
    course.arrange(mode=Mode.GROUP)
    return Canvas(course=course, owner=f"group/{course.group('12')}")


def stack(canvas: Canvas, person: Client, heading: str, *notes: str) -> None:
    form = {"part": "matrix", "cell": "subsistence/being", "heading": heading, "version": "0", "language": "en"}
    assert person.post(canvas.at(f"exercise/stacks/{new_id()}"), note=list(notes), **form).status_code == 303


def lines(page: str) -> list[str]:
    """Read the plain text of a page, without its empty lines."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return [line for line in html.unescape(found[1]).splitlines() if line.strip()]


def test_notes_stand_by_their_places_with_headings_and_votes_the_most_first(canvas: Canvas, ana: Client) -> None:
    well, pump, road = (canvas.add(ana, text) for text in ("A well", "A pump & pipes", "A road"))
    canvas.add(ana, "Our street", "community", "start")
    stack(canvas, ana, "Water", well, pump)
    canvas.open_ballot(each=6)
    for note, votes in ((well, 1), (pump, 1), (road, 3)):
        canvas.vote(ana, note, votes)

    page = ana.get("exercise/harvest").text

    told = lines(page)
    start = told.index("Most votes")
    assert told[start : start + 3] == ["Most votes", "1. A road (3)", "2. Water (2)"]
    start = told.index("Subsistence · Being")
    assert told[start + 1 :] == ["- Water (2)", "  - A well (1)", "  - A pump & pipes (1)", "- A road (3)"]
    assert "- Our street" in told
    assert "<b><bdi" in page
    assert "A pump &amp; pipes" in page


def test_what_somebody_wrote_is_text_and_never_part_of_the_page(canvas: Canvas, ana: Client) -> None:
    canvas.add(ana, "</textarea><script>alert(1)</script>")

    page = ana.get("exercise/harvest").text

    assert "<script>alert" not in page
    assert "- </textarea><script>alert(1)</script>" in lines(page)


def test_nobodys_name_stands_there(canvas: Canvas, ana: Client) -> None:
    canvas.add(ana, "A well")
    canvas.course.stage(shows_names=True)

    assert "Ana" not in ana.get("exercise/harvest").text


@pytest.mark.parametrize("is_secret", [False, True])
def test_votes_are_told_only_where_they_may_be_shown(canvas: Canvas, ana: Client, *, is_secret: bool) -> None:
    well = canvas.add(ana, "A well")
    canvas.open_ballot(is_secret=is_secret)
    canvas.vote(ana, well, 2)
    canvas.close_ballot()

    page = ana.get("exercise/harvest").text

    assert ("Votes: 2" in page) == (not is_secret)
    assert ("Most votes" in page) == (not is_secret)


def test_a_trainer_reads_all_groups_one_after_the_other_and_the_course_last(
    app: Flask, canvas: Canvas, ana: Client, enter: Enter
) -> None:
    trainer = enter(sub="trainer", role=Role.TRAINER)
    canvas.add(ana, "A well")
    for number in range(13, 16):
        person = enter(sub=f"in {number}")
        canvas.course.put_in(person, str(number))
        Canvas(course=canvas.course, owner=f"group/{canvas.course.group(str(number))}").add(person, f"Of {number}")
    few = statements(app, lambda: trainer.get(canvas.at("exercise/harvest")))
    trainer.post(canvas.at("exercise/send-up"), note=[])
    ana.post(canvas.at("exercise/send-up"), note=re.findall(r'id="note-([^"]+)"', ana.get("exercise").text))

    many = statements(app, lambda: trainer.get("exercise/harvest"))

    told = lines(trainer.get("exercise/harvest").text)
    assert [line for line in told if line.startswith(("Group", "The course"))] == [
        *(f"Group {number}" for number in range(1, 5)),
        "The course's canvas",
    ]
    assert told.count("- A well") == 2
    assert many <= few


def statements(app: Flask, work: Callable[[], object]) -> int:
    """Count the statements that something takes."""
    counted: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    work()
    event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_what_one_wrote_alone_is_ones_own_harvest(enter: Enter) -> None:
    ana, ben = enter(sub="ana"), enter(sub="ben")
    Canvas(course=Course(app=ana.browser.application, course_id=ana.course_id), owner=f"person/{ana.person_id}").add(
        ana, "A well"
    )

    assert "- A well" in lines(ana.get("exercise/harvest").text)
    assert "Nothing is written there yet." in ben.get("exercise/harvest").text
