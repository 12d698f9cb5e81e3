"""A registration's origins are one list: for its services, for pages around ours, and for addresses to answer at."""

from collections.abc import Mapping
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.errors import ForeignAddress
from lti_tool.lti.platform.services import connect
from lti_tool.lti.registering import approval
from lti_tool.lti.tables import LaunchRow, RegistrationRow, RosterAddressRow
from tests.lti_tool.lti.conftest import launch_row
from tests.lti_tool.platform import DL, LTI, Platform, begin, json_answer, sign

ELSEWHERE = "https://services.example.org"
ROSTER = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
SCOPE = "scope/score"


def add_origin(app: Flask, origin: str) -> None:
    with app.app_context():
        db.session.get_one(RegistrationRow, 1).added_origins = [origin]
        db.session.commit()


def call(app: Flask, url: str) -> None:
    with app.app_context():
        connect(db.session.get_one(RegistrationRow, 1)).make_service_request([SCOPE], url)


@pytest.mark.parametrize(
    "foreign",
    [
        "https://elsewhere.example.org/scores",
        "{origin}@elsewhere.example.org/scores",
        "{origin}.example.org/scores",
        "{origin}0/scores",
        "/scores",
        "",
    ],
)
def test_an_access_token_leaves_for_nowhere_else(sqlite_app: Flask, sqlite_known: Platform, foreign: str) -> None:
    sqlite_known.answers["/token"] = json_answer({"access_token": "made up"})

    with pytest.raises(ForeignAddress):
        call(sqlite_app, foreign.replace("{origin}", sqlite_known.origin))

    assert sqlite_known.asked == []


def test_an_access_token_leaves_for_an_origin_that_was_added(sqlite_app: Flask, sqlite_known: Platform) -> None:
    another = sqlite_known.origin.replace("127.0.0.1", "localhost")
    sqlite_known.answers |= {"/token": json_answer({"access_token": "made up"}), "/scores": json_answer({})}
    add_origin(sqlite_app, another)

    call(sqlite_app, f"{another}/scores")

    assert sqlite_known.asked[-1] == ("/scores", "Bearer made up")


def test_the_token_endpoints_origin_belongs_to_a_platform(app: Flask, platform: Platform) -> None:
    platform.register(app, token_endpoint=f"{ELSEWHERE}/token")

    with app.app_context():
        assert db.session.get_one(RegistrationRow, 1).origins == (platform.origin, ELSEWHERE)


PRESENTATION = f"{LTI}launch_presentation"


def kept(row: LaunchRow, app: Flask) -> Mapping[str, str | None]:
    with app.app_context():
        return {"return": row.return_url, "roster": db.session.scalar(select(RosterAddressRow.url))}


def said(url: str) -> Mapping[str, object]:
    """Write the claims that name addresses."""
    return {
        PRESENTATION: {"return_url": url},
        ROSTER: {"context_memberships_url": url, "service_versions": ["2.0"]},
    }


def test_addresses_elsewhere_count_as_absent(sqlite_app: Flask, sqlite_known: Platform) -> None:
    row = launch_row(sqlite_app, sqlite_known, **said(f"{ELSEWHERE}/there"))

    assert kept(row, sqlite_app) == {"return": None, "roster": None}


def test_addresses_at_an_origin_that_was_added_are_kept(sqlite_app: Flask, sqlite_known: Platform) -> None:
    add_origin(sqlite_app, ELSEWHERE)

    row = launch_row(sqlite_app, sqlite_known, **said(f"{ELSEWHERE}/there"))

    assert kept(row, sqlite_app) == {"return": f"{ELSEWHERE}/there", "roster": f"{ELSEWHERE}/there"}


def test_a_choice_is_handed_back_to_an_origin_that_was_added(sqlite_app: Flask, sqlite_known: Platform) -> None:
    add_origin(sqlite_app, ELSEWHERE)
    login = begin(sqlite_app, sqlite_known)
    claims = sqlite_known.deep_linking_claims(sqlite_app, login.nonce)
    claims[DL]["deep_link_return_url"] = f"{ELSEWHERE}/return"

    answer = login.launch(sign(claims))

    assert answer.status_code == HTTPStatus.SEE_OTHER


def test_only_a_wish_to_choose_says_where_a_choice_goes(sqlite_app: Flask, sqlite_known: Platform) -> None:
    settings = {"deep_link_return_url": f"{ELSEWHERE}/return", "accept_types": ["ltiResourceLink"]}

    row = launch_row(sqlite_app, sqlite_known, **{DL: settings})

    assert row.deep_linking is None


def test_an_origin_that_was_added_may_frame_our_pages(sqlite_app: Flask, sqlite_known: Platform) -> None:
    add_origin(sqlite_app, ELSEWHERE)
    login = begin(sqlite_app, sqlite_known)
    entry = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce)))

    policies = [answer.headers["Content-Security-Policy"] for answer in (entry, login.browser.get(entry.location))]

    framed_by = f"frame-ancestors {sqlite_known.origin} {ELSEWHERE}"
    assert [policy.endswith(framed_by) for policy in policies] == [True, True]


def test_origins_that_were_added_end_with_their_registration(sqlite_app: Flask, sqlite_known: Platform) -> None:
    add_origin(sqlite_app, ELSEWHERE)

    with sqlite_app.app_context():
        row = db.session.get_one(RegistrationRow, 1)
        approval.remove(row)

        assert row.origins == (sqlite_known.origin,)
