"""What the site should hold, from all files together."""

from datetime import UTC, datetime
from pathlib import Path

from moodle_sync.source.desired import read_input
from moodle_sync.things.cohort import COHORTS
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
    assert state[COHORTS] == {"trainees"}
    assert state[COHORT_MEMBERS] == {CohortMembership(cohort="trainees", person="sami")}
    assert state.manages == {Managed.ENROLMENTS, Managed.COHORTS}
    assert state.silent == {(Managed.ENROLMENTS, ("", "sami")), (Managed.COHORTS, ("", "ana"))}
