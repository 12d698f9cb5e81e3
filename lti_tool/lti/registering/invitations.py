"""Invitations to register: made by the command line, kept as a hash, good for one site until they expire."""

from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import or_, select, update

from lti_tool.database import db
from lti_tool.errors import RegistrationRefused
from lti_tool.lti.secrets import hashed, new_secret
from lti_tool.lti.tables import InvitationRow, SiteRow

OF_ANOTHER_SITE = lazy_gettext(
    "This registration URL was already used by another Moodle site. Ask whoever runs this tool for one of your own."
)

EXPIRED = lazy_gettext(
    "This registration URL has expired. What is registered already goes on working. To register or to update, ask "
    "whoever runs this tool for a new URL, paste it under Manage tools and press “Add LTI Advantage”; if Moodle then "
    "asks, press “Update”."
)


def add(*, approves: bool, expires_at: datetime) -> str:
    """Make an invitation; give its secret, which is nowhere else."""
    secret = new_secret()
    db.session.add(InvitationRow(token_hash=hashed(secret), approves=approves, expires_at=expires_at))
    return secret


def find(secret: str, now: datetime) -> InvitationRow:
    """Give the invitation that a registration URL carries.

    Raises:
        RegistrationRefused: unknown or expired.
    """
    row = db.session.scalar(select(InvitationRow).filter_by(token_hash=hashed(secret)))
    if row is None:
        raise RegistrationRefused("invitation_unknown")
    if row.expires_at <= now:
        raise RegistrationRefused("invitation_expired", advice=EXPIRED)
    return row


def require_usable_by(invitation: InvitationRow, issuer: str) -> None:
    """Let go on whoever may bind an invitation, before anything is asked of them.

    Raises:
        RegistrationRefused: another site used it before.
    """
    site = db.session.get(SiteRow, invitation.site_id) if invitation.site_id is not None else None
    if site is not None and site.issuer != issuer:
        raise RegistrationRefused("invitation_of_another", advice=OF_ANOTHER_SITE)


def bind(invitation: InvitationRow, site: SiteRow, now: datetime) -> None:
    """Make an invitation the first site's own; that site may use it again to update. Of two at once one gets it.

    A platform answers as slowly as it likes: what was ended meanwhile is of no use any more.

    Raises:
        RegistrationRefused: another site used it before, or it has ended.
    """
    free = or_(InvitationRow.site_id.is_(None), InvitationRow.site_id == site.id)
    good = (InvitationRow.id == invitation.id, free, InvitationRow.expires_at > now)
    taken = update(InvitationRow).where(*good).values(site_id=site.id)
    if db.session.scalar(taken.returning(InvitationRow.id)) is None:
        db.session.refresh(invitation)
        require_usable_by(invitation, site.issuer)
        raise RegistrationRefused("invitation_expired", advice=EXPIRED)


def end_those_of(site_id: int, now: datetime) -> None:
    """End the invitations that a site uses: what was suspended or removed must not let itself in again."""
    open_ones = (InvitationRow.site_id == site_id, InvitationRow.expires_at > now)
    db.session.execute(update(InvitationRow).where(*open_ones).values(expires_at=now))
