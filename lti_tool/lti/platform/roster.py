"""Who is in a course, as the platform tells it.

Source: LTI-NRPS 2.0, sections 2.3 and 2.4. pylti1p3's own service is not used: it lower-cases the links between pages
and follows them anywhere and for ever.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from lti_tool.database import db
from lti_tool.errors import PlatformUnreachable
from lti_tool.lti.identifiers import Identifier
from lti_tool.lti.platform import pages, services
from lti_tool.lti.platform.http import place
from lti_tool.lti.platform.pages import Question
from lti_tool.lti.roles import Role, role_in_course
from lti_tool.lti.tables import RegistrationRow

log = logging.getLogger(__name__)

SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
MEDIA_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
"""Alone in `Accept`: Moodle finds no handler for a list of types."""
PAGE = 500
"""People in one answer. Moodle has no limit of its own, and five thousand would be more than we read at once."""
MOST_PEOPLE = 10_000
WHOLE_ROSTER = 60.0
"""Seconds after which no further page is asked for; with the last page's own thirty it ends within a worker's lease."""
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a course; the name is missing where the platform withholds it."""

    sub: str
    name: str | None
    role: Role


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) else value


def _only_text(value: object) -> object:
    return value if isinstance(value, str) else None


class _UnverifiedMember(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    user_id: Annotated[Identifier, BeforeValidator(_as_text)]
    status: str = "Active"
    roles: list[str] = []
    name: Annotated[str | None, BeforeValidator(_only_text)] = None


class _UnverifiedContext(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    id: Annotated[Identifier, BeforeValidator(_as_text)]


class _UnverifiedPage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    context: _UnverifiedContext
    members: list[object]

    def readable(self) -> list[_UnverifiedMember]:
        """Give the entries that say who somebody is and in which role."""
        return [member for member in map(_read, self.members) if member]


def _read(entry: object) -> _UnverifiedMember | None:
    try:
        return _UnverifiedMember.model_validate(entry)
    except ValidationError:
        return None


def fetch(registration_id: int, url: str, context_id: str, *, lasts: float = WHOLE_ROSTER) -> tuple[Member, ...]:
    """Ask for everybody who is active in a course, page by page; each page must name the course.

    The address came with a launch, and a teacher may have written that of another course.

    Raises:
        PlatformRemoved: the registration was removed; nothing was sent.
        PlatformAnswered: an error status.
        PlatformUnreachable: no usable answer, or a roster without an end.
    """
    with services.translated():
        members: dict[str, Member] = {}
        unreadable = 0
        for page in _pages(db.session.get_one(RegistrationRow, registration_id), url, lasts):
            _require_course(page, context_id, url)
            readable = page.readable()
            unreadable += len(page.members) - len(readable)
            members |= {one.user_id: _member(one) for one in readable if one.status == "Active"}
            if len(members) > MOST_PEOPLE:
                msg = f"{place(url)} lists more than {MOST_PEOPLE} people"
                raise PlatformUnreachable(msg)
    _tell_unreadable(unreadable, url)
    return tuple(members.values())


def _require_course(page: _UnverifiedPage, context_id: str, url: str) -> None:
    if page.context.id != context_id:
        msg = f"{place(url)} answered with the roster of another course"
        raise PlatformUnreachable(msg)


def _tell_unreadable(number: int, url: str) -> None:
    """Say that somebody is missing: one bad entry takes nobody else out of the roster."""
    if number:
        log.warning("%s: %s entries could not be read and were left out", place(url), number)


def _member(one: _UnverifiedMember) -> Member:
    return Member(sub=one.user_id, name=_kept(one.name), role=role_in_course(one.roles))


def _kept(name: str | None) -> str | None:
    """Leave out what no database keeps (NUL and half characters), and what is longer than its column.

    Moodle writes names here, and only here, as they stand in a page: `&` as `&amp;`.
    """
    return unescape(name or "").replace("\0", "").encode(errors="ignore").decode().strip()[:LONGEST_NAME] or None


def _pages(registration: RegistrationRow, url: str, lasts: float) -> Iterator[_UnverifiedPage]:
    """Read page after page, with the role that was asked for: Moodle's own link to the next one forgets it."""
    question = Question(connector=services.connect(registration), scopes=[SCOPE], media_type=MEDIA_TYPE)
    role = {name: value for name, value in parse_qsl(urlsplit(url).query) if name == "role"}

    def onward(page: str, link: str) -> str:
        return _with(urljoin(page, link), role)

    for address, body in pages.read(question, _with(url, {"limit": str(PAGE)}), lasts=lasts, onward=onward):
        yield _page_of(body, address)


def _page_of(body: object, url: str) -> _UnverifiedPage:
    """Read a page; one on which nobody can be read isn't taken for one without people."""
    try:
        page = _UnverifiedPage.model_validate(body)
    except ValidationError:
        page = None
    if page is None or (page.members and not page.readable()):
        msg = f"{place(url)} did not answer with a roster"
        raise PlatformUnreachable(msg)
    return page


def _with(url: str, wanted: dict[str, str]) -> str:
    """Add to an address what its query lacks."""
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    missing = urlencode({name: value for name, value in wanted.items() if name not in given})
    return urlunsplit(parts._replace(query="&".join(part for part in (parts.query, missing) if part)))
