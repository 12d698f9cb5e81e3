"""Scores to the platform's gradebook, and results back from it.

Source: LTI-AGS 2.0; Moodle wants exactly one media type in `Accept` and keeps `?type_id=` in its addresses, which
pylti1p3 does. Nothing but full scores leaves from here: to Moodle any other message means that the grade is to be
cleared.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem
from sqlalchemy import update

from lti_tool.database import db
from lti_tool.errors import NoLineItem, ScopeMissing
from lti_tool.lti.platform import line_items
from lti_tool.lti.platform.services import Connector, connect, translated
from lti_tool.lti.tables import PersonRow, PlacementRow, RegistrationRow

SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
RESULT_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score as it was last given; `at` orders it among this person's scores for the line item, to the second."""

    given: float
    maximum: float
    at: datetime
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Whose grade it is, in which activity, and the way there."""

    placement_id: int
    resource_link_id: str
    activity: str | None
    scopes: list[str]
    line_item_url: str | None
    line_items_url: str | None
    sub: str
    connector: Connector

    def require(self, scope: str) -> None:
        if scope not in self.scopes:
            msg = f"placement {self.placement_id} came without {scope}"
            raise ScopeMissing(msg)

    def service(self, line_item_url: str) -> AssignmentsGradesService:
        data = {"scope": self.scopes, "lineitem": line_item_url}
        return AssignmentsGradesService(self.connector, data)  # type: ignore[arg-type]  # scopes are the platform's strings


def is_graded(placement: PlacementRow) -> bool:
    """Tell whether the activity has a grade that we may give, as far as is known."""
    may_be_found = placement.line_items_url and line_items.may_list(placement.scopes) and not placement.has_no_line_item
    return SCORE_SCOPE in placement.scopes and bool(placement.line_item_url or may_be_found)


def send_score(placement_id: int, person_id: int, score: Score) -> None:
    """Write a score into the platform's gradebook; the caller's transaction is ended before.

    Raises:
        PlatformRemoved: the placement's registration was removed; nothing was sent.
        AccessRefused, ScopeMissing: the tool may not send it, at least now.
        PlatformBusy: another process asks for access; nothing was sent.
        NoLineItem: the activity isn't graded.
        PlatformAnswered: an error status; 409 means that the platform holds something newer.
        PlatformUnreachable: no usable answer; it may have arrived all the same.
    """
    with translated():
        target = _target(placement_id, person_id)
        target.require(SCORE_SCOPE)
        target.service(_line_item(target)).put_grade(_grade(score, target.sub))


def read_result(placement_id: int, person_id: int) -> float | None:
    """Read what the gradebook holds, as a share of the maximum from 0 to 1; nothing where it holds no grade.

    Moodle leaves score and maximum out where the grade is 0.

    Raises:
        PlatformError: as for `send_score`.
    """
    with translated():
        target = _target(placement_id, person_id)
        target.require(RESULT_SCOPE)
        url = _line_item(target)
        for result in target.service(url).get_grades(_results_of(url, target.sub)):
            if str(result.get("userId")) == target.sub:
                return float(result.get("resultScore") or 0) / float(result.get("resultMaximum") or 1)
    return None


def _results_of(url: str, sub: str) -> LineItem:
    """Name the line item with the person in its query, since `results` of everybody may be long."""
    joint = "&" if "?" in url else "?"
    return LineItem({"id": url + joint + urlencode({"user_id": sub})})


def _target(placement_id: int, person_id: int) -> _Target:
    """Read all that is needed and end the transaction: none is held while the platform is waited for."""
    placement = db.session.get_one(PlacementRow, placement_id)
    target = _Target(
        placement_id=placement_id,
        resource_link_id=placement.resource_link_id,
        activity=placement.activity,
        scopes=placement.scopes,
        line_item_url=placement.line_item_url,
        line_items_url=placement.line_items_url,
        sub=db.session.get_one(PersonRow, person_id).sub,
        connector=connect(db.session.get_one(RegistrationRow, placement.registration_id)),
    )
    db.session.commit()
    return target


def _line_item(target: _Target) -> str:
    """Give the launch's own line item; where it named none, look for one and keep it until the next launch."""
    if target.line_item_url:
        return target.line_item_url
    found = _find(target)
    kept = update(PlacementRow).where(PlacementRow.id == target.placement_id)
    db.session.execute(kept.values(line_item_url=found, has_no_line_item=found is None))
    db.session.commit()
    if found is None:
        msg = f"placement {target.placement_id} has no line item"
        raise NoLineItem(msg)
    return found


def _find(target: _Target) -> str | None:
    if target.line_items_url is None:
        return None
    link, activity = target.resource_link_id, target.activity
    return line_items.find(target.connector, target.scopes, target.line_items_url, link, activity)


def _grade(score: Score, sub: str) -> Grade:
    grade = Grade().set_user_id(sub).set_timestamp(score.at.isoformat())
    grade.set_score_given(score.given).set_score_maximum(score.maximum)
    grade.set_activity_progress("Submitted").set_grading_progress("FullyGraded")
    return grade.set_comment(score.comment) if score.comment else grade
