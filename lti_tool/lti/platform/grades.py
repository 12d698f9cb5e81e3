"""Scores to the platform's gradebook, and results back from it.

Source: LTI-AGS 2.0; Moodle wants exactly one media type in `Accept` and keeps `?type_id=` in its addresses, which
pylti1p3 does. Nothing but full scores leaves from here: to Moodle any other message means that the grade is to be
cleared.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.exception import LtiServiceException
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.errors import LineItemUnknown, PlatformUnreachable
from lti_tool.lti.platform import line_items, targets
from lti_tool.lti.platform.http import place
from lti_tool.lti.platform.services import translated
from lti_tool.lti.platform.targets import Target
from lti_tool.lti.tables import PersonRow, PlacementRow

SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
RESULT_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
LOST = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""What a line item answers that was deleted, or made anew at another address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score as it was last given; `at` orders it among this person's scores for the line item."""

    given: float
    maximum: float
    at: datetime
    comment: str | None = None


class Grading(StrEnum):
    """Whether Moodle has a grade for an activity that we may give, as far as is known."""

    SURE = "sure"
    """A line item is confirmed."""
    PERHAPS = "perhaps"
    """The platform is asked before the first score."""
    NONE = "none"


def grading(placement: PlacementRow) -> Grading:
    """Tell whether the activity has a grade that we may give."""
    if SCORE_SCOPE not in placement.scopes:
        return Grading.NONE
    if placement.confirmed_url:
        return Grading.SURE
    was_asked = placement.has_no_line_item and placement.line_item_url == placement.asked_claim
    may_be_found = placement.line_item_url or (placement.line_items_url and line_items.may_list(placement.scopes))
    return Grading.PERHAPS if may_be_found and not was_asked else Grading.NONE


def graded(placement_ids: Iterable[int]) -> frozenset[int]:
    """Tell for which placements Moodle has a grade that we may give, or may have one."""
    rows = db.session.scalars(select(PlacementRow).where(PlacementRow.id.in_(list(placement_ids))))
    return frozenset(row.id for row in rows if grading(row) is not Grading.NONE)


def send_score(placement_id: int, person_id: int, score: Score) -> None:
    """Write a score into the platform's gradebook; the caller's transaction is ended before.

    Raises:
        PlatformRemoved: the placement's registration was removed; nothing was sent.
        AccessRefused, ScopeMissing: the tool may not send it, at least now.
        PlatformBusy: another process asks for access; nothing was sent.
        NoLineItem: the activity isn't graded.
        LineItemUnknown: the platform doesn't tell, or not now, which line item is the activity's; nothing was sent.
        PlatformAnswered: an error status; 409 means that the platform holds something newer.
        PlatformUnreachable: no usable answer; it may have arrived all the same.
    """
    with translated():
        grade = _grade(score, _sub(person_id))
        target = targets.target(placement_id)
        target.require(SCORE_SCOPE)
        target = targets.confirmed(target)
        try:
            _service(target).put_grade(grade)
        except LtiServiceException as error:
            if error.response.status_code not in LOST:
                raise
            _service(_instead(target, error)).put_grade(grade)


def _sub(person_id: int) -> str:
    return db.session.get_one(PersonRow, person_id).sub


def _service(target: Target) -> AssignmentsGradesService:
    data = {"scope": target.scopes, "lineitem": target.line_item}
    return AssignmentsGradesService(target.connector, data)  # type: ignore[arg-type]  # scopes are the platform's strings


def _instead(target: Target, error: LtiServiceException) -> Target:
    """Look for the line item that took the place of one that is gone.

    Raises:
        LineItemUnknown: the platform was asked lately.
        LtiServiceException: the platform says that it is still this one; the error itself.
    """
    if target.is_fresh:
        raise error
    if not target.may_ask:
        msg = f"{place(target.line_item)} is gone; the platform is asked for another one later"
        raise LineItemUnknown(msg) from error
    found = targets.ask(target)
    if found.confirmed == target.confirmed:
        raise error
    return found


def read_result(placement_id: int, person_id: int) -> float | None:
    """Read what the gradebook holds, as a share of the maximum from 0 to 1; nothing where it holds no grade.

    Moodle leaves score and maximum out where the grade is 0.

    Raises:
        PlatformError: as for `send_score`.
    """
    with translated():
        sub = _sub(person_id)
        target = targets.target(placement_id)
        target.require(RESULT_SCOPE)
        for result in _service(target).get_grades(_results_of(target.line_item, sub)):
            if str(result.get("userId")) == sub:
                return _share(result)
    return None


def _share(result: Mapping[str, Any]) -> float:
    share = float(result.get("resultScore") or 0) / float(result.get("resultMaximum") or 1)
    if not math.isfinite(share):
        msg = "the platform's result is no number"
        raise PlatformUnreachable(msg)
    return share


def _results_of(url: str, sub: str) -> LineItem:
    """Name the line item with the person in its query, since `results` of everybody may be long."""
    joint = "&" if "?" in url else "?"
    return LineItem({"id": url + joint + urlencode({"user_id": sub})})


def _grade(score: Score, sub: str) -> Grade:
    grade = Grade().set_user_id(sub).set_timestamp(score.at.isoformat(timespec="milliseconds"))
    grade.set_score_given(score.given).set_score_maximum(score.maximum)
    grade.set_activity_progress("Submitted").set_grading_progress("FullyGraded")
    return grade.set_comment(score.comment) if score.comment else grade
