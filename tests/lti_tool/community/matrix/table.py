"""The whole table: the lines of all wings, and the views and actions that the application has."""

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from tests.lti_tool.community.matrix.wings import calendar, canvases, core, helping, looking_after, of_people, reading

WINGS = (core, helping, looking_after, calendar, canvases, reading, of_people)
LINES = [line for wing in WINGS for line in wing.LINES]
BY_LINKS = ("mails.ask", "mails.ask_to_keep", "mails.go", "mails.keep", "mails.stop")
"""What links in mails lead to, for whoever has them, without a session: `test_digest_links` and `_ending` have them."""
HOMES = ("lti_tool.community.", "lti_tool.naming.", "lti_tool.privacy.")
"""Where the views are of which the table has all: the community, and what is kept of its people and shown as a name."""


def named() -> set[str]:
    """Name what the table has."""
    plain = {f"{line.method} {line.endpoint}" for line in LINES}
    return plain | {f"{line.method} {line.endpoint} {line.about}" for line in LINES}


def there(app: Flask) -> Iterator[str]:
    """Name the views and actions that the application has, and each sort of piece that they take."""
    for rule in app.url_map.iter_rules():
        if app.view_functions[rule.endpoint].__module__.startswith(HOMES) and rule.endpoint not in BY_LINKS:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield from (f"{method} {rule.endpoint} {sort}".strip() for sort in _sorts(rule))


def _sorts(rule: Rule) -> set[str]:
    """Name the sorts that an address is for; that of one thing is told by the table."""
    found = re.search(r"<any\((.*?)\):sort>", rule.rule)
    return set(found[1].split(", ")) if found else {""}
