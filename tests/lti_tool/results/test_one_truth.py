"""Trainers and trainees read one truth about a grade that was changed in Moodle: trainers the number, trainees not."""

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import rows_of, words_of
from tests.lti_tool.results.conftest import School

CHANGED = "Your grade was changed by hand in Moodle. Look at your grades there."
KEPT = "Moodle keeps a grade that was given by hand."


@pytest.fixture
def trainee(school: School) -> Client:
    """Give a trainee whose full points are in Moodle, as 50 of 50."""
    person = school.enter("trainee1")
    school.hand_in(person)
    return person


def row(school: School) -> str:
    """Give what a trainer reads of the trainee."""
    [found] = rows_of(school.trainer().get())
    return found


def test_a_score_that_is_there_is_told_with_what_moodle_holds(school: School, trainee: Client) -> None:
    school.look(trainee)

    assert " 1 – Arrived In Moodle: 50 of 50 (read: " in row(school)
    assert row(school).endswith(" UTC)")
    assert "The score has reached Moodle." in words_of(trainee.get("exercise"))


def test_a_grade_changed_by_hand_is_told_to_both(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", 37.5)

    school.look(trainee)

    assert " 1 – Changed by hand In Moodle: 37.5 of 50 (read: " in row(school)
    assert KEPT in row(school)
    assert "Arrived" not in row(school)
    page = words_of(trainee.get("exercise"))
    assert CHANGED in page
    assert "37.5" not in page


def test_after_a_resubmission_both_go_on_saying_so(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", 37.5)
    school.look(trainee)

    school.hand_in(trainee)

    assert "Changed by hand " + KEPT in row(school)
    assert "Arrived" not in row(school)
    assert CHANGED in words_of(trainee.get("exercise"))


def test_a_nought_by_hand_is_a_number_too(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", 0)

    school.look(trainee)

    assert "Changed by hand In Moodle: 0 (read: " in row(school)


def test_a_grade_that_is_gone_can_be_sent_again(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", None)

    school.look(trainee)

    assert "Not in Moodle" in row(school)
    assert row(school).endswith("Send again : trainee1")
    assert "Moodle shows no grade for this score." in words_of(trainee.get("exercise"))


def test_the_number_stands_beside_a_submission_too(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", 37.5)
    school.look(trainee)

    page = words_of(school.trainer().get("submissions/1"))

    assert "Grade in Moodle: Changed by hand In Moodle: 37.5 of 50 (read: " in page


def test_a_trainer_can_have_the_grades_read_at_once(school: School, trainee: Client) -> None:
    reader = school.enter("trainer", role=Role.TRAINER, roster=school.site.url("/roster"))
    school.look(trainee)
    school.grade_by_hand("trainee1", 37.5)

    reader.post("roster")
    school.work()

    assert "In Moodle: 37.5 of 50" in row(school)


def test_moodles_points_are_written_as_the_reader_writes_them(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", 37.5)
    school.look(trainee)

    [found] = rows_of(school.enter("trainer", role=Role.TRAINER, locale="es").get())

    assert "37,5" in found
