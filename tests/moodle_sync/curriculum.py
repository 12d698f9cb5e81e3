"""A curriculum in files, and what people do to it on Moodle's own pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from moodle_sync.planning.plan import Plan
from moodle_sync.things.course import COURSES
from moodle_sync.things.section import MODULES, PLACES, Module
from moodle_sync.things.state import State
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import NAME_SECTION, UPDATE_COURSES, UPDATE_SECTIONS
from tests.moodle_sync.administered import AS_USUAL, Administered, look
from tests.moodle_sync.examples import COURSE, FULL, with_course

WINS = replace(AS_USUAL, file_wins=True)
NEEDS, POLICIES, ECONOMY = (
    Module(id=name.lower(), name=name, visible=True) for name in ("Needs", "Policies", "Economy")
)


def wanting(*modules: Module) -> State:
    """Make a file with these modules."""
    course = replace(COURSE, sections=tuple(module.name for module in modules))
    return FULL.having(COURSES, {"tot": course}).having(MODULES, {"tot": modules})


def lines(plan: Plan) -> list[str]:
    """Tell what a plan would do."""
    return [action.line(UTC) for action in plan.actions]


def remarks(plan: Plan) -> list[str]:
    """Tell what deserves a look, without what can be done about it."""
    return [remark.message.partition(": changed in Moodle")[0] for remark in plan.remarks]


def there(site: Administered) -> Sequence[tuple[str, bool]]:
    """Tell the names of the course's sections, and whether they are shown."""
    sections = look(site.miniature.client()).state[PLACES]["tot"]
    return [(section.name, section.visible) for section in sections]


def number_of(site: Administered, name: str) -> int:
    """Find a section by its name."""
    return next(one.number for one in look(site.miniature.client()).state[PLACES]["tot"] if one.name == name)


def by_hand(site: Administered, action: str, number: int, behind: int = 0) -> None:
    """Do what whoever teaches does on the course's page."""
    course = look(site.miniature.client()).ids[COURSES]["tot"]
    more: dict[str, Value] = {"targetsectionid": behind} if behind else {}
    site.miniature.client().call(UPDATE_SECTIONS, action=action, courseid=course, ids=[number], **more)


def call(site: Administered, number: int, name: str) -> None:
    """Call a section otherwise."""
    row: dict[str, Value] = {"component": "format_topics", "itemtype": "sectionname", "itemid": number, "value": name}
    site.miniature.client().call(NAME_SECTION, **row)


def settled(**changes: object) -> State:
    """Make a file with other settings of the course."""
    usual = {"page": "<p>All of it.</p>", "summary": "All of it.", "visible": True, "group_mode": 0}
    return with_course(FULL, **{**usual, **changes})


def change(site: Administered, **fields: Value) -> None:
    """Change the course in Moodle, as on its page of settings."""
    number = look(site.miniature.client()).ids[COURSES]["tot"]
    site.miniature.client().call(UPDATE_COURSES, courses=[{"id": number, **fields}])
