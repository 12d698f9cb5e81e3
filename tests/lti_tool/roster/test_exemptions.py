"""A trainer says who is no trainee: somebody who teaches and never came looks like a trainee in Moodle's roster."""

import pytest

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.roles import Role
from lti_tool.roster.tables import MemberRow, RosterRow
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import rows_of, words_of
from tests.lti_tool.roster.conftest import School

PATHS = ["exemptions", "exemptions/end"]


@pytest.fixture
def reader(school: School) -> Client:
    """Give a trainer whose course's roster was read: five trainees and another trainer have never been here."""
    trainer = school.trainer()
    trainer.get()
    assert school.work()
    return trainer


def sub_of(school: School, username: str) -> str:
    return str(school.seeded.people[username])


def missing(reader: Client) -> list[str]:
    return [row.partition(" Never here yet")[0] for row in rows_of(reader.get())]


def test_whoever_is_said_to_be_no_trainee_is_neither_missing_nor_counted(school: School, reader: Client) -> None:
    before = missing(reader)

    answer = reader.post("exemptions", sub=sub_of(school, "trainer2"))

    assert answer.status_code == 303
    assert set(before) - set(missing(reader)) == {"Trainer Two"}
    page = words_of(reader.get())
    assert "0 of 6 handed in" in page
    assert "Not trainees here Trainer Two Is a trainee here : Trainer Two" in page


def test_it_can_be_taken_back(school: School, reader: Client) -> None:
    before = missing(reader)
    reader.post("exemptions", sub=sub_of(school, "trainer2"))

    answer = reader.post("exemptions/end", sub=sub_of(school, "trainer2"))

    assert (answer.status_code, missing(reader)) == (303, before)
    assert "Not trainees here" not in words_of(reader.get())


def test_saying_it_twice_changes_nothing(school: School, reader: Client) -> None:
    for path in (*PATHS[:1] * 2, *PATHS[1:] * 2):
        assert reader.post(path, sub=sub_of(school, "trainer2")).status_code == 303

    assert "Trainer Two" in missing(reader)


def test_it_outlives_the_next_reading_of_the_roster(school: School, reader: Client) -> None:
    reader.post("exemptions", sub=sub_of(school, "trainer2"))
    school.ticker.move(minutes=20)
    reader.get()

    assert school.work()

    assert "Trainer Two" not in missing(reader)


def test_it_holds_in_this_course_alone(school: School, reader: Client) -> None:
    other = school.trainer(course="another")
    with school.tool.app_context():
        db.session.add(RosterRow(course_id=other.course_id, fetched_at=now(), attempts=0))
        db.session.flush()
        same = {"sub": sub_of(school, "trainer2"), "name": "Trainer Two", "role": Role.TRAINEE}
        db.session.add(MemberRow(course_id=other.course_id, **same))
        db.session.commit()

    reader.post("exemptions", sub=sub_of(school, "trainer2"))

    assert ("Trainer Two" in missing(reader), missing(other)) == (False, ["Trainer Two"])


@pytest.mark.parametrize("path", PATHS)
def test_a_trainee_says_it_of_nobody(school: School, reader: Client, path: str) -> None:
    before = missing(reader)

    answer = school.enter("trainee1").post(path, sub=sub_of(school, "trainer2"))

    assert (answer.status_code, len(missing(reader))) == (403, len(before))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("sub", ["", "999", "1\0"])
def test_it_can_be_said_only_of_somebody_in_the_roster(reader: Client, path: str, sub: str) -> None:
    assert reader.post(path, sub=sub).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_a_form_without_the_pages_token_says_nothing(school: School, reader: Client, path: str) -> None:
    form = {"sub": sub_of(school, "trainer2"), "csrf": "forged"}
    headers = {"Origin": reader.origin}

    answer = reader.browser.post(f"/l/{reader.launch_id}/{path}", data=form, headers=headers)

    assert (answer.status_code, "Trainer Two" in missing(reader)) == (403, True)
