"""How long things are kept: each feature says what it forgets, and workers do it, a bounded piece at a time."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import ColumnElement, CursorResult, delete, inspect, select, tuple_

from lti_tool.clock import now
from lti_tool.database import Base, db

log = logging.getLogger("lti_tool.keeping")

AT_ONCE = 200
"""Rows of one kind in one transaction."""
LOOK_EVERY = timedelta(minutes=10)
"""Between two looks of one worker, once nothing is left to forget."""

Forget = Callable[[datetime, int], int]
"""Forgets what ended before a moment, no more than a number of rows, in the caller's transaction; tells how many.

Several workers may do it at the same time.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that is kept for a while after its end."""

    name: str
    """For the log."""
    forget: Forget
    lasts: timedelta = timedelta()
    """Left out where it says itself when it ends."""


@dataclass(slots=True)
class _Round:
    """What this worker looks after, and when it looks again; each finds out for itself."""

    kept: Sequence[Kept]
    next_at: datetime | None = field(default=None)


def init_app(app: Flask, kept: Sequence[Kept]) -> None:
    """Tell the workers what is kept, and for how long."""
    app.extensions["keeping"] = _Round(kept=kept)


def go_on() -> bool:
    """Forget some of what is over, if it is time to look; tell whether there may be more."""
    found: _Round = current_app.extensions["keeping"]
    if found.next_at and now() < found.next_at:
        return False
    more = forget_some()
    if not more:
        found.next_at = now() + LOOK_EVERY
    return more


def forget_some() -> bool:
    """Forget a bounded piece of everything that is over; tell whether there may be more."""
    found: _Round = current_app.extensions["keeping"]
    return bool([one for one in found.kept if _forgot_all_it_may(one)])


def _forgot_all_it_may(one: Kept) -> bool:
    """Forget a piece, in a transaction of its own; one that fails keeps no other from being forgotten."""
    try:
        number = one.forget(now() - one.lasts, AT_ONCE)
        db.session.commit()
    except Exception:
        log.exception("%s can't be forgotten", one.name)
        db.session.rollback()
        return False
    if number:
        log.info("%s: %s forgotten", one.name, number)
    return number >= AT_ONCE


def delete_some(table: type[Base], over: ColumnElement[bool], most: int) -> int:
    """Delete rows of a table that are over, no more than a number; tell how many. What others just take is skipped.

    They are chosen in a statement of their own: PostgreSQL may ask a limited subquery anew for each row, and would
    delete them all.
    """
    columns = inspect(table).primary_key
    some = select(*columns).where(over).limit(most).with_for_update(skip_locked=True, of=table)
    keys = [tuple(row) for row in db.session.execute(some)]
    if not keys:
        return 0
    gone = delete(table).where(tuple_(*columns).in_(keys))
    done = db.session.execute(gone, execution_options={"synchronize_session": False})
    return done.rowcount if isinstance(done, CursorResult) else 0
