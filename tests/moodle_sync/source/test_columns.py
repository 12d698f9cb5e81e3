"""The headers of a file of people: what Moodle's own upload reads, and what is left to it."""

from pathlib import Path

import pytest

from moodle_sync.things.role import Enrolment
from tests.moodle_sync.people_files import NO_ADDRESS, problems, read


def test_capitals_make_no_difference_but_in_the_names_of_profile_fields(tmp_path: Path) -> None:
    people = read(tmp_path, "UserName,Profile_Field_Size,COURSE7,Role7\nana,M,TOT,student\n")

    assert people.people["ana"].profile == (("Size", "M"),)
    assert people.enrolments == {Enrolment(course="tot", person="ana", role="student")}


def test_numbers_need_not_begin_at_1(tmp_path: Path) -> None:
    people = read(tmp_path, "username,role0,course0,course120,role120\nana,student,TOT,ADV,teacher\n")

    assert {(one.course, one.role) for one in people.enrolments} == {("tot", "student"), ("advanced", "teacher")}


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("grup1", "isn't a column that moodle-sync manages: correct its name or take it out"),
        ("course", "isn't a column that moodle-sync manages: correct its name or take it out"),
        ("username", "stands here twice: keep one"),
        ("role1", "says nothing without course1: add this column"),
        (
            "profile_field_",
            "must end with a profile field's short name, of letters, digits and underscores: correct it",
        ),
        (
            "profile_field_shoe-size",
            "must end with a profile field's short name, of letters, digits and underscores: correct it",
        ),
    ],
)
def test_a_wrong_column_is_named(tmp_path: Path, column: str, said: str) -> None:
    assert problems(tmp_path, f"username,{column}\nana,x\n") == [f"people.csv: line 1, {column}: {said}"]


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (
            "Password",
            "no password is ever sent, new_accounts in the configuration says how people get in",
        ),
        (
            "deleted",
            "accounts are never deleted, to close one write 1 in a column suspended",
        ),
        (
            "oldusername",
            "accounts are never renamed, rename them in Moodle",
        ),
        (
            "sysrole1",
            "nobody gets a role in the whole site, give it in Moodle",
        ),
        ("maildisplay", "it is everybody's own choice"),
        (
            "city",
            "moodle-sync doesn't manage this field of Moodle's, upload it there",
        ),
    ],
)
def test_a_column_that_is_left_to_moodle_is_refused_with_the_reason(tmp_path: Path, column: str, reason: str) -> None:
    said = f"line 1, {column}: is left to Moodle: {reason}; take this column out"

    assert problems(tmp_path, f"username,{column}\nana,x\n") == [f"people.csv: {said}"]


def test_a_column_without_a_name_is_counted(tmp_path: Path) -> None:
    said = "line 1, column 2: isn't a column that moodle-sync manages: correct its name or take it out"

    assert problems(tmp_path, "username,\nana,\n") == [f"people.csv: {said}"]


def test_the_username_is_needed(tmp_path: Path) -> None:
    assert problems(tmp_path, "email\na@example.org\n") == ["people.csv: line 1, username: is missing: add this column"]


def test_a_quotation_mark_that_is_never_closed_hides_no_mistake_before_it(tmp_path: Path) -> None:
    assert problems(tmp_path, 'username,email\nana,x\nsami,"sami@example.org\neleni,e@example.org\n') == [
        f'people.csv: line 2, email: "x" {NO_ADDRESS}',
        "people.csv: line 3: can't be read from here on (unexpected end of data): look at the quotation marks",
    ]
