"""Scores to the platform's gradebook, and results back from it.

Source: LTI-AGS 2.0; Moodle wants exactly one media type in `Accept` and keeps `?type_id=` in its addresses, which
pylti1p3 does.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import current_app
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector

from lti_tool.database import db
from lti_tool.errors import PlatformAnswered, PlatformRemoved, PlatformUnreachable
from lti_tool.lti import keys, registry
from lti_tool.lti.http import PlatformSession, place
from lti_tool.lti.tables import PersonRow, PlacementRow, RegistrationRow, State

SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score as it was last given; `at` orders it among this person's scores for the line item, to the second."""

    given: float
    maximum: float
    at: datetime
    comment: str | None = None


def send_score(placement_id: int, person_id: int, score: Score) -> None:
    """Write a score into the platform's gradebook; the caller's reads end first, so that no transaction waits with it.

    Raises:
        PlatformRemoved: the placement's registration was removed; nothing was sent.
        PlatformAnswered: an error status; 409 means that the platform holds something newer.
        PlatformUnreachable: no usable answer; it may have arrived all the same.
    """
    with _translated():
        book = _opened(placement_id, person_id)
        book.service.put_grade(_grade(score, book.sub))


def read_result(placement_id: int, person_id: int) -> float | None:
    """Read what the gradebook holds, as a share of the maximum from 0 to 1; nothing where it holds no grade.

    Moodle leaves score and maximum out where the grade is 0.

    Raises:
        PlatformError: as for `send_score`.
    """
    with _translated():
        book = _opened(placement_id, person_id)
        for result in book.service.get_grades(_results(book)):
            if str(result.get("userId")) == book.sub:
                return float(result.get("resultScore") or 0) / float(result.get("resultMaximum") or 1)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gradebook:
    """One line item that we may write to, and the person whose grade is meant."""

    service: AssignmentsGradesService
    line_item_url: str
    sub: str


def _results(book: _Gradebook) -> LineItem:
    """Name the line item with the person in its query, since `results` of everybody may be long."""
    joint = "&" if "?" in book.line_item_url else "?"
    return LineItem({"id": book.line_item_url + joint + urlencode({"user_id": book.sub})})


def _opened(placement_id: int, person_id: int) -> _Gradebook:
    """Read everything, end the transaction that the reads began, and only then speak to the platform."""
    placement = db.session.get_one(PlacementRow, placement_id)
    registration = db.session.get_one(RegistrationRow, placement.registration_id)
    _require_in_use(registration)
    session = PlatformSession(allow_private=current_app.config["ALLOW_PRIVATE_PLATFORMS"])
    connector = ServiceConnector(_signing(registration), session)
    scopes, url = list(placement.scopes), placement.line_item_url or ""
    sub = db.session.get_one(PersonRow, person_id).sub
    db.session.rollback()
    _ask_for_access(connector, scopes)
    data = {"scope": scopes, "lineitem": url}
    service = AssignmentsGradesService(connector, data)  # type: ignore[arg-type]  # scopes are the platform's strings
    return _Gradebook(service=service, line_item_url=url, sub=sub)


def _require_in_use(registration: RegistrationRow) -> None:
    """Send nothing to a platform that isn't approved, or no longer: its addresses may be anybody's."""
    if registration.state is State.REMOVED:
        msg = f"registration {registration.id} was removed; open the activity in Moodle, then send the score again"
        raise PlatformRemoved(msg)
    if registration.state is not State.ACTIVE:
        msg = f"registration {registration.id} is {registration.state}"
        raise PlatformUnreachable(msg)


def _ask_for_access(connector: ServiceConnector, scopes: Sequence[str]) -> None:
    """Get the access token, which the connector keeps.

    No refusal is final: Moodle's 400 may mean that it could not read our key set just then.
    """
    try:
        connector.get_access_token(scopes)
    except LtiServiceException as error:
        msg = f"{place(error.response.url)} gave no access: {error.response.status_code}"
        raise PlatformUnreachable(msg, retry_after=_retry_after(error)) from error


class _SigningRegistration(Registration):
    """A registration with the tool's loaded key; parsing a PEM for every signature costs 50 ms."""

    def __init__(self, kid: str) -> None:
        self._kid = kid

    def get_kid(self) -> str:
        return self._kid


def _signing(row: RegistrationRow) -> Registration:
    key = keys.signing_key()
    registration = registry.fill(_SigningRegistration(key.kid), row)
    return registration.set_tool_private_key(key.private_key)  # type: ignore[arg-type]  # PyJWT takes the loaded key


def _grade(score: Score, sub: str) -> Grade:
    grade = Grade().set_user_id(sub).set_timestamp(score.at.isoformat())
    grade.set_score_given(score.given).set_score_maximum(score.maximum)
    grade.set_activity_progress("Submitted").set_grading_progress("FullyGraded")
    return grade.set_comment(score.comment) if score.comment else grade


def _retry_after(error: LtiServiceException) -> str | None:
    header: str | None = error.response.headers.get("Retry-After")
    return header


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except LtiServiceException as error:
        response = error.response
        raise PlatformAnswered(response.status_code, place(response.url), retry_after=_retry_after(error)) from error
    except (LtiException, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PlatformUnreachable(type(error).__name__) from error
