"""The file of people, and what spreadsheets do to it."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.people import People, read_people
from moodle_sync.state import Enrolment, Group, Membership, Person

MADRID = ZoneInfo("Europe/Madrid")
TODAY = datetime(2026, 3, 1, tzinfo=MADRID)
COURSES = {"TOT": "tot", "ADV": "advanced"}


def read(folder: Path, text: str | bytes) -> People:
    file = folder / "people.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_people(file, COURSES, TODAY)


def problems(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        read(folder, text)
    return [str(problem) for problem in refused.value.problems]


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
    assert read(tmp_path, "username\nana\n").people["ana"] == Person(username="ana")


@pytest.mark.parametrize(
    ("cells", "start", "days", "suspended"),
    [
        (",,", None, None, None),
        ("2026-10-01,,0", datetime(2026, 10, 1, tzinfo=MADRID), None, False),
        ("2026-10-01 09:30,7,", datetime(2026, 10, 1, 9, 30, tzinfo=MADRID), 7, None),
        (",30,1", None, 30, True),
    ],
)
def test_dates_are_meant_in_the_configured_zone_and_an_empty_cell_manages_nothing(
    tmp_path: Path, cells: str, start: datetime | None, days: int | None, *, suspended: bool | None
) -> None:
    header = "username,course1,role1,enroltimestart1,enrolperiod1,enrolstatus1"

    enrolment = only_enrolment(read(tmp_path, f"{header}\nana,TOT,student,{cells}\n"))

    assert enrolment.start == (int(start.timestamp()) if start else None)
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
        (
            "tabs",
            "username\tfirstname\nana\tÁnà\n".encode(),
            ["people.csv: separated by tabs, not commas; read all the same."],
        ),
        (
            "Windows-1252",
            "username,firstname\nana,Ánà\n".encode("cp1252"),
            ["people.csv: isn't UTF-8; read as Windows-1252: look at the accents in the plan."],
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
        ("username,email\nana,ana.example.org\n", 'line 2, email: "ana.example.org" isn\'t an e-mail address'),
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
        ("username,course1,role1\nana,,student\n", "line 2, course1: is empty, but role1 is not: write the course's short name"),
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
            "username,course1,role1,enrolperiod1\nana,TOT,student,-3\n",
            'line 2, enrolperiod1: "-3" must be a number of days',
        ),
        ("username\nana\nsami\nANA\n", "line 4, username: stands in line 2 already: keep one row for each person"),
        (
            "username,email\nana,a@example.org\nsami,A@example.org\n",
            "line 3, email: stands in line 2 already: keep one row for each person",
        ),
        (
            'username,profile_field_about\nana,"A\nna"\nsami\n',
            "line 4: has 1 cells under a header of 2: look for a missing or extra comma",
        ),
        (
            "username,grup1\nana,A\n",
            "line 1, grup1: isn't a column that moodle-sync manages: correct its name or take it out",
        ),
        (
            "username,\nana,\n",
            "line 1, column 2: isn't a column that moodle-sync manages: correct its name or take it out",
        ),
        ("username,username\nana,ana\n", "line 1, username: stands here twice: keep one"),
        ("email\na@example.org\n", "line 1, username: is missing: add this column"),
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


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    said = "people.csv: line 2: is neither UTF-8 nor Windows-1252: save it as UTF-8"

    assert problems(tmp_path, b"username\n\x81\xff\n") == [said]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"^nobody\.csv: is not there: make it, or name another$"):
        read_people(tmp_path / "nobody.csv", COURSES, TODAY)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "people.csv").mkdir()

    with pytest.raises(InputRefused, match=r"^people\.csv: isn't a file that can be read to its end: name another$"):
        read_people(tmp_path / "people.csv", COURSES, TODAY)
