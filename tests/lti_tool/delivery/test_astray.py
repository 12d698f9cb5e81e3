"""Grades that went by a launch's word alone, before line items were confirmed, are named if they went elsewhere."""

import pytest
from alembic import command
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select, text

from lti_tool import database
from lti_tool.database import db
from lti_tool.delivery import astray
from lti_tool.delivery.commands import deliveries
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.lti.platform import access_tokens
from lti_tool.lti.tables import PlacementRow, RegistrationRow, State
from tests.lti_tool.delivery.conftest import School


@pytest.fixture
def upgraded(school: School) -> School:
    """Give a school in which a grade was delivered by a launch's word, and nothing is confirmed yet."""
    school.give(45)
    school.sweep()
    school.change_placement(confirmed_url=None, asked_claim=None, asked_at=None)
    with school.tool.app_context():
        access_tokens.forget_all(1)
        db.session.commit()
    return school


def went_to(school: School, url: str | None) -> None:
    with school.tool.app_context():
        db.session.scalars(select(DeliveryRow)).one().unconfirmed_url = url
        db.session.commit()


def look(school: School) -> bool:
    with school.tool.app_context():
        return astray.look_at_one()


def run(school: School, *arguments: str) -> Result:
    return CliRunner().invoke(deliveries, arguments, obj=lambda: school.tool)


def listed(school: School, *arguments: str) -> list[str]:
    return [line.split("\t")[1] for line in run(school, "list", *arguments).output.splitlines()]


def claimed(school: School) -> str:
    with school.tool.app_context():
        return db.session.get_one(PlacementRow, school.placement_id).line_item_url or ""


def test_a_grade_that_went_to_another_column_is_named(upgraded: School) -> None:
    went_to(upgraded, claimed(upgraded).replace("/1/lineitem", "/2/lineitem"))
    before = listed(upgraded)

    look(upgraded)

    assert (before, listed(upgraded)) == (["delivered"], ["astray"])
    assert listed(upgraded, "--state", "astray") == ["astray"]
    assert listed(upgraded, "--state", "delivered") == []


def test_one_that_went_where_there_is_no_column_by_now_is_named(upgraded: School) -> None:
    went_to(upgraded, claimed(upgraded))
    upgraded.change_placement(resource_link_id="999")

    look(upgraded)

    assert listed(upgraded) == ["astray"]


def test_an_older_word_that_there_is_no_column_names_none(upgraded: School) -> None:
    went_to(upgraded, claimed(upgraded))
    upgraded.change_placement(has_no_line_item=True)

    assert listed(upgraded) == ["delivered"]


def test_one_that_went_to_its_own_column_is_not(upgraded: School) -> None:
    went_to(upgraded, claimed(upgraded))

    look(upgraded)

    assert listed(upgraded) == ["delivered"]


def test_one_that_went_to_a_confirmed_column_never_is(upgraded: School) -> None:
    upgraded.change_placement(resource_link_id="999")

    assert look(upgraded) is False
    assert listed(upgraded) == ["delivered"]


def test_a_grade_astray_is_sent_again_to_its_own_column(upgraded: School) -> None:
    went_to(upgraded, claimed(upgraded).replace("/1/lineitem", "/2/lineitem"))
    upgraded.change_grade(0)
    look(upgraded)
    upgraded.ticker.move(minutes=2)

    result = run(upgraded, "retry", "1")
    upgraded.sweep()

    assert result.output == "Sent again: 1.\n"
    assert (upgraded.posted[-1]["scoreGiven"], listed(upgraded)) == (45, ["delivered", "astray"])


def test_each_activity_is_asked_about_once(upgraded: School) -> None:
    went_to(upgraded, claimed(upgraded))

    assert [look(upgraded), look(upgraded)] == [True, False]


@pytest.mark.parametrize(("name", "fault"), [("token", 400), ("lineitems", 403)])
def test_an_activity_that_cannot_be_asked_about_is_left_alone(upgraded: School, name: str, fault: int) -> None:
    went_to(upgraded, claimed(upgraded))
    upgraded.order(name, fault)

    assert [look(upgraded), look(upgraded)] == [True, False]
    assert listed(upgraded) == ["delivered"]


def test_a_moodle_that_is_down_is_asked_again_later(upgraded: School) -> None:
    went_to(upgraded, claimed(upgraded).replace("/1/lineitem", "/2/lineitem"))
    upgraded.order("token", 503)
    look(upgraded)

    upgraded.ticker.move(minutes=10)
    look(upgraded)

    assert listed(upgraded) == ["astray"]


@pytest.mark.parametrize(("name", "fault"), [("token", 400), ("lineitems", 403), ("lineitems", 503)])
def test_what_could_not_be_asked_about_is_asked_about_again_the_next_day(
    upgraded: School, name: str, fault: int
) -> None:
    went_to(upgraded, claimed(upgraded).replace("/1/lineitem", "/2/lineitem"))
    upgraded.order(name, fault)
    look(upgraded)

    upgraded.ticker.move(days=1)
    look(upgraded)

    assert listed(upgraded) == ["astray"]


def test_of_a_registration_that_is_not_in_use_nobody_is_asked(upgraded: School) -> None:
    went_to(upgraded, claimed(upgraded))
    with upgraded.tool.app_context():
        db.session.get_one(RegistrationRow, 1).state = State.SUSPENDED
        db.session.commit()

    assert look(upgraded) is False


BEFORE = (
    "INSERT INTO sites (id, issuer, people) VALUES (1, 'https://moodle.example.org', 1)",
    (
        "INSERT INTO registrations (id, site_id, client_id, authorization_endpoint, token_endpoint, jwks_uri, state,"
        " created_at) VALUES (1, 1, 'client-1', 'auth', 'token', 'keys', 'active', '2026-07-01 12:00:00')"
    ),
    "INSERT INTO people (id, site_id, sub, number, seen_at) VALUES (1, 1, '5', 1, '2026-07-01 12:00:00')",
    "INSERT INTO courses (id, site_id, context_id) VALUES (1, 1, '2')",
    (
        "INSERT INTO placements (id, course_id, resource_link_id, registration_id, scopes, line_item_url)"
        " VALUES (1, 1, '3', 1, '[]', 'https://moodle.example.org/1')"
    ),
    *(
        "INSERT INTO deliveries (id, placement_id, person_id, score, scored_at, state, due_at, attempts, created_at)"
        f" VALUES ({number}, 1, 1, '{{}}', '2026-07-01 12:00:00', '{state}', '2026-07-01 12:00:00', 1,"
        " '2026-07-01 12:00:00')"
        for number, state in enumerate(("delivered", "failed", "due"), start=1)
    ),
)


def test_an_upgrade_confirms_nothing_and_keeps_where_grades_went(database_url: str) -> None:
    config, engine = database.alembic_config(database_url), create_engine(database_url)
    command.upgrade(config, "0008")
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))

    database.migrate(database_url)

    with engine.begin() as connection:
        placed = connection.execute(text("SELECT line_item_url, confirmed_url, asked_at FROM placements")).one()
        went = connection.execute(text("SELECT id, unconfirmed_url FROM deliveries ORDER BY id")).all()
        connection.execute(text(BEFORE[4].replace("(1, 1, '3'", "(2, 1, '4'")))  # as a process of before goes on doing
    engine.dispose()
    assert tuple(placed) == ("https://moodle.example.org/1", None, None)
    assert [tuple(row) for row in went] == [(1, "https://moodle.example.org/1"), (2, None), (3, None)]
