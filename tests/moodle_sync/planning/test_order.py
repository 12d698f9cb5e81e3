"""Where a row or a column stands in the file of people means nothing."""

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from moodle_sync.source.people import People
from tests.moodle_sync.people_files import read

Row = Mapping[str, str]
ACCOUNT = ("username", "idnumber", "suspended", "profile_field_city")
PLACE = ("course", "role", "group", "enrolstatus", "enrolperiod")
NUMBERS = ("1", "2", "3")
GROUPS = ("", "A", "B")
COHORTS = ("trainees", "trainers", "")


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, str]]:
    """Make rows without mistakes."""
    names = draw(st.lists(st.sampled_from(["ana", "sami", "eleni", "noor"]), unique=True, min_size=1))
    return [draw(a_row(name)) for name in names]


@st.composite
def a_row(draw: st.DrawFn, username: str) -> dict[str, str]:
    row = {
        "username": username,
        "idnumber": draw(st.sampled_from(["", f"id {username}", "!clear"])),
        "suspended": draw(st.sampled_from(["", "0", "1"])),
        "profile_field_city": draw(st.sampled_from(["", "Sevilla", "!clear"])),
    }
    every = [(course, role, group) for course in ("TOT", "ADV") for role in ("student", "teacher") for group in GROUPS]
    places = draw(st.lists(st.sampled_from(every), unique=True, max_size=len(NUMBERS)))
    term = draw(st.sampled_from([("", ""), ("0", "30"), ("1", "!clear")]))
    for number, place in zip(NUMBERS, places, strict=False):
        row |= {f"{kind}{number}": text for kind, text in zip(PLACE, (*place, *term), strict=True)}
    cohorts = draw(st.permutations(COHORTS))
    return row | {f"cohort{number}": cohort for number, cohort in zip(NUMBERS, cohorts, strict=True)}


def columns() -> list[str]:
    numbered = [f"{kind}{number}" for kind in (*PLACE, "cohort") for number in NUMBERS]
    return [*ACCOUNT, *numbered]


def renumbered(row: Row, numbers: Mapping[str, str]) -> dict[str, str]:
    """Give the courses and cohorts of a row other numbers."""
    return {(name[:-1] + numbers[name[-1]] if name[-1] in NUMBERS else name): text for name, text in row.items()}


def as_read(header: list[str], lines: list[dict[str, str]]) -> People:
    written = StringIO()
    table = csv.DictWriter(written, header, restval="")
    table.writeheader()
    table.writerows(lines)
    with TemporaryDirectory() as folder:
        return read(Path(folder), written.getvalue())


@settings(deadline=None)  # a busy machine is no mistake
@given(lines=rows(), data=st.data())
def test_order_and_numbers_mean_nothing(lines: list[dict[str, str]], data: st.DataObject) -> None:
    numbers = dict(zip(NUMBERS, data.draw(st.permutations(NUMBERS)), strict=True))
    shuffled = [renumbered(line, numbers) for line in data.draw(st.permutations(lines))]

    people = as_read(data.draw(st.permutations(columns())), shuffled)

    assert people == as_read(columns(), lines)
