"""What a launch says of the roster, and what is remembered of who came."""

from collections.abc import Callable

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import create_engine, select, text

from lti_tool import database
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.launch.store import SESSION_LASTS, purge_launches
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, RosterAddressRow
from tests.lti_tool.entering import Client
from tests.lti_tool.platform import Platform, begin, sign
from tests.lti_tool.ticking import Ticker

CLAIM = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
Enter = Callable[..., Client]


def address_after(app: Flask, platform: Platform, claim: object) -> str | None:
    """Launch with a claim; give the roster's address as it is kept."""
    platform.register(app)
    begun = begin(app, platform)
    answer = begun.launch(sign(platform.claims(app, begun.nonce, **{CLAIM: claim})))
    assert answer.status_code == 303, answer.text
    with app.app_context():
        return db.session.scalar(select(RosterAddressRow.url))


def test_a_launch_says_where_the_roster_is(app: Flask, platform: Platform) -> None:
    url = f"{platform.origin}/memberships?type=1"

    kept = address_after(app, platform, {"context_memberships_url": url, "service_versions": ["1.0", "2.0"]})

    assert kept == url


@pytest.mark.parametrize(
    "claim",
    [
        None,
        "roster",
        {},
        {"context_memberships_url": 7, "service_versions": ["2.0"]},
        {"context_memberships_url": "{origin}/memberships"},
        {"context_memberships_url": "{origin}/memberships", "service_versions": ["1.0"]},
        {"context_memberships_url": "{origin}/memberships", "service_versions": "2.0"},
        {"context_memberships_url": "https://elsewhere.example.org/memberships", "service_versions": ["2.0"]},
        {"context_memberships_url": "/memberships", "service_versions": ["2.0"]},
        {"context_memberships_url": "{origin}@elsewhere.example.org/", "service_versions": ["2.0"]},
    ],
)
def test_a_claim_that_is_malformed_or_leads_elsewhere_is_ignored_and_keeps_nobody_out(
    sqlite_app: Flask, platform: Platform, claim: object
) -> None:
    if isinstance(claim, dict) and isinstance(url := claim.get("context_memberships_url"), str):
        claim = {**claim, "context_memberships_url": url.replace("{origin}", platform.origin)}

    assert address_after(sqlite_app, platform, claim) is None


def attendances(app: Flask) -> list[tuple[int, int, Role]]:
    with app.app_context():
        rows = db.session.scalars(select(AttendanceRow).order_by(AttendanceRow.course_id, AttendanceRow.person_id))
        return [(row.course_id, row.person_id, row.role) for row in rows]


def test_a_persons_newest_role_in_each_course_is_remembered(app: Flask, enter: Enter) -> None:
    enter(sub="1")
    enter(sub="1", role=Role.TRAINER)
    enter(sub="1", course="another")
    enter(sub="2")

    assert attendances(app) == [(1, 1, Role.TRAINER), (1, 2, Role.TRAINEE), (2, 1, Role.TRAINEE)]


def test_who_was_here_is_known_after_the_launch_is_forgotten(app: Flask, enter: Enter, ticker: Ticker) -> None:
    enter()
    ticker.move(days=1)

    with app.app_context():
        purge_launches(now() + SESSION_LASTS, 10)
        db.session.commit()

    assert attendances(app) == [(1, 1, Role.TRAINEE)]


BEFORE = (
    "INSERT INTO sites (id, issuer, people) VALUES (1, 'https://moodle.example.org', 1)",
    (
        "INSERT INTO registrations (id, site_id, client_id, authorization_endpoint, token_endpoint, jwks_uri, state,"
        " created_at) VALUES (1, 1, 'client-1', 'auth', 'token', 'keys', 'active', '2026-07-01 12:00:00')"
    ),
    "INSERT INTO deployments (id, registration_id, deployment_id, state) VALUES (1, 1, '1', 'active')",
    "INSERT INTO people (id, site_id, sub, number, seen_at) VALUES (1, 1, '5', 1, '2026-07-01 12:00:00')",
    "INSERT INTO courses (id, site_id, context_id) VALUES (1, 1, '2')",
    *(
        "INSERT INTO launches (id, secret_hash, registration_id, deployment_id, person_id, course_id, role, began_at,"
        f" ends_at) VALUES ('{role}', '', 1, 1, 1, 1, '{role}', '2026-07-0{day} 12:00:00', '2026-07-09 12:00:00')"
        for day, role in ((1, "trainee"), (3, "trainer"), (2, "guest"))
    ),
)


def test_who_was_here_before_the_migration_was_here(database_url: str) -> None:
    config, engine = database.alembic_config(database_url), create_engine(database_url)
    command.upgrade(config, "0005")
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))

    database.migrate(database_url)

    with engine.connect() as connection:
        found = connection.execute(text("SELECT course_id, person_id, role FROM attendances")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [(1, 1, "trainer")]
