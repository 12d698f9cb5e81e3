"""What a platform's service answers in pages: at one origin, each once, not too many of them, and not for too long.

All of them are read or none: what isn't on any page counts as missing. Source: RFC 8288; LTI-NRPS 2.0, section 2.4.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

from lti_tool.errors import PlatformUnreachable
from lti_tool.lti.addresses import origin
from lti_tool.lti.platform.http import place
from lti_tool.lti.platform.services import Connector

MOST_PAGES = 100
NEXT = re.compile(r"<([^<>]*)>\s*;\s*rel\s*=\s*[\"'“”]?next\b", re.IGNORECASE)
"""Moodle writes curly quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a service is asked: by which way, with which rights, and for what."""

    connector: Connector
    scopes: Sequence[str]
    media_type: str


def read(
    question: Question, first: str, *, lasts: float, onward: Callable[[str, str], str] = urljoin
) -> Iterator[tuple[str, object]]:
    """Give page after page, each with its address; none is asked for after so many seconds.

    `onward` makes the next page's address of a page's own and what its link says.

    Raises:
        PlatformUnreachable: it goes on elsewhere, or has no end.
    """
    asked: set[str] = set()
    ends, url = time.monotonic() + lasts, first
    while True:
        if url in asked or len(asked) == MOST_PAGES or (asked and time.monotonic() > ends):
            msg = f"{place(url)} has no end after {len(asked)} pages"
            raise PlatformUnreachable(msg)
        if origin(url) != origin(first):
            msg = f"{place(first)} goes on elsewhere"
            raise PlatformUnreachable(msg)
        asked.add(url)
        answer = question.connector.make_service_request(
            question.scopes, url, accept=question.media_type, case_insensitive_headers=True
        )
        yield url, answer["body"]
        link = next_page(answer["headers"].get("Link", ""))
        if not link:
            return
        url = onward(url, link)


def next_page(link: str) -> str | None:
    """Read a `Link` header (RFC 8288) as Moodle writes it too: curly quotes in UTF-8, and `&amp;` in addresses."""
    text = link.encode("latin-1", errors="replace").decode(errors="replace")
    found = NEXT.search(text)
    return unescape(found[1]) if found else None
