"""Reads and writes of logins, launches and the people and places they bring."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from lti_tool.database import db
from lti_tool.keeping import delete_some
from lti_tool.lti import registry
from lti_tool.lti.launch.claims import Launch
from lti_tool.lti.names import Told, newest, with_news, without_address
from lti_tool.lti.registry import Registered
from lti_tool.lti.secrets import hashed
from lti_tool.lti.statements import Transaction, columns, put, refreshed, run
from lti_tool.lti.tables import (
    AttendanceRow,
    CourseRow,
    LaunchRow,
    LoginRow,
    PersonRow,
    PlacementRow,
    RegistrationRow,
    RosterAddressRow,
    SiteRow,
)

LOGIN_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=8)
MOST_LOGINS = 1_000
"""Unfinished logins that are kept of one address. Three classes of 300 may begin at once behind it; a flood only pushes
out its own, and whoever needs two seconds to come back is pushed out by five hundred logins a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A login under way: what the platform said, and what its message will be held against."""

    nonce: str
    browser_hash: str
    target_link_uri: str
    login_hint: str
    message_hint: str | None
    is_awaited: bool
    registration: Registered


SAID = (
    LoginRow.nonce,
    LoginRow.browser_hash,
    LoginRow.target_link_uri,
    LoginRow.login_hint,
    LoginRow.message_hint,
    LoginRow.is_awaited,
)
"""Where `Begun` is read from, beside its registration."""
OF_REGISTRATION = tuple(field.name for field in fields(Registered))

# Every launch runs these, and writing a statement costs more than running it: each is written once.
_ADD_LOGIN = insert(LoginRow)
_FIND_LOGIN = (
    select(*SAID, *registry.COLUMNS)
    .join(RegistrationRow, RegistrationRow.id == LoginRow.registration_id)
    .join(RegistrationRow.site)
    .where(LoginRow.state_hash == bindparam("state_hash"), LoginRow.expires_at > bindparam("now"))
)
_USE_UP_LOGIN = delete(LoginRow).where(LoginRow.state_hash == bindparam("state_hash"))
_FORGET_LOGINS = delete(LoginRow).where(LoginRow.expires_at <= bindparam("now"))
_FORGET_OLDEST = delete(LoginRow).where(
    LoginRow.state_hash.in_(
        select(LoginRow.state_hash)
        .where(LoginRow.address_hash == bindparam("address_hash"))
        .order_by(LoginRow.expires_at.desc())
        .offset(MOST_LOGINS)
        .with_for_update(skip_locked=True)  # two that drop the same ones don't wait for each other
    )
)
_ADD_LAUNCH = insert(LaunchRow)
_KNOWN = (
    select(
        *columns(CourseRow, "id", "title", "history"),
        *columns(
            PlacementRow, "id", "activity", "title", "line_item_url", "line_items_url", "registration_id", "scopes"
        ),
        *columns(
            PersonRow, "id", "name", "email", "mailed_since", "names", "chosen_name", "chosen_key", "locale", "timezone"
        ),
        *columns(RosterAddressRow, "course_id", "registration_id", "url"),
    )
    .select_from(SiteRow.__table__)
    .outerjoin(CourseRow, (CourseRow.site_id == SiteRow.id) & (CourseRow.context_id == bindparam("context_id")))
    .outerjoin(
        PlacementRow,
        (PlacementRow.course_id == CourseRow.id) & (PlacementRow.resource_link_id == bindparam("resource_link_id")),
    )
    .outerjoin(PersonRow, (PersonRow.site_id == SiteRow.id) & (PersonRow.sub == bindparam("sub")))
    .outerjoin(RosterAddressRow, RosterAddressRow.course_id == CourseRow.id)
    .where(SiteRow.id == bindparam("site_id"))
)

_LAST_REGISTRATION = (
    select(LaunchRow.registration_id)
    .where(LaunchRow.person_id == bindparam("person_id"))
    .order_by(LaunchRow.began_at.desc())
    .limit(1)
)
_COUNT_PERSON = (
    update(SiteRow)
    .where(SiteRow.id == bindparam("site_id"))
    .values(people=SiteRow.people + 1)
    .returning(SiteRow.people)
)


def add_login(state: str, login: Begun, address_hash: str, now: datetime) -> None:
    """Keep a login that begins; one in sixteen looks after those that nobody finished."""
    state_hash = hashed(state)
    row = {
        "state_hash": state_hash,
        "nonce": login.nonce,
        "browser_hash": login.browser_hash,
        "registration_id": login.registration.id,
        "target_link_uri": login.target_link_uri,
        "login_hint": login.login_hint,
        "message_hint": login.message_hint,
        "is_awaited": login.is_awaited,
        "expires_at": now + LOGIN_LASTS,
        "address_hash": address_hash,
    }
    run(_ADD_LOGIN, row)
    if state_hash.startswith("0"):
        forget_logins(address_hash, now)


def forget_logins(address_hash: str, now: datetime) -> None:
    """Forget logins that nobody finished: the old ones, and too many of one address."""
    run(_FORGET_LOGINS, {"now": now})
    run(_FORGET_OLDEST, {"address_hash": address_hash})


def purge_logins(now: datetime, most: int) -> int:
    """Forget logins that nobody finished in time, no more than a number; tell how many."""
    return delete_some(LoginRow, LoginRow.expires_at <= now, most)


def find_login(state: str, now: datetime) -> Begun | None:
    """Give a login under way."""
    row = run(_FIND_LOGIN, {"state_hash": hashed(state), "now": now}).mappings().one_or_none()
    if row is None:
        return None
    said = dict(row)
    registration = Registered(**{name: said.pop(name) for name in OF_REGISTRATION})
    return Begun(**said, registration=registration)


def use_up_login(state: str, now: datetime) -> Begun | None:
    """Take a login away for good, in a transaction of its own: of two that try, one gets it."""
    with Transaction(each_alone=True):
        begun = find_login(state, now)
        taken = begun is not None and run(_USE_UP_LOGIN, {"state_hash": hashed(state)}).rowcount == 1
    return begun if taken else None


def arrive(launch: Launch, launch_id: str, secret: str, now: datetime) -> None:
    """Record an entry: the person, course and placement it brings up to date, and its session."""
    known = _known(launch)
    course_id = _course(launch, known)
    person_id = _person(launch, known, now)
    row = {
        "id": launch_id,
        "secret_hash": hashed(secret),
        "registration_id": launch.registration_id,
        "deployment_id": launch.deployment_id,
        "person_id": person_id,
        "course_id": course_id,
        "placement_id": _placement(launch, known, course_id),
        "activity": launch.activity or "",
        "role": launch.role,
        "locale": launch.locale,
        "timezone": launch.timezone,
        "return_url": launch.return_url,
        "deep_linking": asdict(launch.deep_linking) if launch.deep_linking else None,
        "for_sub": launch.for_sub,
        "email": launch.email,
        "began_at": now,
        "ends_at": now + SESSION_LASTS,
    }
    run(_ADD_LAUNCH, row)
    put(AttendanceRow, {"course_id": course_id, "person_id": person_id}, _attendance(launch, now))
    _remember_roster(launch, known, course_id)


def _known(launch: Launch) -> RowMapping:
    """Read what is known of an entry's course, placement, person and roster; nothing but NULL of what isn't."""
    keys = {
        "site_id": launch.site_id,
        "context_id": launch.context_id,
        "resource_link_id": launch.resource_link_id,
        "sub": launch.sub,
    }
    return run(_KNOWN, keys).mappings().one()


def _course(launch: Launch, known: RowMapping) -> int:
    key = {"site_id": launch.site_id, "context_id": launch.context_id}
    told = {"title": launch.course_title, "history": list(launch.context_history)}
    return refreshed(CourseRow, known, told) or put(CourseRow, key, told)


def _placement(launch: Launch, known: RowMapping, course_id: int) -> int | None:
    if launch.resource_link_id is None:
        return None
    key = {"course_id": course_id, "resource_link_id": launch.resource_link_id}
    told = {
        "activity": launch.activity,
        "title": launch.title,
        "line_item_url": launch.line_item_url,
        "line_items_url": launch.line_items_url,
        "registration_id": launch.registration_id,
        "scopes": list(launch.scopes),
    }
    return refreshed(PlacementRow, known, told) or put(PlacementRow, key, told)


def _person(launch: Launch, known: RowMapping, now: datetime) -> int:
    key = {"site_id": launch.site_id, "sub": launch.sub}
    is_mailed = known[PersonRow.__table__.c.mailed_since] is not None
    news = Told(registration_id=launch.registration_id, name=launch.name, email=launch.email if is_mailed else None)
    before = _told(known)
    names = with_news(before if is_mailed else without_address(before), news)
    told: dict[str, Any] = {
        "names": names,
        "name": newest(names, "name"),
        "email": newest(names, "email"),
        "locale": launch.locale,
        "timezone": launch.timezone,
    }
    if told["name"]:
        told |= {"chosen_name": None, "chosen_key": None}
    known_id = refreshed(PersonRow, known, told)
    return known_id or put(PersonRow, key, told, {"number": _next_number(launch.site_id), "seen_at": now})


def _told(known: RowMapping) -> list[Told]:
    """Give what registrations told of a person so far.

    A version before this one kept only what the newest launch told, and not whose it was.
    """
    person_id, name, email, names = (known[column] for column in columns(PersonRow, "id", "name", "email", "names"))
    if names or not (name or email):
        return names or []
    registration_id = run(_LAST_REGISTRATION, {"person_id": person_id}).scalar()
    return [Told(registration_id=registration_id, name=name, email=email)] if registration_id else []


def _next_number(site_id: int) -> int:
    number: int = run(_COUNT_PERSON, {"site_id": site_id}).scalar_one()
    return number


def _attendance(launch: Launch, now: datetime) -> dict[str, Any]:
    """Say what a launch tells of a person in a course; one that says nothing of groups leaves them be."""
    told = {"role": launch.role, "seen_at": now}
    return told if launch.group_ids is None else {**told, "group_ids": list(launch.group_ids)}


def _remember_roster(launch: Launch, known: RowMapping, course_id: int) -> None:
    """Keep where the roster is; a launch that doesn't say leaves it be, as Moodle's first deep link in a course."""
    if launch.memberships_url is None:
        return
    told = {"registration_id": launch.registration_id, "url": launch.memberships_url}
    if refreshed(RosterAddressRow, known, told) is None:
        put(RosterAddressRow, {"course_id": course_id}, told)


def find_launch(launch_id: str) -> LaunchRow | None:
    """Give a launch with its person, course, placement, registration and deployment, in one read."""
    return db.session.get(LaunchRow, launch_id) if launch_id.isprintable() else None  # PostgreSQL takes no NUL


def purge_launches(before: datetime, most: int) -> int:
    """Forget launches whose session ended before a moment, no more than a number; tell how many."""
    return delete_some(LaunchRow, LaunchRow.ends_at < before, most)
