"""Scores to the platform's gradebook, and results back from it.

Source: LTI-AGS 2.0; Moodle wants exactly one media type in `Accept` and keeps `?type_id=` in its addresses, which
pylti1p3 does.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem

from lti_tool.database import db
from lti_tool.lti import services
from lti_tool.lti.tables import PersonRow, PlacementRow, RegistrationRow

SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score as it was last given; `at` orders it among this person's scores for the line item, to the second."""

    given: float
    maximum: float
    at: datetime
    comment: str | None = None


def send_score(placement_id: int, person_id: int, score: Score) -> None:
    """Write a score into the platform's gradebook.

    Raises:
        PlatformRemoved: the placement's registration was removed; nothing was sent.
        PlatformAnswered: an error status; 409 means that the platform holds something newer.
        PlatformUnreachable: no usable answer; it may have arrived all the same.
    """
    with services.translated():
        service, sub = _service(placement_id, person_id)
        service.put_grade(_grade(score, sub))


def read_result(placement_id: int, person_id: int) -> float | None:
    """Read what the gradebook holds, as a share of the maximum from 0 to 1; nothing where it holds no grade.

    Moodle leaves score and maximum out where the grade is 0.

    Raises:
        PlatformError: as for `send_score`.
    """
    with services.translated():
        service, sub = _service(placement_id, person_id)
        for result in service.get_grades(_results_of(placement_id, sub)):
            if str(result.get("userId")) == sub:
                return float(result.get("resultScore") or 0) / float(result.get("resultMaximum") or 1)
    return None


def _results_of(placement_id: int, sub: str) -> LineItem:
    """Name the line item with the person in its query, since `results` of everybody may be long."""
    url = db.session.get_one(PlacementRow, placement_id).line_item_url or ""
    joint = "&" if "?" in url else "?"
    return LineItem({"id": url + joint + urlencode({"user_id": sub})})


def _service(placement_id: int, person_id: int) -> tuple[AssignmentsGradesService, str]:
    placement = db.session.get_one(PlacementRow, placement_id)
    registration = db.session.get_one(RegistrationRow, placement.registration_id)
    connector = services.connect(registration, services.new_session(), placement.scopes)
    data = {"scope": placement.scopes, "lineitem": placement.line_item_url or ""}
    service = AssignmentsGradesService(connector, data)  # type: ignore[arg-type]  # scopes are the platform's strings
    return service, db.session.get_one(PersonRow, person_id).sub


def _grade(score: Score, sub: str) -> Grade:
    grade = Grade().set_user_id(sub).set_timestamp(score.at.isoformat())
    grade.set_score_given(score.given).set_score_maximum(score.maximum)
    grade.set_activity_progress("Submitted").set_grading_progress("FullyGraded")
    return grade.set_comment(score.comment) if score.comment else grade
