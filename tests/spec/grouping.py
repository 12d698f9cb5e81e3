"""A course's groups in Moodle, as programs make them and as `moodle-sync` tells of them."""

import os
from collections.abc import Sequence
from pathlib import Path

from tests.spec import webservice
from tests.spec.sync import run_sync

CONFIGURATION = """\
site = "{url}"
new_accounts = "quiet"
people = "people.csv"

[roles]
student = 5

[[categories]]
idnumber = "of-the-story"
name = "Of the story"

[[courses]]
content = "training-of-trainers"
language = "en"
category = "of-the-story"
idnumber = "story-{course}"
shortname = "story-{course}"
"""


def make_group(url: str, token: str, course: str, name: str, people: Sequence[str]) -> None:
    """Make a group of a course, and put people into it, by their numbers."""
    new = {"courseid": course, "name": name, "description": ""}
    made = webservice.call(
        url, token, "core_group_create_groups", {f"groups[0][{key}]": value for key, value in new.items()}
    )
    members = {
        f"members[{place}][{key}]": value
        for place, person in enumerate(people)
        for key, value in (("groupid", str(made[0]["id"])), ("userid", person))
    }
    webservice.call(url, token, "core_group_add_group_members", members)


def tell_groups(url: str, token: str, course: str, folder: Path) -> Path:
    """Give the course an idnumber, by which the sync finds it; give the file that it writes of the course's groups."""
    named = {"courses[0][id]": course, "courses[0][idnumber]": f"story-{course}"}
    webservice.call(url, token, "core_course_update_courses", named)
    (folder / "moodle-sync.toml").write_text(CONFIGURATION.format(url=url, course=course), encoding="utf-8")
    done = run_sync(folder, "groups", "--json", environment={**os.environ, "MOODLE_TOKEN": token})
    assert done.returncode == 0, done.stderr
    file = folder / "groups.json"
    file.write_text(done.stdout, encoding="utf-8")
    return file
