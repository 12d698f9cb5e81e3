"""Reads and writes of logins, launches and the people and places they bring."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from lti_tool.database import db, put, refreshed, run
from lti_tool.lti import registry
from lti_tool.lti.claims import Launch
from lti_tool.lti.registry import Registered
from lti_tool.lti.secrets import hashed
from lti_tool.lti.tables import (
    AttendanceRow,
    CourseRow,
    LaunchRow,
    LoginRow,
    PersonRow,
    PlacementRow,
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
    registration: Registered


SAID = (
    LoginRow.nonce,
    LoginRow.browser_hash,
    LoginRow.target_link_uri,
    LoginRow.login_hint,
    LoginRow.message_hint,
)
"""Where `Begun` is read from, beside its registration."""

# Every launch runs these, and writing a statement costs more than running it: each is written once.
_ADD_LOGIN = insert(LoginRow)
_FIND_LOGIN = select(*SAID, LoginRow.registration_id, LoginRow.expires_at).where(
    LoginRow.state_hash == bindparam("state_hash")
)
_USE_UP_LOGIN = (
    delete(LoginRow)
    .where(LoginRow.state_hash == bindparam("state_hash"))
    .returning(*SAID, LoginRow.registration_id, LoginRow.expires_at)
)
_FORGET_LOGINS = delete(LoginRow).where(LoginRow.expires_at <= bindparam("now"))
_ADD_LAUNCH = insert(LaunchRow)


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
        "expires_at": now + LOGIN_LASTS,
        "address_hash": address_hash,
    }
    run(_ADD_LOGIN, row)
    if state_hash.startswith("0"):
        forget_logins(address_hash, now)


def forget_logins(address_hash: str, now: datetime) -> None:
    """Forget logins that nobody finished: the old ones, and too many of one address."""
    purge_logins(now)
    oldest = (
        select(LoginRow.state_hash)
        .where(LoginRow.address_hash == address_hash)
        .order_by(LoginRow.expires_at.desc())
        .offset(MOST_LOGINS)
        .with_for_update(skip_locked=True)  # two that drop the same ones don't wait for each other
    )
    db.session.execute(delete(LoginRow).where(LoginRow.state_hash.in_(oldest)))


def purge_logins(now: datetime) -> None:
    """Forget logins that nobody finished in time."""
    run(_FORGET_LOGINS, {"now": now})


def find_login(state: str, now: datetime) -> Begun | None:
    """Give a login under way."""
    row = run(_FIND_LOGIN, {"state_hash": hashed(state)}).one_or_none()
    return _begun(row) if row and row.expires_at > now else None


def use_up_login(state: str, now: datetime) -> Begun | None:
    """Take a login away for good, in a transaction of its own: of two that try, one gets it."""
    row = run(_USE_UP_LOGIN, {"state_hash": hashed(state)}).one_or_none()
    db.session.commit()
    return _begun(row) if row and row.expires_at > now else None


def _begun(row: Row[Any]) -> Begun:
    return Begun(
        nonce=row.nonce,
        browser_hash=row.browser_hash,
        target_link_uri=row.target_link_uri,
        login_hint=row.login_hint,
        message_hint=row.message_hint,
        registration=registry.registered(row.registration_id),
    )


def arrive(launch: Launch, launch_id: str, secret: str, now: datetime) -> None:
    """Record an entry: the person, course and placement it brings up to date, and its session."""
    course_id = _course(launch)
    row = {
        "id": launch_id,
        "secret_hash": hashed(secret),
        "registration_id": launch.registration_id,
        "deployment_id": launch.deployment_id,
        "course_id": course_id,
        "placement_id": _placement(launch, course_id),
        "person_id": _person(launch, now),
        "role": launch.role,
        "locale": launch.locale,
        "timezone": launch.timezone,
        "return_url": launch.return_url,
        "deep_linking": asdict(launch.deep_linking) if launch.deep_linking else None,
        "for_sub": launch.for_sub,
        "began_at": now,
        "ends_at": now + SESSION_LASTS,
    }
    run(_ADD_LAUNCH, row)
    put(AttendanceRow, {"course_id": course_id, "person_id": row["person_id"]}, {"role": launch.role, "seen_at": now})
    _remember_roster(launch, course_id)


def _course(launch: Launch) -> int:
    key = {"site_id": launch.site_id, "context_id": launch.context_id}
    told = {"title": launch.course_title, "history": list(launch.context_history)}
    return refreshed(CourseRow, key, told) or put(CourseRow, key, told)


def _placement(launch: Launch, course_id: int) -> int | None:
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
    return refreshed(PlacementRow, key, told) or put(PlacementRow, key, told)


def _person(launch: Launch, now: datetime) -> int:
    key = {"site_id": launch.site_id, "sub": launch.sub}
    told = {"name": launch.name, "email": launch.email, "locale": launch.locale, "timezone": launch.timezone}
    known = refreshed(PersonRow, key, told)
    return known or put(PersonRow, key, told, {"number": _next_number(launch.site_id), "seen_at": now})


def _next_number(site_id: int) -> int:
    counted = update(SiteRow).where(SiteRow.id == site_id).values(people=SiteRow.people + 1)
    number: int = run(counted.returning(SiteRow.people), {}).scalar_one()
    return number


def _remember_roster(launch: Launch, course_id: int) -> None:
    """Keep where the roster is; a launch that doesn't say leaves it be, as Moodle's first deep link in a course."""
    if launch.memberships_url is None:
        return
    told = {"registration_id": launch.registration_id, "url": launch.memberships_url}
    put(RosterAddressRow, {"course_id": course_id}, told)


def find_launch(launch_id: str) -> LaunchRow | None:
    """Give a launch with its person, course, placement, registration and deployment, in one read."""
    return db.session.get(LaunchRow, launch_id) if launch_id.isprintable() else None  # PostgreSQL takes no NUL


def purge_launches(before: datetime) -> int:
    """Forget launches whose session ended before a moment; tell how many."""
    ended = delete(LaunchRow).where(LaunchRow.ends_at < before).returning(LaunchRow.id)
    return len(db.session.scalars(ended).all())


def count_people(site_id: int) -> int:
    """Tell how many people of a site were here."""
    return db.session.scalar(select(func.count()).where(PersonRow.site_id == site_id)) or 0
