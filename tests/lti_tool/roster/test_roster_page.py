"""What a trainer's list says of those who are missing, and of the roster's age."""

import re

import pytest
from sqlalchemy import insert, select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.demo.moodle.tables import Tool, User
from lti_tool.lti.roles import Role
from lti_tool.roster.tables import MemberRow, RosterRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in, new_id, write
from tests.lti_tool.reading import rows_of, words_in, words_of
from tests.lti_tool.roster.conftest import School
from tests.lti_tool.watching import statements


def list_of(school: School, reader: Client) -> list[str]:
    """Open the list, let the worker read the roster, and open it again."""
    reader.get()
    assert school.work()
    return [without_button(row) for row in rows_of(reader.get())]


def without_button(row: str) -> str:
    """Leave out what can be pressed in the row of somebody who is missing."""
    return re.sub(r" Not a trainee here : .*? –", " –", row)


def page_of(reader: Client) -> str:
    return words_of(reader.get())


def roster_part(reader: Client) -> str:
    found = re.search(r'<div class="roster">(.*?)</div>', reader.get().text, flags=re.DOTALL)
    assert found is not None
    return words_in(found[1])


def test_those_who_are_missing_are_in_the_list(school: School) -> None:
    hand_in(school.enter("trainee5", name="Trainee Five"))
    write(school.enter("trainee6", name="Trainee Six"), new_id(), "a draft")
    school.enter("trainee1", name="Trainee One").get()

    rows = list_of(school, school.trainer())

    assert [row.split("–")[0].strip() for row in rows][2:] == [
        "Trainee One Nothing written yet",
        "Trainee Four Never here yet",
        "Trainee Three Never here yet",
        "Trainee Two Never here yet",
        "Trainer Two Never here yet",
    ]
    assert rows[0].startswith("Trainee Five Handed in ")
    assert rows[1].startswith("Trainee Six Draft ")


def test_whoever_teaches_at_their_launch_is_not_missing(school: School) -> None:
    school.enter("trainer2", role=Role.TRAINER)

    rows = list_of(school, school.trainer())

    assert not [row for row in rows if "Trainer" in row]


def test_somebody_of_another_course_was_never_here(school: School) -> None:
    school.enter("trainee1", course="another")

    rows = list_of(school, school.trainer())

    assert "Trainee One Never here yet – 0 – –" in rows


def test_it_is_told_how_many_handed_in(school: School) -> None:
    school.enter("trainer2", role=Role.TRAINER)
    for username in ("trainee1", "trainee2"):
        hand_in(school.enter(username))
    write(school.enter("trainee3"), new_id(), "a draft")
    reader = school.trainer()

    list_of(school, reader)

    assert roster_part(reader).startswith("2 of 6 handed in ")


def test_who_left_the_course_is_marked_and_not_counted_and_their_work_stays(school: School) -> None:
    hand_in(school.enter("trainee1"))
    hand_in(school.enter("trainee2"))
    school.suspend("trainee1")
    school.ticker.move(minutes=1)
    reader = school.trainer()

    rows = list_of(school, reader)

    assert re.match(r"trainee1 Handed in No longer in this course .* 1 – ", rows[0])
    assert "No longer in this course" not in " ".join(rows[1:])
    assert roster_part(reader).startswith("1 of 6 handed in ")


def test_who_came_after_the_roster_was_read_is_not_marked(school: School) -> None:
    reader = school.trainer()
    list_of(school, reader)
    school.ticker.move(minutes=1)
    write(school.enter("trainee1", sub="999", name="Newcomer"), new_id(), "a draft")

    assert "No longer in this course" not in page_of(reader)


@pytest.mark.parametrize(("locale", "age"), [("en", "5 minutes ago"), ("es", "hace 5 minutos")])
def test_the_age_is_shown_in_the_persons_language_and_the_moment_with_its_zone(
    school: School, locale: str, age: str
) -> None:
    reader = school.trainer(locale=locale, timezone="Asia/Tokyo")
    list_of(school, reader)
    school.ticker.move(minutes=5)

    assert re.search(rf"{age} \(\d+ \w+ \d{{4}}, \d\d:\d\d (\+0900|JST)\)", roster_part(reader))


def test_a_fresh_roster_is_not_asked_for_again(school: School) -> None:
    reader = school.trainer()
    list_of(school, reader)
    school.ticker.move(minutes=14)

    reader.get()

    assert not school.work()


def test_an_old_roster_is_asked_for_and_shown_meanwhile(school: School) -> None:
    reader = school.trainer()
    before = list_of(school, reader)
    school.ticker.move(minutes=15)

    assert [without_button(row) for row in rows_of(reader.get())] == before
    assert "Moodle is being asked for the list of participants." in roster_part(reader)
    assert school.work()


def test_a_trainee_makes_nobody_ask(school: School) -> None:
    school.enter("trainee1").get()

    assert not school.work()


def test_before_the_roster_came_the_list_is_of_those_who_wrote(school: School) -> None:
    write(school.enter("trainee1", name="Trainee One"), new_id(), "a draft")
    reader = school.trainer()

    page = reader.get()

    assert [row.split(" Draft")[0] for row in rows_of(page)] == ["Trainee One"]
    assert "The list of participants has not come from Moodle yet" in page_of(reader)


def test_without_the_claim_the_list_is_of_those_who_wrote_and_says_so(school: School) -> None:
    write(school.enter("trainee1", name="Trainee One", roster=None), new_id(), "a draft")
    reader = school.trainer(roster=None)

    assert len(rows_of(reader.get())) == 1
    assert "Moodle has not told this tool who takes part" in roster_part(reader)
    assert "Ask Moodle" not in page_of(reader)
    assert reader.post("roster").status_code == 404


def test_a_failed_try_is_told_and_what_was_read_stays(school: School) -> None:
    reader = school.trainer()
    before = list_of(school, reader)
    school.ticker.move(minutes=15)
    school.order("memberships", 500)
    reader.get()

    school.work()

    assert [without_button(row) for row in rows_of(reader.get())] == before
    assert "Moodle did not give the list of participants when it was last asked" in roster_part(reader)


def test_a_trainer_can_have_moodle_asked_again(school: School) -> None:
    reader = school.trainer()
    list_of(school, reader)
    school.suspend("trainee1")
    school.ticker.move(minutes=1)

    assert "Ask Moodle again now" in page_of(reader)
    answer = reader.post("roster")

    assert answer.status_code == 303
    assert school.work()
    assert "Trainee One" not in reader.browser.get(answer.location).text


def test_within_a_minute_there_is_no_button_and_no_asking(school: School) -> None:
    reader = school.trainer()
    list_of(school, reader)

    assert "Ask Moodle again now" not in page_of(reader)
    assert "Moodle can be asked again a minute after the last time." in roster_part(reader)
    assert reader.post("roster").status_code == 303
    assert not school.work()


def test_a_trainee_cannot_have_moodle_asked(school: School) -> None:
    school.trainer()
    trainee = school.enter("trainee1")

    assert trainee.post("roster").status_code == 403
    assert not school.work()


def test_another_site_cannot_have_moodle_asked(school: School) -> None:
    reader = school.trainer()

    answer = reader.browser.post(f"/l/{reader.launch_id}/roster", headers={"Origin": reader.origin})

    assert answer.status_code == 403
    assert not school.work()


def test_who_has_neither_name_nor_number_has_a_row_all_the_same(school: School) -> None:
    with school.site.session() as session:
        session.scalars(select(Tool)).one().send_name = False
    known = school.enter("trainee1", name=None)

    rows = list_of(school, school.trainer(name=None))

    assert rows[0] == f"Participant {known.person_id} Nothing written yet – 0 – –"
    assert rows[1:] == ["Participant without a number yet Never here yet – 0 – –"] * 6


def test_a_name_is_text_and_stands_apart_in_its_direction(school: School) -> None:
    with school.site.session() as session:
        person = session.scalars(select(User).filter_by(username="trainee1")).one()
        person.firstname, person.lastname = "&lt;b&gt;ليلى", "& Co"
    reader = school.trainer()

    list_of(school, reader)

    assert "<bdi>&lt;b&gt;ليلى &amp; Co</bdi>" in reader.get().text


@pytest.mark.parametrize("other", [{"course": "another"}, {"issuer": "http://localhost:8200"}])
def test_no_other_course_or_site_sees_the_roster(school: School, other: dict[str, str]) -> None:
    list_of(school, school.trainer())
    elsewhere = school.trainer(**other)

    assert rows_of(elsewhere.get()) == []


def test_the_list_takes_as_many_queries_for_two_hundred_people_as_for_two(school: School) -> None:
    reader = school.trainer()
    with school.tool.app_context():
        db.session.add(RosterRow(course_id=reader.course_id, fetched_at=now()))
        db.session.flush()
        db.session.execute(insert(MemberRow), members(reader.course_id, range(2)))
        db.session.commit()
    with statements(school.tool) as for_two:
        assert len(rows_of(reader.get())) == 2
    with school.tool.app_context():
        db.session.execute(insert(MemberRow), members(reader.course_id, range(2, 200)))
        db.session.commit()

    with statements(school.tool) as for_many:
        assert len(rows_of(reader.get())) == 200

    assert len(for_many) == len(for_two)


def members(course_id: int, numbers: range) -> list[dict[str, object]]:
    return [
        {"course_id": course_id, "sub": f"sub-{number}", "name": f"Person {number}", "role": Role.TRAINEE}
        for number in numbers
    ]
