"""What a course of Moodle's becomes in a configuration, by what Moodle tells of it."""

from datetime import UTC

from moodle_sync.exporting.courses import Courses, carry
from moodle_sync.site.found import CourseFound
from moodle_sync.site.whole import CourseWhole, Whole
from moodle_sync.webservice.replies import CourseReply, StateReply

CATEGORY = 7
WEEKS = {
    "id": 2,
    "shortname": "BASICS",
    "fullname": "The basics",
    "idnumber": "basics",
    "categoryid": CATEGORY,
    "format": "weeks",
    "startdate": 1_790_035_200,
    "enddate": 1_791_244_800,
    "visible": True,
}
AUTOMATIC = {"name": "automaticenddate", "value": 1}


def carried(**more: object) -> Courses:
    """Carry a course of weeks of which more is told."""
    course = CourseFound(course=CourseReply.model_validate({**WEEKS, **more}))
    whole = CourseWhole(found=course, state=StateReply(section=()), accounts={}, roles={}, asleep=frozenset())
    return carry(Whole(owner=1, courses={2: whole}), {CATEGORY: "all"}, UTC, "en")


def test_an_end_that_somebody_chose_is_carried() -> None:
    assert str(carried().tables["basics"].ends) == "2026-10-06"


def test_an_end_that_moodle_reckons_from_the_weeks_is_told_and_not_carried() -> None:
    made = carried(courseformatoptions=[AUTOMATIC])

    assert made.tables["basics"].ends is None
    assert [str(lack) for lack in made.lacks] == [
        "the end of courses where Moodle reckons it from their weeks (1): BASICS"
    ]


def test_what_no_file_can_hold_of_a_course_is_told() -> None:
    made = carried(
        overviewfiles=[{"filename": "x.png"}],
        customfields=[{"shortname": "place", "value": "Sevilla"}],
        enrollmentmethods=["self"],
    )

    assert [str(lack) for lack in made.lacks] == [
        "images of courses (1): BASICS",
        "custom fields of courses (1): BASICS",
        "manual enrolment where it is switched off, and a sync enrols nobody (1): BASICS",
        "ways of enrolment: who came by them is carried as enrolled by hand (1): BASICS: self",
    ]


def test_a_course_whose_settings_are_not_shown_is_left_out() -> None:
    made = carried(visible=None)

    assert (made.tables, [left.name for left in made.left_out]) == ({}, ["BASICS"])
