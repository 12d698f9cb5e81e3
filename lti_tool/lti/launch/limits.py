"""Limits by client address: on logins and launches that fail, and on registrations; never on a launch that is good.

A class sits behind one address, so a good launch is neither counted nor looked up. The counts are in the database,
since all processes share them. Of an address only a keyed hash is kept, and it goes once its window is over.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Network, ip_address

from flask import Flask, current_app, request
from flask_babel import lazy_gettext

from lti_tool.clock import now
from lti_tool.database import INSERTS, db
from lti_tool.errors import LaunchRefused, LimitReached
from lti_tool.keeping import delete_some
from lti_tool.lti.secrets import address_key, keyed_hash
from lti_tool.lti.tables import AttemptsRow

log = logging.getLogger("lti_tool.lti.launch.limits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many attempts an address has within a window, which begins with the first of them."""

    name: str
    most: int
    within: timedelta


FAILED_LAUNCHES = Limit(name="failed_launches", most=30, within=timedelta(minutes=10))
"""A room of people who all go back or reload at the wrong moment stays below it; who tries out tokens doesn't."""
REGISTRATIONS = Limit(name="registrations", most=20, within=timedelta(hours=1))
"""Requests: a registration takes two, so one administrator can make ten, or get the URL wrong twenty times."""
MAIL_LINKS = Limit(name="mail_links", most=30, within=timedelta(minutes=10))
"""Links as mails have them that stand for nothing; those that stand for something aren't counted."""

MOST_PURGED = 1_000
"""Addresses that one attempt forgets whose window is over."""

SMALLEST_NETWORK = 64
"""Bits of an IPv6 address that name a customer; the rest they choose as they like."""

REGISTER_LATER = lazy_gettext(
    "The registration of this tool was tried too often from your network. Wait an hour, then paste the registration "
    "URL in Moodle again."
)

PRESS_LATER = lazy_gettext(
    "Many links that lead nowhere were opened from your network lately. Wait ten minutes, or open the community in "
    "your Moodle course."
)


def init_app(app: Flask, passphrase: str) -> None:
    """Tell the application what hides the addresses that it keeps."""
    app.extensions["limits"] = passphrase


def address_hash() -> str:
    """Give what is kept of the address that this request came from."""
    return keyed_hash(_network(request.remote_addr or ""), address_key(current_app.extensions["limits"]))


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:  # a socket file has no address
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped  # as a server that listens to both kinds writes an address of version four
    return str(mapped or IPv6Network((int(found), SMALLEST_NETWORK), strict=False))


@contextmanager
def counting_failures() -> Iterator[None]:
    """Count a login or launch that can't be trusted; those who only wait for approval are no strangers.

    Raises:
        LimitReached: instead of the refusal, from an address with too many of them.
    """
    try:
        yield
    except LaunchRefused as refused:
        if refused.status is HTTPStatus.BAD_REQUEST:
            _count(FAILED_LAUNCHES, refused.reason, LimitReached(FAILED_LAUNCHES.name))
        raise


def count_registration() -> None:
    """Count an attempt to register, before any work is done for it.

    Raises:
        LimitReached: the address had too many.
    """
    _count(REGISTRATIONS, "attempt", LimitReached(REGISTRATIONS.name, advice=REGISTER_LATER))


def count_unknown_link() -> None:
    """Count a link that stands for nothing.

    Raises:
        LimitReached: the address had too many.
    """
    _count(MAIL_LINKS, "unknown", LimitReached(MAIL_LINKS.name, advice=PRESS_LATER))


def _over(limit: Limit) -> AttemptsRow | None:
    row = db.session.get(AttemptsRow, (limit.name, address_hash()))
    return row if row and row.number > limit.most and row.ends_at > now() else None


def _count(limit: Limit, reason: str, reached: LimitReached) -> None:
    """Count one attempt; above the limit nothing is written any more, and the log has its one line already."""
    db.session.rollback()
    row = _over(limit)
    number, ends_at = (row.number, row.ends_at) if row else _one_more(limit, now())
    if number <= limit.most:
        return
    if row is None and number == limit.most + 1:
        log.warning("%s: an address passed the limit; the last was %s", limit.name, reason)
    reached.seconds = max(1, int((ends_at - now()).total_seconds()))
    raise reached


def _one_more(limit: Limit, moment: datetime) -> tuple[int, datetime]:
    purge(moment)
    key = {"limit": limit.name, "address_hash": address_hash()}
    insert = INSERTS[db.engine.dialect.name](AttemptsRow).values(**key, number=1, ends_at=moment + limit.within)
    counted = insert.on_conflict_do_update(index_elements=list(key), set_={"number": AttemptsRow.number + 1})
    number, ends_at = db.session.execute(counted.returning(AttemptsRow.number, AttemptsRow.ends_at)).one()
    db.session.commit()
    return number, ends_at


def purge(moment: datetime, most: int = MOST_PURGED) -> int:
    """Forget addresses whose window is over, no more than a number, in the caller's transaction; tell how many."""
    return delete_some(AttemptsRow, AttemptsRow.ends_at <= moment, most)
