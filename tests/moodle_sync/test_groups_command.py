"""`moodle-sync groups`: what it writes of a site, with which rights, and what it says of courses that it leaves out."""

import json
from pathlib import Path

import pytest
from flask import Response
from sqlalchemy import func, select

from lti_tool.demo.moodle.faults import Lasting
from lti_tool.demo.moodle.tables import Course, Group
from moodle_sync.webservice.functions import FUNCTIONS
from tests.moodle_sync.folder import CONFIGURATION, name_site, run, write_folder
from tests.moodle_sync.miniature import Running

MORE = """
[[courses]]
content = "basics"
language = "en"
category = "medtown"
idnumber = "more"
shortname = "MORE"
"""
ABSENT = "Left alone: course more: isn't on the site: `moodle-sync apply` makes it\n"
RIGHTS = "webservice/rest:use moodle/course:view moodle/course:viewhiddencourses moodle/course:managegroups"
LEAST = "9" * 32


def add_course(running: Running, shortname: str, *groups: str, idnumber: str | None = None) -> int:
    """Make a course with groups, past the web services."""
    with running.miniature.site.session() as db:
        key = shortname.lower() if idnumber is None else idnumber
        course = Course(shortname=shortname, fullname=shortname, idnumber=key)
        db.add(course)
        db.flush()
        db.add_all([Group(course_id=course.id, name=name) for name in groups])
        return course.id


def numbers_of(running: Running, course: int) -> dict[str, int]:
    """Give the numbers of a course's groups."""
    with running.miniature.site.session() as db:
        return {group.name: group.id for group in db.scalars(select(Group).filter_by(course_id=course))}


@pytest.fixture
def folder(tmp_path: Path, running: Running) -> Path:
    """Give a folder whose configuration has two courses."""
    made = write_folder(tmp_path)
    name_site(made, running.url)
    with (made / "moodle-sync.toml").open("a", encoding="utf-8") as file:
        file.write(MORE)
    return made


class TestGroups:
    """Each test begins where the one before ended."""

    def test_a_site_without_the_courses_has_no_groups(self, folder: Path, running: Running) -> None:
        code, out, err = run(folder, "groups", "--json", token=running.token)

        assert code == 1
        assert json.loads(out) == {"what": "moodle-sync groups", "version": 1, "site": running.url, "courses": []}
        assert err == ABSENT.replace("more", "basics") + ABSENT

    def test_each_course_is_told_with_its_groups_numbers_and_names(self, folder: Path, running: Running) -> None:
        basics = add_course(running, "BASICS", "Group B", "Ομάδα «A»", "Q&A <1> مجموعة")
        more = add_course(running, "MORE")

        code, out, err = run(folder, "groups", "--json", token=running.token)

        numbers = numbers_of(running, basics)
        names = ["Group B", "Q&A <1> مجموعة", "Ομάδα «A»"]
        assert (code, err) == (0, "")
        assert json.loads(out) == {
            "what": "moodle-sync groups",
            "version": 1,
            "site": running.url,
            "courses": [
                {
                    "course": {"idnumber": "basics", "shortname": "BASICS", "id": basics},
                    "groups": [{"id": numbers[name], "name": name} for name in names],
                },
                {"course": {"idnumber": "more", "shortname": "MORE", "id": more}, "groups": []},
            ],
        }

    def test_without_json_it_is_a_list_to_read(self, folder: Path, running: Running) -> None:
        code, out, err = run(folder, "groups", token=running.token)

        assert (code, err) == (0, "")
        assert out == (
            "course basics (BASICS, number 2): groups: 3\n"
            "  group 1: Group B\n"
            "  group 3: Q&A <1> مجموعة\n"
            "  group 2: Ομάδα «A»\n"
            "course more (MORE, number 3): groups: 0\n"
        )

    def test_the_least_rights_and_functions_are_enough(self, folder: Path, running: Running) -> None:
        owner = running.miniature.add_account("least", rights=RIGHTS)
        running.miniature.give_token(LEAST, owner=owner, without="core_course_get_categories")

        assert run(folder, "groups", token=LEAST) == run(folder, "groups", token=running.token)

    def test_nothing_is_written(self, folder: Path, running: Running) -> None:
        no = Response(
            json.dumps({"exception": "x", "errorcode": "x", "message": "No."}), content_type="application/json"
        )
        writes = [function.name for function in FUNCTIONS if function.writes]
        for name in writes:
            running.miniature.order_faults(name, Lasting(no))

        code, _, _ = run(folder, "groups", token=running.token)

        with running.miniature.site.session() as db:
            assert (code, db.scalar(select(func.count()).select_from(Group))) == (0, 3)
        for name in writes:
            running.miniature.order_faults(name)
        assert not (folder / "moodle-sync.journal").exists()

    def test_mistakes_in_the_source_are_no_hindrance(self, folder: Path, running: Running) -> None:
        (folder / "people.csv").unlink()

        code, _, err = run(folder, "groups", token=running.token)

        assert (code, err) == (0, "")

    def test_a_mistake_in_the_configuration_is_named(self, folder: Path, running: Running) -> None:
        (folder / "moodle-sync.toml").write_text(
            CONFIGURATION.format(site=running.url) + MORE.replace("more", "basics")
        )

        code, out, err = run(folder, "groups", token=running.token)

        assert (code, out) == (1, "")
        assert "courses[1].idnumber: stands here again: each needs its own" in err


class TestWhatIsLeftOut:
    """Each test begins where the one before ended."""

    def test_a_course_that_only_has_the_short_name_is_another_one(self, folder: Path, running: Running) -> None:
        add_course(running, "BASICS", "Group A")
        add_course(running, "MORE", "Group of others", idnumber="others")

        code, out, err = run(folder, "groups", token=running.token)

        assert (code, out) == (1, "course basics (BASICS, number 2): groups: 1\n  group 1: Group A\n")
        assert err == "Left alone: course more: its short name MORE belongs to the course whose idnumber is others\n"

    def test_a_course_whose_groups_are_closed_is_left_out(self, folder: Path, running: Running) -> None:
        with running.miniature.site.session() as db:
            db.scalars(select(Course).filter_by(shortname="MORE")).one().idnumber = "more"
        refusal = {"exception": "required_capability_exception", "errorcode": "nopermissions", "message": "Sorry."}
        answer = Response(json.dumps(refusal), content_type="application/json")
        running.miniature.order_faults("core_group_get_course_groups", answer)

        code, out, err = run(folder, "groups", token=running.token)

        assert code == 1
        assert len([line for line in out.splitlines() if line.startswith("course ")]) == 1
        assert "its groups can't be read: core_group_get_course_groups: Sorry. (nopermissions); give the token's" in err

    def test_an_account_that_may_see_no_groups_is_told_so(self, folder: Path, running: Running) -> None:
        owner = running.miniature.add_account("blind", rights=RIGHTS.rsplit(" ", maxsplit=1)[0])
        running.miniature.give_token(LEAST, owner=owner)

        code, out, err = run(folder, "groups", "--json", token=LEAST)

        assert (code, out) == (4, "")
        assert err.startswith("Error: core_group_get_course_groups: ")
        assert err.endswith("`moodle-sync doctor` says what is missing, and where to click.\n")
