"""Reads from the database what a message to a tool is made of."""

import json
from collections.abc import Mapping
from contextlib import suppress
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
    CourseModule,
    GradeItem,
    Group,
    GroupMember,
    LaunchHint,
    LineItem,
    Tool,
)
from lti_tool.demo.moodle.visits import HANDHELD, Visit, refuse, sesskey


@dataclass(frozen=True, slots=True)
class Columns:
    """What a launch says of the gradebook."""

    has_item: bool
    tells_item: bool


def gather(db: Session, visit: Visit, hint: LaunchHint, activity: Activity | None, asked: Mapping[str, str]) -> Message:
    """Gather one message; `asked` is the tool's question, as the browser carried it."""
    settings = this_site().settings
    tool = db.get_one(Tool, hint.tool_id)
    columns = _columns(db, activity)
    review = _review(db, hint, activity)
    return Message(
        type=hint.message_type,
        nonce=asked["nonce"],
        wwwroot=settings.wwwroot,
        user=visit.user,
        course=visit.course,
        standing=visit.standing,
        tool=tool,
        activity=activity,
        target=target_of(db, hint, tool, activity),
        for_user=hint.for_user,
        review_custom=review.review_custom if review else "",
        document_target="frame" if HANDHELD.search(request.user_agent.string) else "iframe",
        return_url=_return_url(hint, activity),
        group_ids=_group_ids(db, visit),
        history=_history(db, visit.course),
        has_item=columns.has_item,
        hinted_item=_hinted_item(db, visit.course, asked),
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
    review = _review(db, hint, activity)
    own = review.review_url if review and review.review_url != "DEFAULT" else ""
    return own or activity.tool_url or tool.base_url


def message_hint(asked: Mapping[str, str]) -> Mapping[str, object]:
    """Read what Moodle gave the browser to carry; whoever has the browser may have changed it."""
    with suppress(ValueError):
        carried = json.loads(asked.get("lti_message_hint", ""))
        return carried if isinstance(carried, dict) else {}
    return {}


def _review(db: Session, hint: LaunchHint, activity: Activity | None) -> LineItem | None:
    """Find what a review is told beside; nothing where the activity has several line items."""
    if activity is None or hint.message_type != REVIEW:
        return None
    rows = db.scalars(select(LineItem).filter_by(activity_id=activity.id)).all()
    return rows[0] if len(rows) == 1 else None


def _columns(db: Session, activity: Activity | None) -> Columns:
    """Find the activity's own column; with several columns the launch names none."""
    if activity is None:
        return Columns(has_item=False, tells_item=False)
    own = db.scalars(select(GradeItem.id).filter_by(activity_id=activity.id)).all()
    linked = db.scalars(select(LineItem.item_id).filter_by(activity_id=activity.id)).all()
    return Columns(has_item=bool(own), tells_item=len({*own, *linked}) == 1)


def _hinted_item(db: Session, course: Course, asked: Mapping[str, str]) -> int | None:
    """Find a column as Moodle does: by the activity that the browser names, in the course of the one launched."""
    module_id = asked.get("id") or message_hint(asked).get("cmid")
    if not module_id:
        return None
    module = db.scalars(select(CourseModule).filter_by(id=module_id, kind="lti")).first()
    if module is None:
        refuse("There is no such activity.")
    return db.scalars(select(GradeItem.id).filter_by(course_id=course.id, activity_id=module.instance)).first()


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
