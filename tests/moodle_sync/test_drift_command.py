"""`moodle-sync drift`: what somebody changed since it was applied, by the site and the journal alone."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Executable, ScalarSelect, delete, select, update
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.settings import STOCK_ROLES
from lti_tool.demo.moodle.tables import Course, Enrolment, Group, GroupMember, Section, User
from lti_tool.demo.moodle.webservice.tables import Category, Cohort, CohortMember, Grouping, GroupingGroup
from moodle_sync.journal.journal import Journal
from moodle_sync.multilang import in_languages
from moodle_sync.session.drift import drift
from moodle_sync.settings import Access
from moodle_sync.webservice.functions import FUNCTIONS
from tests.moodle_sync.exporting.moving import apply_to
from tests.moodle_sync.folder import UNKNOWN, name_site, run, write_folder
from tests.moodle_sync.miniature import TOKEN, Miniature, Running, make_miniature

PEOPLE = """\
username,firstname,lastname,email,course1,role1,group1,course2,role2,cohort1
ana,Ana,Ruiz,ana@example.org,BASICS,student,Group A,BASICS,teacher,agents
sami,Sami,Haddad,sami@example.org,BASICS,student,Group A,,,agents
"""
NOTHING = "No drift: Moodle is as it was last applied.\n"
SETTINGS = 'content = "content"\n'
MORE = """\
starts = 2026-10-01
visible = true
hidden = []

[[cohorts]]
idnumber = "agents"
name = "Agents"

[[groups]]
course = "basics"
idnumber = "north"
name = "Group A"

[[groupings]]
course = "basics"
idnumber = "regions"
name = "Regions"
groups = ["north"]
"""


def prepare(folder: Path, site: str) -> None:
    """Write a folder's files for a site."""
    write_folder(folder)
    name_site(folder, site)
    file = folder / "moodle-sync.toml"
    said = file.read_text(encoding="utf-8").replace("[roles]\nstudent = 15\n", "")
    file.write_text(SETTINGS + said + MORE, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")


def change(miniature: Miniature, by_hand: Callable[[Session], object]) -> None:
    """Change something past the web services."""
    with miniature.site.session() as db:
        by_hand(db)


@pytest.fixture
def applied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Miniature, Access]]:
    """Give a site to which a folder was applied, and where its journal is."""
    monkeypatch.setenv("MOODLE_TOKEN", TOKEN)
    miniature = make_miniature(roles=STOCK_ROLES)
    prepare(tmp_path, miniature.site.settings.wwwroot)
    assert str(apply_to(miniature, tmp_path).outcome) == "done"
    yield miniature, Access(site=miniature.site.settings.wwwroot, journal=tmp_path / "moodle-sync.journal")
    miniature.site.close()


def lines(applied: tuple[Miniature, Access]) -> list[str]:
    """Look for drift."""
    miniature, access = applied
    with Journal.open(access.journal, access.site) as journal:
        return [found.line for found in drift(miniature.client(), journal, access).found]


def test_what_was_just_applied_did_not_drift(applied: tuple[Miniature, Access]) -> None:
    assert lines(applied) == []


def _of(username: str) -> ScalarSelect[int]:
    return select(User.id).filter_by(username=username).scalar_subquery()


def _swap(db: Session) -> None:
    one, two = db.scalars(select(Section).order_by(Section.position)).all()
    one.position, two.position = two.position, one.position


@pytest.mark.parametrize(
    ("by_hand", "said"),
    [
        (update(Category).where(Category.idnumber == "medtown").values(name="Other"), [
            'category medtown: name from "MedTOWN" to "Other"']),
        (update(Category).where(Category.idnumber == "medtown").values(parent=1), [
            'category medtown: parent from "" to "1"']),
        (update(Category).where(Category.idnumber == "medtown").values(idnumber="x"), [
            "category medtown: is gone, or has another ID number", 'course basics: category from "medtown" to ""']),
        (update(Course).where(Course.shortname == "BASICS").values(fullname="Other", visible=0), [
            'course basics: fullname from "The basics" to "Other"', 'course basics: visible from "1" to "0"']),
        (update(Course).where(Course.shortname == "BASICS").values(startdate=1_790_899_200), [
            'course basics: startdate from "2026-10-01 00:00 UTC" to "2026-10-02 00:00 UTC"']),
        (update(Course).where(Course.shortname == "BASICS").values(idnumber="x"), [
            'course basics: idnumber from "basics" to "x"']),
        (update(Course).where(Course.shortname == "BASICS").values(idnumber="x", shortname="X"), [
            "course basics: is gone, or has another ID number and another short name"]),
        (update(Section).where(Section.name == "First things").values(name="Other"), [
            'course basics: section "First things" is called "Other"']),
        (update(Section).where(Section.name == "First things").values(name=in_languages({"en": "One", "es": "Uno"})), [
            'course basics: section "First things" is called "One (in 2 languages)"']),
        (update(Section).where(Section.name == "First things").values(visible=False), [
            'course basics: section "First things" is hidden']),
        (delete(Section).where(Section.name == "Second things"), ['course basics: section "Second things" is gone']),
        (update(Enrolment).where(Enrolment.user_id == _of("ana")).values(role="teacher", more_roles=""), [
            "course basics: ana is student no more"]),
        (delete(GroupMember).where(GroupMember.user_id == _of("ana")), [
            'course basics: ana is in group "Group A" no more']),
        (update(Group).values(name="Group B"), ['group basics/north: name from "Group A" to "Group B"']),
        (delete(CohortMember).where(CohortMember.user_id == _of("ana")), ["cohort agents: ana is in it no more"]),
        (update(Cohort).values(idnumber="x"), ["cohort agents: is gone, or has another ID number"]),
        (update(Cohort).values(name="Other"), ['cohort agents: name from "Agents" to "Other"']),
        (update(Group).values(idnumber="x", name="Y"), ["group basics/north: is gone, or has another ID number"]),
        (update(Grouping).values(name="Other"), ['grouping basics/regions: name from "Regions" to "Other"']),
        (delete(GroupingGroup), ["course basics: group north is in grouping regions no more"]),
    ],
)  # fmt: skip
def test_what_somebody_changed_is_told(applied: tuple[Miniature, Access], by_hand: Executable, said: list[str]) -> None:
    change(applied[0], lambda db: db.execute(by_hand))

    assert lines(applied) == said


def test_sections_in_another_order_are_told(applied: tuple[Miniature, Access]) -> None:
    change(applied[0], _swap)

    assert lines(applied) == ["course basics: its sections are in another order"]


def test_who_left_a_course_is_told_once(applied: tuple[Miniature, Access]) -> None:
    change(applied[0], lambda db: db.execute(delete(GroupMember).where(GroupMember.user_id == _of("sami"))))
    change(applied[0], lambda db: db.execute(delete(Enrolment).where(Enrolment.user_id == _of("sami"))))

    assert lines(applied) == ["course basics: sami is in it no more"]


def test_who_only_seems_to_have_left_is_not_told(applied: tuple[Miniature, Access]) -> None:
    change(applied[0], lambda db: db.execute(delete(Enrolment).where(Enrolment.user_id == _of("sami"))))

    assert lines(applied) == []


def test_what_was_changed_back_is_no_drift(applied: tuple[Miniature, Access]) -> None:
    change(applied[0], _swap)
    change(applied[0], _swap)

    assert lines(applied) == []


def test_nothing_is_written_neither_in_moodle_nor_in_the_journal(applied: tuple[Miniature, Access]) -> None:
    miniature, access = applied
    change(miniature, lambda db: db.execute(delete(Enrolment)))
    miniature.calls.clear()
    before = access.journal.read_bytes()

    lines(applied)

    assert not {function.name for function in FUNCTIONS if function.writes} & set(miniature.calls)
    assert access.journal.read_bytes() == before


class TestCommand:
    """Each test begins where the one before ended."""

    def test_where_nothing_was_applied_nothing_can_have_drifted(self, there: Path, running: Running) -> None:
        code, out, err = run(there, "drift", token=running.token)

        assert (code, out) == (1, "")
        assert err.endswith("there is no journal, so nothing was applied from here that could have changed\n")

    def test_neither_curriculum_nor_people_are_needed(self, there: Path, running: Running) -> None:
        assert run(there, "apply", "--yes", token=running.token)[0] == 0
        (there / "people.csv").unlink()
        (there / "content").rename(there / "elsewhere")
        (there / "moodle-sync.toml").write_text(f'site = "{running.url}"\n', encoding="utf-8")

        done = run(there, "drift", "--detailed-exitcode", token=running.token)

        assert done == (0, NOTHING, "")

    def test_drift_is_an_exit_code_where_it_is_asked_for(self, there: Path, running: Running) -> None:
        change(running.miniature, lambda db: db.execute(update(Category).values(name="Other")))

        plainly = run(there, "drift", token=running.token)
        detailed = run(there, "drift", "--detailed-exitcode", token=running.token)

        out = 'category medtown: name from "MedTOWN" to "Other"\nDrift: 1.\n'
        assert (plainly, detailed) == ((0, out, ""), (2, out, ""))

    def test_programs_read_it_as_json(self, there: Path, running: Running) -> None:
        change(running.miniature, lambda db: db.execute(delete(GroupMember)))

        code, out, _ = run(there, "drift", "--json", token=running.token)

        changed = {"kind": "category", "key": "medtown", "field": "name", "applied": "MedTOWN", "now": "Other"}
        gone = {"kind": "group member", "key": "ana in Group A in basics", "field": None, "applied": None, "now": None}
        assert code == 0
        assert json.loads(out) == {
            "what": "moodle-sync drift",
            "version": 1,
            "site": running.url,
            "drift": [changed, gone],
        }

    def test_who_sees_no_course_is_told_so_and_not_that_all_is_gone(self, there: Path, running: Running) -> None:
        blind = running.miniature.add_account("blind", rights="webservice/rest:use moodle/category:manage")
        running.miniature.give_token("7" * 32, owner=blind)

        code, out, err = run(there, "drift", token="7" * 32)

        assert (code, out) == (1, "")
        assert err.startswith("Error: ")

    def test_a_token_that_moodle_does_not_take_is_said(self, there: Path) -> None:
        code, out, _ = run(there, "drift", token=UNKNOWN)

        assert (code, out) == (4, "")
