"""How a trainer arranges an exercise: what they typed holds, or it is said what stands in the way; pure decisions."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from lti_tool import local_times
from lti_tool.exercises.modes import Arrangement, Dates, Mode
from lti_tool.groups.rules import Counting, Source
from lti_tool.local_times import Unclear

MOMENTS = ("opens_at", "due_at", "closes_at", "together_at")
ENDS = ("due_at", "closes_at")
"""Of a time that comes twice in a night the later one counts: nobody is late, or shut out, before what they read."""


class Wrong(StrEnum):
    """What two moments don't agree about."""

    DUE_BEFORE_OPENING = "due_before_opening"
    CLOSES_BEFORE_OPENING = "closes_before_opening"
    CLOSES_BEFORE_DUE = "closes_before_due"
    TOGETHER_BEFORE_OPENING = "together_before_opening"
    TOGETHER_AFTER_CLOSING = "together_after_closing"
    TOGETHER_UNASKED = "together_unasked"
    """A moment to come together, where nobody is to write alone first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the form holds, as it was typed."""

    mode: Mode
    alone_first: bool
    self_review: bool = False
    source: Source
    ticked: Set[str]
    moments: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What stands in the way, at which field."""

    field: str
    kind: Unclear | Wrong


def typed_of(saved: Arrangement, zone: ZoneInfo) -> Typed:
    """Write what holds as the form shows it."""
    return Typed(
        mode=saved.mode,
        alone_first=saved.alone_first,
        self_review=saved.self_review,
        source=saved.counting.source,
        ticked=saved.counting.ticked,
        moments={name: local_times.written(getattr(saved.dates, name), zone) for name in MOMENTS},
    )


def read(typed: Typed, saved: Arrangement, zone: ZoneInfo) -> tuple[Arrangement, Sequence[Problem]]:
    """Give what is to hold from now on, and what stands in the way of that; how it is marked stays."""
    moments: dict[str, datetime | None] = {}
    problems = []
    for name in MOMENTS:
        moment = local_times.read(typed.moments[name], zone, getattr(saved.dates, name), later=name in ENDS)
        if isinstance(moment, Unclear):
            problems.append(Problem(field=name, kind=moment))
        else:
            moments[name] = moment
    wanted = replace(
        saved,
        mode=typed.mode,
        alone_first=typed.alone_first,
        self_review=typed.self_review,
        counting=Counting(source=typed.source, ticked=typed.ticked),
        dates=Dates(**moments),
    )
    return wanted, [*problems, *_out_of_order(wanted)]


def _out_of_order(wanted: Arrangement) -> Iterator[Problem]:
    dates = wanted.dates
    wrongs = (
        ("due_at", Wrong.DUE_BEFORE_OPENING, _is_after(dates.opens_at, dates.due_at)),
        ("closes_at", Wrong.CLOSES_BEFORE_OPENING, _never_opens(dates)),
        ("closes_at", Wrong.CLOSES_BEFORE_DUE, _is_after(dates.due_at, dates.closes_at)),
        ("together_at", Wrong.TOGETHER_BEFORE_OPENING, _is_after(dates.opens_at, dates.together_at)),
        ("together_at", Wrong.TOGETHER_AFTER_CLOSING, _is_after(dates.together_at, dates.closes_at)),
        ("together_at", Wrong.TOGETHER_UNASKED, dates.together_at is not None and not wanted.alone_first),
    )
    return (Problem(field=field, kind=kind) for field, kind, is_wrong in wrongs if is_wrong)


def _is_after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other


def _never_opens(dates: Dates) -> bool:
    return _is_after(dates.opens_at, dates.closes_at) or (
        dates.opens_at is not None and dates.opens_at == dates.closes_at
    )


def begins_alone(before: Arrangement, after: Arrangement) -> bool:
    """Tell whether people are to write alone first from now on, so that an earlier coming together counts no more."""
    return _is_alone_first(after) and not _is_alone_first(before)


def _is_alone_first(arrangement: Arrangement) -> bool:
    return arrangement.alone_first and arrangement.mode is not Mode.ALONE
