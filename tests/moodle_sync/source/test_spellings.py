"""What differs in capitals or accents only is one name to Moodle's database, and must be written in one way."""

from pathlib import Path

import pytest

from tests.moodle_sync.people_files import problems, read

GROUPS = "username,course1,role1,group1,course2,role2,group2"
OTHER = 'differs from "Group A" (line 2) only in capitals or accents: write them alike'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{GROUPS}\nana,TOT,student,Group A,,,\nsami,ADV,student,X,TOT,student,group a\n",
            f'line 3, group2: "group a" {OTHER}',
        ),
        (f"{GROUPS}\nana,TOT,student,Group A,TOT,student,GROUP À\n", f'line 2, group2: "GROUP À" {OTHER}'),
        (
            "username,cohort1,cohort2\nana,Ágentes,\nsami,,agentes\n",
            'line 3, cohort2: "agentes" differs from "Ágentes" (line 2) only in capitals or accents: write them alike',
        ),
    ],
)
def test_the_second_spelling_of_a_group_or_cohort_is_a_mistake(tmp_path: Path, text: str, said: str) -> None:
    assert problems(tmp_path, text) == [f"people.csv: {said}"]


@pytest.mark.parametrize("letter", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u034f", "\ufe0f"])
def test_a_spelling_with_letters_that_nobody_sees_is_a_mistake(tmp_path: Path, letter: str) -> None:
    rows = f"ana,TOT,student,Group A,X\nsami,TOT,student,Group{letter} A,{letter}X\n"

    only = "only in letters that nobody sees: write them alike"
    assert problems(tmp_path, f"username,course1,role1,group1,cohort1\n{rows}") == [
        f'people.csv: line 3, cohort1: "{letter}X" differs from "X" (line 2) {only}',
        f'people.csv: line 3, group1: "Group{letter} A" differs from "Group A" (line 2) {only}',
    ]


@pytest.mark.parametrize(("first", "second"), [("Group 🌻 ß", "Group 🌞 ss"), ("𝄞", "𝄢")])
def test_what_only_some_databases_take_for_one_name_is_a_warning(tmp_path: Path, first: str, second: str) -> None:
    rows = f"ana,TOT,student,{first}\nsami,TOT,student,{second}\nbo,TOT,student,{second}\n"

    people = read(tmp_path, f"username,course1,role1,group1\n{rows}")

    assert {group.name for group in people.groups} == {first, second}
    doubt = "are one name to some databases: if Moodle refuses it, choose another."
    assert people.warnings == (f'people.csv: line 3, group1: "{second}" and "{first}" (line 2) {doubt}',)


def test_each_further_spelling_is_named_once_beside_the_first(tmp_path: Path) -> None:
    names = ("Group A", "group a", "Group A", "group a", "GROUP A")
    rows = "".join(f"p{number},TOT,student,{name}\n" for number, name in enumerate(names))

    named = problems(tmp_path, f"username,course1,role1,group1\n{rows}")

    assert named == [
        f'people.csv: line 3, group1: "group a" {OTHER}',
        f'people.csv: line 6, group1: "GROUP A" {OTHER}',
    ]


def test_in_yaml_it_is_named_by_its_key(tmp_path: Path) -> None:
    text = """\
- username: ana
  courses: [{course: TOT, role: student, groups: [Group A]}]
- username: sami
  courses: [{course: TOT, role: student, groups: [B, group a]}]
"""

    assert problems(tmp_path, text, "people.yaml") == [f'people.yaml: line 4, courses[0].groups[1]: "group a" {OTHER}']


def test_groups_of_different_courses_and_cohorts_have_nothing_to_do_with_each_other(tmp_path: Path) -> None:
    rows = "ana,TOT,student,Group A,GROUP A\nsami,ADV,student,group a,GROUP A\n"

    people = read(tmp_path, f"username,course1,role1,group1,cohort1\n{rows}")

    assert {(group.course, group.name) for group in people.groups} == {("tot", "Group A"), ("advanced", "group a")}


def test_how_a_letter_is_composed_is_no_other_spelling(tmp_path: Path) -> None:
    rows = "ana,TOT,student,Équipe\nsami,TOT,student,E\u0301quipe \n"

    people = read(tmp_path, f"username,course1,role1,group1\n{rows}")

    assert {group.name for group in people.groups} == {"Équipe"}
