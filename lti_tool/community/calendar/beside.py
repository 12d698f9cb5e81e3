"""Meetings on the community's other pages: the next one in the list, and a need's own beside it."""

from collections.abc import Mapping

from flask_babel import gettext

from lti_tool.clock import now
from lti_tool.community.calendar import rules, store
from lti_tool.community.calendar.rules import Meeting
from lti_tool.community.posts import Post, Reader
from lti_tool.community.store import Visit
from lti_tool.lti.launch.session import display_name


def words() -> dict[str, object]:
    """Give what the templates of meetings need."""
    return {"meeting_rules": rules, "planner_name": planner_name, "now": now()}


def of_list(visit: Visit) -> Mapping[str, object]:
    """Give the list what comes next."""
    return {"next_meeting": store.find_next(visit.key, now())}


def of_thread(visit: Visit, post: Post) -> Mapping[str, object]:
    """Give a post's page the meetings about it, and whether the reader may plan one."""
    meetings = store.find_of_post(visit.key, post.id)
    return {**words(), "meetings": meetings, "can_plan": rules.can_plan(visit.reader, post)}


def planner_name(reader: Reader, meeting: Meeting) -> str:
    """Write who planned a meeting, where the reader may know it."""
    if not rules.sees_planner(reader, meeting):
        return str(gettext("A member"))
    return display_name(meeting.planner.name, meeting.planner.number)
