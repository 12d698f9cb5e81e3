"""The whole table: the lines of all wings, and the views and actions that the application has."""

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from tests.lti_tool.community.matrix.wings import calendar, canvases, core, helping, looking_after, reading

LINES = [*core.LINES, *helping.LINES, *looking_after.LINES, *calendar.LINES, *canvases.LINES, *reading.LINES]
BY_LINKS = ("mails.ask", "mails.ask_to_keep", "mails.go", "mails.keep", "mails.stop")
"""What links in mails lead to, for whoever has them, without a session: `test_digest_links` and `_ending` have them."""
HOME = "lti_tool.community."


def named() -> set[str]:
    """Name what the table has."""
    plain = {f"{line.method} {line.endpoint}" for line in LINES}
    return plain | {f"{line.method} {line.endpoint} {line.about}" for line in LINES}


def there(app: Flask) -> Iterator[str]:
    """Name the views and actions of the community that the application has, and each sort of piece that they take."""
    for rule in app.url_map.iter_rules():
        if app.view_functions[rule.endpoint].__module__.startswith(HOME) and rule.endpoint not in BY_LINKS:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield from (f"{method} {rule.endpoint} {sort}".strip() for sort in _sorts(rule))


def _sorts(rule: Rule) -> set[str]:
    """Name the sorts that an address is for; that of one thing is told by the table."""
    found = re.search(r"<any\((.*?)\):sort>", rule.rule)
    return set(found[1].split(", ")) if found else {""}
