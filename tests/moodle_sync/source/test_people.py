"""The file of people, and what spreadsheets do to it."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.source.people import People, read_people
from moodle_sync.things.account import Person
from moodle_sync.things.cohort_member import CohortMembership
from moodle_sync.things.group import Group
from moodle_sync.things.membership import Membership
from moodle_sync.things.role import Enrolment
from moodle_sync.things.state import Managed
from tests.moodle_sync.people_files import COURSES, MADRID, NO_ADDRESS, TODAY, problems, read


def only_enrolment(people: People) -> Enrolment:
    (enrolment,) = people.enrolments
    return enrolment


def test_a_row_is_a_person_with_places_in_courses(tmp_path: Path) -> None:
    people = read(
        tmp_path,
        "username,firstname,lastname,email,idnumber,lang,course1,role1,group1,course2,role2\n"
        "Ana,Ana,Ruiz,ana@example.org,p1,es,TOT,student,Group A,ADV,teacher\n",
    )

    group = Group(course="tot", name="Group A")
    assert people.people == {
        "ana": Person(
            username="ana", firstname="Ana", lastname="Ruiz", email="ana@example.org", idnumber="p1", lang="es"
        )
    }
    assert people.enrolments == {
        Enrolment(course="tot", person="ana", role="student"),
        Enrolment(course="advanced", person="ana", role="teacher"),
    }
    assert people.groups == {group}
    assert people.memberships == {Membership(group=group, person="ana")}
    assert people.warnings == ()


def test_only_the_columns_that_are_there_are_managed(tmp_path: Path) -> None:
    people = read(tmp_path, "username\nana\n")

    assert people.people["ana"] == Person(username="ana")
    assert (people.manages, people.silent) == (frozenset(), frozenset())


def test_an_empty_cell_leaves_a_field_alone(tmp_path: Path) -> None:
    header = "username,firstname,lastname,email,idnumber,lang,auth,suspended,profile_field_city"

    assert read(tmp_path, f"{header}\nana,,,,,,,,\n").people["ana"] == Person(username="ana")


def test_account_and_profile_fields_are_read(tmp_path: Path) -> None:
    text = "username,auth,suspended,profile_field_city,profile_field_Size\nana,oauth2,1,Sevilla,M\nsami,,0,,\n"

    people = read(tmp_path, text).people

    profile = (("Size", "M"), ("city", "Sevilla"))
    assert people["ana"] == Person(username="ana", auth="oauth2", suspended=True, profile=profile)
    assert people["sami"] == Person(username="sami", suspended=False)


def test_what_may_be_empty_can_be_cleared(tmp_path: Path) -> None:
    text = "username,idnumber,profile_field_city\nana,!clear,!CLEAR\nsami,!clear,\n"

    people = read(tmp_path, text).people

    assert people["ana"] == Person(username="ana", idnumber="", profile=(("city", ""),))
    assert people["sami"] == Person(username="sami", idnumber="")


@pytest.mark.parametrize("column", ["username", "firstname", "lastname", "email", "lang", "auth", "suspended"])
def test_what_is_never_empty_cannot_be_cleared(tmp_path: Path, column: str) -> None:
    columns, cells = ("username", "!clear") if column == "username" else (f"username,{column}", "ana,!clear")
    said = f"line 2, {column}: can't be cleared: write what it shall be, or nothing to leave it alone"

    assert problems(tmp_path, f"{columns}\n{cells}\n") == [f"people.csv: {said}"]


def test_cohorts_are_named_by_their_idnumbers_numbers_too(tmp_path: Path) -> None:
    people = read(tmp_path, "username,cohort1,cohort2\nana,trainees,7\nsami,,trainees\n")

    assert people.cohorts == {"trainees", "7"}
    assert people.cohort_members == {
        CohortMembership(cohort="trainees", person="ana"),
        CohortMembership(cohort="7", person="ana"),
        CohortMembership(cohort="trainees", person="sami"),
    }


def test_a_course_may_stand_twice_for_another_group_or_role(tmp_path: Path) -> None:
    header = "username,course1,role1,group1,course2,role2,group2,course3,role3,group3"

    people = read(tmp_path, f"{header}\nana,TOT,student,A,TOT,student,B,TOT,teacher,\n")

    assert {enrolment.role for enrolment in people.enrolments} == {"student", "teacher"}
    assert {member.group.name for member in people.memberships} == {"A", "B"}
    assert people.silent == set()


def test_a_term_holds_for_all_roles_in_the_course(tmp_path: Path) -> None:
    header = "username,course1,role1,enrolperiod1,course2,role2,enrolstatus2"

    people = read(tmp_path, f"{header}\nana,TOT,student,30,TOT,teacher,1\n")

    assert {(one.role, one.days, one.suspended) for one in people.enrolments} == {
        ("student", 30, True),
        ("teacher", 30, True),
    }


@pytest.mark.parametrize(
    ("case", "cells", "silent"),
    [
        (
            "nothing leaves all courses and cohorts as they are",
            ",,,",
            {(Managed.ENROLMENTS, ""), (Managed.COHORTS, "")},
        ),
        ("no group leaves the course's groups", "TOT,student,,X", {(Managed.GROUPS, "tot")}),
        ("all is said", "TOT,student,A,X", set()),
        ("what clears is said too", "TOT,student,!clear,!clear", set()),
        ("no courses", "!clear,,,!clear", set()),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_empty_cells_of_places_are_silent(
    tmp_path: Path, case: str, cells: str, silent: set[tuple[Managed, str]]
) -> None:
    people = read(tmp_path, f"username,course1,role1,group1,cohort1\nana,{cells}\n")

    assert people.silent == {(kind, (course, "ana")) for kind, course in silent}, case
    assert people.manages == set(Managed)


def test_what_clears_puts_nobody_anywhere(tmp_path: Path) -> None:
    text = "username,course1,role1,group1,cohort1\nana,!clear,,,!clear\nsami,TOT,student,!clear,\n"

    people = read(tmp_path, text)

    assert people.enrolments == {Enrolment(course="tot", person="sami", role="student")}
    assert len(people.memberships) == len(people.groups) == 0
    assert len(people.cohort_members) == len(people.cohorts) == 0


@pytest.mark.parametrize(
    ("column", "kind"),
    [("course1", Managed.ENROLMENTS), ("cohort12", Managed.COHORTS)],
)
def test_a_column_says_that_a_kind_is_managed(tmp_path: Path, column: str, kind: Managed) -> None:
    assert read(tmp_path, f"username,{column}\nana,\n").manages == {kind}


@pytest.mark.parametrize(
    ("cells", "start", "days", "suspended"),
    [
        (",,", None, None, None),
        ("2026-10-01,,0", datetime(2026, 10, 1, tzinfo=MADRID), None, False),
        ("2026-10-01 09:30,7,", datetime(2026, 10, 1, 9, 30, tzinfo=MADRID), 7, None),
        (",30,1", None, 30, True),
        ("!clear,!clear,", 0, 0, None),
        (",0,", None, 0, None),
        ("2026-10-01T09:30:00+00:00,,", datetime(2026, 10, 1, 11, 30, tzinfo=MADRID), None, None),
    ],
)
def test_dates_are_meant_in_the_configured_zone_and_an_empty_cell_manages_nothing(
    tmp_path: Path, cells: str, start: datetime | int | None, days: int | None, *, suspended: bool | None
) -> None:
    header = "username,course1,role1,enroltimestart1,enrolperiod1,enrolstatus1"

    enrolment = only_enrolment(read(tmp_path, f"{header}\nana,TOT,student,{cells}\n"))

    assert enrolment.start == (int(start.timestamp()) if isinstance(start, datetime) else start)
    assert (enrolment.days, enrolment.suspended) == (days, suspended)


@pytest.mark.parametrize(
    ("case", "data", "warnings"),
    [
        (
            "a byte order mark",
            "\ufeffusername,firstname\nana,Ánà\n".encode(),
            ["people.csv: begins with a byte order mark; read all the same."],
        ),
        (
            "semicolons",
            "username;firstname\r\nana;Ánà\r\n".encode(),
            ["people.csv: separated by semicolons, not commas; read all the same."],
        ),
        ("accents in two pieces", "username,firstname\nana,A\u0301na\u0300\n".encode(), []),
        ("spaces, capitals and empty lines", " Username , FirstName \n\n ana , Ánà \n , \n".encode(), []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_spreadsheets_do_is_read_with_a_warning(
    tmp_path: Path, case: str, data: bytes, warnings: list[str]
) -> None:
    people = read(tmp_path, data)

    assert people.people["ana"].firstname == "Ánà", case
    assert list(people.warnings) == warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("username,email\n,a@example.org\n", "line 2, username: is empty: write it"),
        ("username,email\n,\n\n", "names nobody: write at least one person into it"),
        (
            "username\nana maría\n",
            'line 2, username: "ana maría" must be letters without accents, digits and - . _ @ only',
        ),
        ("username,email\nana,ana.example.org\n", f'line 2, email: "ana.example.org" {NO_ADDRESS}'),
        (
            "username,firstname\nana,<b>\n",
            'line 2, firstname: "<b>" must be one line of at most 100 characters, without < and >',
        ),
        ("username,lang\nana,Spanish\n", 'line 2, lang: "Spanish" must be a language\'s code, such as es or pt_br'),
        (
            "username,course1,role1\nana,X,student\n",
            'line 2, course1: "X" isn\'t the short name of a course in the configuration (TOT, ADV)',
        ),
        ("username,course1\nana,TOT\n", "line 2, role1: is empty: write the role's short name, such as student"),
        (
            "username,course1,role1\nana,,student\n",
            "line 2, course1: is empty, but role1 is not: write the course's short name",
        ),
        (
            "username,course1,role1,course2,role2\nana,TOT,student,TOT,student\n",
            "line 2, course2: is the same course, role and group once more: keep one",
        ),
        (
            "username,course1,role1,enrolstatus1\nana,TOT,student,2\n",
            'line 2, enrolstatus1: "2" must be 0 (active) or 1 (suspended)',
        ),
        (
            "username,course1,role1,enroltimestart1\nana,TOT,student,1/10/2026\n",
            'line 2, enroltimestart1: "1/10/2026" isn\'t a date such as 2026-10-01 or 2026-10-01 09:00',
        ),
        (
            "username,course1,role1,enroltimestart1\nana,TOT,student,20261001\n",
            'line 2, enroltimestart1: "20261001" isn\'t a date such as 2026-10-01 or 2026-10-01 09:00',
        ),
        (
            "username,course1,role1,enroltimestart1\nana,TOT,student,1999-12-31\n",
            'line 2, enroltimestart1: "1999-12-31" must be a date from 2000 to 2037',
        ),
        (
            "username,course1,role1,enroltimestart1\nana,TOT,student,2126-10-01\n",
            'line 2, enroltimestart1: "2126-10-01" must be a date from 2000 to 2037',
        ),
        (
            "username,course1,role1,enroltimestart1\nana,TOT,student,2038-01-01\n",
            'line 2, enroltimestart1: "2038-01-01" must be a date from 2000 to 2037',
        ),
        (
            "username,course1,role1,enrolperiod1\nana,TOT,student,36500\n",
            'line 2, enrolperiod1: "36500" days end after 2037: write less',
        ),
        (
            "username,course1,role1,enroltimestart1,enrolperiod1\nana,TOT,student,2037-10-01,300\n",
            'line 2, enrolperiod1: "300" days end after 2037: write less',
        ),
        (
            "username,course1,role1,enrolperiod1,course2,role2,enrolperiod2\nana,TOT,student,30,TOT,teacher,60\n",
            'line 2, enrolperiod2: "60" contradicts enrolperiod1 ("30"): an enrolment has only one',
        ),
        (
            "username,course1,role1,enrolstatus1\nana,TOT,student,!clear\n",
            "line 2, enrolstatus1: can't be cleared: write what it shall be, or nothing to leave it alone",
        ),
        (
            "username,course1,role1,course2,role2\nana,TOT,student,!clear,\n",
            "line 2, course2: !clear contradicts course1, which isn't empty: keep one of them",
        ),
        (
            "username,course1,role1\nana,!clear,student\n",
            "line 2, role1: stands beside course1, which is !clear: empty one",
        ),
        (
            "username,course1,role1,group1,course2,role2,group2\nana,TOT,student,A,TOT,student,!clear\n",
            "line 2, group2: !clear contradicts group1, which isn't empty: keep one of them",
        ),
        (
            "username,cohort1,cohort2\nana,!clear,X\n",
            "line 2, cohort1: !clear contradicts cohort2, which isn't empty: keep one of them",
        ),
        ("username,cohort1,cohort2\nana,X,X\n", "line 2, cohort2: is the same cohort once more: keep one"),
        ("username,suspended\nana,yes\n", 'line 2, suspended: "yes" must be 0 (open) or 1 (suspended)'),
        (
            "username,auth\nana,OAuth 2\n",
            'line 2, auth: "OAuth 2" must be the short name of a way to log in, such as manual or oauth2',
        ),
        (
            "username,course1,role1,enrolperiod1\nana,TOT,student,-3\n",
            'line 2, enrolperiod1: "-3" must be a number of days',
        ),
        ("username\nana\nsami\nANA\n", "line 4, username: stands in line 2 already: keep one row for each person"),
        (
            'username,profile_field_about\nana,"A\nna"\nsami\n',
            "line 4: has 1 cell under a header of 2: look for a missing or extra comma",
        ),
        ("username\n", "names nobody: write at least one person into it"),
        ("", "is empty: its first line must name the columns"),
        (
            'username\n"ana\n',
            "line 2: can't be read from here on (unexpected end of data): look at the quotation marks",
        ),
    ],
)
def test_a_mistake_is_named_by_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    assert problems(tmp_path, text) == [f"people.csv: {said}"]


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "username,email,lang\nana,x,es\n,b@example.org,es\nsami,c@example.org,ES-es\n"

    named = problems(tmp_path, text)

    assert [line.split(": ")[1] for line in named] == ["line 2, email", "line 3, username", "line 4, lang"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"^nobody\.csv: is not there: make it, or name another$"):
        read_people(tmp_path / "nobody.csv", COURSES, TODAY)


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("username\nana\n")
    (tmp_path / "people.csv").symlink_to("there.csv")

    assert read_people(tmp_path / "people.csv", COURSES, TODAY).people == {"ana": Person(username="ana")}


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "people.csv").symlink_to("nowhere.csv")

    with pytest.raises(InputRefused, match=r"^people\.csv: is a link to a file that isn't there: make it"):
        read_people(tmp_path / "people.csv", COURSES, TODAY)


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "people.csv").symlink_to("people.csv")

    with pytest.raises(InputRefused, match=r"^people\.csv: can't be read: Too many levels of symbolic links$"):
        read_people(tmp_path / "people.csv", COURSES, TODAY)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_only_files_are_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "people.csv")

    with pytest.raises(InputRefused, match=r"^people\.csv: isn't a file that can be read to its end: name another$"):
        read_people(tmp_path / "people.csv", COURSES, TODAY)
