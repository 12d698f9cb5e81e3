"""Everybody's grade for one activity, as the platform's gradebook holds them.

Source: LTI-AGS 2.0, section 3.3. Moodle is asked without a limit, with which it fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lti_tool.errors import PlatformUnreachable
from lti_tool.lti.platform import pages, targets
from lti_tool.lti.platform.grades import RESULT_SCOPE
from lti_tool.lti.platform.pages import Question
from lti_tool.lti.platform.services import translated

MEDIA_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
ALL_RESULTS = 60.0
"""Seconds after which no further page is asked for; with the last page's own thirty it ends within a worker's lease."""
MOST_POINTS = 1e9
"""No gradebook holds as many; what Python reads as numbers of JSON may be endless, or none at all."""
LARGEST_ANSWER = 20_000_000
"""Bytes: each result comes with its comment, and a course may have thousands of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A grade in the gradebook; Moodle leaves the maximum out where the grade is 0."""

    score: float
    maximum: float | None


def fetch(placement_id: int, *, lasts: float = ALL_RESULTS) -> Mapping[str, Result]:
    """Ask for everybody's grade, by their `sub`; who has none is left out.

    Raises:
        ScopeMissing, NoLineItem, LineItemUnknown: there is nothing to read, or we may not.
        PlatformError: as for every request.
    """
    with translated():
        target = targets.target(placement_id)
        target.require(RESULT_SCOPE)
        target.connector.take_answers_of(LARGEST_ANSWER)
        found: dict[str, Result] = {}
        question = Question(connector=target.connector, scopes=target.scopes, media_type=MEDIA_TYPE)
        for _, page in pages.read(question, _results_of(target.line_item), lasts=lasts):
            found |= dict(_read(page))
    return found


def _results_of(line_item: str) -> str:
    """Write the address of a line item's results, which goes before the query."""
    parts = urlsplit(line_item)
    return parts._replace(path=parts.path.rstrip("/") + "/results").geturl()


def _read(page: object) -> Iterator[tuple[str, Result]]:
    if not isinstance(page, list):
        msg = "the platform did not answer with results"
        raise PlatformUnreachable(msg)
    results = [one for one in page if isinstance(one, dict) and "userId" in one]
    return ((str(one["userId"]), _result(one)) for one in results if _is_plain(one))


def _is_plain(result: Mapping[str, object]) -> bool:
    """Tell whether a grade is a number, or missing; letters and others are no points."""
    return all(_is_points(result.get(name)) for name in ("resultScore", "resultMaximum"))


def _is_points(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return value is None
    return isinstance(value, (int, float)) and abs(value) < MOST_POINTS


def _result(result: Mapping[str, Any]) -> Result:
    maximum = result.get("resultMaximum")
    return Result(score=float(result.get("resultScore") or 0), maximum=float(maximum) if maximum else None)
