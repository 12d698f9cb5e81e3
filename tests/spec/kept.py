"""A folder whose curriculum changes, and a course in Moodle that people change by hand."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.spec import webservice
from tests.spec.sync import run_sync

CONFIGURATION = """\
site = "{url}"
new_accounts = "quiet"
people = "people.csv"
{wins}

[[categories]]
idnumber = "work-{mark}"
name = "Work {mark}"

[[categories]]
idnumber = "care-{mark}"
name = "{category}"
parent = "{above}"
description = "{description}"

[[courses]]
content = "basics"
language = "en"
category = "{inside}-{mark}"
idnumber = "basics-{mark}"
shortname = "BASICS-{mark}"
hidden = {hidden}
{settings}
"""
WINS = 'changed_in_moodle = "overwrite"'
READING = {"unit.yaml": "id: reading\nminutes: 5\n", "en.md": "# Reading\n\nRead this.\n\nA text.\n"}


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a file says of a course and its category."""

    modules: Mapping[str, str]
    """Titles, in the course's order."""
    title: str
    summary: str
    hidden: tuple[str, ...]
    settings: Mapping[str, str]
    """Of the course, as the configuration has them."""
    category: str
    description: str
    below: bool = False
    """Whether the category is below another one."""
    inside: str = "care"
    """Which category the course is in."""
    wins: bool = False
    """Whether what somebody changed in Moodle is written again."""


@dataclass
class Kept:
    """An administrator's folder, and the pages of Moodle: what is done there goes the way that the pages go."""

    folder: Path
    url: str
    token: str
    mark: str

    @property
    def course(self) -> str:
        return f"basics-{self.mark}"

    def write(self, written: Written) -> None:
        """Write the folder anew."""
        unit = "\n    activities:\n      - unit: reading"
        first = next(iter(sorted(written.modules)))
        lines = [f"  - id: {module}{unit if module == first else ''}" for module in written.modules]
        texts = [f'  {module}: {{title: "{title}", summary: It.}}' for module, title in written.modules.items()]
        course = self.folder / "content" / "curriculum" / "basics"
        _put(course / "course.yaml", "id: basics\nlanguages: [en]\nmodules:", *lines)
        _put(course / "en.yaml", f'title: "{written.title}"\nsummary: "{written.summary}"\nmodules:', *texts)
        for name, text in READING.items():
            _put(self.folder / "content" / "units" / "reading" / name, text)
        (self.folder / "content" / "exercises").mkdir(exist_ok=True)
        person = f"kept-{self.mark},Ana,Ruiz,kept-{self.mark}@example.org"
        _put(self.folder / "people.csv", "username,firstname,lastname,email", person)
        _put(self.folder / "moodle-sync.toml", self._configuration(written))

    def plan(self) -> str:
        """Ask what there is to do, and what deserves a look."""
        return self._run("plan")

    def apply(self) -> str:
        """Do what there is to do."""
        return self._run("apply", "--yes")

    def sections(self) -> list[tuple[str, bool]]:
        """Give the course's sections: what they are called, and whether they are shown."""
        return [(section["rawtitle"] or "", section["visible"]) for section in self._sections()]

    def numbers(self) -> set[str]:
        """Give the numbers of the course's sections."""
        return {section["id"] for section in self._sections()}

    def sight(self) -> object:
        """Give all that somebody sees: the categories, the course's settings and its sections."""
        categories = {name: self._category(name) for name in ("work", "care")}
        names = ("fullname", "shortname", "summary", "format", "visible", "startdate", "enddate", "lang", "groupmode")
        course = self._course()
        seen = {name: {key: one[key] for key in ("name", "parent", "description")} for name, one in categories.items()}
        return seen, {name: course[name] for name in (*names, "enablecompletion", "categoryid")}, self.sections()

    def rename(self, name: str, other: str) -> None:
        """Call a section otherwise."""
        self._name(self._number(name), other)

    def move(self, name: str, behind: str) -> None:
        """Move a section behind another."""
        self._edit("section_move_after", self._number(name), targetsectionid=self._number(behind))

    def hide_and_show(self, hidden: str, shown: str) -> None:
        """Hide a section, and show another one."""
        self._edit("section_hide", self._number(hidden))
        self._edit("section_show", self._number(shown))

    def add(self, name: str, behind: str) -> None:
        """Put a section of one's own behind another."""
        self._edit("section_add")
        self._name(self._sections()[-1]["id"], name)
        self.move(name, behind)

    def change_course(self, **settings: str) -> None:
        """Change settings of the course."""
        changes = {f"courses[0][{name}]": value for name, value in settings.items()}
        self._call("core_course_update_courses", **{"courses[0][id]": str(self._course()["id"]), **changes})

    def move_course(self, category: str) -> None:
        """Move the course into another category."""
        self.change_course(categoryid=str(self._category(category)["id"]))

    def make_category(self) -> None:
        """Make the upper category, as on its page: without an idnumber."""
        fields = {"categories[0][name]": f"Work {self.mark}", "categories[0][parent]": "0"}
        self._call("core_course_create_categories", **fields)

    def change_category(self, which: str, **fields: str) -> None:
        """Change a category."""
        changes = {f"categories[0][{name}]": value for name, value in fields.items()}
        number = str(self._category(which)["id"])
        self._call("core_course_update_categories", **{"categories[0][id]": number, **changes})

    def take_away(self) -> None:
        """Take the course, its categories and the account away."""
        for name in ("care", "work"):
            for category in self._categories(name):
                one = {"categories[0][id]": str(category["id"]), "categories[0][recursive]": "1"}
                self._call("core_course_delete_categories", **one)
        webservice.delete_users(self.url, self.token, [f"kept-{self.mark}"])

    def _configuration(self, written: Written) -> str:
        return CONFIGURATION.format(
            url=self.url,
            mark=self.mark,
            wins=WINS if written.wins else "",
            category=written.category,
            above=f"work-{self.mark}" if written.below else "",
            description=written.description,
            inside=written.inside,
            hidden=json.dumps(written.hidden),
            settings="\n".join(f"{name} = {value}" for name, value in written.settings.items()),
        )

    def _run(self, *arguments: str) -> str:
        environment = {**os.environ, "MOODLE_TOKEN": self.token, "CONTENT_DIR": str(self.folder / "content")}
        done = run_sync(self.folder, *arguments, environment=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def _sections(self) -> list[dict[str, Any]]:
        state = json.loads(self._call("core_courseformat_get_state", courseid=str(self._course()["id"])))
        return [section for section in state["section"] if section["number"] and not section.get("component")]

    def _number(self, name: str) -> str:
        return str(next(section["id"] for section in self._sections() if section["rawtitle"] == name))

    def _name(self, number: str, name: str) -> None:
        about = {"component": f"format_{self._course()['format']}", "itemtype": "sectionname"}
        self._call("core_update_inplace_editable", **about, itemid=number, value=name)

    def _edit(self, action: str, *numbers: str, **more: str) -> None:
        chosen = {f"ids[{place}]": number for place, number in enumerate(numbers)}
        course = str(self._course()["id"])
        self._call("core_courseformat_update_course", action=action, courseid=course, **chosen, **more)

    def _course(self) -> dict[str, Any]:
        found = self._call("core_course_get_courses_by_field", field="idnumber", value=self.course)
        course: dict[str, Any] = found["courses"][0]
        return course

    def _category(self, name: str) -> dict[str, Any]:
        return self._categories(name)[0]

    def _categories(self, name: str) -> list[dict[str, Any]]:
        asked = {"criteria[0][key]": "idnumber", "criteria[0][value]": f"{name}-{self.mark}"}
        found: list[dict[str, Any]] = self._call("core_course_get_categories", **asked)
        return found

    def _call(self, function: str, **arguments: str) -> Any:
        return webservice.call(self.url, self.token, function, {**arguments, "moodlewssettingraw": "1"})


def _put(file: Path, *lines: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
