"""Where a person's grade stands, by what became of their score and by what the gradebook held since: pure decisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lti_tool.delivery.rules import Cause, is_there


class Standing(StrEnum):
    """Where a grade stands, the same for everybody who looks."""

    DUE = "due"
    ARRIVED = "arrived"
    BY_HAND = "by_hand"
    """The gradebook holds another grade: somebody gave it there."""
    MISSING = "missing"
    """The gradebook holds none any more."""
    REPLACED = "replaced"
    """A later edit in the gradebook kept the score out."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the gradebook held of a person when it was read."""

    read_at: datetime
    """When the question was asked."""
    score: float | None
    """Nothing where it held no grade."""
    maximum: float | None = None
    """Nothing where the platform doesn't say, as Moodle of a grade of 0."""

    @property
    def share(self) -> float | None:
        """Give the grade as a share of the maximum."""
        return None if self.score is None else self.score / (self.maximum or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of the newest score."""

    standing: Standing
    """As its sending ended."""
    cause: Cause | None
    share: float
    """The score as a share of its maximum."""
    ended_at: datetime | None


def newer(sent: Sent, held: Held | None) -> Held | None:
    """Leave out what was read before the score's sending ended: it says nothing of that score."""
    return held if held and (sent.ended_at is None or held.read_at >= sent.ended_at) else None


def standing(sent: Sent, held: Held | None) -> Standing:
    """Tell where a grade stands; `held` is of after the score's sending ended, if there is any."""
    if held is None or sent.standing is Standing.DUE:
        return Standing.BY_HAND if sent.cause is Cause.GRADED_BY_HAND else sent.standing
    if is_there(sent.share, held.share):
        return Standing.ARRIVED
    if sent.standing is Standing.FAILED:
        return Standing.FAILED
    if held.share is None:
        return Standing.MISSING
    return Standing.REPLACED if sent.standing is Standing.REPLACED else Standing.BY_HAND
