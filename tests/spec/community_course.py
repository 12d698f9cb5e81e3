"""The community's course beside a training's, as an administrator lets `moodle-sync` make and fill it."""

import os
from collections.abc import Mapping
from pathlib import Path

from tests.spec import webservice
from tests.spec.sync import run_sync

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

[[courses]]
content = "training-of-trainers"
language = "en"
category = "story-{course}"
idnumber = "story-{course}"
shortname = "story-{course}"

[community]
idnumber = "community-{course}"
shortname = "community-{course}"
name = "The community of story {course}"
category = "story-{course}"
"""


def sync(url: str, token: str, course: str, people: Mapping[str, str], folder: Path) -> str:
    """Let the sync enrol people, by username with their role, and nobody else; give the community's course."""
    named = {"courses[0][id]": course, "courses[0][idnumber]": f"story-{course}"}
    webservice.call(url, token, "core_course_update_courses", named)
    (folder / "moodle-sync.toml").write_text(CONFIGURATION.format(url=url, course=course), encoding="utf-8")
    rows = (f"{username},story-{course},{role}" for username, role in people.items())
    (folder / "people.csv").write_text("\n".join(["username,course1,role1", *rows, ""]), encoding="utf-8")
    environment = {**os.environ, "MOODLE_TOKEN": token}
    for expected in ("Done: ", "Nothing to do: "):
        done = run_sync(folder, "apply", "--yes", "--removals", "1", environment=environment)
        assert (done.returncode, expected in done.stdout) == (0, True), done
    by_idnumber = {"field": "idnumber", "value": f"community-{course}"}
    (found,) = webservice.call(url, token, "core_course_get_courses_by_field", by_idnumber)["courses"]
    return str(found["id"])


def delete_category(url: str, token: str, course: str) -> None:
    """Delete the story's category, with what is in it."""
    by_idnumber = {"criteria[0][key]": "idnumber", "criteria[0][value]": f"story-{course}"}
    for category in webservice.call(url, token, "core_course_get_categories", by_idnumber):
        one = {"categories[0][id]": str(category["id"]), "categories[0][recursive]": "1"}
        webservice.call(url, token, "core_course_delete_categories", one)
