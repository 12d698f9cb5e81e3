"""Runs of one course, one of them in several languages: made, read back as they were written, and changed.

The same specification for the miniature (`tests/moodle_sync`) and for a real Moodle (`tests/live`): each has a fixture
`running_it` and runs the tests of this class in their order, one story.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from content.load import PACKAGED, load
from moodle_sync import connect
from moodle_sync.multilang import languages_of
from moodle_sync.things.section import own_sections
from moodle_sync.webservice.functions import GET_COURSES, GET_STATE
from tests.spec.sync import NOTHING, run_sync

TEXTS = load().courses["training-of-trainers"].texts
CONFIGURATION = """\
site = "{url}"
new_accounts = "quiet"
people = "people.csv"

[roles]
student = {student}

[[categories]]
idnumber = "sync-{mark}"
name = "Runs {mark}"

[[series]]
content = "training-of-trainers"
category = "sync-{mark}"
idnumber = "{{territory}}-{mark}"
shortname = "{{territory_name}} & {{year}} {mark}"
fullname = "{{title}} — {{territory_name}}"
runs = [
  {{ territory = "cadiz", territory_name = "Cádiz", language = "es", starts = 2026-10-01, ends = 2027-03-01 }},
  {{ territory = "tunis", territory_name = "R&D", languages = ["en", "ar"], multilang = true, starts = 2027-01-15 }},
]
"""


@dataclass
class Office:
    """One administrator's folder, with a curriculum of its own."""

    folder: Path
    url: str
    token: str
    student: int
    mark: str

    def write(self) -> None:
        """Write all files."""
        configuration = CONFIGURATION.format(url=self.url, student=self.student, mark=self.mark)
        (self.folder / "moodle-sync.toml").write_text(configuration, encoding="utf-8")
        head, ana = "username,firstname,lastname,email,course1,role1", f"ana-{self.mark},Ana,Ruiz,ana-{self.mark}"
        people = f"{head}\n{ana}@example.org,R&D & 2027 {self.mark},student\n"
        (self.folder / "people.csv").write_text(people, encoding="utf-8")
        shutil.copytree(PACKAGED, self.folder / "content")

    def call_otherwise(self, language: str, before: str, after: str) -> None:
        """Change a title of the curriculum."""
        file = self.folder / "content" / "curriculum" / "training-of-trainers" / f"{language}.yaml"
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program to its end."""
        environment = {**os.environ, "MOODLE_TOKEN": self.token, "CONTENT_DIR": str(self.folder / "content")}
        return run_sync(self.folder, *arguments, environment=environment)

    def names(self, territory: str) -> list[str]:
        """Read the full name of a run, and the names of its sections, as Moodle keeps them."""
        client = connect(self.url, self.token)
        (course,) = client.call(GET_COURSES, field="idnumber", value=f"{territory}-{self.mark}").courses
        sections = own_sections(client.call(GET_STATE, courseid=course.id))
        return [course.fullname, *(section.rawtitle for section in sections)]


class RunsSpecification:
    """One story in five tests."""

    def test_the_runs_are_listed_before_anything_is_sent(self, running_it: Office) -> None:
        running_it.write()

        done = running_it.run("validate")

        mark, title = running_it.mark, TEXTS["es"].title
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines() == [
            f'cadiz-{mark}: "{title} — Cádiz" (Cádiz & 2026 {mark}) in sync-{mark} from 2026-10-01 until 2027-03-01',
            (
                f'tunis-{mark}: "{TEXTS["en"].title} — R&D (in 2 languages)" (R&D & 2027 {mark}) in sync-{mark} '
                "from 2027-01-15"
            ),
            "No mistakes. Courses: 2, people: 1, groups: 0.",
        ]

    def test_they_are_made_and_then_there_is_nothing_to_do(self, running_it: Office) -> None:
        applied, planned = running_it.run("apply", "--yes"), running_it.run("plan")

        done = "new categories: 1, new courses: 2, named sections: 10, new accounts: 1, enrolments: 1"
        assert (applied.returncode, applied.stderr) == (0, "")
        assert f"Done: {done}.\n" in applied.stdout
        assert (planned.returncode, planned.stdout, planned.stderr) == (0, NOTHING, "")

    def test_moodle_keeps_their_names_in_each_language(self, running_it: Office) -> None:
        one, two = running_it.names("cadiz"), running_it.names("tunis")

        assert one == [f"{TEXTS['es'].title} — Cádiz", *(text.title for text in TEXTS["es"].modules.values())]
        for language in ("en", "ar"):
            titles = [f"{TEXTS[language].title} — R&D", *(text.title for text in TEXTS[language].modules.values())]
            assert [languages_of(name)[language] for name in two] == titles

    def test_a_title_that_changes_in_one_language_is_a_renamed_section(self, running_it: Office) -> None:
        before = running_it.names("tunis")
        running_it.call_otherwise("ar", TEXTS["ar"].modules["needs-and-development"].title, "الحاجات & التنمية")

        applied, planned = running_it.run("apply", "--yes"), running_it.run("plan")

        assert "Done: renamed sections: 1.\n" in applied.stdout
        assert 'to "ar: الحاجات & التنمية"' in applied.stdout
        assert (planned.stdout, planned.stderr) == (NOTHING, "")
        after = running_it.names("tunis")
        assert languages_of(after[1]) == {**languages_of(before[1]), "ar": "الحاجات & التنمية"}
        assert [*after[:1], *after[2:]] == [*before[:1], *before[2:]]

    def test_whether_readers_see_one_language_is_said(self, running_it: Office) -> None:
        done = running_it.run("doctor")

        (said,) = [line for line in done.stdout.splitlines() if line[4:].startswith("Readers see ")]
        assert said.startswith(("ok  Readers see one language", "!!  Readers see all languages of R&D & 2027"))
