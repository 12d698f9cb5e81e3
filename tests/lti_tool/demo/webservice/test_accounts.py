"""Accounts are made all or none, and changed row by row."""

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.tables import Mail
from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import ANA, INVALID, call, variables


def test_one_bad_row_undoes_the_whole_batch(site: Classroom) -> None:
    second = {key.replace("[0]", "[1]"): value for key, value in ANA.items()}

    answer = call(site, "core_user_create_users", variables={**ANA, **second})

    assert answer == INVALID
    with site.site.session() as db:
        assert db.scalars(select(User).filter_by(username="ana")).first() is None


@pytest.mark.parametrize(
    "changes",
    [
        {"users[0][email]": "TRAINER@example.org"},
        {"users[0][email]": "nowhere"},
        {"users[0][username]": "trainer"},
        {"users[0][firstname]": " "},
        {"users[0][password]": ""},
    ],
)
def test_an_account_needs_a_name_an_address_and_a_password(site: Classroom, changes: dict[str, str]) -> None:
    assert call(site, "core_user_create_users", variables={**ANA, **changes}) == INVALID


def test_changes_are_made_row_by_row_and_what_fails_is_a_warning(site: Classroom) -> None:
    people = site.seeded.people
    rows: list[dict[str, object]] = [
        {"id": people["trainee1"], "lastname": "Changed"},
        {"id": people["trainee2"], "email": "TRAINER@example.org"},
        {"id": 999},
        {"id": 1, "lastname": "Changed"},
    ]

    warnings = call(site, "core_user_update_users", variables=variables("users", *rows))["warnings"]

    assert [warning["warningcode"] for warning in warnings] == [
        "useremailduplicate",
        "invaliduserid",
        "usernotupdatedguest",
    ]
    with site.site.session() as db:
        assert db.get_one(User, people["trainee1"]).lastname == "Changed"


def test_a_new_password_is_mailed_at_once(site: Classroom) -> None:
    given = {key: value for key, value in ANA.items() if "password" not in key}

    call(site, "core_user_create_users", variables={**given, "users[0][createpassword]": "1"})

    with site.site.session() as db:
        assert db.scalars(select(Mail.subject)).all() == ["New user account"]
