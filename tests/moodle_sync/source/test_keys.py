"""The file of people as YAML: the same people, the same checks."""

from pathlib import Path

import pytest

from moodle_sync.source.people import People
from moodle_sync.things.account import Person
from moodle_sync.things.state import Managed
from tests.moodle_sync import people_files

COLUMNS = """\
username,firstname,lastname,email,idnumber,lang,auth,suspended,profile_field_city,\
course1,role1,group1,enrolstatus1,enroltimestart1,enrolperiod1,course2,role2,group2,cohort1,cohort2
Ana,Ana,Ruiz,ana@example.org,007,es,manual,0,Sevilla,TOT,student,A,0,2026-10-01,90,TOT,student,B,trainees,7
sami,,,,!clear,,,1,!clear,TOT,teacher,,1,2026-10-01 09:00,,ADV,student,!clear,,
eleni,,,,,,,,,!clear,,,,,,,,,!clear,
noor,,,,,,,,,,,,,,,,,,,
"""
KEYS = """\
- username: Ana
  firstname: Ana
  lastname: Ruiz
  email: ana@example.org
  idnumber: "007"
  lang: es
  auth: manual
  suspended: false
  profile: {city: Sevilla}
  courses:
    - {course: TOT, role: student, groups: [A, B], status: active, start: 2026-10-01, period: 90}
  cohorts: [trainees, "7"]
- username: sami
  idnumber: !clear
  suspended: yes
  profile:
    city: "!clear"
  courses:
    - {course: TOT, role: teacher, status: suspended, start: "2026-10-01 09:00", period: null}
    - {course: ADV, role: student, groups: []}
- {username: eleni, courses: [], cohorts: []}
- {username: noor, firstname: ~, courses: null}
"""


def read(folder: Path, text: str | bytes, name: str = "people.yaml") -> People:
    return people_files.read(folder, text, name)


def problems(folder: Path, text: str) -> list[str]:
    return people_files.problems(folder, text, "people.yaml")


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    assert read(tmp_path, KEYS) == people_files.read(tmp_path, COLUMNS)


@pytest.mark.parametrize("name", ["people.yaml", "people.yml", "PEOPLE.YAML"])
def test_the_files_name_says_that_it_is_yaml(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, "[{username: ana}]", name).people == {"ana": Person(username="ana")}


@pytest.mark.parametrize(
    ("keys", "manages"),
    [
        ("courses: null", set()),
        ("courses: []", {Managed.ENROLMENTS}),
        ("courses: [{course: TOT, role: student}]", {Managed.ENROLMENTS}),
        ("courses: [{course: TOT, role: student, groups: []}]", {Managed.ENROLMENTS, Managed.GROUPS}),
        ("cohorts: []", {Managed.COHORTS}),
    ],
)
def test_a_kind_is_managed_when_anybody_has_its_key(tmp_path: Path, keys: str, manages: set[Managed]) -> None:
    people = read(tmp_path, f"- username: ana\n- username: sami\n  {keys}\n")

    assert people.manages == manages
    assert {kind for kind, place in people.silent if place[1] == "ana"} == manages - {Managed.GROUPS}


def test_what_is_odd_about_the_file_is_told(tmp_path: Path) -> None:
    people = read(tmp_path, "\ufeff- {username: ana, firstname: Ánà}\n")

    assert people.people["ana"].firstname == "Ánà"
    assert people.warnings == ("people.yaml: begins with a byte order mark; read all the same.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- username: 007", 'line 1, username: "007" is a number to YAML: put it in quotes'),
        ("- username: ana\n  lang: no", 'line 2, lang: "no" is a yes or no to YAML: put it in quotes'),
        (
            "- username: ana\n  idnumber: 2026-10-01",
            'line 2, idnumber: "2026-10-01" is a date to YAML: put it in quotes',
        ),
        ("- username: ana\n  idnumber: !x y", 'line 2, idnumber: "y" is !x to YAML: put it in quotes'),
        (
            "- username: ana\n  idnumber: ''",
            "line 2, idnumber: is an empty text: write !clear to clear it, or leave the key out",
        ),
        ("- username: ana\n  idnumber: [x]", "line 2, idnumber: must be a single text"),
        ("- username: ana\n  suspended: 1", 'line 2, suspended: "1" must be true or false'),
        ("- username: ana\n  suspended: maybe", 'line 2, suspended: "maybe" must be true or false'),
        ("- username: ana\n  username: ana", "line 2, username: stands here twice: keep one"),
        ("- username: ana\n  password: x", "line 2, password: isn't known here: remove it or correct its name"),
        ("- username: ana\n  no: x", "line 2, no: isn't text to YAML: put the key in quotes"),
        ("- firstname: Ana", "line 1, username: is empty: write it"),
        (
            "- username: ana\n- username: Ana",
            "line 2, username: stands in line 1 already: keep one row for each person",
        ),
        (
            "[{username: ana}, {username: ana}]",
            "line 1, username: stands in line 1 already: keep one row for each person",
        ),
        (
            "- username: ana\n  profile:\n    shoe-size: M",
            "line 3, profile.shoe-size: isn't known here: remove it or correct its name",
        ),
        (
            "- username: ana\n  courses:\n    - role: student",
            "line 3, courses[0].course: is empty, but courses[0].role is not: write the course's short name",
        ),
        (
            "- username: ana\n  courses:\n    - {course: TOT, role: student, start: 1/10/2026}",
            'line 3, courses[0].start: "1/10/2026" isn\'t a date such as 2026-10-01 or 2026-10-01 09:00',
        ),
        (
            "- username: ana\n  courses: [{course: TOT, role: student, status: on hold}]",
            'line 2, courses[0].status: "on hold" must be active or suspended',
        ),
        (
            "- username: ana\n  courses: [{course: TOT, role: student, groups: [A, 1]}]",
            'line 2, courses[0].groups[1]: "1" is a number to YAML: put it in quotes',
        ),
        ("- username: ana\n  cohorts: trainees", "line 2, cohorts: must be a list"),
        (
            "- ana",
            "line 1: must hold keys with their values, such as username: ana|line 1, username: is empty: write it",
        ),
        ("username: ana", "line 1: can't be read from here on: this must be a list of people, with - before each"),
        (
            "- &a {username: ana}\n- *a",
            "line 2: can't be read from here on: an alias (*) stands here, write out what it stands for",
        ),
        ("# nobody\n", "names nobody: write at least one person into it"),
        ("[]", "names nobody: write at least one person into it"),
    ],
)
def test_a_mistake_is_named_by_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    assert problems(tmp_path, text) == [f"people.yaml: {line}" for line in said.split("|")]


def test_mistakes_before_broken_yaml_are_named_too(tmp_path: Path) -> None:
    first, second = problems(tmp_path, "- username: ana\n  email: x\n- username: {\n")

    assert first == f'people.yaml: line 2, email: "x" {people_files.NO_ADDRESS}'
    assert second.startswith("people.yaml: line 4: can't be read from here on: ")


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    said = "people.yaml: line 1: can't be read from here on: lists and keys are nested too deeply for people"

    assert problems(tmp_path, "[" * 100_000) == [said]
