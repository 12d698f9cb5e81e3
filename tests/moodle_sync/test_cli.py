"""The commands as processes: exit codes and whole outputs."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from moodle_sync.functions import FUNCTIONS
from tests.moodle_sync.miniature import Running
from tests.spec.sync import run_sync
from tests.spec.tool import free_port

HELP = """\
Usage: moodle-sync [OPTIONS] COMMAND [ARGS]...

  Put courses and people into a Moodle site, as the curriculum and a file of
  people say.

  The token comes from MOODLE_TOKEN, or from the token_file that the
  configuration names.

Options:
  --config PATH  The configuration.  [default: moodle-sync.toml]
  --help         Show this message and exit.

Commands:
  apply     Do what plan shows.
  doctor    Say what is missing on the site.
  plan      Show what apply would do.
  validate  Check all files, without the network.
"""
CONFIGURATION = """\
site = "{site}"
new_accounts = "quiet"
people = "people.csv"

[roles]
student = 15

[[categories]]
idnumber = "medtown"
name = "MedTOWN"

[[courses]]
content = "basics"
language = "en"
category = "medtown"
idnumber = "basics"
shortname = "BASICS"
"""
PEOPLE = """\
username,firstname,lastname,email,course1,role1,group1,enroltimestart1,enrolperiod1
ana,Ana,Ruiz,ana@example.org,BASICS,student,Group A,2026-10-01,90
"""
COURSE = "id: basics\nlanguages: [en]\nmodules:\n  - id: one\n    activities:\n      - unit: reading\n  - id: two\n"
COURSE_TEXT = """\
title: The basics
summary: All that one needs.
modules:
  one: {title: First things, summary: They come first.}
  two: {title: Second things, summary: They come second.}
"""
PLAN = """\
category medtown: make "MedTOWN"
course basics: make "The basics" (BASICS) in medtown
course basics: name section 1 "First things"
course basics: name section 2 "Second things"
person ana: make an account for Ana Ruiz, ana@example.org
course basics: enrol ana as student, from 2026-10-01 00:00 UTC, to 2026-12-30 00:00 UTC
course basics: make group "Group A"
course basics: put ana into group "Group A"
Plan: new categories: 1, new courses: 1, named sections: 2, new accounts: 1, enrolments: 1, new groups: 1, \
new group members: 1. Mails that Moodle may send: 1.
"""
DONE = """\
Done: new categories: 1, new courses: 1, named sections: 2, new accounts: 1, enrolments: 1, new groups: 1, \
new group members: 1.
Requests: 16 that read, 8 that wrote.
"""
UNKNOWN = "c" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a curriculum and a file of people; the site in it is nowhere."""
    for name, text in {
        "content/curriculum/basics/course.yaml": COURSE,
        "content/curriculum/basics/en.yaml": COURSE_TEXT,
        "content/units/reading/unit.yaml": "id: reading\nminutes: 5\n",
        "content/units/reading/en.md": "# Reading\n\nRead this.\n\nA text.\n",
        "people.csv": PEOPLE,
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "content" / "exercises").mkdir()
    name_site(tmp_path, f"http://localhost:{free_port()}")
    return tmp_path


def name_site(folder: Path, site: str) -> None:
    (folder / "moodle-sync.toml").write_text(CONFIGURATION.format(site=site), encoding="utf-8")


def run(folder: Path, *arguments: str, token: str = UNKNOWN) -> tuple[int, str, str]:
    """Run a command; give its exit code and whatever it printed."""
    environment = {**os.environ, "CONTENT_DIR": str(folder / "content"), "MOODLE_TOKEN": token, "COLUMNS": "80"}
    done = run_sync(folder, *arguments, environment=environment)
    return done.returncode, done.stdout, done.stderr


def test_help_names_the_commands(folder: Path) -> None:
    assert run(folder, "--help") == (0, HELP, "")


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
        'people.csv: line 2, email: "ana at example.org" isn\'t an e-mail address\n'
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


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_with_a_bad_row_nothing_is_sent(folder: Path, command: str) -> None:
    (folder / "people.csv").write_text(PEOPLE.replace("ana@example.org", ""), encoding="utf-8")

    said = "people.csv: line 2, email: is empty: write it\n1 mistake; nothing was sent.\n"
    assert run(folder, command) == (1, "", said)


def test_a_site_that_does_not_answer_exits_with_8(folder: Path) -> None:
    site = (folder / "moodle-sync.toml").read_text().split('"')[1]

    said = f"Error: {site} can't be reached: no answer came (the connection failed) to core_webservice_get_site_info\n"
    assert run(folder, "plan") == (8, "", said)


def test_without_a_token_nothing_is_asked(folder: Path) -> None:
    code, out, err = run(folder, "plan", token="")

    assert (code, out) == (1, "")
    assert err.startswith("MOODLE_TOKEN: is not set, and the configuration names no token_file")


def test_what_spreadsheets_do_is_a_warning(folder: Path) -> None:
    (folder / "people.csv").write_text(PEOPLE.replace(",", ";"), encoding="utf-8")

    said = "people.csv: separated by semicolons, not commas; read all the same.\n"
    assert run(folder, "validate") == (0, "No mistakes. Courses: 1, people: 1, groups: 1.\n", said)


class TestOnASite:
    """The commands that ask a site."""

    @pytest.fixture
    def there(self, folder: Path, running: Running) -> Path:
        """Give the folder with a site that is there."""
        name_site(folder, running.url)
        return folder

    def test_a_token_that_is_not_known_exits_with_4(self, there: Path) -> None:
        said = "Error: core_webservice_get_site_info: Invalid token - token not found (invalidtoken)\n"

        assert run(there, "plan") == (4, "", said)

    def test_doctor_lists_the_functions_and_finds_nothing_wrong(self, there: Path, running: Running) -> None:
        functions = "".join(f"  {function.name}\n" for function in FUNCTIONS)

        said = (
            f"Functions that the external service needs:\n{functions}"
            "Connected to A miniature of Moodle, Moodle 4.5.6 (Build: 20250811), as admin.\n"
            "The token's service has all functions that are needed.\n"
            "admin is a site administrator and may do everything.\n"
            "The token's account sees other people.\n"
        )
        assert run(there, "doctor", token=running.token) == (0, said, "")

    def test_doctor_says_what_is_missing_and_where_to_click(self, there: Path, running: Running) -> None:
        helper = running.miniature.add_account("helper")
        running.miniature.give_token("e" * 32, owner=helper, without="core_user_create_users")

        code, out, err = run(there, "doctor", token="e" * 32)

        assert (code, err) == (1, "")
        assert (
            "The token's service lacks core_user_create_users: add it in "
            "Site administration > Server > Web services > External services > Functions.\n"
        ) in out
        assert "helper is no site administrator. It needs these rights" in out
        assert "  moodle/user:create\n" in out
        assert "The token's account can't see other people's names: give it moodle/user:viewdetails" in out

    def test_a_function_that_is_missing_exits_with_4_and_tells_what_was_done(
        self, there: Path, running: Running
    ) -> None:
        running.miniature.give_token("d" * 32, without="core_course_create_categories")

        code, out, err = run(there, "apply", token="d" * 32)

        assert (code, out) == (4, f"{PLAN}Done: nothing.\n")
        assert err == ("Error: core_course_create_categories: Access control exception (accessexception)\n")

    def test_plan_then_apply_then_nothing(self, there: Path, running: Running) -> None:
        nothing = (0, "Nothing to do: Moodle is as it should be.\n", "")

        planned = run(there, "plan", token=running.token)
        applied = run(there, "apply", token=running.token)

        assert planned == (0, PLAN, "")
        assert applied == (0, PLAN + DONE, "")
        assert run(there, "plan", token=running.token) == nothing
        assert run(there, "apply", token=running.token) == nothing
        assert running.miniature.mails() == 1

    def test_what_moodle_lost_in_silence_is_told_and_a_second_run_brings_it(
        self, there: Path, running: Running
    ) -> None:
        header, row = PEOPLE.splitlines()
        rows = [row.replace("ana", f"ana{number}") for number in range(20)]
        (there / "people.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        site = running.miniature.site
        protocol, enrolment = 3, 5
        whole, site.settings = site.settings, replace(site.settings, max_input_vars=protocol + 15 * enrolment - 1)

        code, out, err = run(there, "apply", token=running.token)
        site.settings = whole
        again = run(there, "apply", token=running.token)

        assert (code, "Done: new accounts: 20, enrolments: 20, new group members: 15.\n" in out) == (1, True)
        assert err.count("Moodle said that it was done, but it isn't there\n") == 5
        assert again[0] == 0
        assert "Done: enrolments: 5, new group members: 5.\n" in again[1]

    def test_a_conflict_is_shown_and_left_alone(self, there: Path, running: Running) -> None:
        running.miniature.add_account("aruiz", email="ana@example.org", idnumber="7")
        (there / "people.csv").write_text(PEOPLE.replace("ana,", "aruiz,"), encoding="utf-8")

        code, out, err = run(there, "plan", token=running.token)

        assert (code, out) == (1, "")
        assert err.startswith("Left alone: person aruiz: its idnumber, username and e-mail address belong to different")
