"""The registry: which platforms are known, and whether they may be used."""

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import LaunchRefused
from lti_tool.lti import registry
from lti_tool.lti.registering import approval
from lti_tool.lti.registry import Granted, Registry
from lti_tool.lti.tables import RegistrationRow, State
from tests.lti_tool.platform import CLIENT_ID, Platform

ISSUER = "https://moodle.example.org"


def grant(*, approved: bool = True, issuer: str = ISSUER, **changes: str | None) -> State:
    """Grant a registration to the tool."""
    granted: Granted = Platform(issuer).granted(**changes)
    return registry.grant(registry.site(issuer), granted, approved=approved, now=now()).state


@pytest.mark.parametrize(("approved", "state"), [(True, State.ACTIVE), (False, State.PENDING)])
def test_a_new_registration_may_be_used_at_once_or_waits(app: Flask, approved: bool, state: State) -> None:  # noqa: FBT001 - a table
    with app.app_context():
        assert grant(approved=approved) is state


def test_registering_again_updates_in_place(app: Flask) -> None:
    with app.app_context():
        grant()

        state = grant(jwks_uri=f"{ISSUER}/new-keys", token_audience=f"{ISSUER}/new")

        [row] = approval.registrations()
        assert (row.jwks_uri, row.token_audience, state) == (f"{ISSUER}/new-keys", f"{ISSUER}/new", State.ACTIVE)


def test_addresses_changed_without_approval_wait_for_it(app: Flask) -> None:
    with app.app_context():
        grant()

        state = grant(approved=False, jwks_uri=f"{ISSUER}/pluginfile.php/keys-of-somebody.json")

        assert state is State.PENDING
        with pytest.raises(LaunchRefused, match="registration_pending"):
            registry.find_registration(ISSUER, CLIENT_ID)


def test_the_same_addresses_given_again_without_approval_change_nothing(app: Flask) -> None:
    with app.app_context():
        grant()

        assert grant(approved=False) is State.ACTIVE


def test_a_new_deployment_of_a_known_registration_waits_for_approval(app: Flask) -> None:
    with app.app_context():
        grant()

        state = grant(approved=False, deployment_id="2")

        registration = registry.find_registration(ISSUER, CLIENT_ID)
        assert state is State.PENDING
        with pytest.raises(LaunchRefused, match="deployment_pending"):
            registry.usable_deployment(registration.id, "2")
        assert registry.usable_deployment(registration.id, "1") == 1


def test_what_was_suspended_stays_so_whatever_invitation_is_used(app: Flask) -> None:
    with app.app_context():
        grant()
        approval.suspend(db.session.get_one(RegistrationRow, 1))

        state = grant(approved=True)

        assert state is State.SUSPENDED
        with pytest.raises(LaunchRefused, match="registration_suspended"):
            registry.find_registration(ISSUER, CLIENT_ID)


def test_what_waits_is_approved_by_an_invitation_that_approves(app: Flask) -> None:
    with app.app_context():
        grant(approved=False)

        assert grant(approved=True) is State.ACTIVE


@pytest.mark.parametrize(("issuer", "client_id"), [("https://b.example", CLIENT_ID), (ISSUER, "client-2"), ("", None)])
def test_what_is_not_registered_is_refused(app: Flask, issuer: str, client_id: str | None) -> None:
    with app.app_context():
        grant()

        with pytest.raises(LaunchRefused, match="registration_unknown"):
            registry.find_registration(issuer, client_id)


def test_one_client_id_on_two_sites_is_two_registrations(app: Flask) -> None:
    with app.app_context():
        grant()
        grant(issuer="https://other.example.org")

        found = [registry.find_registration(issuer, CLIENT_ID).issuer for issuer in _issuers()]

        assert found == _issuers()


def _issuers() -> list[str]:
    return [ISSUER, "https://other.example.org"]


def test_a_deployment_of_another_registration_is_not_ones_own(app: Flask) -> None:
    with app.app_context():
        grant()
        grant(client_id="client-2", deployment_id="2")

        with pytest.raises(LaunchRefused, match="deployment_pending"):
            registry.usable_deployment(registry.find_registration(ISSUER, CLIENT_ID).id, "2")


@pytest.mark.parametrize("audience", [None, f"{ISSUER}/audience"])
def test_pylti1p3_sees_what_was_registered(app: Flask, audience: str | None) -> None:
    with app.app_context():
        grant(token_audience=audience)

        seen = registry.as_pylti(db.session.get_one(RegistrationRow, 1))

    assert (seen.get_issuer(), seen.get_client_id(), seen.get_auth_audience()) == (ISSUER, CLIENT_ID, audience)
    assert (seen.get_auth_token_url(), seen.get_key_set_url()) == (f"{ISSUER}/token", f"{ISSUER}/keys")


def test_pylti1p3_never_chooses_a_registration_by_itself(app: Flask) -> None:
    with app.app_context():
        grant()
        view = Registry(registry.find_registration(ISSUER, CLIENT_ID))

        assert not view.check_iss_has_one_client(ISSUER)
        assert view.check_iss_has_many_clients(ISSUER)
        for ask in (
            lambda: view.find_registration_by_issuer(ISSUER),
            lambda: view.find_deployment(ISSUER, "1"),
            lambda: view.find_deployment_by_params(ISSUER, "1", CLIENT_ID),
        ):
            with pytest.raises(NotImplementedError):
                ask()
