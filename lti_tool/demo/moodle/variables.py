"""Custom parameters and the variables in them, after Moodle's `lti_get_capabilities`."""

from datetime import UTC, datetime

from lti_tool.demo.moodle.languages import without_languages
from lti_tool.demo.moodle.message import Message
from lti_tool.demo.moodle.rules import raw_roles

Custom = dict[str, str | None]
ASCII = 128
"""As many characters it has."""
KNOWN_VARIABLES = [
    "Context.id",
    "Context.title",
    "Context.label",
    "Context.id.history",
    "Context.sourcedId",
    "Context.longDescription",
    "Context.timeFrame.begin",
    "CourseSection.title",
    "CourseSection.label",
    "CourseSection.sourcedId",
    "CourseSection.longDescription",
    "CourseSection.timeFrame.begin",
    "CourseSection.timeFrame.end",
    "ResourceLink.id",
    "ResourceLink.title",
    "ResourceLink.description",
    "User.id",
    "User.username",
    "Person.name.full",
    "Person.name.given",
    "Person.name.family",
    "Person.email.primary",
    "Person.sourcedId",
    "Person.address.timezone",
    "Membership.role",
    "Moodle.Person.userGroupIds",
]


def custom_parameters(message: Message, of_services: Custom) -> Custom:
    """Resolve the custom parameters: the services' win over the tool's, and these over the activity's."""
    placed = message.activity.custom_parameters if message.activity else ""
    own = f"{message.tool.custom_parameters}\n{message.review_custom}"
    return {**_resolve(placed, message), **_resolve(own, message), **of_services}


def split_parameters(text: str) -> dict[str, str]:
    """Read `key=value` lines; a line without a key is left out."""
    pairs = [line.split("=", 1) for line in text.splitlines() if line.find("=") > 0]
    return {key.strip(): value.strip() for key, value in pairs}


def lower_key(key: str) -> str:
    """Write a key as LTI 1.1 did: lower case, and `_` for every other byte."""
    octets = key.strip().lower().encode()
    return "".join(chr(octet) if chr(octet).isalnum() and octet < ASCII else "_" for octet in octets)


def _resolve(text: str, message: Message) -> Custom:
    custom: Custom = {}
    for key, value in split_parameters(text).items():
        resolved = _value(value, message)
        custom[lower_key(key)] = resolved
        custom[key] = resolved
    return custom


def _value(value: str, message: Message) -> str | None:
    if value.startswith("\\"):
        return value[1:]
    if not value.startswith("$"):
        return value
    known = {**_course(message), **_person(message), **_placement(message)}
    return known[value[1:]] if value[1:] in known else _with_services(value, message)


def _with_services(value: str, message: Message) -> str:
    """Replace the services' addresses anywhere in the value; what nobody knows stays as it is."""
    addresses = {
        "$LineItems.url": message.lineitems_url,
        "$LineItem.url": message.lineitem_url,
        "$Scores.url": "",
        "$Results.url": "",
        "$ToolProxyBinding.memberships.url": message.memberships_url,
    }
    for variable, address in addresses.items():
        value = value.replace(variable, address)
    return value


def _course(message: Message) -> Custom:
    course = message.course
    return {
        "Context.sourcedId": course.idnumber,
        "CourseSection.sourcedId": course.idnumber,
        "Context.id": str(course.id),
        "Context.title": without_languages(course.fullname),
        "Context.label": course.shortname,
        "Context.id.history": ",".join(map(str, message.history)),
        "Context.longDescription": course.summary,
        "Context.timeFrame.begin": str(course.startdate),
        "CourseSection.title": without_languages(course.fullname),
        "CourseSection.label": course.shortname,
        "CourseSection.longDescription": course.summary,
        "CourseSection.timeFrame.begin": _moment(course.startdate),
        "CourseSection.timeFrame.end": "",
    }


def _person(message: Message) -> Custom:
    user = message.user
    names = message.tool.send_name and message.share_names
    return {
        "User.id": str(user.id),
        "User.username": user.username,
        "Person.name.full": user.fullname if names else None,
        "Person.name.given": user.firstname if names else None,
        "Person.name.family": user.lastname if names else None,
        "Person.email.primary": user.email if message.tool.send_email and message.share_email else None,
        "Person.sourcedId": user.idnumber,
        "Person.address.timezone": user.timezone,
        "Moodle.Person.userGroupIds": ",".join(map(str, message.group_ids)),
    }


def _placement(message: Message) -> Custom:
    activity = message.activity
    return {
        "ResourceLink.id": str(activity.id) if activity else None,
        "ResourceLink.title": activity.name if activity else None,
        "ResourceLink.description": activity.intro if activity else None,
        "Membership.role": raw_roles(message.standing, at_activity=bool(activity)),
    }


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else ""
