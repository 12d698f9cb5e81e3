"""Votes on the notes of a canvas: counted once, within everybody's number, and shown as the trainer opened them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import StageRow, WorkspaceRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once, overtaking

Enter = Callable[..., Client]


@pytest.fixture
def people(enter: Enter) -> list[Client]:
    return [enter(sub=name, name=name) for name in ("ana", "ben", "cleo")]


@pytest.fixture
def canvas(app: Flask, people: list[Client]) -> Canvas:
    """Give a group of three at their canvas."""
    course = Course(app=app, course_id=people[0].course_id)
    for person in people:
        course.put_in(person, "12")
    course.arrange(mode=Mode.GROUP)
    return Canvas(course=course, owner=f"group/{course.group('12')}")


def test_everybody_is_told_their_own_votes_and_the_totals(canvas: Canvas, people: list[Client]) -> None:
    ana, ben, _ = people
    well, bridge = canvas.add(ana, "A well"), canvas.add(ben, "A bridge")
    canvas.open_ballot()

    canvas.vote(ana, well, 2)
    canvas.vote(ben, well, 1)
    answer = canvas.vote(ben, bridge, 1)

    assert answer.status_code == 200
    assert answer.json
    assert answer.json["votes"] == canvas.votes(ben)
    assert canvas.votes(ana)["mine"] == {well: 2}
    assert canvas.votes(ana)["left"] == 1
    assert canvas.votes(ana)["totals"] == {well: 3, bridge: 1}


def test_a_vote_sent_twice_counts_once_and_one_can_be_taken_back(canvas: Canvas, people: list[Client]) -> None:
    ana = people[0]
    well = canvas.add(ana, "A well")
    canvas.open_ballot()

    for _ in range(2):
        assert canvas.vote(ana, well, 2).status_code == 200
    assert canvas.votes(ana)["totals"] == {well: 2}
    assert canvas.vote(ana, well, 0).status_code == 200

    assert canvas.votes(ana)["totals"] == {}
    assert canvas.votes(ana)["left"] == 3


def test_beyond_ones_number_it_is_said_how_many_are_left(canvas: Canvas, people: list[Client]) -> None:
    ana = people[0]
    well, bridge = canvas.add(ana, "A well"), canvas.add(ana, "A bridge")
    canvas.open_ballot()
    canvas.vote(ana, well, 2)

    answer = canvas.vote(ana, bridge, 2)

    assert answer.status_code == 422
    assert answer.json
    assert answer.json["left"] == 1
    assert answer.json["title"] == "You have only 1 vote left."
    assert canvas.votes(ana)["mine"] == {well: 2}


def test_of_two_windows_at_once_neither_goes_over_the_limit(app: Flask, canvas: Canvas, people: list[Client]) -> None:
    ana = people[0]
    notes = [canvas.add(ana, f"Note {number}") for number in range(4)]
    canvas.open_ballot(each=2)

    answers = at_once(app, *[lambda note=note: canvas.vote(ana, note, 1) for note in notes])

    assert sorted(answer.status_code for answer in answers) == [200, 200, 422, 422]
    assert sum(canvas.votes(ana)["mine"].values()) == 2


def test_a_window_that_was_overtaken_by_the_other_doesnt_go_over_the_limit(
    app: Flask, canvas: Canvas, people: list[Client]
) -> None:
    ana = people[0]
    well, bridge = canvas.add(ana, "A well"), canvas.add(ana, "A bridge")
    canvas.open_ballot(each=1)

    with overtaking(app, lambda: canvas.vote(ana, well, 1)):
        answer = canvas.vote(ana, bridge, 1)

    assert answer.status_code == 422
    assert canvas.votes(ana)["mine"] == {well: 1}


def test_a_closed_ballot_takes_no_vote_and_says_so(canvas: Canvas, people: list[Client]) -> None:
    ana = people[0]
    well = canvas.add(ana, "A well")
    canvas.open_ballot()
    canvas.close_ballot()

    answer = canvas.vote(ana, well, 1)

    assert answer.status_code == 409
    assert answer.json
    assert answer.json["title"] == "This vote is closed, and takes no votes any more."
    assert canvas.votes(ana)["totals"] == {}


def test_a_vote_of_the_ballot_before_isnt_counted_in_the_next_one(canvas: Canvas, people: list[Client]) -> None:
    ana = people[0]
    well = canvas.add(ana, "A well")
    canvas.open_ballot()
    canvas.vote(ana, well, 1)
    canvas.close_ballot()
    canvas.open_ballot()

    assert canvas.vote(ana, well, 1, ballot=1).status_code == 409

    assert canvas.votes(ana)["ballot"] == 2
    assert canvas.votes(ana)["totals"] == {}


@pytest.mark.parametrize("voters", [2, 3])
def test_secret_votes_are_told_to_nobody_before_they_are_closed_and_three_voted(
    canvas: Canvas, people: list[Client], enter: Enter, voters: int
) -> None:
    trainer = enter(sub="trainer", role=Role.TRAINER)
    well = canvas.add(people[0], "A well")
    canvas.open_ballot(is_secret=True)
    for person in people[:voters]:
        assert canvas.vote(person, well, 1).status_code == 200

    everybody = [*people, trainer]
    assert [canvas.votes(person)["totals"] for person in everybody] == [None] * 4
    canvas.close_ballot()

    expected = {well: 3} if voters == 3 else None
    assert [canvas.votes(person)["totals"] for person in everybody] == [expected] * 4
    page = people[0].get("exercise").text
    assert ("Votes: 3" in page) == (voters == 3)


def test_what_one_votes_is_told_to_nobody_else(canvas: Canvas, people: list[Client]) -> None:
    ana, ben, _ = people
    well = canvas.add(ana, "A well")
    canvas.open_ballot(is_secret=True)

    canvas.vote(ana, well, 2)

    assert canvas.votes(ben)["mine"] == {}
    assert "Your votes here: 2 of 3" in ana.get("exercise").text
    assert "Your votes here: 2 of 3" not in ben.get("exercise").text


def test_one_votes_while_writing_is_stopped(canvas: Canvas, people: list[Client], ticker: Ticker) -> None:
    ana = people[0]
    well = canvas.add(ana, "A well")
    canvas.open_ballot()

    canvas.course.stage(frozen_at=ticker())

    assert canvas.vote(ana, well, 1).status_code == 200
    assert "Vote for this note" in ana.get("exercise").text


def test_only_the_part_that_is_voted_on_shows_dots_and_takes_votes(canvas: Canvas, people: list[Client]) -> None:
    ana = people[0]
    note, answer = canvas.add(ana, "A well"), canvas.add(ana, "Ours", "community", "start")
    canvas.open_ballot(part="start")

    page = ana.get("exercise").text

    assert f"exercise/votes/{answer}" in page
    assert f"exercise/votes/{note}" not in page
    assert canvas.vote(ana, answer, 1).status_code == 200
    assert canvas.vote(ana, note, 1).status_code == 404


def test_votes_on_a_deleted_note_can_be_given_anew_and_dont_come_back_with_it(
    canvas: Canvas, people: list[Client]
) -> None:
    ana = people[0]
    well, bridge = canvas.add(ana, "A well"), canvas.add(ana, "A bridge")
    canvas.open_ballot(each=1)
    canvas.vote(ana, well, 1)
    ana.delete(canvas.at(f"exercise/notes/{well}?version=1"))

    assert canvas.vote(ana, bridge, 1).status_code == 200
    body = {"part": "matrix", "cell": "subsistence/being", "values": {"satisfier": "A well"}, "version": 2}
    assert ana.put(canvas.at(f"exercise/notes/{well}"), {**body, "language": "en"}).status_code == 200

    assert canvas.votes(ana)["totals"] == {bridge: 1}
    assert canvas.vote(ana, well, 1).status_code == 422


@pytest.mark.parametrize("number", [-1, 11, "many", None])
def test_what_is_no_number_of_votes_is_refused(canvas: Canvas, people: list[Client], number: object) -> None:
    well = canvas.add(people[0], "A well")
    canvas.open_ballot()

    answer = people[0].put(canvas.at(f"exercise/votes/{well}"), {"ballot": 1, "number": number})

    assert answer.status_code == 422


def test_a_note_of_another_canvas_takes_no_vote(canvas: Canvas, people: list[Client]) -> None:
    canvas.add(people[0], "A well")
    canvas.open_ballot()

    assert canvas.vote(people[0], new_id(), 1).status_code == 404


def test_others_pages_notice_votes_that_are_no_secret_and_opening_and_closing(
    app: Flask, canvas: Canvas, people: list[Client]
) -> None:
    def versions() -> tuple[int, int]:
        with app.app_context():
            people_version = db.session.scalars(select(WorkspaceRow.people_version)).one()
            return db.session.scalars(select(StageRow.version)).one(), people_version

    well = canvas.add(people[0], "A well")
    stage, before = versions()
    canvas.open_ballot()
    assert versions() == (stage + 1, before)
    canvas.vote(people[0], well, 1)
    canvas.vote(people[0], well, 1)
    assert versions() == (stage + 1, before + 1)
    canvas.close_ballot()
    canvas.open_ballot(is_secret=True)
    assert versions() == (stage + 3, before + 1)
    canvas.vote(people[0], well, 1, ballot=2)
    assert versions() == (stage + 3, before + 1)


def poll(canvas: Canvas, person: Client, known: str = "") -> TestResponse:
    return person.get(canvas.at(f"exercise/changes?{known}"))


@pytest.mark.parametrize("is_secret", [False, True])
def test_who_asks_what_is_new_is_told_the_votes_as_the_page_tells_them(
    canvas: Canvas, people: list[Client], *, is_secret: bool
) -> None:
    ana, ben, _ = people
    well = canvas.add(ana, "A well")
    canvas.open_ballot(is_secret=is_secret)
    canvas.vote(ana, well, 2)

    told = poll(canvas, ben).json

    assert told
    assert told["votes"] == canvas.votes(ben)
    assert told["votes"]["mine"] == {}
    assert told["votes"]["totals"] == (None if is_secret else {well: 2})
    known = f"version={told['version']}&people={told['people']['version']}&stage={told['stage']['mark']}"
    assert poll(canvas, ben, known).status_code == 204
    canvas.vote(ana, well, 1)
    assert poll(canvas, ben, known).status_code == (204 if is_secret else 200)
    canvas.close_ballot()
    assert poll(canvas, ben, known).json["votes"]["open"] is False  # type: ignore[index]  # it is JSON


# Without script


def press(page: str, words: str) -> tuple[str, str]:
    """Find the address and the number that a button of the page sends."""
    button = re.search(
        rf'formaction="([^"]+)" name="number" value="(\d+)"[^>]*>[^<]*<span[^>]*>.</span><[^>]*>{words}', page
    )
    assert button, words
    return re.sub(r"^/l/[^/]+/", "", button[1]), button[2]


def test_the_buttons_vote_without_script(canvas: Canvas, people: list[Client]) -> None:
    ana = people[0]
    well = canvas.add(ana, "A well")
    canvas.open_ballot(each=1)
    address, number = press(ana.get("exercise").text, "Vote for this note")

    answer = ana.post(address, ballot="1", number=number)

    assert answer.status_code == 303
    assert answer.location.endswith(f"#note-{well}")
    page = ana.get("exercise").text
    assert "Votes you have left: 0 of 1" in page
    again, back = press(page, "Take a vote back")
    assert ana.post(again, ballot="1", number=back).status_code == 303
    assert canvas.votes(ana)["mine"] == {}


def test_without_script_too_it_is_said_what_was_not_counted(canvas: Canvas, people: list[Client]) -> None:
    ana = people[0]
    well, bridge = canvas.add(ana, "A well"), canvas.add(ana, "A bridge")
    canvas.open_ballot(each=1)
    canvas.vote(ana, well, 1)

    over = ana.post(canvas.at(f"exercise/votes/{bridge}"), ballot="1", number="1")
    canvas.close_ballot()
    late = ana.post(canvas.at(f"exercise/votes/{bridge}"), ballot="1", number="1")

    assert (over.status_code, late.status_code) == (422, 409)
    assert "You have given all your votes. Take one back from another note first." in over.text
    assert "This vote is closed, and takes no votes any more." in late.text


# Where there is nothing to agree on


def test_what_one_does_alone_isnt_voted_on(app: Flask, enter: Enter) -> None:
    ana = enter(sub="ana")
    canvas = Canvas(course=Course(app=app, course_id=ana.course_id), owner=f"person/{ana.person_id}")
    well = canvas.add(ana, "A well")
    canvas.open_ballot()

    assert canvas.votes(ana) is None
    assert "Vote for this note" not in ana.get("exercise").text
    assert canvas.vote(ana, well, 1).status_code == 404


def test_the_whole_course_votes_at_its_canvas(app: Flask, enter: Enter) -> None:
    ana, ben = enter(sub="ana"), enter(sub="ben")
    canvas = Canvas(course=Course(app=app, course_id=ana.course_id), owner="course")
    canvas.course.arrange(mode=Mode.COURSE)
    well = canvas.add(ana, "A well")
    canvas.open_ballot()

    canvas.vote(ana, well, 1)
    canvas.vote(ben, well, 3)

    assert canvas.votes(ana)["totals"] == {well: 4}
