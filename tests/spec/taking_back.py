"""Two runs at a site: the second is taken back, brought again, and the first is taken back too.

The same specification for the miniature (`tests/moodle_sync`) and for a real Moodle (`tests/live`): each has a fixture
`installation` and runs the tests of this class in their order, one story.
"""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from tests.spec.sync import NOTHING, Installation, run_sync

HEADER = (
    "username,firstname,lastname,email,idnumber,course1,role1,group1,enroltimestart1,enrolperiod1,enrolstatus1,cohort1"
)
CONFIGURATION = """\
site = "{url}"
new_accounts = "quiet"
people = "people.csv"

[roles]
{roles}

[[categories]]
idnumber = "sync-{mark}"
name = "{category} {mark}"

[[courses]]
content = "basics"
language = "en"
category = "sync-{mark}"
idnumber = "back-{mark}"
shortname = "BACK-{mark}"
starts = {starts}
hidden = [{hidden}]

[[groups]]
course = "back-{mark}"
idnumber = "own-{mark}"
name = "{group}"
description = "Those of {group}."

[[groupings]]
course = "back-{mark}"
idnumber = "set-{mark}"
name = "Set of {group}"
groups = [{groups}]

[[cohorts]]
idnumber = "agents-{mark}"
name = "{cohort} {mark}"
description = "{cohort}."
category = "{place}"
"""


@dataclass(frozen=True)
class Files:
    """What an administrator has written."""

    category: str
    title: str
    starts: str
    hidden: str
    group: str
    cohort: str
    modules: Sequence[tuple[str, str]]
    people: Sequence[str]


FIRST = Files(
    category="First",
    title="The basics",
    starts="2026-10-01",
    hidden="",
    group="Group O",
    cohort="Agents",
    modules=[("one", "First things"), ("two", "Second things"), ("three", "Third things")],
    people=["ana,Ruiz,student,A,0", "ben,Haddad,student,A,0", "cleo,Ruiz,student,A,0", "eva,Ruiz,student,A,0"],
)
SECOND = Files(
    category="Second",
    title="More than the basics",
    starts="2026-11-01",
    hidden='"two"',
    group="Group Own",
    cohort="All agents",
    modules=[("three", "Third & last"), ("new", "New things"), ("one", "First things"), ("two", "Second things")],
    people=["ana,Haddad,student,A,0", "cleo,Ruiz,editingteacher,B,0", "dora,Ruiz,student,B,0", "eva,Ruiz,student,A,1"],
)
"""Ben is gone, Dora is new, and Eva is suspended."""
MADE = ("make", "add section", "name section", "enrol dora")
"""What begins so isn't done twice."""


def write(installation: Installation, files: Files) -> None:
    """Write everything anew."""
    mark, folder = installation.mark, installation.folder
    roles = "\n".join(f"{name} = {number}" for name, number in installation.roles.items())
    parts = {"url": installation.url, "mark": mark, "roles": roles, "category": files.category}
    more = {"starts": files.starts, "hidden": files.hidden, "group": files.group, "cohort": files.cohort}
    place, groups = (f"sync-{mark}", f'"own-{mark}"') if files is SECOND else ("", "")
    configuration = CONFIGURATION.format(**parts, **more, place=place, groups=groups)
    (folder / "moodle-sync.toml").write_text(configuration, encoding="utf-8")
    rows = "\n".join(_row(mark, person) for person in files.people)
    (folder / "people.csv").write_text(f"{HEADER}\n{rows}\n", encoding="utf-8")
    course = folder / "content" / "curriculum" / "basics"
    course.mkdir(parents=True, exist_ok=True)
    unit = "\n    activities: [{unit: reading}]"
    modules = "\n".join(f"  - id: {key}{unit if key == 'one' else ''}" for key, _ in files.modules)
    (course / "course.yaml").write_text(f"id: basics\nlanguages: [en]\nmodules:\n{modules}\n", encoding="utf-8")
    texts = "\n".join(f"  {key}: {{title: {name}, summary: It.}}" for key, name in files.modules)
    words = f"title: {files.title}\nsummary: All of {files.title}.\nmodules:\n{texts}\n"
    (course / "en.yaml").write_text(words, encoding="utf-8")
    reading = folder / "content" / "units" / "reading"
    reading.mkdir(parents=True, exist_ok=True)
    (folder / "content" / "exercises").mkdir(exist_ok=True)
    (reading / "unit.yaml").write_text("id: reading\nminutes: 5\n", encoding="utf-8")
    (reading / "en.md").write_text("# Reading\n\nRead this.\n\nA text.\n", encoding="utf-8")


def _row(mark: str, person: str) -> str:
    name, last, role, group, status = person.split(",")
    key = f"{name}-{mark}"
    place = f"BACK-{mark},{role},Group {group},2026-10-01,90,{status},agents-{mark}"
    return f"{key},{name.title()},{last},{key}@example.org,id-{key},{place}"


def run(installation: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, with the curriculum beside the files."""
    content = str(installation.folder / "content")
    environment = {**os.environ, "MOODLE_TOKEN": installation.token, "CONTENT_DIR": content}
    return run_sync(installation.folder, *arguments, environment=environment)


def latest(installation: Installation, number: int = 1) -> str:
    """Name the latest run, or one before it."""
    return run(installation, "report").stdout.splitlines()[number - 1].split()[0]


def lines(planned: str) -> set[str]:
    """Give what a plan would do, line by line."""
    return {line.strip() for line in planned.splitlines() if line.startswith("  ")}


class UndoSpecification:
    """One story in seven tests."""

    def test_two_runs_are_done(self, installation: Installation) -> None:
        write(installation, FIRST)
        first = run(installation, "apply", "--yes")
        write(installation, SECOND)
        (installation.folder / "second.plan").write_text(run(installation, "plan").stdout, encoding="utf-8")

        second = run(installation, "apply", "--yes")

        assert [(done.returncode, done.stderr) for done in (first, second)] == [(0, ""), (0, "")]

    def test_the_second_is_taken_back_but_for_what_it_made(self, installation: Installation) -> None:
        mark = installation.mark

        done = run(installation, "undo", latest(installation), "--yes")

        assert done.returncode == 3
        assert done.stderr.splitlines() == [
            f"Left alone: group Group B in back-{mark}: stays: the sync deletes nothing",
            f"Left alone: person dora-{mark}: stays: the sync deletes nothing",
            f'Left alone: course back-{mark}: its new section "New things" stays, hidden: the sync deletes nothing',
        ]

    def test_a_plan_shows_just_what_was_taken_back_and_makes_nothing(self, installation: Installation) -> None:
        mark = installation.mark
        before = lines((installation.folder / "second.plan").read_text(encoding="utf-8"))
        made = {line for line in before if line.partition(": ")[2].startswith(MADE)}

        planned = run(installation, "plan")

        again = lines(planned.stdout)
        added = again - before
        assert before - again == made
        assert len(made) == 5
        assert {line.partition(": was")[0] for line in added} == {
            f"course back-{mark}: enrolment of dora-{mark}",
            f'course back-{mark}: show section "New things"',
        }

    def test_for_the_first_files_nothing_is_to_do(self, installation: Installation) -> None:
        write(installation, FIRST)

        planned = run(installation, "plan")

        write(installation, SECOND)
        assert (planned.returncode, planned.stdout) == (0, NOTHING)

    def test_what_took_it_back_is_taken_back_itself(self, installation: Installation) -> None:
        done = run(installation, "undo", latest(installation), "--yes")

        planned = run(installation, "plan")

        assert (done.returncode, done.stderr) == (0, "")
        assert (planned.returncode, planned.stdout, planned.stderr) == (0, NOTHING, "")

    def test_the_course_of_the_first_run_is_hidden_and_nothing_is_made_anew(self, installation: Installation) -> None:
        done = run(installation, "undo", latest(installation, 4), "--yes")

        planned = run(installation, "plan")

        assert (done.returncode, f'course back-{installation.mark}: visible from "1" to "0"' in done.stdout) == (
            3,
            True,
        )
        assert [line for line in lines(planned.stdout) if line.partition(": ")[2].startswith(MADE)] == []

    def test_then_it_is_applied_again_and_nothing_is_left(self, installation: Installation) -> None:
        done = run(installation, "apply", "--yes")

        planned = run(installation, "plan")

        assert done.returncode == 0
        assert (planned.returncode, planned.stdout, planned.stderr) == (0, NOTHING, "")
