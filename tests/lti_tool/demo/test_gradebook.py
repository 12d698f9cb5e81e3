"""The gradebook's pages."""

import pytest
from flask.testing import FlaskClient

from lti_tool.demo.moodle.placing import Column
from lti_tool.demo.moodle.tables import Grade
from tests.lti_tool.demo.classroom import NOON, Classroom, sesskey
from tests.lti_tool.reading import words_in

REPORT = "/grade/report/grader/index.php?id=2"
OWN = "/grade/report/user/index.php?id=2"


@pytest.fixture
def graded(classroom: Classroom) -> Classroom:
    """Give a course in which one trainee has a grade."""
    _, activity_id = classroom.place(Column(maximum=20))
    person = classroom.seeded.people["trainee1"]
    item = classroom.column_of(activity_id)
    with classroom.site.session() as db:
        db.add(Grade(item_id=item, user_id=person, final=12.5, maximum=20, feedback="Well done", modified=NOON))
    return classroom


def cell(browser: FlaskClient, person: int) -> str:
    """Read a person's row off the report, as text."""
    row = browser.get(REPORT).text.split(f'data-user="{person}"')[1].split("</tr>")[0]
    return words_in(row)


def save(classroom: Classroom, **form: object) -> int:
    browser = classroom.walk_in("trainer")
    person = classroom.seeded.people["trainee1"]
    sent = {"sesskey": sesskey(browser), "finalgrade": "12.5", "feedback": "Well done", **form}
    return browser.post(f"/grade/edit/tree/grade.php?itemid=1&userid={person}", data=sent).status_code


def test_trainers_see_everybodys_grades(graded: Classroom) -> None:
    people = graded.seeded.people
    browser = graded.walk_in("trainer2")

    assert "12.50 Well done" in cell(browser, people["trainee1"])
    assert "Trainee Two –" in cell(browser, people["trainee2"])


def test_trainees_see_their_own(graded: Classroom) -> None:
    own = graded.walk_in("trainee1").get(OWN).text
    others = graded.walk_in("trainee2").get(OWN).text

    assert '<td class="grade">12.50</td>' in own
    assert '<td class="feedback">Well done</td>' in own
    assert '<td class="grade">–</td>' in others


def test_trainees_do_not_see_others(graded: Classroom) -> None:
    assert graded.walk_in("trainee1").get(REPORT).status_code == 403


def test_a_trainers_grade_overrides_the_tools(graded: Classroom) -> None:
    graded.clock.time += 100

    status = save(graded, finalgrade="30", feedback="Changed")

    shown = cell(graded.walk_in("trainer"), graded.seeded.people["trainee1"])
    assert status == 302
    assert "20.00 Changed (overridden)" in shown


def test_an_override_can_be_taken_back(graded: Classroom) -> None:
    save(graded, finalgrade="3")

    save(graded, finalgrade="3", was_overridden="1")

    assert "(overridden)" not in cell(graded.walk_in("trainer"), graded.seeded.people["trainee1"])


def test_saving_without_a_change_overrides_nothing(graded: Classroom) -> None:
    save(graded, locked="on")

    person = graded.seeded.people["trainee1"]
    page = graded.walk_in("trainer").get(f"/grade/edit/tree/grade.php?itemid=1&userid={person}").text
    assert "(overridden)" not in cell(graded.walk_in("trainer"), person)
    assert 'name="locked" checked' in page


def test_a_column_can_be_locked_and_unlocked(graded: Classroom) -> None:
    browser = graded.walk_in("trainer")
    form = {"sesskey": sesskey(browser)}

    browser.post("/grade/edit/tree/item.php?itemid=1", data=form)
    locked = browser.get(REPORT).text
    browser.post("/grade/edit/tree/item.php?itemid=1", data=form)

    assert ">Unlock <" in locked
    assert ">Lock <" in browser.get(REPORT).text


@pytest.mark.parametrize("query", ["itemid=99&userid=5", "itemid=1&userid=99"])
def test_an_unknown_grade_cannot_be_edited(graded: Classroom, query: str) -> None:
    assert graded.walk_in("trainer").get(f"/grade/edit/tree/grade.php?{query}").status_code == 404
