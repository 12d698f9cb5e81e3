"""The community's course: who comes there, and that nobody's time there ends."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.source.desired import read_input
from moodle_sync.source.places import BY_HAND
from moodle_sync.things.course import COURSES
from moodle_sync.things.group import GROUPS
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import Managed, State
from tests.moodle_sync.source.test_desired import CONFIGURATION

TODAY = datetime(2026, 3, 1, tzinfo=UTC)
COMMUNITY = """
[community]
idnumber = "community"
shortname = "COP"
name = "Community & practice"
category = "top"
roles = {editingteacher = "teacher"}
"""
HEADER = "username,course1,role1,group1,enrolperiod1,enrolstatus1,course2,role2,group2,enrolperiod2,enrolstatus2"


def read(folder: Path, *rows: str, configuration: str = CONFIGURATION + COMMUNITY) -> State:
    text = configuration.replace("people.yaml", "people.csv")
    (folder / "moodle-sync.toml").write_text(text, encoding="utf-8")
    (folder / "people.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return read_input(folder / "moodle-sync.toml", None, TODAY).state


def there(state: State) -> list[tuple[str, str]]:
    """Give who is in the community's course, and their roles; nobody's time there ends."""
    found = [enrolment for enrolment in state[ROLES] if enrolment.course == "community"]
    assert {(enrolment.start, enrolment.days, enrolment.suspended) for enrolment in found} <= {(None, 0, False)}
    return sorted((enrolment.person, enrolment.role) for enrolment in found)


def test_everybody_comes_whom_the_file_enrols_in_a_course(tmp_path: Path) -> None:
    rows = "ana,TOT,student,A,90,,,,,,", "ben,TOT,student,,,1,,,,,", "cleo,TOT,editingteacher,,,,,,,,", "dora,,,,,,,,,,"

    state = read(tmp_path, *rows)

    assert there(state) == [("ana", "student"), ("ben", "student"), ("cleo", "teacher")]


def test_the_course_has_its_own_title_and_no_end(tmp_path: Path) -> None:
    course = read(tmp_path, "ana,,,,,,,,,,")[COURSES]["community"]

    assert (course.fullname, course.shortname, course.category) == ("Community & practice", "COP", "top")
    assert (course.sections, course.ends) == ((), 0)


def test_without_roles_of_its_own_everybody_has_the_role_that_they_have_elsewhere(tmp_path: Path) -> None:
    same_roles = CONFIGURATION + COMMUNITY.replace('roles = {editingteacher = "teacher"}\n', "")

    state = read(tmp_path, "ana,TOT,student,,,,TOT,editingteacher,,,", configuration=same_roles)

    assert there(state) == [("ana", "editingteacher"), ("ana", "student")]


def test_who_is_enrolled_there_by_name_has_just_the_role_that_the_file_says(tmp_path: Path) -> None:
    rows = "ana,TOT,student,A,90,,COP,teacher,Hosts,!clear,0", "ben,COP,student,,,,,,,,"

    state = read(tmp_path, *rows)

    assert there(state) == [("ana", "teacher"), ("ben", "student")]
    assert (
        Membership(group=replace(next(iter(state[GROUPS])), course="community", name="Hosts"), person="ana")
        in (state[MEMBERSHIPS])
    )


def test_what_the_file_says_of_other_courses_stays_as_it_is(tmp_path: Path) -> None:
    row = "ana,TOT,student,A,90,1,,,,,"

    state = read(tmp_path, row)

    without = read(tmp_path, row, configuration=CONFIGURATION)
    (enrolment,) = without[ROLES]
    (kept,) = (one for one in state[ROLES] if one.course == "tot")
    assert (kept.days, kept.suspended) == (enrolment.days, enrolment.suspended) == (90, True)
    assert (state[GROUPS], state[MEMBERSHIPS]) == (without[GROUPS], without[MEMBERSHIPS])
    assert (state.lasting, without.lasting) == (frozenset({"community"}), frozenset())


def test_groups_there_are_nobodys_business_where_the_file_says_nothing_of_them(tmp_path: Path) -> None:
    state = read(tmp_path, "ana,TOT,student,A,,,,,,,")

    assert (Managed.GROUPS, ("community", "ana")) in state.silent
    assert Enrolment(course="community", person="ana", role="student") in state[ROLES]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "ana,COP,student,,90,,,,,,",
            "enrolperiod1: would end somebody's time in the community, which has no end: empty it",
        ),
        (
            "ana,TOT,student,,,,COP,student,,,1",
            f"enrolstatus2: would suspend somebody in the community, which {BY_HAND}",
        ),
    ],
)
def test_what_would_end_somebodys_time_there_is_a_mistake(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, row)

    assert [str(problem) for problem in refused.value.problems] == [f"people.csv: line 2, {said}"]
