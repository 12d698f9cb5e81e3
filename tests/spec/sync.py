"""The main job's other half: a program puts a course and its people into Moodle, and a second run changes nothing.

The same specification for the miniature (`tests/moodle_sync`) and for a real Moodle (`tests/live`): each has a fixture
`installation` and runs the tests of this class in their order, one story.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from content.load import load

COURSE = load().courses["training-of-trainers"].texts["es"]
CONFIGURATION = """\
site = "{url}"
new_accounts = "quiet"
people = "people.csv"

[roles]
{roles}

[[categories]]
idnumber = "sync-{mark}"
name = "Sync & {mark}"

[[courses]]
content = "training-of-trainers"
language = "es"
category = "sync-{mark}"
idnumber = "training-{mark}"
shortname = "TRAINING-{mark}"
"""
HEADER = "username,firstname,lastname,email,idnumber,lang,course1,role1,group1,enroltimestart1,enrolperiod1"
NOTHING = "Nothing to do: Moodle is as it should be.\n"


@dataclass
class Installation:
    """One administrator's folder: a configuration, a file of people, and the program."""

    folder: Path
    url: str
    token: str
    roles: Mapping[str, int]
    mark: str
    rows: list[str] = field(default_factory=list)

    def write(self) -> None:
        """Write both files."""
        roles = "\n".join(f"{name} = {number}" for name, number in self.roles.items())
        configuration = CONFIGURATION.format(url=self.url, roles=roles, mark=self.mark)
        (self.folder / "moodle-sync.toml").write_text(configuration, encoding="utf-8")
        (self.folder / "people.csv").write_text("\n".join([HEADER, *self.rows, ""]), encoding="utf-8")

    def enter(self, number: int, *, address_of: int | None = None) -> None:
        """Add a trainee to the file, in one of two groups; the address may be another one's."""
        name = f"sample{number:02}-{self.mark}"
        address = f"Sample{address_of or number:02}-{self.mark.title()}@example.org"
        group = f"Group {'AB'[number % 2]}"
        place = f"TRAINING-{self.mark},student,{group},2026-10-01,90"
        self.rows.append(f"{name},Sámple & Co,{number:02},{address},id-{name},en,{place}")

    def teach(self) -> None:
        """Add a trainer to the file; Moodle sends its welcome in the name of one."""
        name = f"trainer-{self.mark}"
        place = f"TRAINING-{self.mark},editingteacher,,,"
        self.rows.append(f"{name},Trainer,{self.mark},{name}@example.org,id-{name},en,{place}")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program to its end."""
        environment = {**os.environ, "MOODLE_TOKEN": self.token}
        return run_sync(self.folder, *arguments, environment=environment)


def run_sync(folder: Path, *arguments: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `moodle-sync` in a folder."""
    line = [str(Path(sys.executable).with_name("moodle-sync")), *arguments]
    return subprocess.run(line, cwd=folder, env=dict(environment), capture_output=True, encoding="utf-8", check=False)


class SyncSpecification:
    """One story in nine tests."""

    def test_an_administrator_finds_out_that_all_is_ready(self, installation: Installation) -> None:
        installation.teach()
        for number in range(1, 51):
            installation.enter(number)
        installation.write()

        done = installation.run("doctor")

        assert (done.returncode, done.stderr) == (0, "")
        assert not [line for line in done.stdout.splitlines() if line.startswith("!!")]

    def test_the_plan_says_what_will_be_and_changes_nothing(self, installation: Installation) -> None:
        first = installation.run("plan")
        second = installation.run("plan")

        assert (first.returncode, first.stderr) == (0, "")
        assert first.stdout == second.stdout
        assert (
            "Plan: new categories: 1, new courses: 1, named sections: 5, new accounts: 51, enrolments: 51, "
            "new groups: 2, new group members: 50.\nMails that Moodle may send: 51. Taken away: 0. "
        ) in first.stdout
        for title in (text.title for text in COURSE.modules.values()):
            assert f'"{title}"' in first.stdout

    def test_applying_does_what_was_planned(self, installation: Installation) -> None:
        planned = installation.run("plan")

        done = installation.run("apply", "--yes")

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(planned.stdout)
        assert (
            "Done: new categories: 1, new courses: 1, named sections: 5, new accounts: 51, enrolments: 51, "
            "new groups: 2, new group members: 50.\n"
        ) in done.stdout

    def test_then_there_is_nothing_to_do(self, installation: Installation) -> None:
        planned, applied = installation.run("plan"), installation.run("apply")

        assert (planned.returncode, planned.stdout, planned.stderr) == (0, NOTHING, "")
        assert (applied.returncode, applied.stdout, applied.stderr) == (0, NOTHING, "")

    def test_the_groups_are_told_with_moodles_numbers_and_names(self, installation: Installation) -> None:
        done = installation.run("groups", "--json")

        told = json.loads(done.stdout)
        ((course, groups),) = [(one["course"], one["groups"]) for one in told["courses"]]
        assert (done.returncode, done.stderr, told["site"]) == (0, "", installation.url.rstrip("/"))
        assert (course["idnumber"], course["shortname"]) == (
            f"training-{installation.mark}",
            f"TRAINING-{installation.mark}",
        )
        assert [group["name"] for group in groups] == ["Group A", "Group B"]
        assert course["id"] > 1
        assert len({group["id"] for group in groups}) == len(groups)

    def test_roles_are_learnt_from_those_who_have_them(self, installation: Installation) -> None:
        installation.roles = {}
        installation.enter(51)
        installation.write()

        done = installation.run("apply", "--yes")

        assert (done.returncode, done.stderr) == (0, "")
        assert "Done: new accounts: 1, enrolments: 1, new group members: 1.\n" in done.stdout

    def test_a_role_that_nobody_has_is_refused(self, installation: Installation) -> None:
        installation.enter(52)
        installation.rows[-1] = installation.rows[-1].replace(",student,", ",auditor,")
        installation.write()

        done = installation.run("plan")

        assert done.returncode == 1
        assert done.stderr.startswith("Left alone: role auditor: nobody in these courses has it")
        installation.rows.pop()

    def test_a_row_that_moodle_refuses_is_found_and_the_others_go_on(self, installation: Installation) -> None:
        for number in range(53, 58):
            installation.enter(number, address_of=53 if number == 55 else None)
        installation.write()

        done = installation.run("apply", "--yes")

        assert done.returncode == 3
        assert "Done: new accounts: 4, enrolments: 4, new group members: 4.\n" in done.stdout
        *remarks, first, one, other = done.stderr.splitlines()
        assert all(
            "which others have too: Moodle makes it only where accounts may have the same one" in r for r in remarks
        )
        assert first.startswith(f"person sample55-{installation.mark}: make an account")
        assert "(invalidparameter); look at email " in first
        assert all(line.endswith("left out, since what it builds on isn't there") for line in (one, other))

    def test_a_bad_file_is_named_by_line_and_column_and_nothing_is_sent(self, installation: Installation) -> None:
        installation.rows = ["ana,Ana,Ruiz,ana.example.org,,en,ELSEWHERE,student,,2026-13-01,x"]
        installation.write()

        done = installation.run("apply")

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            f'people.csv: line 2, course1: "ELSEWHERE" isn\'t the short name of a course in the configuration '
            f"(TRAINING-{installation.mark})\n"
            'people.csv: line 2, email: "ana.example.org" isn\'t an e-mail address that Moodle takes: it must be like '
            "name@example.org, without accents, spaces or two dots in a row\n"
            'people.csv: line 2, enrolperiod1: "x" must be a number of days\n'
            'people.csv: line 2, enroltimestart1: "2026-13-01" isn\'t a date such as 2026-10-01 or 2026-10-01 09:00\n'
            "4 mistakes; nothing was sent.\n"
        )
