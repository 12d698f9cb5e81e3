"""Reads and writes of logins, launches and the people and places they bring."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update

from lti_tool.database import db, found, found_or_added
from lti_tool.lti.claims import Launch
from lti_tool.lti.secrets import hashed
from lti_tool.lti.tables import (
    CourseRow,
    LaunchRow,
    LoginRow,
    PersonRow,
    PlacementRow,
    RegistrationRow,
    SiteRow,
)

LOGIN_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=8)
MOST_LOGINS = 1_000
"""Unfinished logins that are kept of one address. Three classes of 300 may begin at once behind it; a flood only pushes
out its own, and whoever needs two seconds to come back is pushed out by five hundred logins a second."""

# Every launch runs these, and writing a statement costs more than running it: each is written once.
FORGET_LOGINS = (
    delete(LoginRow).where(LoginRow.expires_at <= bindparam("now")).execution_options(synchronize_session=False)
)
USE_UP_LOGIN = (
    delete(LoginRow)
    .where(LoginRow.state_hash == bindparam("state_hash"))
    .returning(LoginRow)
    .execution_options(synchronize_session=False)
)
REGISTRATION = select(RegistrationRow).where(RegistrationRow.id == bindparam("id"))


def add_login(login: LoginRow, now: datetime) -> None:
    """Keep a login that begins; one in sixteen looks after those that nobody finished."""
    db.session.add(login)
    if login.state_hash.startswith("0"):
        db.session.flush()
        forget_logins(login.address_hash, now)


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
    db.session.execute(FORGET_LOGINS, {"now": now})


def find_login(state: str, now: datetime) -> LoginRow | None:
    """Give a login under way, with its registration and site."""
    row = found(LoginRow, {"state_hash": hashed(state)})
    return row if row and row.expires_at > now else None


def use_up_login(state: str, now: datetime) -> LoginRow | None:
    """Take a login away for good, in a transaction of its own: of two that try, one gets it."""
    row = db.session.scalar(USE_UP_LOGIN, {"state_hash": hashed(state)})
    if row is not None:
        db.session.expunge(row)
    db.session.commit()
    return row if row and row.expires_at > now else None


def registration(registration_id: int) -> RegistrationRow:
    """Give a registration that another row points to."""
    return db.session.scalars(REGISTRATION, {"id": registration_id}).one()


def arrive(launch: Launch, launch_id: str, secret: str, now: datetime) -> LaunchRow:
    """Record an entry: the person, course and placement it brings up to date, and its session."""
    course = _course(launch)
    placement = _placement(launch, course)
    row = LaunchRow(
        id=launch_id,
        secret_hash=hashed(secret),
        registration_id=launch.registration_id,
        deployment_id=launch.deployment_id,
        person_id=_person(launch, now).id,
        course_id=course.id,
        placement_id=placement.id if placement else None,
        role=launch.role,
        locale=launch.locale,
        timezone=launch.timezone,
        return_url=launch.return_url,
        deep_linking=_deep_linking(launch),
        began_at=now,
        ends_at=now + SESSION_LASTS,
    )
    db.session.add(row)
    return row


def _deep_linking(launch: Launch) -> dict[str, str | bool | None] | None:
    return asdict(launch.deep_linking) if launch.deep_linking else None


def _person(launch: Launch, now: datetime) -> PersonRow:
    key = {"site_id": launch.site_id, "sub": launch.sub}
    person = found(PersonRow, key)
    if person is None:
        person = found_or_added(PersonRow, key, {"number": _next_number(launch.site_id), "seen_at": now})
    told = {"name": launch.name, "email": launch.email, "locale": launch.locale, "timezone": launch.timezone}
    _bring_up_to_date(person, {**told, "seen_at": now})
    return person


def _next_number(site_id: int) -> int:
    counted = update(SiteRow).where(SiteRow.id == site_id).values(people=SiteRow.people + 1)
    return db.session.scalars(counted.returning(SiteRow.people)).one()


def _course(launch: Launch) -> CourseRow:
    course = found_or_added(CourseRow, {"site_id": launch.site_id, "context_id": launch.context_id}, {})
    _bring_up_to_date(course, {"title": launch.course_title})
    return course


def _placement(launch: Launch, course: CourseRow) -> PlacementRow | None:
    if launch.resource_link_id is None:
        return None
    key = {"course_id": course.id, "resource_link_id": launch.resource_link_id}
    placement = found_or_added(PlacementRow, key, {"registration_id": launch.registration_id, "scopes": []})
    told = {"activity": launch.activity, "title": launch.title, "line_item_url": launch.line_item_url}
    _bring_up_to_date(placement, {**told, "registration_id": launch.registration_id, "scopes": list(launch.scopes)})
    return placement


def _bring_up_to_date(row: PersonRow | CourseRow | PlacementRow, told: Mapping[str, object]) -> None:
    """Set what differs only: whatever is set makes the next read flush, though it be the same."""
    for name, value in told.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


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
