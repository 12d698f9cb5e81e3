"""Whether a registration's platform can be reached and lets the tool in: tried as launches and the worker do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from lti_tool.database import db
from lti_tool.errors import PlatformError
from lti_tool.lti.platform import access_tokens, key_sets, line_items, roster
from lti_tool.lti.platform.http import place
from lti_tool.lti.platform.results import LARGEST_ANSWER
from lti_tool.lti.platform.services import connect, translated
from lti_tool.lti.registering.registration import SCOPES, platform_session
from lti_tool.lti.tables import PlacementRow, RegistrationRow, RosterAddressRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of one try."""

    sentence: str
    is_wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    """A service that can be read without changing anything."""

    url: str
    scopes: Sequence[str]
    media_type: str


def findings(row: RegistrationRow) -> Iterator[Finding]:
    """Try key set, token endpoint, and the services that are known, each with a token that was just given."""
    yield _keys(row)
    services = [*_roster(row), *_line_items(row)]
    access_tokens.forget_all(row.id)
    db.session.commit()
    if not services:
        yield _access(row)
    for service in services:
        yield _let_in(row, service)


def _keys(row: RegistrationRow) -> Finding:
    try:
        keys = key_sets.read(platform_session(), row.jwks_uri)
    except PlatformError as error:
        return Finding(sentence=str(error), is_wrong=True)
    if not keys:
        sentence = f"{place(row.jwks_uri)} has no key for RS256 signatures."
        return Finding(sentence=sentence, is_wrong=True)
    return Finding(sentence=f"{place(row.jwks_uri)} has keys: {len(keys)}.")


def _roster(row: RegistrationRow) -> Iterator[_Service]:
    url = db.session.scalar(select(RosterAddressRow.url).filter_by(registration_id=row.id).limit(1))
    if url:
        yield _Service(url=url, scopes=[roster.SCOPE], media_type=roster.MEDIA_TYPE)


def _line_items(row: RegistrationRow) -> Iterator[_Service]:
    known = select(PlacementRow).filter_by(registration_id=row.id).where(PlacementRow.line_items_url.is_not(None))
    placement = db.session.scalar(known.order_by(PlacementRow.id.desc()).limit(1))
    if placement and placement.line_items_url and line_items.may_list(placement.scopes):
        yield _Service(url=placement.line_items_url, scopes=placement.scopes, media_type=line_items.CONTAINER)


def _access(row: RegistrationRow) -> Finding:
    try:
        with translated():
            connect(row).get_access_token(SCOPES)
    except PlatformError as error:
        return Finding(sentence=str(error), is_wrong=True)
    unknown = "No service is known yet to try it on: open an activity from a course, then check again."
    return Finding(sentence=f"{place(row.token_endpoint)} gives access. {unknown}")


def _let_in(row: RegistrationRow, service: _Service) -> Finding:
    try:
        with translated():
            connector = connect(row)
            connector.take_answers_of(LARGEST_ANSWER)
            connector.make_service_request(service.scopes, service.url, accept=service.media_type)
    except PlatformError as error:
        return Finding(sentence=f"the tool can't read {place(service.url)}: {error}", is_wrong=True)
    return Finding(sentence=f"{place(service.url)} lets the tool in.")
