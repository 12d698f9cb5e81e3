"""The trainer's page while people work: what its overview says of the groups."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import PresenceRow, WorkspaceRow
from lti_tool.groups.rules import Counting, Source
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.writing import new_id, send
from tests.lti_tool.facilitation.trainers import trainer
from tests.lti_tool.reading import rows_of
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements

Enter = Callable[..., Client]


@pytest.fixture
def tess(enter: Enter) -> Client:
    return trainer(enter)


@pytest.fixture
def course(app: Flask, tess: Client) -> Course:
    course = Course(app=app, course_id=tess.course_id)
    course.arrange(mode=Mode.GROUP)
    return course


@pytest.fixture
def ana(enter: Enter, course: Course) -> Client:
    ana = enter(sub="ana", name="Ana")
    course.put_in(ana, "12")
    return ana


def present(course: Course, owner: str, *people: Client, has_left: bool = False) -> None:
    """Let people be at a canvas at this moment."""
    kind, _, number = owner.partition("/")
    with course.app.app_context():
        key = {"course_id": course.course_id, "exercise": course.exercise, "owner": owner}
        found = db.session.query(WorkspaceRow).filter_by(**key).one_or_none()
        if found is None:
            whose = {f"{kind}_id": int(number)} if number else {}
            found = WorkspaceRow(
                course_id=course.course_id, exercise=course.exercise, created_at=now(), changed_at=now(), **whose
            )
            db.session.add(found)
            db.session.flush()
        for person in people:
            row = PresenceRow(workspace_id=found.id, person_id=person.person_id, seen_at=now(), has_left=has_left)
            db.session.merge(row)
        db.session.commit()


def write_to(client: Client, owner: str, at: str = "matrix subsistence/being", **values: str) -> None:
    part, cell = at.split(" ")
    note = {"part": part, "cell": cell, "language": "en", "version": 0, "values": values or {"satisfier": "A well"}}
    answer = client.put(f"exercise/notes/{new_id()}?in={owner}", note)
    assert answer.status_code == 200, answer.text


def line(client: Client, number: int = 0) -> str:
    return rows_of(client.get("live/now"))[number]


def test_a_line_says_who_is_here_of_how_many(course: Course, tess: Client, ana: Client, enter: Enter) -> None:
    ben = enter(sub="ben", name="Ben")
    course.put_in(ben, "12")
    present(course, f"group/{course.group('12')}", ana)

    assert "1 of 2: Ana" in line(tess)


def test_who_was_not_heard_of_for_a_while_is_not_here(
    course: Course, tess: Client, ana: Client, ticker: Ticker
) -> None:
    present(course, f"group/{course.group('12')}", ana)

    ticker.move(seconds=44)
    assert "1 of 1" in line(tess)

    ticker.move(seconds=2)
    assert "0 of 1" in line(tess)


def test_who_has_left_is_not_here(course: Course, tess: Client, ana: Client) -> None:
    present(course, f"group/{course.group('12')}", ana, has_left=True)

    assert "0 of 1" in line(tess)


def test_whoever_still_writes_alone_is_here_too_and_nothing_of_theirs_is_counted(
    course: Course, tess: Client, ana: Client, ticker: Ticker
) -> None:
    course.group("12")
    course.arrange(mode=Mode.GROUP, alone_first=True)
    send(ana, new_id(), satisfier="My secret")
    present(course, f"person/{ana.person_id}", ana)
    ticker.move(minutes=3)
    present(course, f"person/{ana.person_id}", ana)

    shown = line(tess)

    assert "1 of 1: Ana" in shown
    assert "Subsistence: 0" in shown
    assert "3 minutes ago" in shown


def test_notes_are_counted_by_row_and_by_question(course: Course, tess: Client, ana: Client) -> None:
    owner = f"group/{course.group('12')}"
    write_to(ana, owner)
    write_to(ana, owner, "matrix subsistence/doing")
    write_to(ana, owner, "matrix freedom/being")
    write_to(ana, owner, "reflection blanks", answer="Leisure")

    shown = line(tess)

    assert "Subsistence: 2 Protection: 0" in shown
    assert "Freedom: 1" in shown
    assert re.search(r"Whom could you ask\?\s*: 1", shown)


def test_late_notes_are_counted(course: Course, tess: Client, ana: Client, ticker: Ticker) -> None:
    owner = f"group/{course.group('12')}"
    write_to(ana, owner)
    course.stage(step=1, step_ends_at=ticker.time)
    ticker.move(seconds=1)

    write_to(ana, owner)

    assert "1 note after the time" in line(tess)


def test_a_group_that_calls_is_seen_until_the_trainer_steps_in(course: Course, tess: Client, ana: Client) -> None:
    owner = f"group/{course.group('12')}"
    ana.post(f"exercise/call?in={owner}")
    assert "Please come" in line(tess)

    answer = tess.post("live/step-in", **{"in": owner})

    assert (answer.status_code, answer.location.split("/")[-2:]) == (303, ["exercise?in=group", owner.split("/")[1]])
    assert "Please come" not in line(tess)


def test_a_call_is_heard_without_stepping_in(course: Course, tess: Client, ana: Client) -> None:
    owner = f"group/{course.group('12')}"
    ana.post(f"exercise/call?in={owner}")

    assert tess.post("live/heard", **{"in": owner}).status_code == 303

    assert "Please come" not in line(tess)


@pytest.mark.parametrize("owner", ["group/999", "person/1", "trial/1", "nonsense", ""])
def test_nobody_steps_into_what_is_no_shared_canvas(course: Course, tess: Client, owner: str) -> None:
    assert tess.post("live/step-in", **{"in": owner}).status_code == 404


def test_nobody_steps_into_another_courses_group(course: Course, ana: Client, enter: Enter) -> None:
    stranger = enter(sub="t2", role=Role.TRAINER, course="another")

    assert stranger.post("live/step-in", **{"in": f"group/{course.group('12')}"}).status_code == 404
    assert stranger.get(f"live/screen?in=group/{course.group('12')}").status_code == 404


def test_those_in_no_group_have_a_line_of_their_own(course: Course, tess: Client, ana: Client, enter: Enter) -> None:
    course.group("12")
    enter(sub="ben", name="Ben")

    assert line(tess, 1).startswith("In no group, or in several")


def test_a_group_that_nobody_has_come_from_is_named_as_moodle_numbers_it(
    course: Course, tess: Client, ana: Client
) -> None:
    assert line(tess).startswith("A group that nobody has come from yet (in Moodle: 12) 0 of 1")


def test_groups_that_were_made_here_have_their_own_people(
    course: Course, tess: Client, ana: Client, enter: Enter
) -> None:
    course.arrange(mode=Mode.GROUP, counting=Counting(source=Source.MADE))
    course.make_group(ana.person_id)
    enter(sub="ben", name="Ben")

    rows = rows_of(tess.get("live/now"))

    assert [re.match(r"Group 1|In no group", row) is not None for row in rows] == [True, True]
    assert "0 of 1" in rows[0]


def test_a_group_whose_last_member_has_gone_keeps_its_line(course: Course, tess: Client, ana: Client) -> None:
    write_to(ana, f"group/{course.group('12')}")

    course.put_in(ana)

    assert "0 of 0" in line(tess)
    assert "Subsistence: 1" in line(tess)


def test_a_course_at_one_canvas_is_one_line(course: Course, tess: Client, ana: Client) -> None:
    course.arrange(mode=Mode.COURSE)
    write_to(ana, "course")

    rows = rows_of(tess.get("live/now"))

    assert len(rows) == 1
    assert rows[0].startswith("The whole course")
    assert "Subsistence: 1" in rows[0]


def test_nothing_of_another_course_is_in_the_overview(
    app: Flask, course: Course, tess: Client, ana: Client, enter: Enter
) -> None:
    other = enter(sub="eva", name="Eva", course="another")
    elsewhere = Course(app=app, course_id=other.course_id)
    elsewhere.put_in(other, "12")
    elsewhere.arrange(mode=Mode.GROUP)
    owner = f"group/{elsewhere.group('12')}"
    write_to(other, owner)
    present(elsewhere, owner, other)
    course.group("12")

    shown = tess.get("live/now").text

    assert "Eva" not in shown
    assert "Subsistence: </span>0" in shown
    assert "Subsistence: </span>1" not in shown


def test_the_overview_costs_the_same_for_every_number_of_groups(
    app: Flask, course: Course, tess: Client, enter: Enter
) -> None:
    def fill(number: int) -> None:
        person = enter(sub=f"p{number}", name=f"P{number}")
        course.put_in(person, str(number))
        owner = f"group/{course.group(str(number))}"
        write_to(person, owner)
        present(course, owner, person)

    fill(1)
    with statements(app) as few:
        tess.get("live/now")
    for number in range(2, 6):
        fill(number)
    with statements(app) as many:
        answer = tess.get("live/now")

    assert len(rows_of(answer)) == 5
    assert len(many) == len(few) <= 12
