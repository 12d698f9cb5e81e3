"""The sections of courses, as Moodle has them."""

from collections.abc import Mapping
from typing import Final

from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.section import PLACES, Section
from moodle_sync.webservice.replies import SectionReply


def _things(sight: Sight) -> Mapping[str, tuple[Section, ...]]:
    return {key: tuple(map(_section, course.sections)) for key, course in sight.found.courses.items()}


def _section(reply: SectionReply) -> Section:
    return Section(number=reply.id, name=reply.rawtitle, visible=reply.visible)


SECTION: Final[View] = view(PLACES, _things)
