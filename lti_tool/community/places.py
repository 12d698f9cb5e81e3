"""Where in a list of posts a page ends: the next one begins behind that post, wherever it stands by then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from lti_tool.community.typed import is_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a post stands: in which part of the list, and there by its activity and its id."""

    part: str
    active_at: datetime
    id: str

    def __str__(self) -> str:
        """Write it as the page's links carry it."""
        return f"{self.part}~{self.active_at.isoformat()}~{self.id}"


def read(text: str, parts: Collection[str]) -> Place | None:
    """Read what a link carries; what none of ours would carry is no place."""
    part, _, rest = text.partition("~")
    moment, _, post_id = rest.partition("~")
    try:
        active_at = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Place(part=part, active_at=active_at, id=post_id) if part in parts and is_id(post_id) else None
