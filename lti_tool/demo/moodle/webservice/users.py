"""Accounts: found by one field, made and changed."""

import re
from typing import Any

from sqlalchemy import func, select

from lti_tool.demo.moodle.tables import GUEST, User
from lti_tool.demo.moodle.webservice import mails
from lti_tool.demo.moodle.webservice.accounts import FIELDS, details, sees
from lti_tool.demo.moodle.webservice.lengths import ACCOUNT, require_fit
from lti_tool.demo.moodle.webservice.lookup import by_id
from lti_tool.demo.moodle.webservice.profiles import keep_profile, tell_profiles
from lti_tool.demo.moodle.webservice.refusal import Refusal, refuse, refuse_parameters, refuse_slip
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.types import is_of

SEARCHED = {"id": User.id, "username": User.username, "email": User.email, "idnumber": User.idnumber}
TYPES = {"id": "int", "username": "username", "email": "raw_trimmed", "idnumber": "raw"}
CREATED = ("username", "firstname", "lastname", "email", "idnumber", "lang", "auth")
LONGEST_ADDRESS = 100
NOT_FOR_NEW = ("mnet", "webservice")
"""Kinds of signing in that a new account can't have."""
ADDRESS = re.compile(
    r"(?!.{65,}@)[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*"
    r"@(?!.*[^.]{64})([a-z0-9]+(-+[a-z0-9]+)*\.)+[a-z][a-z0-9]*(-+[a-z0-9]+)*",
    re.ASCII | re.IGNORECASE,
)
WITH_PASSWORD = ("manual", "email", "nologin", "none")
"""Kinds that keep their passwords in Moodle."""


@function("core_user_get_users_by_field")
def get_users_by_field(call: Call) -> Any:
    """Find accounts by many values of one field, compared exactly; whom the caller may not see is left out."""
    field, values = call.given["field"], call.given["values"]
    if field not in SEARCHED:
        refuse_slip(f"invalid field parameter (The search field '{field}' is not supported)")
    if not all(is_of(value, TYPES[field]) for value in values):
        refuse_parameters()
    rows = call.db.scalars(select(User).where(SEARCHED[field].in_(values)).order_by(User.id)).all()
    profiles = tell_profiles(call, rows)
    told = [_told(call, row, profiles) for row in rows if sees(call, row)]
    return [user for user in told if user.get(field)]


@function("core_user_create_users")
def create_users(call: Call) -> Any:
    """Make accounts, all or none; those who shall get a password by mail get it at once."""
    call.require("moodle/user:create")
    given = call.given["users"]
    names, addresses = _taken(call, given)
    users = [_new(account, names, set() if call.settings.shared_addresses else addresses) for account in given]
    call.db.add_all(users)
    call.db.flush()
    for user, account in zip(users, given, strict=True):
        keep_profile(call, user, account)
        if account.get("createpassword"):
            mails.send(call, user, "New user account")
    return [{"id": user.id, "username": user.username} for user in users]


@function("core_user_update_users")
def update_users(call: Call) -> Any:
    """Change accounts, each for itself: one that can't be changed is a warning."""
    call.require("moodle/user:update")
    warnings = []
    people = by_id(call.db, User, [given["id"] for given in call.given["users"]])
    for given in call.given["users"]:
        try:
            user = people.get(given["id"]) or refuse("invaliduserid", "Invalid user ID")
            _change(call, user, given)
        except Refusal as refusal:
            warning = {"item": "user", "itemid": given["id"]}
            warnings.append({**warning, "warningcode": refusal.errorcode, "message": refusal.message})
    return {"warnings": warnings}


def _told(call: Call, user: User, profiles: dict[int, list[dict[str, str]]]) -> dict[str, Any]:
    address = f"{call.settings.wwwroot}/theme/image.php/boost/core/1/u/f"
    pictures = {"profileimageurlsmall": f"{address}2", "profileimageurl": f"{address}1"}
    told = {**details(call, user, FIELDS), **pictures}
    return {**told, "customfields": profiles[user.id]} if profiles.get(user.id) else told


def _taken(call: Call, given: list[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """Find which usernames and addresses of a batch are taken; creation compares addresses without capitals."""
    names = {account["username"] for account in given}
    addresses = {account["email"].lower() for account in given}
    lower = func.lower(User.email)
    taken = set(call.db.scalars(select(User.username).where(User.username.in_(names))))
    return taken, set(call.db.scalars(select(lower).where(lower.in_(addresses))))


def _new(given: dict[str, Any], names: set[str], addresses: set[str]) -> User:
    """Write an account whose name and address nobody has, neither there nor in this batch."""
    address = given["email"].lower()
    if address in addresses:
        refuse_parameters(f"Email address already exists: {given['email']}")
    if given["username"] in names or not _is_address(address) or not _is_whole(given):
        refuse_parameters()
    require_fit(ACCOUNT, given)
    names.add(given["username"])
    addresses.add(address)
    return User(**{field: given[field] for field in CREATED})


def _is_address(address: str) -> bool:
    """Tell whether PHP takes it for an address: not from a host of one name, nor in other letters."""
    return len(address) <= LONGEST_ADDRESS and ADDRESS.fullmatch(address) is not None


def _is_whole(given: dict[str, Any]) -> bool:
    """Tell whether a new account has all that it needs."""
    named = all(given[field].strip() for field in ("username", "firstname", "lastname"))
    secret = given["auth"] not in WITH_PASSWORD or given.get("password") or given.get("createpassword")
    return named and bool(secret and given["lang"]) and given["auth"] not in NOT_FOR_NEW


def _change(call: Call, user: User, given: dict[str, Any]) -> None:
    """Change what is given, even to nothing: names, and the language, which is the site's then."""
    _require_changeable(call, user)
    email, username = given.get("email", user.email), given.get("username", user.username)
    if email != user.email and not _is_address(email):
        refuse("useremailinvalid", "error/useremailinvalid")
    if email != user.email and _address_taken(call, email, user.id):
        refuse("useremailduplicate", "Duplicate email address")
    require_fit(ACCOUNT, given)
    if username != user.username and _name_taken(call, username):
        refuse("dmlwriteexception", "Error writing to database")
    for field in FIELDS:
        if field in given:
            setattr(user, field, given[field])
    keep_profile(call, user, given)
    call.db.flush()


def _require_changeable(call: Call, user: User) -> None:
    if user.is_admin and not call.user.is_admin:
        refuse("usernotupdatedadmin", "Cannot update admin accounts")
    if user.id == GUEST:
        refuse("usernotupdatedguest", "Cannot update guest account")


def _address_taken(call: Call, email: str, own: int) -> bool:
    query = select(User.id).where(func.lower(User.email) == email.lower(), User.id != own)
    return not call.settings.shared_addresses and call.db.scalars(query).first() is not None


def _name_taken(call: Call, name: str) -> bool:
    return call.db.scalars(select(User.id).where(User.username == name)).first() is not None
