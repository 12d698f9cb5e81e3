"""How an exercise is done in a course, and how far it is: alone, in groups or all together; pure decisions."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lti_tool.exercises.marking import Marking
from lti_tool.groups.rules import Counting


class Mode(StrEnum):
    """With whom an exercise is done."""

    ALONE = "alone"
    GROUP = "group"
    COURSE = "course"
    """The whole course at one canvas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When an exercise may be written in; a copied course doesn't take them."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    """What is handed in later is marked as late, and taken."""
    closes_at: datetime | None = None
    together_at: datetime | None = None
    """When those who write alone first come together, if the trainer doesn't press before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What holds for one exercise in one course."""

    marking: Marking = Marking.HANDED_IN
    mode: Mode = Mode.ALONE
    alone_first: bool = False
    """Whether each writes alone before they come together."""
    self_review: bool = False
    """Whether people are asked to look at their own work before they hand in, also where the content doesn't ask."""
    counting: Counting = field(default_factory=Counting)
    dates: Dates = field(default_factory=Dates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How far an exercise is, for everybody in the course at once; `version` counts what its trainers change."""

    version: int = 0
    together_at: datetime | None = None
    """When a trainer brought everybody together."""
    frozen_at: datetime | None = None
    step: int | None = None
    """Of the exercise's steps the one that is on now, from 1."""
    step_ends_at: datetime | None = None
    """A soft end: what is written later is marked as late."""
    shows_names: bool = False
    message: str | None = None
    message_language: str | None = None
    message_at: datetime | None = None


class Shut(StrEnum):
    """Why nobody may write now."""

    NOT_OPEN = "not_open"
    CLOSED = "closed"
    FROZEN = "frozen"


def shut(dates: Dates, stage: Stage, now: datetime) -> Shut | None:
    """Tell what keeps everybody from writing at a moment."""
    if dates.opens_at and now < dates.opens_at:
        return Shut.NOT_OPEN
    if dates.closes_at and now >= dates.closes_at:
        return Shut.CLOSED
    return Shut.FROZEN if stage.frozen_at else None


def are_together(mode: Mode, dates: Dates, stage: Stage, now: datetime, *, alone_first: bool) -> bool:
    """Tell whether people write together by now, rather than each alone."""
    if mode is Mode.ALONE:
        return False
    is_time = dates.together_at is not None and now >= dates.together_at
    return not alone_first or stage.together_at is not None or is_time


def is_after_step(stage: Stage, now: datetime) -> bool:
    """Tell whether the time of the step that is on is up: what is begun then is taken, and marked."""
    return stage.step_ends_at is not None and now > stage.step_ends_at


def changes_at(dates: Dates, now: datetime) -> datetime | None:
    """Tell when a date changes next what people may do, without anybody's press."""
    coming = (dates.opens_at, dates.together_at, dates.closes_at)
    return min((date for date in coming if date is not None and date > now), default=None)


def is_late(dates: Dates, now: datetime) -> bool:
    """Tell whether what is handed in at a moment is late."""
    return dates.due_at is not None and now > dates.due_at
