"""Leads from one activity of a course to another, as people go there: by the platform's own page of it."""

from sqlalchemy import select

from lti_tool.database import db
from lti_tool.lti.launch.session import current
from lti_tool.lti.tables import CourseRow, PlacementRow, SiteRow


def address(activity: str) -> str | None:
    """Give Moodle's page of an activity, such as `exercise/needs-matrix`, in the course of whoever asks.

    Moodle's resource link is its `lti` instance, which `mod/lti/view.php` opens. An activity that nobody has opened
    yet, or that isn't placed in this course, has no address. Of several the newest is meant.
    """
    newest = (
        select(SiteRow.issuer, PlacementRow.resource_link_id)
        .join(CourseRow, CourseRow.site_id == SiteRow.id)
        .join(PlacementRow, PlacementRow.course_id == CourseRow.id)
        .where(CourseRow.id == current().course_id, PlacementRow.activity == activity)
        .order_by(PlacementRow.id.desc())
        .limit(1)
    )
    found = db.session.execute(newest).one_or_none()
    if found is None or not found.resource_link_id.isascii() or not found.resource_link_id.isdecimal():
        return None
    return f"{found.issuer}/mod/lti/view.php?l={found.resource_link_id}"
