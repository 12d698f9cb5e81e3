"""What a folder says of courses, one time and the next, and what people do to them in Moodle between."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import Course, Section
from lti_tool.demo.moodle.webservice.tables import Category

CATEGORY: Final = '[[categories]]\nidnumber = "medtown"\nname = "MedTOWN"\n'
TABLES: Final = """\
{categories}
[[courses]]
content = "basics"
language = "en"
category = "medtown"
idnumber = "basics"
shortname = "BASICS"
{settings}
"""


CIRCLES: Final = """
[[groups]]
course = "basics"
idnumber = "a"
name = "Group A"

[[groups]]
course = "basics"
idnumber = "b"
name = "Group B"

[[groupings]]
course = "basics"
idnumber = "halves"
name = "Halves"
groups = ["a"]

[[cohorts]]
idnumber = "agents"
name = "Agents"
"""
OTHER_CIRCLES: Final = """
[[groups]]
course = "basics"
idnumber = "a"
name = "First half"
description = "Those who came first."

[[groups]]
course = "basics"
idnumber = "b"
name = "Group B"

[[groupings]]
course = "basics"
idnumber = "halves"
name = "Parts"
groups = ["b"]

[[groupings]]
course = "basics"
idnumber = "early"
name = "Early"
groups = ["a"]

[[cohorts]]
idnumber = "agents"
name = "Local agents"
category = "medtown"
"""


@dataclass(frozen=True)
class Curriculum:
    """A course and its modules, and the categories above it."""

    modules: Mapping[str, str] = field(default_factory=lambda: {"one": "Module one", "two": "Module two"})
    """Titles, in the course's order."""
    title: str = "The basics"
    summary: str = "All."
    settings: str = ""
    """Of the course, as the configuration has them."""
    categories: str = CATEGORY
    circles: str = ""
    """Groups, groupings and cohorts, as the configuration has them."""
    changed_in_moodle: str = "keep"

    def write(self, folder: Path) -> None:
        """Write it into a folder that has a configuration."""
        course = folder / "content" / "curriculum" / "basics"
        unit = "\n    activities:\n      - unit: reading"
        lines = "\n".join(f"  - id: {module}{unit if module == 'one' else ''}" for module in self.modules)
        (course / "course.yaml").write_text(f"id: basics\nlanguages: [en]\nmodules:\n{lines}\n", encoding="utf-8")
        texts = "\n".join(f"  {module}: {{title: {title}, summary: It.}}" for module, title in self.modules.items())
        head = f"title: {self.title}\nsummary: {self.summary}\n"
        (course / "en.yaml").write_text(f"{head}modules:\n{texts}\n", encoding="utf-8")
        self._configure(folder / "moodle-sync.toml")

    def _configure(self, configuration: Path) -> None:
        head = configuration.read_text(encoding="utf-8").partition("[[categories]]")[0].splitlines()
        others = [line for line in head if line and not line.startswith("changed_in_moodle")]
        tables = TABLES.format(categories=self.categories, settings=self.settings)
        chosen = f'changed_in_moodle = "{self.changed_in_moodle}"'
        configuration.write_text("\n".join([chosen, *others, "", tables, self.circles]), encoding="utf-8")


SHORT: Final = Curriculum(settings="ends = 2027-10-01\n")
IN_CIRCLES: Final = replace(SHORT, circles=CIRCLES)
IN_OTHERS: Final = replace(SHORT, circles=OTHER_CIRCLES)
LONG: Final = Curriculum(
    modules={"one": "Module one", "two": "Module two", "three": "Module three", "four": "Module four"},
    settings='hidden = []\nvisible = true\ngroups = "none"\nends = 2027-10-01\n',
    categories=f'{CATEGORY}\n[[categories]]\nidnumber = "work"\nname = "Work"\ndescription = "Here."\n',
)
LATER: Final = Curriculum(
    modules={
        "two": "Module two anew",
        "new": "Module new",
        "one": "Module one anew",
        "three": "Module three",
        "four": "Module four",
    },
    title="The basics anew",
    summary="All.",
    settings='hidden = ["one"]\nvisible = true\ngroups = "separate"\nends = 2027-11-01\n',
    categories='[[categories]]\nidnumber = "work"\nname = "Work"\ndescription = "There."\n\n'
    '[[categories]]\nidnumber = "medtown"\nname = "MedTOWN 2026"\nparent = "work"\n',
)
"""Modules are renamed, moved, inserted and hidden, settings are others, a category is moved and renamed."""


def change_by_hand(site: Site) -> None:
    """Change in Moodle what the file says the same of, before and after, and put a section of one's own there."""
    with site.session() as db:
        course = db.scalars(select(Course).filter_by(shortname="BASICS")).one()
        course.visible, course.summary = 0, "<p>My own.</p>"
        _category(db, "work").name = "Our work"
        _section(db, "Module three").name = "My own words"
        four = _section(db, "Module four")
        four.visible, four.position = False, four.position + 1
        db.add(Section(course_id=course.id, position=four.position - 1, name="Mine"))


def _section(db: Session, name: str) -> Section:
    return db.scalars(select(Section).filter_by(name=name)).one()


def _category(db: Session, idnumber: str) -> Category:
    return db.scalars(select(Category).filter_by(idnumber=idnumber)).one()
