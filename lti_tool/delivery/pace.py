"""How fast platforms are asked: evenly spaced, and not at all while one is in trouble. All workers share it."""

from datetime import datetime, timedelta

from sqlalchemy import update

from lti_tool.database import db, found_or_added
from lti_tool.delivery import rules
from lti_tool.delivery.tables import PaceRow


def take_turn(registration_id: int, now: datetime) -> bool:
    """Let one request to a platform begin, in the caller's transaction; tell whether it may."""
    found_or_added(PaceRow, {"registration_id": registration_id}, {"next_at": now, "failures": 0})
    of_this = PaceRow.registration_id == registration_id
    locked = update(PaceRow).where(of_this).values(failures=PaceRow.failures)
    next_at, paused_until = db.session.execute(locked.returning(PaceRow.next_at, PaceRow.paused_until)).one()
    turn = rules.next_turn(next_at, now)
    if turn is None or (paused_until is not None and paused_until > now):
        return False
    db.session.execute(update(PaceRow).where(of_this).values(next_at=turn))
    return True


def answered(registration_id: int) -> None:
    """Record that a platform answers, in the caller's transaction; a pause that it asked for goes on."""
    failed = (PaceRow.registration_id == registration_id, PaceRow.failures > 0)
    db.session.execute(update(PaceRow).where(*failed).values(failures=0))


def failed(registration_id: int, asked: timedelta | None, luck: float, now: datetime) -> None:
    """Record that a platform gave no answer or can't serve anybody, in the caller's transaction; pause if need be."""
    of_this = PaceRow.registration_id == registration_id
    once_more = update(PaceRow).where(of_this).values(failures=PaceRow.failures + 1).returning(PaceRow.failures)
    pause = rules.platform_pause(db.session.scalars(once_more).one(), asked, luck)
    if pause is not None:
        db.session.execute(update(PaceRow).where(of_this).values(paused_until=now + pause))
