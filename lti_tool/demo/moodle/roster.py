"""The roster service (Names and Role Provisioning)."""

import re

from flask import Response, request
from sqlalchemy import select

from lti_tool.demo.moodle.claims import MEMBERSHIPS
from lti_tool.demo.moodle.languages import without_languages
from lti_tool.demo.moodle.rules import MEMBERSHIP, Standing, roster_roles
from lti_tool.demo.moodle.services import Call, Json, json_answer, refuse, service
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import Activity, Enrolment, User

NRPS_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
OLD_TYPE = "application/vnd.ims.lis.v2.membershipcontainer+json"


@service(
    "/CourseSection/<int:course_id>/bindings/<int:tool_id>/memberships",
    "memberships",
    (OLD_TYPE, NRPS_TYPE),
    {"GET": (MEMBERSHIPS,)},
)
def memberships(call: Call) -> Response:
    """List who is in the course; a limit applies only where one is asked for."""
    link = request.args.get("rlid", "")
    if link and (not link.isdigit() or call.db.get(Activity, int(link)) is None):
        refuse(404, f"Not Found: LTI link {link} doesn't exist")
    members = [_member(call, user, standing, link) for user, standing in _people(call)]
    limit = request.args.get("limit", 0, int)
    start = request.args.get("from", 0, int) if limit > 0 else 0
    page = members[start : start + limit] if limit > 0 else members
    course = call.course
    context = {"id": str(course.id), "label": course.shortname, "title": without_languages(course.fullname)}
    answer = json_answer({"id": _address(call), "context": context, "members": page}, NRPS_TYPE)
    if limit > 0 and start + limit < len(members):
        answer.headers["Link"] = _next_page(call, limit, start + limit, link)
    return answer


def _people(call: Call) -> list[tuple[User, Standing]]:
    """Find the enrolled who aren't suspended, by name, in the role that is asked for.

    It is the enrolment's: an administrator enrolled as a student is asked for as one, though told of as Instructor.
    """
    enrolled = select(User, Enrolment.role).join(Enrolment, Enrolment.user_id == User.id)
    rows = call.db.execute(
        enrolled.where(Enrolment.course_id == call.course.id, ~Enrolment.suspended).order_by(
            User.lastname, User.firstname, User.id
        )
    )
    people = [(user, Standing(role, user.is_admin)) for user, role in rows]
    wanted = request.args.get("role", "").removeprefix(MEMBERSHIP)
    if wanted not in ("Instructor", "Learner"):
        return people
    return [person for person in people if (person[1].role == "editingteacher") == (wanted == "Instructor")]


def _member(call: Call, user: User, standing: Standing, link: str) -> Json:
    """Write one member; names and address only as far as the tool may have them."""
    settings = this_site().settings
    member: Json = {
        "status": "Active",
        "roles": roster_roles(standing),
        "user_id": str(user.id),
        "lis_person_sourcedid": user.idnumber,
    }
    if link:
        message = {"https://purl.imsglobal.org/spec/lti/claim/message_type": "LtiResourceLinkRequest"}
        member["message"] = [message]
    if call.tool.send_name and settings.share_names:
        names = {"name": user.fullname, "given_name": user.firstname, "family_name": user.lastname}
        member |= {name: _as_on_a_page(text) for name, text in {**names, "ext_user_username": user.username}.items()}
    if call.tool.send_email and settings.share_email:
        member["email"] = _as_on_a_page(user.email)
    return member


def _as_on_a_page(text: str) -> str:
    """Write a text as Moodle's `format_string` does, which its roster uses and its launches don't."""
    safe = re.sub(r"&(?![a-zA-Z0-9#]{1,8};)", "&amp;", text)
    return re.sub(r"<(?!\s)[^>]*(>|$)", "", safe).replace("<", "&lt;").replace(">", "&gt;")


def _address(call: Call) -> str:
    return this_site().url(f"/mod/lti/services.php/CourseSection/{call.course.id}/bindings/{call.tool.id}/memberships")


def _next_page(call: Call, limit: int, start: int, link: str) -> str:
    """Write the next page's address; Moodle forgets the role that was asked for."""
    address = f"{_address(call)}?limit={limit}&from={start}" + (f"&rlid={link}" if link else "")
    return f'<{address}>; rel="next"'
