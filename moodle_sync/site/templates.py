"""Reads the courses that others are copied from."""

from collections.abc import Iterable

from moodle_sync.errors import Refused, RightMissing
from moodle_sync.sameness import same
from moodle_sync.site.courses import CLOSED
from moodle_sync.site.found import TemplateFound
from moodle_sync.things.course import Course
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import GET_COURSES, GET_STATE


def read_templates(client: Client, wanted: Iterable[Course]) -> dict[str, TemplateFound | Refused]:
    """Read the templates of courses by short name, or why they can't be read; what isn't there is left out."""
    names = sorted({course.template for course in wanted if course.template})
    read = {name: _read(client, name) for name in names}
    return {name: template for name, template in read.items() if template}


def _read(client: Client, name: str) -> TemplateFound | Refused | None:
    for course in client.call(GET_COURSES, field="shortname", value=name).courses:
        if same(course.shortname) == same(name):
            try:
                return TemplateFound(course=course, state=client.call(GET_STATE, courseid=course.id))
            except Refused as refused:
                if refused.errorcode in CLOSED or isinstance(refused, RightMissing):
                    return refused
                raise
    return None
