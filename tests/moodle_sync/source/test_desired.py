"""What the site should hold, from all files together."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.source.desired import read_input
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import Managed

CONFIGURATION = """\
site = "https://moodle.example.org"
new_accounts = "quiet"
people = "people.yaml"
timezone = "Europe/Madrid"

[[categories]]
idnumber = "top"
name = "Top"

[[courses]]
content = "training-of-trainers"
language = "en"
category = "top"
idnumber = "tot"
shortname = "TOT"
"""
PEOPLE = """\
- username: ana
  courses: [{course: TOT, role: student, start: 2026-10-01}]
- username: sami
  cohorts: [trainees]
"""


def test_everything_that_the_people_file_says_is_desired(tmp_path: Path) -> None:
    (tmp_path / "moodle-sync.toml").write_text(CONFIGURATION)
    (tmp_path / "people.yaml").write_text(PEOPLE)

    state = read_input(tmp_path / "moodle-sync.toml", None, datetime(2026, 3, 1, tzinfo=UTC)).state

    (enrolment,) = state[ROLES]
    assert enrolment == Enrolment(course="tot", person="ana", role="student")
    assert enrolment.start == datetime(2026, 9, 30, 22, tzinfo=UTC).timestamp()
    assert state[COHORTS].keys() == {"trainees"}
    assert state[COHORT_MEMBERS] == {CohortMembership(cohort="trainees", person="sami")}
    assert state.manages == {Managed.ENROLMENTS, Managed.COHORTS}
    assert state.silent == {(Managed.ENROLMENTS, ("", "sami")), (Managed.COHORTS, ("", "ana"))}


COHORTS_TOO = """
[[cohorts]]
idnumber = "{idnumber}"
name = "All trainees"
description = "They & theirs"
category = "top"

[[cohorts]]
idnumber = "trainers"
name = "Trainers"
"""


def test_cohorts_that_are_described_stand_beside_those_that_people_name(tmp_path: Path) -> None:
    file = tmp_path / "moodle-sync.toml"
    file.write_text(CONFIGURATION + COHORTS_TOO.format(idnumber="agents"))
    (tmp_path / "people.yaml").write_text(PEOPLE)

    state = read_input(file, None, datetime(2026, 3, 1, tzinfo=UTC)).state

    assert state[COHORTS] == {
        "trainees": Cohort(idnumber="trainees"),
        "agents": Cohort(
            idnumber="agents", name="All trainees", description="<p>They &amp; theirs</p>", category="top"
        ),
        "trainers": Cohort(idnumber="trainers", name="Trainers", category=""),
    }


def test_a_cohort_that_the_two_files_write_in_two_ways_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "moodle-sync.toml"
    file.write_text(CONFIGURATION + COHORTS_TOO.format(idnumber="Trainees"))
    (tmp_path / "people.yaml").write_text(PEOPLE)

    with pytest.raises(InputRefused) as refused:
        read_input(file, None, datetime(2026, 3, 1, tzinfo=UTC))

    said = 'differs from "trainees" in the file of people only in capitals or accents: write them alike'
    assert [str(problem) for problem in refused.value.problems] == [
        f"moodle-sync.toml: line 18, cohorts[0].idnumber: {said}"
    ]
