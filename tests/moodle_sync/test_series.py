"""Runs of one course: what a series says becomes courses, and what is wrong is named where it is written."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodle_sync.config import read_settings
from moodle_sync.errors import InputRefused
from moodle_sync.sameness import loosely
from moodle_sync.series import with_runs
from moodle_sync.settings import Settings
from moodle_sync.source.desired import read_input
from moodle_sync.things.course import COURSES
from tests.moodle_sync.folder import run, write_folder

GOOD = """\
site = "https://moodle.example.org"
new_accounts = "quiet"
people = "people.csv"

[[categories]]
idnumber = "top"
name = "Top"

[[series]]
content = "training"
category = "top"
idnumber = "tot-{territory}-{year}"
shortname = "TOT {territory_name} {year}"
fullname = "{title} — {territory_name} {year}"
start_hidden = true
runs = [
  { territory = "cadiz", territory_name = "Cádiz", language = "es", starts = 2026-10-01, ends = 2027-03-01 },
  { territory = "beirut", language = "ar", starts = 2027-01-15, start_hidden = false },
]
"""
IN_TABLES = """\
[[series.runs]]
territory = "cadiz"
territory_name = "Cádiz"
language = "es"
starts = 2026-10-01
ends = 2027-03-01

[[series.runs]]
territory = "beirut"
language = "ar"
starts = 2027-01-15
start_hidden = false
"""
CONFIGURATION = """
[[series]]
content = "basics"
category = "medtown"
language = "en"
idnumber = "basics-{territory}"
shortname = "BASICS {territory}"
fullname = "{title} — {territory_name}"
runs = [{ territory = "cadiz", territory_name = "Cádiz", starts = 2026-10-01 }, { territory = "beirut" }]
"""


def read(folder: Path, text: str) -> tuple[Settings, list[str]]:
    (folder / "moodle-sync.toml").write_text(text, encoding="utf-8")
    settings, problems = read_settings(folder / "moodle-sync.toml")
    return settings, [str(problem) for problem in problems]


def problems(folder: Path, text: str) -> list[str]:
    try:
        return read(folder, text)[1]
    except InputRefused as refused:
        return [str(problem) for problem in refused.problems]


@pytest.mark.parametrize(
    "text", [GOOD, GOOD.replace("2026-10-01", '"2026-10-01"'), GOOD[: GOOD.index("runs = [")] + IN_TABLES]
)
def test_each_run_is_a_course_and_may_say_otherwise_what_its_series_says(tmp_path: Path, text: str) -> None:
    settings, wrong = read(tmp_path, text)

    first, second = settings.courses
    assert wrong == []
    assert (first.idnumber, first.shortname, first.fullname) == (
        "tot-cadiz-2026",
        "TOT Cádiz 2026",
        "{title} — Cádiz 2026",
    )
    assert (first.content, first.category, first.language) == ("training", "top", "es")
    assert (first.starts, first.ends, first.start_hidden) == (date(2026, 10, 1), date(2027, 3, 1), True)
    assert (second.idnumber, second.shortname, second.language) == ("tot-beirut-2027", "TOT beirut 2027", "ar")
    assert (second.ends, second.start_hidden) == (None, False)
    assert settings.runs == settings.courses


SPANISH, TWO = ("language", "es"), ("languages", ["en", "ar"])
FILTERED = ("multilang", True)


@pytest.mark.parametrize(
    ("shared", "own", "said"),
    [
        ([SPANISH], [], [SPANISH]),
        ([SPANISH], [TWO, FILTERED], [TWO, FILTERED]),
        ([TWO, FILTERED], [SPANISH], [SPANISH]),
        ([FILTERED], [TWO], [TWO, FILTERED]),
        ([TWO], [FILTERED], [TWO, FILTERED]),
    ],
)
def test_a_run_s_languages_take_the_place_of_its_series(
    shared: list[tuple[str, object]], own: list[tuple[str, object]], said: list[tuple[str, object]]
) -> None:
    expanded, mistakes = with_runs({"series": [{**dict(shared), "runs": [{"idnumber": "{language}", **dict(own)}]}]})

    language = "es" if SPANISH in said else "en-ar"
    assert (expanded["courses"], mistakes) == ([{"idnumber": language, **dict(said)}], [])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "tot-{territory}-{year}",
            "tot-{place}",
            "line 12, series[0].idnumber: holds {place}, which nobody fills in: it may hold {territory}, ",
        ),
        (
            "TOT {territory_name} {year}",
            "{title}",
            "line 13, series[0].shortname: holds {title}, which nobody fills in: it may hold {territory}, ",
        ),
        (
            ", starts = 2027-01-15",
            "",
            "line 18, series[0].runs[1].idnumber: holds {year}, and the run doesn't say starts: add it",
        ),
        (
            "tot-{territory}-{year}",
            "tot",
            'line 18, series[0].runs[1].idnumber: stands here again: each needs its own (it is "tot" here)',
        ),
        (
            "TOT {territory_name} {year}",
            "TOT",
            'line 18, series[0].runs[1].shortname: stands here again: each needs its own (it is "TOT" here)',
        ),
        ("ends = 2027-03-01", "ends = 2026-03-01", "line 17, series[0].runs[0].ends: must be later than starts"),
        (
            "start_hidden = true",
            "ends = 2026-12-01",
            "line 18, series[0].runs[1].ends: must be later than starts",
        ),
        ("start_hidden = false", "hiden = true", "line 18, series[0].runs[1].hiden: isn't known here: "),
        ("start_hidden = true", "hiden = true", "line 15, series[0].hiden: isn't known here: "),
        ('category = "top"', 'category = "x"', "line 11, series[0].category: must be the idnumber of one of "),
        ('content = "training"\n', "", "line 9, series[0].content: is missing: add it"),
        ('territory = "beirut"', "territory = 7", "line 18, series[0].runs[1].territory: must be text in quotes"),
        ('language = "ar"', "language = 7", "line 18, series[0].runs[1].language: must be text in quotes"),
        (
            'language = "ar", starts = 2027-01-15',
            'fullname = "{title} — Cádiz 2026", language = "es", starts = 2027-01-15',
            "line 18, series[0].runs[1].fullname: is that of an earlier run as well: let the series tell them apart, ",
        ),
        (GOOD[GOOD.index("runs = [") :], "", "line 9, series[0].runs: must list the runs, such as "),
        (GOOD[GOOD.index("runs = [") :], "runs = []", "line 16, series[0].runs: must list the runs, such as "),
        ("[[series]]", "[series]", "line 9, series: must be tables: write [[series]] above each"),
    ],
)
def test_a_mistake_is_named_by_run_and_key(tmp_path: Path, before: str, after: str, said: str) -> None:
    found = problems(tmp_path, GOOD.replace(before, after))

    assert any(line.startswith(f"moodle-sync.toml: {said}") for line in found), found


def test_a_mistake_of_a_series_is_told_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, GOOD.replace("start_hidden = true", "hiden = true"))) == 1


def test_runs_stand_beside_other_courses(tmp_path: Path) -> None:
    course = '\n[[courses]]\ncontent = "x"\nlanguage = "en"\ncategory = "top"\nshortname = "X"\nidnumber = "{}"\n'

    settings, wrong = read(tmp_path, GOOD + course.format("x"))
    again = problems(tmp_path, GOOD + course.format("tot-cadiz-2026"))

    assert (wrong, [table.idnumber for table in settings.runs]) == ([], ["tot-cadiz-2026", "tot-beirut-2027"])
    assert [table.idnumber for table in settings.courses] == ["x", "tot-cadiz-2026", "tot-beirut-2027"]
    assert [line.split(":")[1] for line in again] == [" line 17, series[0].runs[0].idnumber"]


def test_full_names_have_the_title_of_each_language(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    file = folder / "moodle-sync.toml"
    file.write_text(file.read_text(encoding="utf-8") + CONFIGURATION, encoding="utf-8")

    courses = read_input(file, folder / "content", datetime(2026, 10, 1, tzinfo=UTC)).state[COURSES]

    assert {key: course.fullname for key, course in courses.items()} == {
        "basics": "The basics",
        "basics-cadiz": "The basics — Cádiz",
        "basics-beirut": "The basics — beirut",
    }


def test_a_course_that_is_no_run_may_have_another_full_name(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    file = folder / "moodle-sync.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + 'fullname = "{title} for all"\n', encoding="utf-8")

    said = read_input(file, folder / "content", datetime(2026, 10, 1, tzinfo=UTC))

    assert said.state[COURSES]["basics"].fullname == "The basics for all"
    file.write_text(text + 'fullname = "{name}"\n', encoding="utf-8")
    with pytest.raises(InputRefused, match=r"courses\[0\]\.fullname: holds {name}, which nobody .* hold {title}"):
        read_settings(file)


def test_a_run_in_a_language_that_the_course_lacks_is_named(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    file = folder / "moodle-sync.toml"
    series = CONFIGURATION.replace('territory = "beirut"', 'territory = "beirut", language = "ar"')
    file.write_text(file.read_text(encoding="utf-8") + series, encoding="utf-8")

    with pytest.raises(InputRefused, match=r"series\[0\]\.runs\[1\]\.language: the course isn't in this language"):
        read_input(file, folder / "content", datetime(2026, 10, 1, tzinfo=UTC))


def test_validate_lists_the_runs(folder: Path) -> None:
    file = folder / "moodle-sync.toml"
    file.write_text(file.read_text(encoding="utf-8") + CONFIGURATION, encoding="utf-8")

    code, told, _ = run(folder, "validate")

    assert (code, told.splitlines()) == (
        0,
        [
            'basics-cadiz: "The basics — Cádiz" (BASICS cadiz) in medtown from 2026-10-01',
            'basics-beirut: "The basics — beirut" (BASICS beirut) in medtown',
            "No mistakes. Courses: 3, people: 1, groups: 1.",
        ],
    )


words = st.text("abcXYZ {}é-", min_size=1, max_size=6)
runs = st.fixed_dictionaries(
    {"territory": words, "language": st.sampled_from(["en", "es"]), "starts": st.dates()},
    optional={"idnumber": words, "shortname": words, "territory_name": words, "hidden": st.just(["one"])},
)


@given(st.lists(runs, min_size=1, max_size=4), words, words)
def test_runs_become_distinct_courses_or_a_mistake(listed: list[dict[str, object]], key: str, name: str) -> None:
    series = {"idnumber": key + "{territory}{year}", "shortname": name + "{territory}", "runs": listed}
    document = {
        "site": "https://moodle.example.org",
        "new_accounts": "quiet",
        "people": "people.csv",
        "series": [{"content": "c", "category": "top", "fullname": "{title} {territory} {year}", **series}],
    }

    expanded, mistakes = with_runs(document)

    courses = expanded.get("courses", [])
    assert isinstance(courses, list)
    assert mistakes or len(courses) == len(listed)
    titles = [(course["language"], course["fullname"]) for course in courses]
    assert mistakes or len(set(titles)) == len(titles)
    for said, course in zip(listed, courses, strict=False):
        assert {key: course[key] for key in ("language", "starts")} == {
            key: said[key] for key in ("language", "starts")
        }
        assert loosely(str(said["territory"])) in loosely(course["fullname"])
