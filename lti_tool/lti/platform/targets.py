"""Where a score goes: to the line item that the platform itself says is the activity's, and nowhere else.

What a launch claims is a reason to ask, never an answer. The platform is asked before the first score, and again where
a claim differs from the one that stood there then or a confirmed line item is gone, at most once in ten minutes for a
placement; what was confirmed counts meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import update

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import LineItemUnknown, NoLineItem, PlatformAnswered, PlatformError, ScopeMissing, TokenUnseen
from lti_tool.lti.platform import line_items
from lti_tool.lti.platform.line_items import Wanted
from lti_tool.lti.platform.services import Connector, connect, translated
from lti_tool.lti.tables import PlacementRow, RegistrationRow

ASK_AGAIN_AFTER = timedelta(minutes=10)
REFUSED = frozenset(range(400, 500)) - {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT}
"""Answers of a list that is refused; others may be different in a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An activity's place in the gradebook, as far as it is known, and the way there."""

    placement_id: int
    wanted: Wanted
    scopes: Sequence[str]
    line_items_url: str | None
    confirmed: str | None
    has_none: bool
    asked_claim: str | None
    asked_at: datetime | None
    connector: Connector
    is_fresh: bool = False
    """Whether the platform was asked just now."""

    def require(self, scope: str) -> None:
        """Hold the placement's rights against what a service needs.

        Raises:
            ScopeMissing: the newest launch came without it.
        """
        if scope not in self.scopes:
            msg = f"placement {self.placement_id} came without {scope}"
            raise ScopeMissing(msg)

    @property
    def line_item(self) -> str:
        """The confirmed line item.

        Raises:
            NoLineItem: there is none.
            LineItemUnknown: nobody knows yet.
        """
        if self.confirmed is not None:
            return self.confirmed
        if self.has_none:
            msg = f"placement {self.placement_id} has no line item"
            raise NoLineItem(msg)
        msg = f"placement {self.placement_id} has no line item that is known; the platform was asked lately"
        raise LineItemUnknown(msg)

    @property
    def is_doubtful(self) -> bool:
        """Whether something was said since the platform was asked."""
        return self.confirmed is None or self.wanted.claimed != self.asked_claim

    @property
    def may_ask(self) -> bool:
        """Whether the platform was left alone for long enough."""
        return self.asked_at is None or now() - self.asked_at >= ASK_AGAIN_AFTER


def target(placement_id: int) -> Target:
    """Give an activity's target; the caller's transaction is ended, since none is held while a platform is asked.

    Raises:
        PlatformRemoved, AccessRefused: the registration was removed, or isn't approved.
    """
    placement = db.session.get_one(PlacementRow, placement_id)
    found = Target(
        placement_id=placement_id,
        wanted=_wanted(placement),
        scopes=placement.scopes,
        line_items_url=placement.line_items_url,
        confirmed=placement.confirmed_url,
        has_none=placement.has_no_line_item,
        asked_claim=placement.asked_claim,
        asked_at=placement.asked_at,
        connector=connect(db.session.get_one(RegistrationRow, placement.registration_id)),
    )
    db.session.commit()
    return found


def _wanted(placement: PlacementRow) -> Wanted:
    return Wanted(
        link=placement.resource_link_id,
        activity=placement.activity,
        claimed=placement.line_item_url,
        confirmed=placement.confirmed_url,
    )


def confirmed(of: Target) -> Target:
    """Ask the platform where there is a reason to, and it was left alone for long enough.

    Where it can't be asked, what was confirmed before counts, and the platform is left alone.

    Raises:
        LineItemUnknown, PlatformError: nothing was confirmed before.
    """
    if not of.is_doubtful or not of.may_ask:
        return of
    try:
        return ask(of)
    except PlatformError:
        if of.confirmed is None:
            raise
        leave(of.placement_id)
        return of


def ask(of: Target) -> Target:
    """Ask the platform for the activity's line item, and keep what it says.

    Raises:
        LineItemUnknown: the platform lets us read no line items, or refuses it.
        PlatformError: as for every request.
    """
    try:
        found = _found(of)
    except LineItemUnknown:
        leave(of.placement_id)
        raise
    answer: dict[str, Any] = {"asked_claim": of.wanted.claimed, "asked_at": now()}
    _keep(of.placement_id, confirmed_url=found, has_no_line_item=found is None, **answer)
    return replace(of, confirmed=found, has_none=found is None, is_fresh=True, **answer)


def _found(of: Target) -> str | None:
    if of.line_items_url is None or not line_items.may_list(of.scopes):
        msg = f"placement {of.placement_id} came without the right to read line items"
        raise LineItemUnknown(msg)
    try:
        with translated():
            return line_items.find(of.connector, of.scopes, of.line_items_url, of.wanted)
    except TokenUnseen:
        raise  # no refusal: the platform's web server kept the token back
    except PlatformAnswered as error:
        if error.status in REFUSED:
            raise LineItemUnknown(str(error)) from error
        raise


def leave(placement_id: int) -> None:
    """Leave the platform alone for a while, as if it had been asked just now."""
    _keep(placement_id, asked_at=now())


def _keep(placement_id: int, **values: object) -> None:
    db.session.execute(update(PlacementRow).where(PlacementRow.id == placement_id).values(**values))
    db.session.commit()
