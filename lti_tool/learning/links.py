"""Leads from one activity of a course to another, as people go there: by the platform's own page of it."""

from collections.abc import Mapping

from flask import g
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.lti.launch.session import current
from lti_tool.lti.tables import CourseRow, PlacementRow, SiteRow


def address(activity: str) -> str | None:
    """Give Moodle's page of an activity, such as `exercise/needs-matrix`, in the course of whoever asks.

    Moodle's resource link is its `lti` instance, which `mod/lti/view.php` opens. An activity that nobody has opened
    yet, or that isn't placed in this course, has no address. Of several the newest is meant.
    """
    if "addresses" not in g:
        g.addresses = _addresses()
    addresses: Mapping[str, str] = g.addresses
    return addresses.get(activity)


def _addresses() -> Mapping[str, str]:
    """Give the addresses of all activities of the course: a text names several."""
    placed = (
        select(SiteRow.issuer, PlacementRow.activity, PlacementRow.resource_link_id)
        .join(CourseRow, CourseRow.site_id == SiteRow.id)
        .join(PlacementRow, PlacementRow.course_id == CourseRow.id)
        .where(CourseRow.id == current().course_id, PlacementRow.activity.is_not(None))
        .order_by(PlacementRow.id)
    )
    found = {activity: page_of(issuer, link) for issuer, activity, link in db.session.execute(placed)}
    return {activity: page for activity, page in found.items() if activity and page}


def page_of(issuer: str, link: str) -> str | None:
    """Give Moodle's page of a resource link; what no Moodle would number so has none."""
    return f"{issuer}/mod/lti/view.php?l={link}" if link.isascii() and link.isdecimal() else None
