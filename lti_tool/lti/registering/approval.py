"""What whoever runs the tool decides about registrations and their deployments."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import delete, func, select, update

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import ConfigurationError, PlatformUnreachable
from lti_tool.lti.addresses import origins
from lti_tool.lti.platform import access_tokens
from lti_tool.lti.platform.http import require_plain
from lti_tool.lti.registering import invitations
from lti_tool.lti.tables import (
    CourseRow,
    DeploymentRow,
    LaunchRow,
    LoginRow,
    PersonRow,
    PlacementRow,
    RegistrationRow,
    State,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What belongs to a site and outlives its registrations."""

    people: int
    courses: int
    placements: int


def registrations() -> Sequence[RegistrationRow]:
    """Give all registrations but the removed ones, oldest first."""
    listed = select(RegistrationRow).where(RegistrationRow.state != State.REMOVED)
    return db.session.scalars(listed.order_by(RegistrationRow.id)).all()


def registration(number: int) -> RegistrationRow | None:
    """Give a registration that isn't removed."""
    row = db.session.get(RegistrationRow, number)
    return None if row is None or row.state is State.REMOVED else row


def deployments(of: RegistrationRow) -> Sequence[DeploymentRow]:
    """Give a registration's deployments but the removed ones, oldest first."""
    listed = select(DeploymentRow).filter_by(registration_id=of.id).where(DeploymentRow.state != State.REMOVED)
    return db.session.scalars(listed.order_by(DeploymentRow.id)).all()


def approve(row: RegistrationRow) -> None:
    """Let a registration be used, and its deployments that wait; those suspended on their own stay so."""
    row.state = State.ACTIVE
    waiting = (DeploymentRow.registration_id == row.id, DeploymentRow.state == State.PENDING)
    db.session.execute(update(DeploymentRow).where(*waiting).values(state=State.ACTIVE))


def suspend(row: RegistrationRow) -> None:
    """Stop a registration from being used, and with it its deployments, whose own states are kept."""
    row.state = State.SUSPENDED
    access_tokens.forget_all(row.id)
    invitations.end_those_of(row.site_id, now())  # or it would come back under another client id


def change_origins(row: RegistrationRow, added: Sequence[str], removed: Sequence[str]) -> None:
    """Say where a platform may be besides its issuer and its token endpoint.

    Raises:
        ConfigurationError: what is added is no web address that may be asked, or what is removed wasn't added.
    """
    more, fewer = [_origin(url) for url in added], [_origin(url) for url in removed]
    if unknown := [one for one in fewer if one not in row.added_origins]:
        msg = f"{unknown[0]} wasn't added to registration {row.id}, so it can't be removed. Nothing was changed."
        raise ConfigurationError(msg)
    kept = [one for one in row.added_origins if one not in fewer]
    row.added_origins = list(dict.fromkeys([*kept, *more]))


def _origin(url: str) -> str:
    try:
        require_plain(url, allow_http=current_app.config["ALLOW_PRIVATE_PLATFORMS"])
    except PlatformUnreachable as error:
        msg = f"{url} can't be used: {error}. Nothing was changed."
        raise ConfigurationError(msg) from error
    return origins(url)[0]


def belongings(site_id: int) -> Belongings:
    """Count what a site's registrations brought."""
    of_site = CourseRow.site_id == site_id
    people = select(func.count(PersonRow.id)).where(PersonRow.site_id == site_id)
    courses = select(func.count(CourseRow.id)).where(of_site)
    placements = select(func.count(PlacementRow.id)).join(CourseRow, CourseRow.id == PlacementRow.course_id)
    return Belongings(
        people=db.session.scalar(people) or 0,
        courses=db.session.scalar(courses) or 0,
        placements=db.session.scalar(placements.where(of_site)) or 0,
    )


def remove(row: RegistrationRow) -> None:
    """End a registration with its deployments, logins and sessions; people, courses, placements and work stay.

    Who registers again under the same client id finds nothing that was said of the platform before.
    """
    row.state = State.REMOVED
    row.added_origins = []
    access_tokens.forget_all(row.id)
    of_it = DeploymentRow.registration_id == row.id
    db.session.execute(update(DeploymentRow).where(of_it).values(state=State.REMOVED))
    db.session.execute(delete(LoginRow).where(LoginRow.registration_id == row.id))
    db.session.execute(delete(LaunchRow).where(LaunchRow.registration_id == row.id))
    invitations.end_those_of(row.site_id, now())
