"""The groups of courses: as lines, and as the file that `lti-tool groups name` reads.

The file is JSON: `what` and `version` say what it is, `site` is the site's own address, and `courses` holds for each
course its `course` (`idnumber` and `shortname`, and `id`, its number in Moodle) and its `groups` (`id`, the number in
Moodle, and `name`). It names nobody.
"""

import json
from collections.abc import Iterator
from typing import Final

from moodle_sync.site.groups import CourseGroups, GroupsFound

WHAT: Final = "moodle-sync groups"
VERSION: Final = 1


def groups_text(found: GroupsFound) -> str:
    """Write groups as JSON, in lines that can be compared."""
    document = {
        "what": WHAT,
        "version": VERSION,
        "site": found.site,
        "courses": [_document(course) for course in found.courses],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _document(course: CourseGroups) -> dict[str, object]:
    return {
        "course": {"idnumber": course.idnumber, "shortname": course.shortname, "id": course.number},
        "groups": [{"id": group.id, "name": group.name} for group in course.groups],
    }


def group_lines(found: GroupsFound) -> Iterator[str]:
    """Write groups as lines: each course, and below it its groups with their numbers."""
    for course in found.courses:
        yield f"course {course.idnumber} ({course.shortname}, number {course.number}): groups: {len(course.groups)}"
        yield from (f"  group {group.id}: {group.name}" for group in course.groups)
