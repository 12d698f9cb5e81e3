"""The gradebook's column of an activity, by the platform's own word.

A launch's claim isn't that: Moodle makes it of a number that the browser carries, or of a teacher's custom parameter.
Source: LTI-AGS 2.0, section 3.2.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from pylti1p3.exception import LtiServiceException

from lti_tool.lti.addresses import origin
from lti_tool.lti.platform import pages
from lti_tool.lti.platform.pages import Question
from lti_tool.lti.platform.services import Connector

CONTAINER = "application/vnd.ims.lis.v2.lineitemcontainer+json"
LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json"
READ_SCOPES = frozenset(
    {
        "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
        "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
    }
)
WHOLE_LIST = 30.0
"""Seconds after which no further page is asked for; with that page and the score it ends within a delivery's lease."""
LineItem = Mapping[str, object]
PLAIN_PATH = re.compile(r"(?:/(?!\.)[\w.~-]+)+", re.ASCII)
"""Further steps of a path, none of which is hidden, empty, encoded, or leads up."""
NOT_OURS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""What an address answers that is no line item of ours: the list has just been read with the same token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is known of the line item that is looked for."""

    link: str
    """The resource link that it must name."""
    activity: str | None
    """What we placed there: it went into the line item's `resourceId`, and its kind into the `tag`."""
    claimed: str | None
    """The launch's claim."""
    confirmed: str | None = None
    """What the platform said before."""


def may_list(scopes: Sequence[str]) -> bool:
    """Tell whether the platform lets us read its line items."""
    return not READ_SCOPES.isdisjoint(scopes)


def find(connector: Connector, scopes: Sequence[str], line_items_url: str, wanted: Wanted) -> str | None:
    """Give the line item that the platform says is a resource link's, if it has one.

    It stands in the course's list; or it is what the launch claims or what was confirmed before, if that lies under the
    list and itself names the link: what came to Moodle from another Moodle's backup is in no list of the tool's.
    """
    joint = "&" if "?" in line_items_url else "?"
    address = line_items_url + joint + urlencode({"resource_link_id": wanted.link})
    if listed := choose(_read(connector, scopes, address), wanted):
        return listed
    known = dict.fromkeys(url for url in (wanted.claimed, wanted.confirmed) if url and lies_under(url, line_items_url))
    return next((url for url in known if _link_of(connector, scopes, url) == wanted.link), None)


def choose(items: Sequence[LineItem], wanted: Wanted) -> str | None:
    """Choose among a link's line items: the claimed one, else the one that we placed, one of our kind, or the first.

    The link is looked at again: a platform may not know the filter.
    """
    of_link = [item for item in items if _names_link(item) == wanted.link and item.get("id")]
    claimed = [item for item in of_link if item["id"] == wanted.claimed]
    kind = (wanted.activity or "").split("/")[0]
    ours = [item for item in of_link if wanted.activity and item.get("resourceId") == wanted.activity]
    of_kind = [item for item in of_link if kind and item.get("tag") == kind]
    return next((str(item["id"]) for item in (*claimed, *ours, *of_kind, *of_link)), None)


def _names_link(item: LineItem) -> str | None:
    link = item.get("resourceLinkId")
    return None if link is None else str(link)


def lies_under(url: str, line_items_url: str) -> bool:
    """Tell whether an address is below a course's list: the same origin, and a path that goes on from the list's.

    A path that could mean another one after it was tidied (`..`, `%2e`, `//`) is below nothing.
    """
    path, above = urlsplit(url).path, urlsplit(line_items_url).path.rstrip("/")
    return (
        origin(url) is not None
        and origin(url) == origin(line_items_url)
        and path.startswith(above + "/")
        and PLAIN_PATH.fullmatch(path.removeprefix(above)) is not None
    )


def _link_of(connector: Connector, scopes: Sequence[str], url: str) -> str | None:
    """Read which link a line item says that it is of; nothing where there is none to read."""
    try:
        answer = connector.make_service_request(scopes, url, accept=LINE_ITEM)
    except LtiServiceException as error:
        if error.response.status_code in NOT_OURS:
            return None
        raise
    return _names_link(answer["body"]) if isinstance(answer["body"], dict) else None


def _read(connector: Connector, scopes: Sequence[str], address: str) -> list[LineItem]:
    """Read all pages; a line item elsewhere than its list is none: the token is for nobody else."""
    question = Question(connector=connector, scopes=scopes, media_type=CONTAINER)
    items: list[LineItem] = []
    for _, page in pages.read(question, address, lasts=WHOLE_LIST):
        items += [item for item in _listed(page) if origin(str(item.get("id"))) == origin(address)]
    return items


def _listed(body: object) -> list[LineItem]:
    return [item for item in body if isinstance(item, dict)] if isinstance(body, list) else []
