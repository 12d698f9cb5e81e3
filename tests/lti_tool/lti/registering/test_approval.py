"""What whoever runs the tool decides: approving, suspending and removing, each registration and deployment apart."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import LaunchRefused, RegistrationRefused
from lti_tool.lti import registry
from lti_tool.lti.registering import approval, invitations
from lti_tool.lti.registering.approval import Belongings
from lti_tool.lti.tables import DeploymentRow, LaunchRow, LoginRow, RegistrationRow, State
from tests.lti_tool.entering import Client
from tests.lti_tool.platform import CLIENT_ID, Platform, begin

ISSUER = "https://moodle.example.org"
WEEK = timedelta(days=7)
Enter = Callable[..., Client]


def grant(deployment_id: str = "1", *, approved: bool = False, **changes: str | None) -> State:
    """Grant a registration to the tool; the first has the number 1."""
    granted = Platform(ISSUER).granted(deployment_id=deployment_id, **changes)
    return registry.grant(registry.site(ISSUER), granted, approved=approved, now=now()).state


def first() -> RegistrationRow:
    return db.session.get_one(RegistrationRow, 1)


def states() -> list[State]:
    """Tell the states of the first registration and its deployments, as the database has them."""
    db.session.flush()
    db.session.expire_all()
    found = db.session.scalars(select(DeploymentRow).filter_by(registration_id=1).order_by(DeploymentRow.id))
    return [first().state, *(row.state for row in found)]


def suspend_deployment(deployment_id: str) -> None:
    of_it = {"registration_id": 1, "deployment_id": deployment_id}
    db.session.scalars(select(DeploymentRow).filter_by(**of_it)).one().state = State.SUSPENDED
    db.session.flush()


def test_approving_a_registration_approves_its_deployments_that_wait(app: Flask) -> None:
    with app.app_context():
        grant("1")
        grant("2")

        approval.approve(first())

        assert states() == [State.ACTIVE, State.ACTIVE, State.ACTIVE]


def test_a_deployment_suspended_on_its_own_is_not_approved_with_others(app: Flask) -> None:
    with app.app_context():
        grant("1", approved=True)
        suspend_deployment("1")
        grant("2")

        approval.approve(first())

        assert states() == [State.ACTIVE, State.SUSPENDED, State.ACTIVE]


def test_suspending_a_registration_leaves_what_was_decided_on_its_deployments(app: Flask) -> None:
    with app.app_context():
        grant("1", approved=True)
        grant("2")
        grant("3")
        suspend_deployment("3")

        approval.suspend(first())

        assert states() == [State.SUSPENDED, State.ACTIVE, State.PENDING, State.SUSPENDED]


@pytest.mark.parametrize("decide", [approval.suspend, approval.remove])
def test_a_site_that_is_stopped_cannot_let_itself_in_again_by_its_invitation(
    app: Flask, decide: Callable[[RegistrationRow], None]
) -> None:
    with app.app_context():
        grant(approved=True)
        secrets = [invitations.add(approves=True, expires_at=now() + WEEK) for _ in range(2)]
        invitations.bind(invitations.find(secrets[0], now()), registry.site(ISSUER), now())

        decide(first())

        with pytest.raises(RegistrationRefused, match="invitation_expired"):
            invitations.find(secrets[0], now())
        assert invitations.find(secrets[1], now()).site_id is None


def test_what_was_removed_is_not_listed_and_lets_nobody_in(app: Flask) -> None:
    with app.app_context():
        grant(approved=True)

        approval.remove(first())

        assert (approval.registrations(), approval.registration(1), approval.deployments(first())) == ([], None, [])
        with pytest.raises(LaunchRefused, match="registration_unknown"):
            registry.find_registration(ISSUER, CLIENT_ID)


def test_what_was_removed_makes_no_issuer_ambiguous(app: Flask) -> None:
    with app.app_context():
        grant(approved=True)
        grant(approved=True, client_id="client-2")

        approval.remove(first())

        assert registry.find_registration(ISSUER, None).client_id == "client-2"


def test_what_was_removed_waits_when_it_registers_again(app: Flask) -> None:
    with app.app_context():
        grant("1", approved=True)
        grant("2", approved=True)
        approval.remove(first())

        again = registry.grant(registry.site(ISSUER), Platform(ISSUER).granted(), approved=False, now=now())

        assert (again.number, again.new) == (1, True)
        assert states() == [State.PENDING, State.PENDING, State.REMOVED]


def test_a_removed_deployment_that_is_met_again_waits(app: Flask) -> None:
    with app.app_context():
        grant("1", approved=True)
        grant("2", approved=True)
        approval.remove(first())
        grant("1", approved=True)

        with pytest.raises(LaunchRefused, match="deployment_pending"):
            registry.usable_deployment(first().id, "2")

        assert states() == [State.ACTIVE, State.ACTIVE, State.PENDING]


def test_removing_ends_logins_and_sessions_and_keeps_what_belongs_to_the_site(
    app: Flask, platform: Platform, enter: Enter
) -> None:
    platform.register(app)
    begin(app, platform)
    people = [enter(issuer=platform.origin), enter(issuer=platform.origin, sub="2", course="course-2")]
    enter(issuer="https://other.example.org")

    with app.app_context():
        approval.remove(first())
        db.session.commit()
        left = [db.session.scalar(select(func.count()).select_from(table)) for table in (LoginRow, LaunchRow)]
        kept = approval.belongings(first().site_id)

    assert left == [0, 1]
    assert kept == Belongings(people=2, courses=2, placements=2)
    assert [person.get().status_code for person in people] == [401, 401]
