"""Reads from the database what a message to a tool is made of."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.message import DEEP_LINKING, REVIEW, Message
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import (
    Activity,
    Course,
    GradeItem,
    Group,
    GroupMember,
    LaunchHint,
    LineItem,
    Tool,
)
from lti_tool.demo.moodle.visits import HANDHELD, Visit, sesskey


@dataclass(frozen=True, slots=True)
class Columns:
    """What a launch says of the gradebook."""

    own_item: int | None
    tells_item: bool


def gather(db: Session, visit: Visit, hint: LaunchHint, activity: Activity | None, nonce: str) -> Message:
    """Gather one message."""
    settings = this_site().settings
    tool = db.get_one(Tool, hint.tool_id)
    columns = _columns(db, activity)
    return Message(
        type=hint.message_type,
        nonce=nonce,
        wwwroot=settings.wwwroot,
        user=visit.user,
        course=visit.course,
        standing=visit.standing,
        tool=tool,
        activity=activity,
        target=target_of(db, hint, tool, activity),
        for_user=hint.for_user,
        document_target="frame" if HANDHELD.search(request.user_agent.string) else "iframe",
        return_url=_return_url(hint, activity),
        group_ids=_group_ids(db, visit),
        history=_history(db, visit.course),
        own_item=columns.own_item,
        tells_item=columns.tells_item,
        roster_open=_in_use(db, tool.id, visit.course.id),
        share_names=settings.share_names,
        share_email=settings.share_email,
    )


def target_of(db: Session, hint: LaunchHint, tool: Tool, activity: Activity | None) -> str:
    """Find the address that a message is for."""
    if activity is None:
        own = tool.deep_linking_url if hint.message_type == DEEP_LINKING else ""
        return own or tool.base_url
    review = _review_url(db, activity) if hint.message_type == REVIEW else ""
    return review or activity.tool_url or tool.base_url


def _review_url(db: Session, activity: Activity) -> str:
    rows = db.scalars(select(LineItem).filter_by(activity_id=activity.id)).all()
    own = rows[0].review_url if len(rows) == 1 else ""
    return "" if own == "DEFAULT" else own


def _columns(db: Session, activity: Activity | None) -> Columns:
    """Find the activity's own column; with several columns the launch names none."""
    if activity is None:
        return Columns(None, tells_item=False)
    own = db.scalars(select(GradeItem.id).filter_by(activity_id=activity.id)).all()
    linked = db.scalars(select(LineItem.item_id).filter_by(activity_id=activity.id)).all()
    named = {*own, *linked}
    return Columns(own[0] if own else None, tells_item=len(named) == 1)


def _group_ids(db: Session, visit: Visit) -> tuple[int, ...]:
    mine = select(Group.id).join(GroupMember, GroupMember.group_id == Group.id)
    mine = mine.where(Group.course_id == visit.course.id, GroupMember.user_id == visit.user.id)
    return tuple(db.scalars(mine.order_by(Group.id)))


def _history(db: Session, course: Course) -> tuple[int, ...]:
    history: list[int] = []
    parent = course.original_id
    while parent and parent not in history:
        history.append(parent)
        found = db.get(Course, parent)
        parent = found.original_id if found else None
    return tuple(history)


def _in_use(db: Session, tool_id: int, course_id: int) -> bool:
    return db.scalars(select(Activity.id).filter_by(tool_id=tool_id, course_id=course_id)).first() is not None


def _return_url(hint: LaunchHint, activity: Activity | None) -> str:
    query: dict[str, str | int] = {"course": hint.course_id}
    if activity is None:
        query |= {"id": hint.tool_id, "section": hint.section_id or 0, "sesskey": sesskey()}
        return this_site().url("/mod/lti/contentitem_return.php?" + urlencode(query))
    query |= {"launch_container": 3, "instanceid": activity.id, "sesskey": sesskey()}
    return this_site().url("/mod/lti/return.php?" + urlencode(query))
