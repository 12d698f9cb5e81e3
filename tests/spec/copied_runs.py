"""Runs of a training, as an administrator lets `moodle-sync` copy them from a course and enrol people in them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.spec import webservice
from tests.spec.community_course import delete_category
from tests.spec.sync import run_sync

RUNS = range(1, 7)
CONFIGURATION = """\
site = "{url}"
new_accounts = "quiet"
people = "people.csv"

[roles]
editingteacher = 3
student = 5

[[categories]]
idnumber = "story-{course}"
name = "Of the story {course}"

[[series]]
content = "training-of-trainers"
template = "{template}"
language = "en"
category = "story-{course}"
idnumber = "run-{{territory}}-of-{course}"
shortname = "run-{{territory}}-of-{course}"
fullname = "{{title}} — run {{territory}} of {course}"
runs = [{runs}]
"""


@dataclass(frozen=True)
class Copied:
    """What the sync told, first and when it was asked again, and the courses' numbers, by run."""

    told: tuple[str, str]
    courses: Mapping[int, str]


def sync(url: str, token: str, course: str, people: Mapping[str, str], folder: Path) -> Copied:
    """Let the sync copy the course once for each run, and enrol people there, by username with their role."""
    (template,) = _courses(url, token, "id", course)
    runs = ", ".join(f'{{ territory = "{run}" }}' for run in RUNS)
    configuration = CONFIGURATION.format(url=url, course=course, template=template["shortname"], runs=runs)
    (folder / "moodle-sync.toml").write_text(configuration, encoding="utf-8")
    head = ",".join(["username", *(f"course{run},role{run}" for run in RUNS)])
    rows = (
        ",".join([username, *(f"run-{run}-of-{course},{role}" for run in RUNS)]) for username, role in people.items()
    )
    (folder / "people.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    told = _apply(folder, token), _apply(folder, token)
    made = {run: _courses(url, token, "idnumber", f"run-{run}-of-{course}") for run in RUNS}
    return Copied(told, {run: str(one["id"]) for run, (one,) in made.items()})


def delete(url: str, token: str, course: str) -> None:
    """Delete the runs, with their category."""
    delete_category(url, token, course)


def _apply(folder: Path, token: str) -> str:
    done = run_sync(folder, "apply", "--yes", environment={**os.environ, "MOODLE_TOKEN": token})
    assert done.returncode == 0, done
    return done.stdout


def _courses(url: str, token: str, field: str, value: str) -> list[dict[str, object]]:
    found = webservice.call(url, token, "core_course_get_courses_by_field", {"field": field, "value": value})
    courses: list[dict[str, object]] = found["courses"]
    return courses
