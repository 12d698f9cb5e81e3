"""What a score does to a grade, after Moodle's `scores.php` and `gradelib.php`. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lti_tool.demo.moodle.numbers import is_numeric
from lti_tool.demo.moodle.tables import Grade, GradeItem

FULLY_GRADED = "FullyGraded"
REQUIRED = ("userId", "timestamp", "gradingProgress", "activityProgress")


@dataclass(frozen=True, slots=True)
class Score:
    """A well-formed score."""

    user_id: int
    timestamp: int
    """In whole seconds: a fraction is dropped."""
    given: float | None
    """None: nothing given, or not yet fully graded."""
    maximum: float
    comment: str | None


def read_score(sent: dict[str, Any]) -> Score | None:
    """Read a score; None: something is missing or malformed."""
    if any(sent.get(name) is None for name in REQUIRED) or not _numbers_are_right(sent):
        return None
    timestamp = _seconds(sent["timestamp"])
    if timestamp is None or not str(sent["userId"]).isdigit():
        return None
    graded = sent.get("scoreGiven") is not None and sent["gradingProgress"] == FULLY_GRADED
    return Score(
        user_id=int(sent["userId"]),
        timestamp=timestamp,
        given=float(sent["scoreGiven"]) if graded else None,
        maximum=float(sent.get("scoreMaximum", 1)),
        comment=sent.get("comment") or None,
    )


def is_outdated(grade: Grade | None, score: Score) -> bool:
    """Tell whether the grade that is there is as new as the score."""
    return bool(grade and grade.modified and grade.modified >= score.timestamp)


def apply_score(grade: Grade, item: GradeItem, score: Score, now: int) -> None:
    """Enter a score, or clear the grade where the score gives none; an overridden grade stays."""
    if grade.overridden:
        return
    before = (grade.final, grade.feedback)
    grade.maximum = item.grade_max
    grade.final = _scaled(score, item.grade_max)
    grade.feedback = score.comment
    cleared = grade.final is None and grade.feedback is None
    if score.given is not None:
        grade.modified = score.timestamp
    elif cleared and item.activity_id is not None:
        grade.modified = None
    elif (grade.final, grade.feedback) != before or grade.modified is None:
        grade.modified = now


def _numbers_are_right(sent: dict[str, Any]) -> bool:
    given, maximum = sent.get("scoreGiven"), sent.get("scoreMaximum")
    if given is not None and (maximum is None or not is_numeric(given)):
        return False
    return maximum is None or is_numeric(maximum)


def _seconds(timestamp: object) -> int | None:
    try:
        moment = datetime.fromisoformat(timestamp if isinstance(timestamp, str) else "")
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _scaled(score: Score, maximum: float) -> float | None:
    if score.given is None:
        return None
    scaled = score.given * maximum / score.maximum if score.maximum else score.given
    return min(max(scaled, 0.0), maximum)
