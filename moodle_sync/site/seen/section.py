"""The sections of courses, as Moodle has them, and as copies of templates will have them."""

from collections.abc import Mapping
from typing import Final

from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.course import COURSES
from moodle_sync.things.section import PLACES, Section
from moodle_sync.things.template import TEMPLATES
from moodle_sync.webservice.replies import SectionReply


def _things(sight: Sight) -> Mapping[str, tuple[Section, ...]]:
    templates = sight.state[TEMPLATES]
    copies = {
        key: templates[course.template].sections
        for key, course in sight.desired[COURSES].items()
        if course.template and course.template in templates and key not in sight.found.closed
    }
    there = {key: tuple(map(_section, course.sections)) for key, course in sight.found.courses.items()}
    return {**copies, **there}


def _section(reply: SectionReply) -> Section:
    return Section(number=reply.id, name=reply.rawtitle, visible=reply.visible)


SECTION: Final[View] = view(PLACES, _things)
