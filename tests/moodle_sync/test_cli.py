"""The commands as processes, where no site is needed: exit codes and whole outputs."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.moodle_sync.folder import COURSE_TEXT, PEOPLE, UNKNOWN, run
from tests.moodle_sync.people_files import NO_ADDRESS

HELP = """\
Usage: moodle-sync [OPTIONS] COMMAND [ARGS]...

  Put courses and people into a Moodle site, as the curriculum and a file of
  people say.

  The token comes from MOODLE_TOKEN, or from the token_file that the
  configuration names.

Options:
  --config PATH    The configuration.  [default: moodle-sync.toml]
  --encoding NAME  What the file of people is written in, where that isn't
                   UTF-8, such as cp1253.
  --log FILE       Add a line of JSON for each request to a file. It names
                   nobody.  [env var: MOODLE_SYNC_LOG]
  --help           Show this message and exit.

Commands:
  apply     Do what plan shows.
  doctor    Say what is missing on the site.
  drift     Show what somebody changed in Moodle since the last apply.
  export    Write the files of a site that is there.
  groups    List the groups of the courses.
  plan      Show what apply would do.
  report    Tell what a run did.
  resume    Go on with a run that was stopped.
  undo      Take back what a run did.
  validate  Check all files, without the network.

  Exit codes: 0 fine; 1 error; 2 the plan has changes, or there is drift (with
  --detailed-exitcode); 3 partly done; 4 not allowed; 5 a guard stopped it; 6
  nobody knows what became of a request; 7 the plan is stale; 8 Moodle can't
  be reached; 64 wrong usage; 130 interrupted.
"""


def test_help_names_the_commands(folder: Path) -> None:
    assert run(folder, "--help") == (0, HELP, "")


def test_the_start_doesnt_load_what_only_bars_on_a_terminal_need() -> None:
    start = "import sys, moodle_sync.cli; sys.exit('rich' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", start], check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["aply"], "Error: No such command 'aply'."),
        (["plan", "--token", UNKNOWN], "Error: No such option"),
        (["plan", "somewhere"], "Error: Got unexpected extra argument (somewhere)"),
    ],
)
def test_wrong_usage_exits_with_64(folder: Path, arguments: list[str], said: str) -> None:
    code, out, err = run(folder, *arguments)

    assert (code, out) == (64, "")
    assert said in err


def test_validate_needs_neither_site_nor_token(folder: Path) -> None:
    assert run(folder, "validate", token="") == (0, "No mistakes. Courses: 1, people: 1, groups: 1.\n", "")


def test_validate_names_the_mistakes_in_all_files_at_once(folder: Path) -> None:
    (folder / "content/units/reading/unit.yaml").write_text("id: reading\nminutes: ten\n")
    (folder / "people.csv").write_text(PEOPLE.replace("@", " at "), encoding="utf-8")
    text = (folder / "moodle-sync.toml").read_text()
    (folder / "moodle-sync.toml").write_text(text.replace('category = "medtown"', 'category = "other"'))

    said = (
        "moodle-sync.toml: line 15, courses[0].category: must be the idnumber of one of the [[categories]]\n"
        f'people.csv: line 2, email: "ana at example.org" {NO_ADDRESS}\n'
        "units/reading/unit.yaml: minutes: must be a whole number without quotes\n"
        "3 mistakes; nothing was sent.\n"
    )
    assert run(folder, "validate") == (1, "", said)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            '"basics"\nlanguage',
            '"advanced"\nlanguage',
            "line 13, courses[0].content: the curriculum has no such course: it has basics",
        ),
        ('"en"', '"el"', "line 14, courses[0].language: the course isn't in this language: it is in en"),
    ],
)
def test_a_course_that_the_curriculum_does_not_have_is_named(folder: Path, before: str, after: str, said: str) -> None:
    text = (folder / "moodle-sync.toml").read_text()
    (folder / "moodle-sync.toml").write_text(text.replace(before, after))

    assert run(folder, "validate") == (1, "", f"moodle-sync.toml: {said}\n1 mistake; nothing was sent.\n")


def test_titles_that_moodle_would_refuse_or_cut_are_named(folder: Path) -> None:
    (folder / "content/curriculum/basics/en.yaml").write_text(
        COURSE_TEXT.replace("The basics", "Why 1 < 2 & 3 <4").replace("First things", "Caf&eacute;s"), encoding="utf-8"
    )

    said = (
        "curriculum/basics/en.yaml: modules.one.title: holds &eacute;, which Moodle shows as another sign in some "
        "places: write the sign itself\n"
        "curriculum/basics/en.yaml: title: holds < without a space behind it, which Moodle takes for a tag and refuses "
        "or cuts: write it otherwise\n"
        "2 mistakes; nothing was sent.\n"
    )
    assert run(folder, "validate") == (1, "", said)


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_with_a_bad_row_nothing_is_sent(folder: Path, command: str) -> None:
    (folder / "people.csv").write_text(PEOPLE.replace("ana@example.org", "ana"), encoding="utf-8")

    said = f'people.csv: line 2, email: "ana" {NO_ADDRESS}\n1 mistake; nothing was sent.\n'
    assert run(folder, command) == (1, "", said)


def test_without_a_token_nothing_is_asked(folder: Path) -> None:
    code, out, err = run(folder, "plan", token="")

    assert (code, out) == (1, "")
    assert err.startswith("MOODLE_TOKEN: is not set, and the configuration names no token_file")


def test_warnings_are_told_beside_mistakes(folder: Path) -> None:
    (folder / "people.csv").write_text(PEOPLE.replace(",", ";").replace("Ruiz", "<Ruiz>"), encoding="utf-8")

    code, out, err = run(folder, "validate")

    warning, mistake, count = err.splitlines()
    assert (code, out, count) == (1, "", "1 mistake; nothing was sent.")
    assert warning == "people.csv: separated by semicolons, not commas; read all the same."
    assert mistake.startswith('people.csv: line 2, lastname: "<Ruiz>" must be')


class TestEncodings:
    """A file of people that isn't UTF-8."""

    FINE = "No mistakes. Courses: 1, people: 1, groups: 1.\n"

    @pytest.mark.parametrize("command", ["validate", "plan", "apply"])
    def test_it_is_refused_and_each_reading_is_a_line(self, folder: Path, command: str) -> None:
        (folder / "people.csv").write_bytes(PEOPLE.replace("Ruiz", "Παππά").encode("cp1253"))

        code, out, err = run(folder, command)

        first, *readings, last = err.splitlines()
        assert (code, out, last) == (1, "", "1 mistake; nothing was sent.")
        assert first.startswith("people.csv: isn't UTF-8: ")
        assert '    encoding = "cp1253" reads: ana,Ana,Παππά,' in "\n".join(readings)

    def test_the_command_line_may_say_what_it_is(self, folder: Path) -> None:
        (folder / "people.csv").write_bytes(PEOPLE.replace("Ruiz", "Παππά").encode("cp1253"))

        assert run(folder, "--encoding", "cp1253", "validate") == (0, self.FINE, "")

    def test_so_may_the_configuration(self, folder: Path) -> None:
        (folder / "people.csv").write_bytes(PEOPLE.replace("Ruiz", "Παππά").encode("cp1253"))
        text = (folder / "moodle-sync.toml").read_text()
        (folder / "moodle-sync.toml").write_text('encoding = "cp1253"\n' + text)

        assert run(folder, "validate") == (0, self.FINE, "")

    def test_the_command_line_comes_before_the_configuration(self, folder: Path) -> None:
        text = (folder / "moodle-sync.toml").read_text()
        (folder / "moodle-sync.toml").write_text('encoding = "utf-16"\n' + text)

        assert run(folder, "--encoding", "utf-8", "validate") == (0, self.FINE, "")

    def test_one_that_does_not_exist_is_wrong_usage(self, folder: Path) -> None:
        code, out, err = run(folder, "--encoding", "greek-ish", "validate")

        assert (code, out) == (64, "")
        assert err.endswith("greek-ish isn't an encoding's name, such as cp1253\n")


def test_what_spreadsheets_do_is_a_warning(folder: Path) -> None:
    (folder / "people.csv").write_text(PEOPLE.replace(",", ";"), encoding="utf-8")

    said = "people.csv: separated by semicolons, not commas; read all the same.\n"
    assert run(folder, "validate") == (0, "No mistakes. Courses: 1, people: 1, groups: 1.\n", said)
