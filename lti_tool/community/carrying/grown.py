"""What a post's page says of the canvas that it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lti_tool.community import rules
from lti_tool.community.agreeing import store as proposals
from lti_tool.community.carrying import store
from lti_tool.community.carrying.store import Origin
from lti_tool.community.posts import Post
from lti_tool.community.store import Visit
from lti_tool.database import db
from lti_tool.exercises import owners
from lti_tool.exercises.bringing.wording import Title, title_of
from lti_tool.groups import store as groups
from lti_tool.groups.wording import name_of
from lti_tool.learning.links import address, page_of
from lti_tool.lti.tables import CourseRow, PlacementRow, SiteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """An exercise that a post came from, and Moodle's page of it where the reader can go there."""

    title: Title
    url: str | None
    group: str | None = None
    """The group whose work it is."""
    names: Sequence[str] = ()
    """Those of the group who agreed that their names stand there, beside who published it."""


def of_thread(visit: Visit, post: Post) -> Mapping[str, object]:
    """Tell where a post came from: of a nameless one only to those who learn whose it is."""
    origin = store.origin(visit.key, post.id) if rules.sees_author(visit.reader, post) else None
    if origin is None or not rules.can_read(visit.reader, post):
        return {"grown": None}
    activity = f"exercise/{origin.exercise}"
    url = page(origin.course_id, activity) if rules.is_author(visit.reader, post) else address(activity)
    return {"grown": Grown(title=title_of(origin.exercise), url=url, **_together(origin, post))}


def _together(origin: Origin, post: Post) -> Mapping[str, Any]:
    owner = owners.read(origin.owner)
    group = groups.find(origin.course_id, owner.group_id) if owner and owner.group_id else None
    if group is None:
        return {}
    proposal = proposals.find(post.id)
    return {"group": name_of(group), "names": proposals.names(proposal.named()) if proposal else ()}


def page(course_id: int, activity: str) -> str | None:
    """Give Moodle's page of an activity in any course: for somebody who worked there."""
    placed = (
        select(SiteRow.issuer, PlacementRow.resource_link_id)
        .join(CourseRow, CourseRow.site_id == SiteRow.id)
        .join(PlacementRow, PlacementRow.course_id == CourseRow.id)
        .where(CourseRow.id == course_id, PlacementRow.activity == activity)
        .order_by(PlacementRow.id.desc())
        .limit(1)
    )
    row = db.session.execute(placed).one_or_none()
    return page_of(row.issuer, row.resource_link_id) if row else None
