"""What is told of an account, and to whom."""

from typing import Any

from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.registry import Call

FIELDS = ("username", "firstname", "lastname", "email", "idnumber", "lang", "auth", "suspended")
"""Those that the miniature knows."""
GUARDED = {
    "username": "moodle/user:viewalldetails",
    "idnumber": "moodle/user:viewalldetails",
    "lang": "moodle/user:viewalldetails",
    "auth": "moodle/user:viewalldetails",
    "email": "moodle/site:viewuseridentity",
}
"""What one must be allowed to see of others."""


def sees(call: Call, user: User) -> bool:
    """Tell whether an account is there for the caller; whom they may not see is left out without a word."""
    if user.username in call.token.hidden.split():
        return False
    return call.user.id == user.id or call.may("moodle/user:viewdetails")


def details(call: Call, user: User, fields: tuple[str, ...]) -> dict[str, Any]:
    """Tell of an account what is asked for and may be seen; an idnumber only where there is one."""
    own = call.user.id == user.id
    told = {
        field: getattr(user, field)
        for field in fields
        if field in FIELDS and (own or field not in GUARDED or call.may(GUARDED[field]))
    }
    if not told.get("idnumber", True):
        del told["idnumber"]
    return {"id": user.id, "fullname": user.fullname, **told}
