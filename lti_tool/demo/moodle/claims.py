"""The claims of an id_token, as Moodle writes them. Pure: a message goes in, a dict comes out."""

import hashlib
import json
from typing import Any

from lti_tool.demo.moodle.languages import without_languages
from lti_tool.demo.moodle.message import Message
from lti_tool.demo.moodle.rules import launch_roles
from lti_tool.demo.moodle.tables import Activity
from lti_tool.demo.moodle.variables import Custom, custom_parameters

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
OUTCOME = "https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome"

SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
RESULT = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
LINEITEM_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
LINEITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
MEMBERSHIPS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"

SERVICES = {
    "gradebookservices_scope": (AGS, "scope"),
    "lineitems_url": (AGS, "lineitems"),
    "lineitem_url": (AGS, "lineitem"),
    "results_url": (AGS, "results"),
    "result_url": (AGS, "result"),
    "scores_url": (AGS, "scores"),
    "score_url": (AGS, "score"),
    "context_memberships_v2_url": (NRPS, "context_memberships_url"),
    "context_memberships_versions": (NRPS, "service_versions"),
}
"""What a custom parameter of such a name becomes, whoever wrote it (Moodle's `get_jwt_claim_mappings`)."""
LISTS = {"gradebookservices_scope", "context_memberships_versions"}

MOODLE_VERSION = "2024100706"
MOODLE_RELEASE = "4.5.6 (Build: 20250811)"
LIFETIME = 60
FULL_SYNC = 2

Claims = dict[str, Any]


def id_token_claims(message: Message, now: int) -> Claims:
    """Write the claims of one message."""
    claims: Claims = {
        "nonce": message.nonce,
        "iat": now,
        "exp": now + LIFETIME,
        "iss": message.wwwroot,
        "aud": message.tool.client_id,
        LTI + "deployment_id": str(message.tool.id),
        LTI + "target_link_uri": message.target,
        LTI + "message_type": message.type,
        LTI + "version": "1.3.0",
    }
    return claims | _person(message) | _place(message) | _platform(message) | _outcome(message) | _parameters(message)


def grade_scopes(grade_sync: int) -> list[str]:
    """Name the grade service's scopes that a tool may use, sorted as in the claim."""
    scopes = [LINEITEM_READ, RESULT, SCORE] if grade_sync else []
    return sorted([*scopes, LINEITEM] if grade_sync == FULL_SYNC else scopes)


def _person(message: Message) -> Claims:
    user = message.user
    claims: Claims = {
        "sub": str(user.id),
        LTI + "roles": launch_roles(message.standing, at_activity=message.activity is not None),
        LTI + "lis": {"person_sourcedid": user.idnumber, "course_section_sourcedid": message.course.idnumber},
        LTI + "ext": {"lms": "moodle-2"},
    }
    if message.tool.send_name and message.share_names:
        claims |= {"given_name": user.firstname, "family_name": user.lastname, "name": user.fullname}
        claims[LTI + "ext"] = {"user_username": user.username, "lms": "moodle-2"}
    if message.tool.send_email and message.share_email:
        claims["email"] = user.email
    if message.for_user:
        claims[LTI + "for_user"] = {"user_id": message.for_user}
    return claims


def _place(message: Message) -> Claims:
    course = message.course
    context = {
        "id": str(course.id),
        "label": course.shortname.strip(),
        "title": without_languages(course.fullname).strip(),
        "type": ["CourseSection"],
    }
    presentation = {"locale": message.user.lang}
    if message.activity is None:
        return {LTI + "context": context, LTI + "launch_presentation": presentation, **_choosing(message)}
    presentation |= {"document_target": message.document_target, "return_url": message.return_url}
    return {LTI + "context": context, LTI + "launch_presentation": presentation, **_resource_link(message.activity)}


def _resource_link(activity: Activity) -> Claims:
    link = {
        "title": activity.name.strip(),
        "description": activity.intro.strip().replace("\n", "\r\n"),
        "id": str(activity.id),
    }
    return {LTI + "resource_link": link}


def _choosing(message: Message) -> Claims:
    settings = {
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["frame", "iframe", "window"],
        "accept_copy_advice": False,
        "accept_multiple": True,
        "accept_unsigned": False,
        "auto_create": False,
        "can_confirm": False,
        "deep_link_return_url": message.return_url,
        "title": message.tool.name,
        "text": "",
    }
    return {DL + "deep_linking_settings": settings}


def _platform(message: Message) -> Claims:
    platform = {
        "product_family_code": "moodle",
        "version": MOODLE_VERSION,
        "guid": hashlib.sha256(message.wwwroot.encode()).hexdigest()[:32],
        "name": "MiniMoodle",
        "description": "A miniature of Moodle",
    }
    return {LTI + "tool_platform": platform}


def _outcome(message: Message) -> Claims:
    """Write LTI 1.1's claim, which Moodle still sends; nothing answers at its address here."""
    if message.activity is None or not message.has_item:
        return {}
    data = {"instanceid": str(message.activity.id), "userid": str(message.user.id), "typeid": str(message.tool.id)}
    sourced = json.dumps({"data": data, "hash": hashlib.sha256(json.dumps(data).encode()).hexdigest()})
    told = {"lis_result_sourcedid": sourced, "lis_outcome_service_url": f"{message.wwwroot}/mod/lti/service.php"}
    return {OUTCOME: told}


def _parameters(message: Message) -> Claims:
    """Write the custom parameters, of which those that have a service's names become that service's claim.

    So a teacher may write what the services themselves have nothing to say of.
    """
    claims: Claims = {}
    for key, value in custom_parameters(message, _of_services(message)).items():
        claim, name = SERVICES.get(key, (LTI + "custom", key))
        claims.setdefault(claim, {})[name] = sorted((value or "").split(",")) if key in LISTS else value
    return claims


def _of_services(message: Message) -> Custom:
    """Write the parameters that the services add by themselves, whatever the tool's and the activity's say."""
    added: Custom = {}
    if message.tool.grade_sync:
        scopes = ",".join(grade_scopes(message.tool.grade_sync))
        added |= {"gradebookservices_scope": scopes, "lineitems_url": message.lineitems_url}
        added |= {"lineitem_url": message.lineitem_url} if message.tells_item else {}
    if message.tool.memberships and message.roster_open:
        roster = message.memberships_url
        added |= {"context_memberships_url": roster, "context_memberships_v2_url": roster}
        added |= {"context_memberships_versions": "1.0,2.0"}
    return added
