"""Templates: courses that somebody filled once in Moodle, and that new ones are copied from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from moodle_sync.sameness import same
from moodle_sync.things.activity import Activity, as_activities, in_order
from moodle_sync.things.kind import Kind
from moodle_sync.things.section import Section, own_sections
from moodle_sync.webservice.replies import StateReply

Outline: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
"""The names of a course's sections, and the kinds and names of its activities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A course that others are copied from, as Moodle has it."""

    format: str
    sections: tuple[Section, ...]
    """With what stands in for the numbers of the copy's, which nobody knows before: below 0."""
    activities: tuple[Activity, ...] = ()


TEMPLATES: Final[Kind[str, Mapping[str, Template]]] = Kind("template", {})
"""By short name."""


def as_template(course_format: str, state: StateReply) -> Template:
    """Say in our words what Moodle tells of a template."""
    sections = (
        Section(number=-place, name=section.rawtitle, visible=section.visible)
        for place, section in enumerate(own_sections(state), 1)
    )
    return Template(format=course_format, sections=tuple(sections), activities=as_activities(state))


def outline(state: StateReply) -> Outline:
    """Give what a copy has in common with its template, and hardly any other course: names, and in which order."""
    sections = tuple(same(section.rawtitle) for section in own_sections(state))
    return sections, tuple((activity.module, same(activity.name)) for activity in in_order(state))
