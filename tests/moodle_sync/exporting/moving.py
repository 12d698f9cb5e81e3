"""Sites that are moved: exported, applied to an empty one, exported again."""

from collections.abc import Mapping
from pathlib import Path

from lti_tool.demo.moodle.tables import Course, Enrolment, Group, GroupMember, Section, User
from lti_tool.demo.moodle.webservice.tables import Category, Cohort, CohortMember, Grouping
from moodle_sync import Record, apply, open_session, plan, read_files
from moodle_sync.exporting.export import Export, export
from moodle_sync.planning.plan import Plan
from moodle_sync.settings import Access
from moodle_sync.site.whole import Choice
from tests.moodle_sync.miniature import Miniature

ALL = Choice()


class Furnished:
    """A miniature that is filled past the web services, as people fill a site by hand."""

    def __init__(self, miniature: Miniature) -> None:
        self.miniature = miniature

    def add(self, row: Category | Cohort | Course | Group | Grouping | User) -> int:
        """Add a row; give its number."""
        with self.miniature.site.session() as db:
            db.add(row)
            db.flush()
            return row.id

    def category(self, name: str, idnumber: str = "", parent: int = 0, **more: str) -> int:
        return self.add(Category(name=name, idnumber=idnumber, parent=parent, **more))

    def course(self, shortname: str, category: int, *sections: str, **more: str | int) -> int:
        fields: dict[str, str | int] = {"fullname": f"Course {shortname}", "idnumber": shortname.lower(), **more}
        number = self.add(Course(shortname=shortname, category_id=category, **fields))
        with self.miniature.site.session() as db:
            db.add_all(Section(course_id=number, position=place, name=name) for place, name in enumerate(sections, 1))
        return number

    def person(self, username: str, **fields: str | bool) -> int:
        named: dict[str, str | bool] = {"firstname": "By", "lastname": "Hand", "email": f"{username}@example.org"}
        return self.add(User(username=username, **{**named, **fields}))

    def enrol(self, course: int, person: int, *roles: str, **more: bool | int) -> None:
        row = Enrolment(course_id=course, user_id=person, role="", **more)
        row.roles = list(roles)
        with self.miniature.site.session() as db:
            db.add(row)

    def group(self, course: int, name: str, *people: int) -> None:
        number = self.add(Group(course_id=course, name=name))
        with self.miniature.site.session() as db:
            db.add_all(GroupMember(group_id=number, user_id=person) for person in people)

    def grouping(self, course: int, name: str) -> None:
        self.add(Grouping(course_id=course, name=name))

    def cohort(self, idnumber: str, *people: int, name: str = "", **more: str | int) -> None:
        number = self.add(Cohort(name=name or idnumber, idnumber=idnumber, **more))
        with self.miniature.site.session() as db:
            db.add_all(CohortMember(cohort_id=number, user_id=person) for person in people)


def exported(miniature: Miniature, choice: Choice = ALL) -> Export:
    """Export a site."""
    return export(miniature.client(), Access(site=miniature.site.settings.wwwroot), choice)


def files_in(folder: Path) -> Mapping[str, str]:
    """Give the files of a folder by their places."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in files}


def planned(miniature: Miniature, folder: Path) -> Plan:
    """Plan what a folder's files say, for a site."""
    files = read_files(folder / "moodle-sync.toml", environment={})
    with open_session(files, to_write=False, make=lambda _site, _token: miniature.client()) as session:
        return plan(session).plan


def apply_to(miniature: Miniature, folder: Path) -> Record:
    """Apply what a folder's files say to a site."""
    files = read_files(folder / "moodle-sync.toml", environment={})
    with open_session(files, to_write=True, make=lambda _site, _token: miniature.client()) as session:
        return apply(session, plan(session))
