"""A real Moodle as files: exported, taken away, made again of them, and exported again."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeAlias

import pytest
import requests

from tests.spec.sync import run_sync

Row: TypeAlias = dict[str, object]
MULTILANG = '<span lang="en" class="multilang">Two</span><span lang="ar" class="multilang">مجموعة</span>'
MIDNIGHT, NOON = 1_790_035_200, 1_790_078_400
STUDENT, TEACHER, EDITOR = 5, 4, 3


class Filled:
    """A category of this run's own, which is filled as people fill a site by hand."""

    def __init__(self, url: str, token: str, folder: Path) -> None:
        self.url, self.token, self.folder = url.rstrip("/"), token, folder
        self.mark = f"export-{token_hex(4)}"

    def call(self, function: str, **arguments: object) -> Any:
        """Call a function; AssertionError if Moodle refuses."""
        protocol = {"wstoken": self.token, "wsfunction": function, "moodlewsrestformat": "json"}
        given = dict(pair for name, value in arguments.items() for pair in _flat(name, value))
        address = f"{self.url}/webservice/rest/server.php"
        answer: Any = requests.post(address, data={**protocol, **given}, timeout=120).json()
        assert not (isinstance(answer, dict) and "exception" in answer), answer
        return answer

    def run(self, place: str, *arguments: str) -> tuple[int, str]:
        """Run a command in a folder; give its exit code and what it printed."""
        done = run_sync(self.folder / place, *arguments, environment={**os.environ, "MOODLE_TOKEN": self.token})
        return done.returncode, done.stdout

    def export(self, name: str) -> dict[str, str]:
        """Export the category; give the files."""
        code, out = self.run(".", "export", name, "--site", self.url, "--category", self.mark)
        assert code == 0, out
        files = [path for path in (self.folder / name).rglob("*") if path.is_file()]
        return {str(path.relative_to(self.folder / name)): path.read_text(encoding="utf-8") for path in files}

    def fill(self) -> None:
        """Make categories, courses, people, groups and a cohort, named oddly."""
        top = self._category(f"Export & {self.mark}", self.mark, 0)
        within = self._category("2026, \"quoted\" 'x'", f"{self.mark}-عربي", top)
        common: Row = {"categoryid": within, "startdate": MIDNIGHT}
        name, more = f"B-{self.mark}", f"=M-{self.mark}"
        basics: Row = {
            "shortname": name,
            "idnumber": name,
            "fullname": 'Needs, "wants" & < 3',
            "numsections": 2,
            **common,
        }
        other: Row = {"shortname": more, "idnumber": more, "fullname": MULTILANG, "numsections": 0, **common}
        basics |= {"summary": "<p>All &lt;that&gt; one needs.</p>", "enddate": 0, "visible": 0}
        other |= {"enddate": NOON, "groupmode": 2, "enablecompletion": 0, "format": "topics"}
        courses = [course["id"] for course in self.call("core_course_create_courses", courses=[basics, other])]
        self._name_sections(courses[0], "First things", 'مقدمة, "all" & more')
        self._people(*courses)

    def take_away(self) -> None:
        """Delete all of it."""
        for number in self.numbers():
            self.call("core_course_delete_categories", categories=[{"id": number, "recursive": 1}])
        criteria = [{"key": "email", "value": f"%@{self.mark}.example.org"}]
        users = [user["id"] for user in self.call("core_user_get_users", criteria=criteria)["users"]]
        self.call("core_user_delete_users", **{"userids": users} if users else {})
        place = {"contextlevel": "system"}
        found = self.call("core_cohort_search_cohorts", query=self.mark, context=place, limitnum=0)["cohorts"]
        self.call("core_cohort_delete_cohorts", **{"cohortids": [cohort["id"] for cohort in found]} if found else {})

    def numbers(self) -> list[int]:
        """Give the number of the category, as long as it is there."""
        criteria = [{"key": "idnumber", "value": self.mark}]
        return [
            category["id"]
            for category in self.call("core_course_get_categories", criteria=criteria, addsubcategories=0)
        ]

    def _category(self, name: str, idnumber: str, parent: int) -> int:
        row: Row = {"name": name, "idnumber": idnumber, "parent": parent, "description": "<p>A &amp; B</p>"}
        number: int = self.call("core_course_create_categories", categories=[row])[0]["id"]
        return number

    def _name_sections(self, course: int, *names: str) -> None:
        sections = json.loads(self.call("core_courseformat_get_state", courseid=course))["section"][1:]
        for section, name in zip(sections, names, strict=True):
            arguments: Row = {"itemtype": "sectionname", "itemid": section["id"], "value": name}
            self.call("core_update_inplace_editable", component="format_topics", **arguments)
        hidden = {"action": "section_hide", "ids": [sections[1]["id"]]}
        self.call("core_courseformat_update_course", courseid=course, **hidden)

    def _people(self, basics: int, more: int) -> None:
        names = (("=SUM(A1)", 'Ruiz, "la" O\'Neil'), ("سامي", "'=x"), ("Ελένη", "@home"))
        rows = [self._person(place, *name) for place, name in enumerate(names)]
        ana, sami, eleni = (user["id"] for user in self.call("core_user_create_users", users=rows))
        places = [(STUDENT, ana, basics), (STUDENT, sami, basics), (STUDENT, eleni, basics), (EDITOR, ana, more)]
        enrolments: list[Row] = [{"roleid": role, "userid": user, "courseid": course} for role, user, course in places]
        enrolments[1]["suspend"] = 1
        self.call("enrol_manual_enrol_users", enrolments=enrolments)
        assignment = {"roleid": TEACHER, "userid": sami, "contextlevel": "course", "instanceid": basics}
        self.call("core_role_assign_roles", assignments=[assignment])
        for name, members in (('Group A, the "first"', (ana, sami)), ("=1+1", (sami, eleni)), ("Ομάδα & co", (sami,))):
            group: Row = {"courseid": basics, "name": name, "description": ""}
            number = self.call("core_group_create_groups", groups=[group])[0]["id"]
            inside = [{"groupid": number, "userid": user} for user in members]
            self.call("core_group_add_group_members", members=inside)
        whole = {"type": "system", "value": ""}
        cohort: Row = {"categorytype": whole, "name": f"{self.mark}, too", "idnumber": f"{self.mark}, too"}
        key = {"type": "id", "value": self.call("core_cohort_create_cohorts", cohorts=[cohort])[0]["id"]}
        agents = [{"cohorttype": key, "usertype": {"type": "id", "value": user}} for user in (ana, sami)]
        self.call("core_cohort_add_cohort_members", members=agents)

    def _person(self, place: int, first: str, last: str) -> Row:
        name = f"{self.mark}-{place}"
        account = {"username": name, "email": f"{place}@{self.mark}.example.org", "idnumber": name}
        return {**account, "firstname": first, "lastname": last, "password": "Passw0rd!x"}


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Write a value as the form that Moodle reads."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _flat(f"{name}[{key}]", part)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _flat(f"{name}[{place}]", part)
    else:
        yield name, str(value)


@pytest.fixture(scope="class")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Give a filled category."""
    missing = [name for name in ("MOODLE_URL", "MOODLE_TOKEN") if not os.environ.get(name)]
    assert not missing, f"set {', '.join(missing)}"
    made = Filled(os.environ["MOODLE_URL"], os.environ["MOODLE_TOKEN"], tmp_path_factory.mktemp("export"))
    made.fill()
    yield made
    made.take_away()


class TestExportOfARealMoodle:
    """Each test begins where the one before ended."""

    def test_the_site_is_as_its_own_files_say(self, filled: Filled) -> None:
        files = filled.export("first")

        assert "summary: All <that> one needs.\n" in "".join(files.values())
        assert filled.run("first", "plan") == (0, "Nothing to do: Moodle is as it should be.\n")

    def test_what_is_made_of_the_files_gives_the_same_files(self, filled: Filled) -> None:
        first = filled.export("before")
        filled.take_away()

        code, out = filled.run("first", "apply", "--yes")

        assert (code, filled.export("after")) == (0, first), out

    def test_nothing_drifted_of_what_was_applied(self, filled: Filled) -> None:
        done = filled.run("first", "drift", "--detailed-exitcode")

        assert done == (0, "No drift: Moodle is as it was last applied.\n")

    def test_what_somebody_changes_is_told(self, filled: Filled) -> None:
        (number,) = filled.numbers()
        filled.call("core_course_update_categories", categories=[{"id": number, "name": "Other"}])

        code, out = filled.run("first", "drift", "--detailed-exitcode")

        assert code == 2
        assert out == f'category {filled.mark}: name from "Export & {filled.mark}" to "Other"\nDrift: 1.\n'
