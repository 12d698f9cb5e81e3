"""When an enrolment is to count: what the source says, and for the rest what was last written."""

from moodle_sync.actions import ChangeTerm
from moodle_sync.things.enrolment import DAY, Held, Term
from moodle_sync.things.role import Enrolment

OPEN = Term()
"""The term of an enrolment without dates."""


def due(wanted: Enrolment, last: Term, today: int) -> Term:
    """Say what the term is to be; what the source doesn't manage stays as it was.

    A period counts from the start that is given, else from the one that the enrolment has, else from today: so one of
    90 days isn't another one each night.
    """
    start = last.start if wanted.start is None else wanted.start
    end = last.end if wanted.days is None else 0
    if wanted.days:
        start = start or last.start or today
        end = start + wanted.days * DAY
    suspended = last.suspended if wanted.suspended is None else wanted.suspended
    return Term(start=start, end=end, suspended=suspended)


def last_known(held: Held | None) -> Term:
    """Give the term that was last written, as it was before the person vanished from the source."""
    term = (held and held.term) or OPEN
    return Term(start=term.start, end=term.end) if held and held.gone else term


def is_over(wanted: Enrolment, held: Held | None, today: int) -> bool:
    """Tell whether the time of an enrolment that was there is over: Moodle may have taken it away then."""
    return held is not None and 0 < due(wanted, last_known(held), today).end <= today


def change(wanted: Enrolment, held: Held | None, today: int, *, assert_dates: bool) -> ChangeTerm | None:
    """Compare the term of an enrolment that is there; one that nobody knows is no difference, unless it is asserted."""
    before = held.term if held else None
    if before is None and not (assert_dates and _manages(wanted)):
        return None
    after = due(wanted, last_known(held), today)
    return ChangeTerm(wanted.course, wanted.person, wanted.role, before, after) if after != before else None


def _manages(wanted: Enrolment) -> bool:
    return any(part is not None for part in (wanted.start, wanted.days, wanted.suspended))
