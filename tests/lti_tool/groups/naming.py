"""Files of groups' names, as `moodle-sync groups --json` writes them."""

import json
from typing import Any

SITE = "http://localhost:8100"
"""Whose people `enter` lets in."""
Parts = dict[str, Any]


def parts(*courses: Parts, **changes: object) -> Parts:
    """Write a file's parts."""
    return {"what": "moodle-sync groups", "version": 1, "site": SITE, "courses": [*courses], **changes}


def course(number: int, *names: str, first: int = 1, **changes: object) -> Parts:
    """Write a course, and its groups with numbers in a row."""
    groups = [{"id": first + place, "name": name} for place, name in enumerate(names)]
    return {"course": {"idnumber": f"c{number}", "shortname": f"C{number}", "id": number}, "groups": groups, **changes}


def written(document: object) -> bytes:
    """Write JSON."""
    return json.dumps(document, ensure_ascii=False).encode()
