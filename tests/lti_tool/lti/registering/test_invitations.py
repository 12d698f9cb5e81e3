"""Invitations: random, kept as a hash, for one site until they expire."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import RegistrationRefused
from lti_tool.lti import registry
from lti_tool.lti.registering import invitations
from lti_tool.lti.tables import InvitationRow
from tests.lti_tool.ticking import Ticker

WEEK = timedelta(days=7)


def test_an_invitation_is_found_by_its_secret_which_is_nowhere_else(app: Flask) -> None:
    with app.app_context():
        secret = invitations.add(approves=True, expires_at=now() + WEEK)

        found = invitations.find(secret, now())

        assert found.approves is True
        assert secret not in str(vars(found))
        assert len(secret) >= 43


@pytest.mark.parametrize("secret", ["", "guessed", "\0", "é"])
def test_an_invitation_that_nobody_made_is_refused(app: Flask, secret: str) -> None:
    with app.app_context(), pytest.raises(RegistrationRefused, match="invitation_unknown"):
        invitations.find(secret, now())


def test_what_is_kept_of_an_invitation_is_no_invitation(app: Flask) -> None:
    with app.app_context():
        invitations.add(approves=True, expires_at=now() + WEEK)
        stored = db.session.scalars(select(InvitationRow.token_hash)).one()

        with pytest.raises(RegistrationRefused, match="invitation_unknown"):
            invitations.find(stored, now())


def test_an_invitation_expires(app: Flask, ticker: Ticker) -> None:
    with app.app_context():
        secret = invitations.add(approves=True, expires_at=now() + WEEK)
        ticker.move(days=7)

        with pytest.raises(RegistrationRefused, match="invitation_expired"):
            invitations.find(secret, now())


def test_the_first_site_that_uses_an_invitation_may_use_it_again_and_no_other(app: Flask) -> None:
    with app.app_context():
        invitation = invitations.find(invitations.add(approves=True, expires_at=now() + WEEK), now())
        first, second = registry.site("https://a.example.org"), registry.site("https://b.example.org")

        invitations.bind(invitation, first, now())
        invitations.bind(invitation, first, now())

        with pytest.raises(RegistrationRefused, match="invitation_of_another"):
            invitations.bind(invitation, second, now())


def test_of_two_sites_that_use_an_invitation_at_once_one_has_it(app: Flask) -> None:
    with app.app_context():
        secret = invitations.add(approves=True, expires_at=now() + WEEK)
        issuers = ["https://a.example.org", "https://b.example.org"]
        for issuer in issuers:
            registry.site(issuer)
        db.session.commit()
    together = Barrier(2)

    def use(issuer: str) -> bool:
        with app.app_context():
            invitation, site = invitations.find(secret, now()), registry.site(issuer)
            db.session.refresh(invitation)
            together.wait(timeout=30)
            try:
                invitations.bind(invitation, site, now())
            except RegistrationRefused:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        used = sorted(pool.map(use, issuers))

    assert used == [False, True]


def test_an_invitation_that_ended_meanwhile_is_of_no_use(app: Flask) -> None:
    with app.app_context():
        invitation = invitations.find(invitations.add(approves=True, expires_at=now() + WEEK), now())
        site = registry.site("https://a.example.org")
        invitations.bind(invitation, site, now())
        invitations.end_those_of(site.id, now())

        with pytest.raises(RegistrationRefused, match="invitation_expired"):
            invitations.bind(invitation, site, now())
