"""The score and result services."""

from datetime import UTC, datetime

from flask import Response, request
from sqlalchemy import select

from lti_tool.demo.moodle.claims import RESULT, SCORE
from lti_tool.demo.moodle.grading import Score, apply_score, is_outdated, read_score
from lti_tool.demo.moodle.line_items import find_graded_item, item_url
from lti_tool.demo.moodle.numbers import plain
from lti_tool.demo.moodle.services import Call, Json, body_object, json_answer, refuse, service
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import Enrolment, Grade, GradeHistory, GradeItem

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
SCORE_CONTAINER = "application/vnd.ims.lis.v1.scorecontainer+json"
RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
NOTHING = "[]"
"""The body of every refused score."""


@service(
    "/<int:course_id>/lineitems/<int:item_id>/lineitem/scores",
    "scores",
    (SCORE_CONTAINER, SCORE_TYPE),
    {"POST": (SCORE,)},
)
def scores(call: Call, item_id: int) -> Response:
    """Take a score."""
    if request.mimetype != SCORE_TYPE:
        refuse(400, "No context or unsupported content type")
    item = find_graded_item(call, item_id)
    score = read_score(body_object())
    if score is None or not _is_gradable(call, score.user_id):
        refuse(400, "Incorrect score received", NOTHING)
    _enter(call, item, score)
    return Response(status=200, content_type=f"{SCORE_TYPE}; charset=utf-8")


@service("/<int:course_id>/lineitems/<int:item_id>/lineitem/results", "results", (RESULTS_TYPE,), {"GET": (RESULT,)})
def results(call: Call, item_id: int) -> Response:
    """Show the grades that are there, also those given or changed in the gradebook."""
    item = find_graded_item(call, item_id)
    rows = select(Grade).filter_by(item_id=item.id).where(Grade.modified.is_not(None)).order_by(Grade.id)
    user_id = request.args.get("user_id", 0, int)
    grades = call.db.scalars(rows.filter_by(user_id=user_id) if user_id > 0 else rows).all()
    if grades and request.args.get("limit", 0, int) > 0 and "type_id" in request.args:
        refuse(500)  # Moodle forgets to make the link to the last page, and fails
    return json_answer([_result(call, item, grade) for grade in grades], RESULTS_TYPE)


def _is_gradable(call: Call, user_id: int) -> bool:
    """Tell whether somebody can have grades here: trainees, suspended ones too."""
    rows = select(Enrolment).filter_by(course_id=call.course.id, user_id=user_id, role="student")
    return call.db.scalars(rows).first() is not None


def _enter(call: Call, item: GradeItem, score: Score) -> None:
    grade = call.db.scalars(select(Grade).filter_by(item_id=item.id, user_id=score.user_id)).first()
    if is_outdated(grade, score):
        refuse(409, "Refusing score with an earlier timestamp", NOTHING)
    if item.locked or (grade and grade.locked):
        refuse(500, "", NOTHING)
    if grade is None:
        grade = Grade(item_id=item.id, user_id=score.user_id, overridden=False)
        call.db.add(grade)
    apply_score(grade, item, score, this_site().now())
    noted = {"item_id": item.id, "user_id": score.user_id, "timestamp": score.timestamp}
    call.db.add(GradeHistory(**noted, final=grade.final))


def _result(call: Call, item: GradeItem, grade: Grade) -> Json:
    """Write a result; where the grade is 0 it has neither score nor comment nor time."""
    of = item_url(call, item)
    query = f"type_id={call.tool.id}"
    result: Json = {"id": f"{of}/results?{query}&user_id={grade.user_id}", "userId": str(grade.user_id)}
    if not grade.final:
        return result
    result |= {"resultScore": plain(grade.final), "resultMaximum": plain(grade.maximum)}
    result |= {"comment": grade.feedback} if grade.feedback else {}
    moment = datetime.fromtimestamp(grade.modified or 0, UTC)
    return result | {"scoreOf": f"{of}?{query}", "timestamp": moment.isoformat(timespec="seconds")}
