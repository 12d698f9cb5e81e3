"""The gradebook's column of an activity, where its launch named none: looked for in the course's list.

Moodle names none where an activity has several columns. Source: LTI-AGS 2.0, section 3.2.
"""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from urllib.parse import urlencode

from lti_tool.lti.addresses import origin
from lti_tool.lti.platform.services import Connector

CONTAINER = "application/vnd.ims.lis.v2.lineitemcontainer+json"
READ_SCOPES = frozenset(
    {
        "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
        "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
    }
)
MOST_PAGES = 20
NEXT = re.compile(r"<([^>]*)>\s*;\s*rel\s*=\s*[\"'“”]?next\b", re.IGNORECASE)
"""Moodle writes curly quotes."""
LineItem = Mapping[str, object]


def may_list(scopes: Sequence[str]) -> bool:
    """Tell whether the platform lets us read its line items."""
    return not READ_SCOPES.isdisjoint(scopes)


def find(
    connector: Connector, scopes: Sequence[str], line_items_url: str, link: str, activity: str | None
) -> str | None:
    """Give the address of a resource link's line item, if it has one that we may read."""
    if not may_list(scopes):
        return None
    joint = "&" if "?" in line_items_url else "?"
    address = line_items_url + joint + urlencode({"resource_link_id": link})
    return choose(_read(connector, scopes, address), link, activity)


def choose(items: Sequence[LineItem], link: str, activity: str | None) -> str | None:
    """Choose among a link's line items: the one that we placed, else the one of our kind, else the first.

    The link is looked at again: a platform may not know the filter.
    """
    of_link = [item for item in items if str(item.get("resourceLinkId")) == link and item.get("id")]
    kind = (activity or "").split("/")[0]
    ours = [item for item in of_link if activity and item.get("resourceId") == activity]
    of_kind = [item for item in of_link if kind and item.get("tag") == kind]
    return next((str(item["id"]) for item in (*ours, *of_kind, *of_link)), None)


def _read(connector: Connector, scopes: Sequence[str], address: str) -> list[LineItem]:
    """Read all pages, each at the list's own origin: the token is for nobody else."""
    items: list[LineItem] = []
    following: str | None = address
    for _ in range(MOST_PAGES):
        if following is None or origin(following) != origin(address):
            break
        page = connector.make_service_request(scopes, following, accept=CONTAINER, case_insensitive_headers=True)
        items += [item for item in _listed(page["body"]) if origin(str(item.get("id"))) == origin(address)]
        following = next_page(page["headers"].get("Link", ""))
    return items


def _listed(body: object) -> list[LineItem]:
    return [item for item in body if isinstance(item, dict)] if isinstance(body, list) else []


def next_page(link: str) -> str | None:
    """Read a `Link` header (RFC 8288) as Moodle writes it too: curly quotes in UTF-8, and `&amp;` in addresses."""
    text = link.encode("latin-1", errors="replace").decode(errors="replace")
    found = NEXT.search(text)
    return unescape(found[1]) if found else None
