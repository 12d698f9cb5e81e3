"""The line item service: the columns that a tool sees."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from sqlalchemy import select

from lti_tool.demo.moodle.claims import LINEITEM, LINEITEM_READ
from lti_tool.demo.moodle.matching import tool_of
from lti_tool.demo.moodle.numbers import is_numeric, plain
from lti_tool.demo.moodle.services import Call, Json, body_object, json_answer, refuse, service
from lti_tool.demo.moodle.tables import Activity, Grade, GradeItem, LineItem
from lti_tool.demo.moodle.variables import split_parameters

CONTAINER = "application/vnd.ims.lis.v2.lineitemcontainer+json"
ITEM = "application/vnd.ims.lis.v2.lineitem+json"


@service(
    "/<int:course_id>/lineitems",
    "lineitems",
    (CONTAINER, ITEM),
    {"GET": (LINEITEM, LINEITEM_READ), "POST": (LINEITEM,)},
)
def lineitems(call: Call) -> Response:
    """List the tool's columns in the course, or add one that stands alone."""
    if request.method == "POST":
        return _create(call)
    if request.headers.get("Accept", "") not in ("", CONTAINER):
        refuse(400, "No context or unsupported content type")
    return _list(call)


@service(
    "/<int:course_id>/lineitems/<int:item_id>/lineitem",
    "lineitem",
    (ITEM,),
    {"GET": (LINEITEM, LINEITEM_READ), "PUT": (LINEITEM,), "DELETE": (LINEITEM,)},
)
def lineitem(call: Call, item_id: int) -> Response:
    """Show, change or delete a column."""
    item = find_item(call, item_id)
    if request.method == "GET":
        return json_answer(item_json(call, item), ITEM)
    return _update(call, item) if request.method == "PUT" else _delete(call, item)


def find_item(call: Call, item_id: int) -> GradeItem:
    """Find a column; like Moodle, not minding in which course it is, nor whose, if only it is some tool's."""
    item = call.db.get(GradeItem, item_id)
    if item is None:
        refuse(404, f"Not Found: Grade item {item_id} doesn't exist")
    found = call.db.get(LineItem, item_id) or _is_of_an_activity_of(call, item)
    return item if found else refuse(404, "Line item does not exist")


def find_graded_item(call: Call, item_id: int) -> GradeItem:
    """Find a column whose grades the tool may see and give: its activity's tool must be the one that calls."""
    item = find_item(call, item_id)
    if item.activity_id is not None and not _places(call, item.activity_id, item.course_id):
        refuse(403, "Invalid LTI id supplied.")
    return item


def item_url(call: Call, item: GradeItem) -> str:
    """Write a column's address, without a query."""
    return f"{call.lineitems}/{item.id}/lineitem"


def item_json(call: Call, item: GradeItem) -> Json:
    """Write a column as the service shows it."""
    shown: Json = {
        "id": f"{item_url(call, item)}?type_id={call.tool.id}",
        "label": item.name,
        "scoreMaximum": plain(item.grade_max),
    }
    line = call.db.get(LineItem, item.id)
    if line:
        shown |= {"resourceId": line.resource_id, "tag": line.tag} | _review(line)
    else:
        shown["tag"] = ""
    link = line.activity_id if line else item.activity_id
    return shown | ({"resourceLinkId": str(link), "ltiLinkId": str(link)} if link else {})


def _is_of_an_activity_of(call: Call, item: GradeItem) -> bool:
    """Tell whether a column without a line item belongs to an activity that has this tool by its id."""
    activity = call.db.get(Activity, item.activity_id) if item.activity_id else None
    return activity is not None and activity.tool_id == call.tool.id


def _is_listed(call: Call, item: GradeItem) -> bool:
    """Tell whether a column is in the list: known as this tool's, or known as nobody's and of an activity of it."""
    line = call.db.get(LineItem, item.id)
    if line:
        return line.tool_id == call.tool.id
    return item.activity_id is not None and _places(call, item.activity_id, item.course_id)


def _places(call: Call, activity_id: int, course_id: int) -> bool:
    activity = call.db.get(Activity, activity_id)
    tool = tool_of(call.db, activity) if activity and activity.course_id == course_id else None
    return tool is not None and tool.id == call.tool.id


def _review(line: LineItem) -> Json:
    if not line.review_url:
        return {}
    review: Json = {} if line.review_url == "DEFAULT" else {"url": line.review_url}
    return {"submissionReview": review | _review_custom(line)}


def _review_custom(line: LineItem) -> Json:
    return {"custom": split_parameters(line.review_custom)} if line.review_custom else {}


def _list(call: Call) -> Response:
    rows = call.db.scalars(select(GradeItem).filter_by(course_id=call.course.id).order_by(GradeItem.id))
    items = [shown for item in rows if _is_listed(call, item) and _is_asked_for(shown := item_json(call, item))]
    limit, start = request.args.get("limit", 0, int), request.args.get("from", 0, int)
    if limit <= 0:
        return json_answer(items, CONTAINER)
    answer = json_answer(items[start : start + limit], CONTAINER)
    answer.headers["Link"] = page_links(call.lineitems, call.tool.id, limit, start, len(items))
    return answer


def _is_asked_for(item: Json) -> bool:
    filters = {"resource_id": "resourceId", "resource_link_id": "resourceLinkId", "tag": "tag"}
    return all(item.get(key) == request.args[name] for name, key in filters.items() if name in request.args)


def page_links(address: str, tool_id: int, limit: int, start: int, total: int) -> str:
    """Write Moodle's paging links, with the curly quotes and the `&amp;` that make them unreadable."""
    pages = {"first": 0, "prev": max(start - limit, 0), "canonical": start, "next": start + limit}
    pages["last"] = max(total - limit + 1, 0)
    hidden = {"prev"} if start == 0 else set()
    hidden |= {"next"} if start + limit >= total else set()
    query = {"type_id": tool_id, "limit": limit}
    links = [
        f"<{address}?{urlencode(query | {'from': place}).replace('&', '&amp;')}>; rel=“{name}”"
        for name, place in pages.items()
        if name not in hidden
    ]
    return ", ".join(links).encode().decode("latin-1")


def _create(call: Call) -> Response:
    if request.mimetype != ITEM:
        refuse(400, "No context or unsupported content type")
    sent = _checked(call)
    item = GradeItem(
        course_id=call.course.id, activity_id=None, name=sent["label"], grade_max=float(sent["scoreMaximum"])
    )
    call.db.add(item)
    call.db.flush()
    line = LineItem(
        item_id=item.id,
        course_id=call.course.id,
        tool_id=call.tool.id,
        activity_id=_link(sent),
        resource_id=sent.get("resourceId") or "",
        tag=sent.get("tag") or "",
    )
    call.db.add(line)
    return json_answer(sent | {"id": f"{item_url(call, item)}?type_id={call.tool.id}"}, ITEM, 201)


def _update(call: Call, item: GradeItem) -> Response:
    """Change a column; `resourceId`, `tag` and the activity that aren't sent again are lost."""
    sent = _checked(call)
    maximum = float(sent["scoreMaximum"])
    if maximum != item.grade_max:
        _rescale(call, item, maximum)
    item.name, item.grade_max = sent["label"], maximum
    line = call.db.get(LineItem, item.id)
    if line:
        _update_line(line, sent)
    return json_answer(sent | {"id": f"{item_url(call, item)}?type_id={call.tool.id}"}, ITEM)


def _update_line(line: LineItem, sent: Json) -> None:
    resource_id, tag = sent.get("resourceId") or "", sent.get("tag") or ""
    review = sent.get("submissionReview")
    if (resource_id, tag) == (line.resource_id, line.tag) and review is None and not line.review_url:
        return
    line.resource_id, line.tag, line.activity_id = resource_id, tag, _link(sent)
    line.review_url = "" if review is None else review.get("url") or "DEFAULT"
    line.review_custom = review_lines(review or {})


def review_lines(review: Json) -> str:
    """Write the custom parameters of a submission review as lines."""
    custom: dict[str, Any] = review.get("custom") or {}
    return "\n".join(f"{key}={value}" for key, value in custom.items())


def _delete(call: Call, item: GradeItem) -> Response:
    line = call.db.get(LineItem, item.id) or refuse(403)
    call.db.delete(line)
    call.db.delete(item)
    return Response(status=204)


def _checked(call: Call) -> Json:
    sent = body_object()
    if sent.get("scoreMaximum") is None or sent.get("label") is None or not is_numeric(sent["scoreMaximum"]):
        refuse(400, "No label or Score Maximum")
    link = sent.get("resourceLinkId") or sent.get("ltiLinkId")
    if link and not is_numeric(link):
        refuse(400)
    if link and not _places(call, int(link), call.course.id):
        refuse(403)
    return sent


def _link(sent: Json) -> int | None:
    link = sent.get("resourceLinkId") or sent.get("ltiLinkId")
    return int(link) if link else None


def _rescale(call: Call, item: GradeItem, maximum: float) -> None:
    grades: Sequence[Grade] = call.db.scalars(select(Grade).filter_by(item_id=item.id)).all()
    for grade in grades:
        if grade.final is not None:
            grade.final = grade.final * maximum / item.grade_max
        grade.maximum = maximum
