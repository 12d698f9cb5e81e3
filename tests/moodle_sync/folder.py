"""A small curriculum with a file of people, in a folder where commands are run."""

import os
from pathlib import Path

from tests.spec.sync import run_sync
from tests.spec.tool import free_port

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
HEADER, ANA = PEOPLE.splitlines()
COURSE = "id: basics\nlanguages: [en]\nmodules:\n  - id: one\n    activities:\n      - unit: reading\n  - id: two\n"
COURSE_TEXT = """\
title: The basics
summary: All that one needs.
modules:
  one: {title: First things, summary: They come first.}
  two: {title: Second things, summary: They come second.}
"""
UNKNOWN = "c" * 32
"""A token that no site has given."""
EVERYTHING = """\
Plan: new categories: 1, new courses: 1, named sections: 2, new accounts: 1, enrolments: 1, new groups: 1, \
new group members: 1.
"""


def write_folder(tmp_path: Path) -> Path:
    """Write all files; the site in them is nowhere."""
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


def translate(folder: Path, title: str = "الأساسيات", module: str = "أولاً") -> None:
    """Give the curriculum's course another language."""
    course = folder / "content" / "curriculum" / "basics" / "course.yaml"
    course.write_text(course.read_text(encoding="utf-8").replace("[en]", "[en, ar]"), encoding="utf-8")
    text = f"title: {title}\nsummary: A & B\nmodules:\n  one: {{title: {module}, summary: a}}\n"
    (course.parent / "ar.yaml").write_text(text + "  two: {title: Second things, summary: b}\n", encoding="utf-8")
    unit = folder / "content" / "units" / "reading"
    (unit / "ar.md").write_text((unit / "en.md").read_text(encoding="utf-8"), encoding="utf-8")


def name_site(folder: Path, site: str) -> None:
    """Name the site in the configuration."""
    (folder / "moodle-sync.toml").write_text(CONFIGURATION.format(site=site), encoding="utf-8")


def run(folder: Path, *arguments: str, token: str = UNKNOWN) -> tuple[int, str, str]:
    """Run a command; give its exit code and whatever it printed."""
    done = run_sync(folder, *arguments, environment=surroundings(folder, token))
    return done.returncode, done.stdout, done.stderr


def surroundings(folder: Path, token: str) -> dict[str, str]:
    """Give the environment of a command."""
    return {**os.environ, "CONTENT_DIR": str(folder / "content"), "MOODLE_TOKEN": token, "COLUMNS": "80"}


def write_people(folder: Path, *rows: str) -> None:
    """Write the file of people anew, under its header."""
    (folder / "people.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
