"""The fields that a site adds to its accounts: written and told by their short names."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.kinds_of_fields import is_shown, kept
from lti_tool.demo.moodle.webservice.registry import Call
from lti_tool.demo.moodle.webservice.tables import ProfileField, ProfileValue

Told = list[dict[str, str]]
SITES_OWN: Final = "99"
"""Moodle's word for the zone of whoever chose none."""


def keep_profile(call: Call, user: User, given: dict[str, Any]) -> None:
    """Keep what is given for fields that are there; of the others nothing is said, and nothing is checked."""
    values = {field["type"]: field["value"] for field in given.get("customfields", ())}
    if not values:
        return
    for field in call.db.scalars(select(ProfileField).where(ProfileField.shortname.in_(values))):
        value = kept(field, values[field.shortname], _zone(call.user))
        call.db.merge(ProfileValue(user_id=user.id, field_id=field.id, value=value))


def tell_profiles(call: Call, users: Sequence[User]) -> dict[int, Told]:
    """Tell of accounts what their fields hold, or the fields' defaults; what is empty is left out."""
    fields = call.db.scalars(select(ProfileField).order_by(ProfileField.id)).all()
    if not fields:
        return {}
    own: dict[int, dict[int, str]] = defaultdict(dict)
    query = select(ProfileValue).where(ProfileValue.user_id.in_([user.id for user in users]))
    for row in call.db.scalars(query):
        own[row.user_id][row.field_id] = row.value
    return {user.id: _told(call, fields, own[user.id]) for user in users}


def _zone(user: User) -> ZoneInfo:
    """Give the zone that somebody lives in; the site's own is UTC."""
    return ZoneInfo("UTC" if user.timezone == SITES_OWN else user.timezone)


def _told(call: Call, fields: Sequence[ProfileField], own: dict[int, str]) -> Told:
    """Tell names escaped, whether they are asked for raw or not, and values as they are."""
    return [
        {
            "type": field.kind,
            "value": value,
            "displayvalue": call.shown.escaped(value),
            "name": call.shown.escaped(field.name),
            "shortname": field.shortname,
        }
        for field in fields
        if is_shown(field, value := own.get(field.id, field.default))
    ]
