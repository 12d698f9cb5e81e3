"""What a deep-linking answer places, after Moodle's `content_item_to_form`. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lti_tool.demo.moodle.numbers import plain
from lti_tool.demo.moodle.placing import Column
from lti_tool.demo.moodle.tables import Activity, Tool

Json = dict[str, Any]
LONGEST_NAME = 255


class ItemRefused(Exception):
    """A single item that Moodle's form would not take."""


@dataclass(frozen=True, slots=True)
class Placement:
    """An activity to be, with its column."""

    activity: Activity
    column: Column | None


def read_items(items: Sequence[Json], tool: Tool, course_id: int, point_max: int) -> list[Placement]:
    """Turn content items into activities.

    A wrong maximum grade fails a form with one item; of several items it silently drops that one.

    Raises:
        ItemRefused: the only item is wrong.
    """
    links = [item for item in items if item.get("type") == "ltiResourceLink"]
    wrong = [item for item in links if not _maximum_is_right(item, tool, point_max)]
    if wrong and len(links) == 1:
        message = f"The maximum grade must be a whole number between 1 and {point_max}."
        raise ItemRefused(message)
    return [_placement(item, tool, course_id) for item in links if item not in wrong]


def _placement(item: Json, tool: Tool, course_id: int) -> Placement:
    activity = Activity(
        course_id=course_id,
        name=str(item.get("title") or tool.name)[:LONGEST_NAME],
        intro=str(item.get("text") or ""),
        tool_id=tool.id,
        tool_url=str(item.get("url") or ""),
        icon=str((item.get("icon") or {}).get("url") or ""),
        custom_parameters=_lines(item.get("custom") or {}),
    )
    return Placement(activity, _column(item) if _has_column(item, tool) else None)


def _has_column(item: Json, tool: Tool) -> bool:
    """Tell whether the line item counts: it does where the tool may send grades."""
    return bool(tool.grade_sync) and item.get("lineItem") is not None


def _column(item: Json) -> Column:
    line: Json = item["lineItem"]
    review = line.get("submissionReview")
    return Column(
        maximum=int(line.get("scoreMaximum") or 100),
        resource_id=str(line.get("resourceId") or ""),
        tag=str(line.get("tag") or ""),
        review_url="" if review is None else str(review.get("url") or "DEFAULT"),
        review_custom=_lines((review or {}).get("custom") or {}),
    )


def _maximum_is_right(item: Json, tool: Tool, point_max: int) -> bool:
    if not _has_column(item, tool):
        return True
    given = item["lineItem"].get("scoreMaximum") or 100
    text = str(plain(given) if isinstance(given, float) else given)
    return text.isdigit() and 0 < int(text) <= point_max


def _lines(custom: Json) -> str:
    return "\n".join(f"{key}={value}" for key, value in custom.items())
