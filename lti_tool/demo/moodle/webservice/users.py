"""Accounts: found by one field, made and changed."""

from typing import Any

from sqlalchemy import func, select

from lti_tool.demo.moodle.tables import GUEST, User
from lti_tool.demo.moodle.webservice.refusal import Refusal, refuse, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.tables import Mail
from lti_tool.demo.moodle.webservice.types import is_of

SEARCHED = {"id": User.id, "username": User.username, "email": User.email, "idnumber": User.idnumber}
TYPES = {"id": "int", "username": "username", "email": "raw_trimmed", "idnumber": "raw"}
FIELDS = ("username", "firstname", "lastname", "email", "idnumber", "lang")


@function("core_user_get_users_by_field")
def get_users_by_field(call: Call) -> Any:
    """Find accounts by many values of one field, compared exactly; whom the caller may not see is left out."""
    field, values = call.given["field"], call.given["values"]
    if field not in SEARCHED or not all(is_of(value, TYPES[field]) for value in values):
        refuse_parameters()
    rows = call.db.scalars(select(User).where(SEARCHED[field].in_(values)).order_by(User.id)).all()
    told = [details(row, FIELDS) for row in rows if sees(call, row)]
    return [{**user, **_pictures(call)} for user in told if user.get(field)]


@function("core_user_create_users")
def create_users(call: Call) -> Any:
    """Make accounts, all or none; those who shall get a password by mail get it at once."""
    call.require("moodle/user:create")
    return [_create(call, given) for given in call.given["users"]]


@function("core_user_update_users")
def update_users(call: Call) -> Any:
    """Change accounts, each for itself: one that can't be changed is a warning."""
    call.require("moodle/user:update")
    warnings = []
    for given in call.given["users"]:
        try:
            _change(call, given)
        except Refusal as refusal:
            warning = {"item": "user", "itemid": given["id"]}
            warnings.append({**warning, "warningcode": refusal.errorcode, "message": refusal.message})
    return {"warnings": warnings}


def sees(call: Call, user: User) -> bool:
    """Tell whether the caller may see an account: only administrators see others."""
    return call.user.is_admin or call.user.id == user.id


def details(user: User, fields: tuple[str, ...]) -> dict[str, Any]:
    """Tell of an account what is asked for; an idnumber only where there is one."""
    told = {"id": user.id, "fullname": user.fullname, **{key: getattr(user, key) for key in fields if key in FIELDS}}
    return {key: value for key, value in told.items() if key != "idnumber" or value}


def _pictures(call: Call) -> dict[str, str]:
    address = f"{call.settings.wwwroot}/theme/image.php/boost/core/1/u/f"
    return {"profileimageurlsmall": f"{address}2", "profileimageurl": f"{address}1"}


def _create(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    blank = any(not given[field].strip() for field in ("username", "firstname", "lastname"))
    same_name = select(User).filter_by(username=given["username"])
    by_mail = given.get("createpassword", False)
    if blank or not given["lang"] or call.db.scalars(same_name).first() or not (given.get("password") or by_mail):
        refuse_parameters()
    if "@" not in given["email"] or _address_taken(call, given["email"]):
        refuse_parameters()
    user = User(**{field: given[field] for field in FIELDS})
    call.db.add(user)
    call.db.flush()
    if by_mail:
        call.db.add(Mail(user_id=user.id, subject="New user account"))
    return {"id": user.id, "username": user.username}


def _change(call: Call, given: dict[str, Any]) -> None:
    user = call.db.get(User, given["id"]) or refuse("invaliduserid", "Invalid user ID")
    if user.id == GUEST:
        refuse("usernotupdatedguest", "Cannot update guest account")
    email = given.get("email", user.email)
    if email != user.email and _address_taken(call, email, user.id):
        refuse("useremailduplicate", "Duplicate email address")
    for field in FIELDS:
        if field in given:
            setattr(user, field, given[field])
    call.db.flush()


def _address_taken(call: Call, email: str, own: int = 0) -> bool:
    """Compare without regard to capitals, as creation does and finding doesn't."""
    query = select(User).where(func.lower(User.email) == email.lower(), User.id != own)
    return call.db.scalars(query).first() is not None
