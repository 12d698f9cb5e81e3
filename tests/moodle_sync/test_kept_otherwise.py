"""Whatever Moodle makes of what was written, in silence: it is told once, and left until something changes."""

import json
from pathlib import Path
from typing import Any, Final

from flask import Response
from sqlalchemy import select

from lti_tool.demo.moodle.faults import Lasting
from lti_tool.demo.moodle.tables import Course, Enrolment, User
from lti_tool.demo.moodle.webservice.tables import ProfileField, ProfileValue
from moodle_sync.applying.afterwards import REMAINS
from moodle_sync.telling.afterwards import LEFT, OWN_FIELDS
from tests.moodle_sync.folder import run, write_people
from tests.moodle_sync.miniature import Running

NOTHING: Final = (0, "Nothing to do: Moodle is as it should be.\n", "")
FIELDS: Final[dict[str, dict[str, Any]]] = {
    "city": {},
    "size": {"kind": "menu", "options": "S\nM", "default": "S"},
    "note": {"longest": 5},
    "old": {"kind": "datetime", "first_year": 2000},
    "day": {"kind": "datetime"},
    "night": {"kind": "datetime"},
    "moment": {"kind": "datetime", "with_time": True},
    "box": {"kind": "checkbox", "default": "0"},
}
WRITTEN: Final = {
    "town": "Cádiz",
    "City": "Cádiz",
    "size": "XXL",
    "note": "A long note",
    "old": "1990-10-01",
    "day": "2026-10-01",
    "night": "2026-10-01-14-30-00",
    "moment": "2026-10-01-14-30-00",
    "box": "1",
}
KEPT: Final = {
    "City": ("Cádiz", ""),
    "night": ("1790865000", "1790812800"),
    "note": ("A long note", "A lon"),
    "old": ("1990-10-01", "970358400"),
    "size": ("XXL", "S"),
    "town": ("Cádiz", ""),
}
"""What is told: of each field what was written, and what is there."""


def write(folder: Path, names: list[str], **fields: str) -> None:
    """Write a file of people who all have the same in a site's own fields."""
    header = ",".join(("username,firstname,lastname,email", *(f"profile_field_{name}" for name in fields)))
    rows = (",".join((name, name, "Ruiz", f"{name}@example.org", *fields.values())) for name in names)
    (folder / "people.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def night(folder: Path, running: Running, *options: str) -> tuple[int, str]:
    """Apply, and give the exit code and what was told beside the plan."""
    code, _, err = run(folder, "apply", "--yes", *options, token=running.token)
    return code, err


def told(who: str, **fields: tuple[str, str]) -> str:
    """Write the lines that are expected."""
    lines = [
        f'person {who}: profile_field_{name}: "{written}" was written, and Moodle keeps "{kept}"'
        for name, (written, kept) in fields.items()
    ]
    return "\n".join([*lines, OWN_FIELDS, LEFT, ""])


class TestFieldsOfNewAccounts:
    """One story."""

    def test_what_moodle_made_of_a_field_is_told_once_with_exit_code_3(self, there: Path, running: Running) -> None:
        with running.miniature.site.session() as db:
            db.add_all(ProfileField(shortname=name, name=name.title(), **what) for name, what in FIELDS.items())
        write(there, ["ana", "ben"], **WRITTEN)

        assert night(there, running) == (3, told("ana, ben", **KEPT))

    def test_the_report_tells_the_same_of_the_run(self, there: Path, running: Running) -> None:
        _, listed, _ = run(there, "report")
        _, report, _ = run(there, "report", listed.split()[0])

        assert "partly done" in listed
        assert "partly done." in report
        assert "Done, and not as it should be: 2\n" in report
        assert 'profile_field_size: "XXL" was written, and Moodle keeps "S"; ' in report

    def test_then_it_is_left(self, there: Path, running: Running) -> None:
        assert run(there, "plan", token=running.token) == NOTHING
        assert night(there, running) == (0, "")

    def test_it_is_written_again_where_that_is_asked_for(self, there: Path, running: Running) -> None:
        assert night(there, running, "--assert-fields", "--target", "person:ben") == (3, told("ben", **KEPT))
        assert night(there, running) == (0, "")

    def test_it_is_written_again_where_moodle_has_something_else(self, there: Path, running: Running) -> None:
        with running.miniature.site.session() as db:
            size = db.scalars(select(ProfileField).filter_by(shortname="size")).one()
            size.options += "\nXXL"
            number = db.scalars(select(User.id).filter_by(username="ana")).one()
            db.get_one(ProfileValue, (number, size.id)).value = "M"

        _, planned, _ = run(there, "plan", token=running.token)

        assert 'person ana: profile_field_size from "M" to "XXL"\n' in planned
        assert night(there, running) == (0, "")
        assert run(there, "plan", token=running.token) == NOTHING

    def test_it_is_written_again_where_the_file_has_something_else(self, there: Path, running: Running) -> None:
        write(there, ["ana", "ben"], **(WRITTEN | {"note": "Short"}))

        assert night(there, running) == (0, "")
        assert run(there, "plan", token=running.token) == NOTHING

    def test_what_was_left_is_tried_again_after_the_file_said_something_else(
        self, there: Path, running: Running
    ) -> None:
        write(there, ["ana", "ben"], **WRITTEN)

        assert night(there, running) == (3, told("ana, ben", note=KEPT["note"]))


class TestWithoutARight:
    """The token's account may not enrol anybody."""

    def test_fields_are_read_back_all_the_same(self, there: Path, running: Running) -> None:
        answer = {"exception": "required_capability_exception", "errorcode": "nopermissions", "message": "Sorry."}
        refusal = Response(json.dumps(answer), content_type="application/json")
        running.miniature.order_faults("enrol_manual_enrol_users", Lasting(refusal))
        header = "username,firstname,lastname,email,course1,role1,profile_field_town"
        row = "ana,ana,Ruiz,ana@example.org,BASICS,student,Cádiz"
        (there / "people.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")

        code, err = night(there, running)

        assert code == 4
        assert told("ana", town=("Cádiz", "")) in err


class TestOtherWaysIntoACourse:
    """Whoever is also enrolled by another method."""

    def test_who_is_unenrolled_and_still_in_is_told(self, there: Path, running: Running) -> None:
        self._enrol_also_otherwise(there, running)

        code, out, err = run(there, "apply", "--yes", "--unenrol", "--removals", "1", token=running.token)

        clause = "who came in by another method as well stays active: see Participants"
        assert f"course basics: unenrol ana, with roles, groups and grades; {clause}\n" in out
        assert (code, err) == (3, f"course basics: ana is {REMAINS}\n")
        assert run(there, "plan", "--unenrol", token=running.token) == NOTHING

    def test_who_is_suspended_and_still_active_is_told(self, there: Path, running: Running) -> None:
        self._enrol_also_otherwise(there, running)

        code, err = night(there, running, "--removals", "1")

        assert (code, err) == (3, f"course basics: ana is {REMAINS}\n")
        assert run(there, "plan", token=running.token) == NOTHING

    @staticmethod
    def _enrol_also_otherwise(there: Path, running: Running) -> None:
        others = [f"{name},{name},Ruiz,{name}@example.org,BASICS,student,Group A,2026-01-01," for name in ("ben", "cy")]
        ana = "ana,Ana,Ruiz,ana@example.org,BASICS,student,Group A,2026-01-01,"
        write_people(there, ana, *others)
        run(there, "apply", "--yes", "--max-mails", "50", token=running.token)
        with running.miniature.site.session() as db:
            course = db.scalars(select(Course.id).filter_by(shortname="BASICS")).one()
            number = db.scalars(select(User.id).filter_by(username="ana")).one()
            db.scalars(select(Enrolment).filter_by(course_id=course, user_id=number)).one().otherwise = True
        write_people(there, *others)
