"""The ways in: login, probe and launch, as a browser goes through them."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti import grades
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import LaunchRow, LoginRow, PersonRow, PlacementRow, RegistrationRow, State
from tests.lti_tool.entering import Client
from tests.lti_tool.signing import (
    AGS,
    CLIENT_ID,
    GONE,
    LAUNCH_URL,
    LINE_ITEMS_SCOPE,
    LTI,
    SCORE_SCOPE,
    TRAINER,
    Answer,
    Platform,
    begin,
    json_answer,
    login_fields,
    public_jwk,
    sign,
)
from tests.lti_tool.ticking import Ticker


@pytest.fixture
def known(app: Flask, platform: Platform) -> Platform:
    """Give a platform that the tool knows, on each database."""
    platform.register(app)
    return platform


@pytest.fixture
def sqlite_known(sqlite_app: Flask, platform: Platform) -> Platform:
    """Give a platform that the tool on SQLite knows."""
    platform.register(sqlite_app)
    return platform


def cookies_of(answer: TestResponse) -> list[dict[str, str]]:
    """Read the cookies that an answer sets, with their attributes."""
    found = []
    for line in answer.headers.getlist("Set-Cookie"):
        (name, value), *attributes = [part.strip().partition("=")[::2] for part in line.split(";")]
        found.append({"name": name, "value": value, **{key.lower(): text for key, text in attributes}})
    return found


# Login


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_login_is_recorded_and_the_browser_sent_on_to_the_probe(app: Flask, known: Platform, method: str) -> None:
    fields = login_fields(known)
    how = {"query_string": fields} if method == "GET" else {"data": fields}

    answer = app.test_client().open("/lti/login", method=method, **how)  # type: ignore[arg-type]  # one of two shapes

    assert answer.status_code == 303
    assert answer.location.startswith("/lti/continue?state=")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LoginRow)) == 1


def test_a_logins_cookie_is_set_plain_and_partitioned_and_for_the_ways_in_only(
    sqlite_app: Flask, sqlite_known: Platform
) -> None:
    plain, partitioned = cookies_of(sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known)))

    assert "partitioned" not in plain
    assert "partitioned" in partitioned
    assert plain["name"] == partitioned["name"]
    assert plain["name"].startswith("__Secure-login-")
    for cookie in (plain, partitioned):
        assert {"secure", "httponly"} <= set(cookie)
        assert (cookie["path"], cookie["samesite"], cookie["max-age"]) == ("/lti", "None", "600")
        assert len(cookie["value"]) >= 43


def test_what_is_kept_of_a_login_are_hashes(sqlite_app: Flask, sqlite_known: Platform) -> None:
    answer = sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known))
    state = parse_qs(urlsplit(answer.location).query)["state"][0]
    cookie = cookies_of(answer)[0]["value"]

    with sqlite_app.app_context():
        row = db.session.scalars(select(LoginRow)).one()

    assert state not in str(vars(row))
    assert cookie not in str(vars(row))


def test_a_login_without_a_client_id_is_taken_where_the_issuer_has_one(
    sqlite_app: Flask, sqlite_known: Platform
) -> None:
    begin(sqlite_app, sqlite_known, client_id="")


def test_a_login_without_a_client_id_is_refused_where_the_issuer_has_two(
    sqlite_app: Flask, sqlite_known: Platform
) -> None:
    sqlite_known.register(sqlite_app, client_id="client-2")

    answer = sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known, client_id=""))

    assert answer.status_code == 400


def test_the_hosts_header_changes_no_address(sqlite_app: Flask, sqlite_known: Platform) -> None:
    browser = sqlite_app.test_client()
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}

    probe = browser.post("/lti/login", data=login_fields(sqlite_known), headers=headers)

    assert "evil" not in probe.location
    assert "evil" not in browser.get(probe.location, headers=headers, base_url="http://evil.example").text


def test_logins_that_nobody_finished_are_purged(sqlite_app: Flask, sqlite_known: Platform, ticker: Ticker) -> None:
    begin(sqlite_app, sqlite_known)
    ticker.move(minutes=11)

    for _ in range(400):  # one in sixteen looks after the others: that none does is as good as impossible
        begin(sqlite_app, sqlite_known)

    with sqlite_app.app_context():
        oldest = db.session.scalars(select(func.min(LoginRow.expires_at))).one()
        assert oldest > now()


# Probe


def test_with_its_cookie_the_browser_goes_on_to_the_platform(app: Flask, known: Platform) -> None:
    browser = app.test_client()
    probe = browser.post("/lti/login", data=login_fields(known))

    answer = browser.get(probe.location)

    address = urlsplit(answer.location)
    question = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{known.origin}/auth"
    assert question.pop("state") in probe.location
    assert len(question.pop("nonce")) >= 43
    assert question == {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": CLIENT_ID,
        "redirect_uri": LAUNCH_URL,
        "login_hint": "5",
        "lti_message_hint": '{"cmid":7,"launchid":"a b&c"}',
    }


def test_a_hint_that_the_platform_did_not_give_is_not_sent_back(sqlite_app: Flask, sqlite_known: Platform) -> None:
    browser = sqlite_app.test_client()
    probe = browser.post("/lti/login", data=login_fields(sqlite_known, lti_message_hint=""))

    assert "lti_message_hint" not in browser.get(probe.location).location


def test_an_address_with_a_query_keeps_it(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app, authorization_endpoint=f"{platform.origin}/auth?site=2")
    browser = sqlite_app.test_client()
    probe = browser.post("/lti/login", data=login_fields(platform))

    question = parse_qs(urlsplit(browser.get(probe.location).location).query)

    assert question["site"] == ["2"]
    assert question["scope"] == ["openid"]


def test_without_its_cookie_the_browser_is_offered_a_tab_that_begins_the_login_again(
    sqlite_app: Flask, sqlite_known: Platform
) -> None:
    probe = sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known))

    answer = sqlite_app.test_client().get(probe.location)

    assert answer.status_code == 200
    assert 'action="/lti/login" target="_blank" rel="opener"' in answer.text
    assert 'name="lti_message_hint" value="{&#34;cmid&#34;:7,&#34;launchid&#34;:&#34;a b&amp;c&#34;}"' in answer.text


def test_hints_are_escaped_on_the_page_that_offers_a_tab(sqlite_app: Flask, sqlite_known: Platform) -> None:
    fields = login_fields(sqlite_known, login_hint='"><script>alert(1)</script>')
    probe = sqlite_app.test_client().post("/lti/login", data=fields)

    answer = sqlite_app.test_client().get(probe.location)

    assert "<script>" not in answer.text


@pytest.mark.parametrize("state", ["", "forged", "%00"])
def test_a_probe_of_a_login_that_nobody_began_is_refused(app: Flask, state: str) -> None:
    assert app.test_client().get(f"/lti/continue?state={state}").status_code == 400


def test_a_login_is_over_after_ten_minutes(app: Flask, known: Platform, ticker: Ticker) -> None:
    browser = app.test_client()
    probe = browser.post("/lti/login", data=login_fields(known))
    login = begin(app, known)

    ticker.move(minutes=10)

    assert browser.get(probe.location).status_code == 400
    assert login.launch(sign(known.claims(app, login.nonce))).status_code == 400


# Launch


def test_a_launch_opens_a_session_and_ends_the_login(app: Flask, known: Platform) -> None:
    login = begin(app, known)

    answer = login.launch(sign(known.claims(app, login.nonce)))

    session, *ended = cookies_of(answer)
    launch_id = answer.location.split("/")[2]
    assert answer.status_code == 303
    assert (session["name"], session["path"]) == ("__Secure-launch", f"/l/{launch_id}")
    assert {"secure", "httponly", "partitioned"} <= set(session)
    assert (session["samesite"], session["max-age"]) == ("None", "28800")
    assert [(cookie["name"][:15], cookie["value"], cookie["max-age"]) for cookie in ended] == [
        ("__Secure-login-", "", "0"),
        ("__Secure-login-", "", "0"),
    ]
    assert session["value"] not in launch_id
    assert "Needs" in login.browser.get(answer.location).text


def test_a_session_is_new_whatever_cookie_the_browser_came_with(sqlite_app: Flask, sqlite_known: Platform) -> None:
    login = begin(sqlite_app, sqlite_known)
    login.browser.set_cookie("__Secure-launch", "planted", path="/l")

    answer = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce)))

    assert cookies_of(answer)[0]["value"] != "planted"
    with sqlite_app.app_context():
        launches = db.session.scalars(select(LaunchRow)).all()
        assert [row.id for row in launches] == [answer.location.split("/")[2]]


def launch_row(app: Flask, platform: Platform, **changes: object) -> LaunchRow:
    """Launch, and give what is kept of it."""
    login = begin(app, platform)
    answer = login.launch(sign(platform.claims(app, login.nonce, **changes)))
    assert answer.status_code == 303, answer.text
    with app.app_context():
        return db.session.get_one(LaunchRow, answer.location.split("/")[2])


def test_a_launch_brings_person_course_and_placement(app: Flask, known: Platform) -> None:
    row = launch_row(app, known)

    assert (row.role, row.locale, row.timezone) == (Role.TRAINEE, "en", "Europe/Madrid")
    assert (row.person.sub, row.person.name, row.person.email) == ("5", "Trainee One", "trainee@example.org")
    assert (row.course.context_id, row.course.title) == ("2", "Training of trainers")
    assert row.placement is not None
    assert (row.placement.resource_link_id, row.placement.activity) == ("7", "exercise/needs-matrix")
    assert row.placement.line_item_url == f"{known.origin}/lineitems/7/lineitem?type_id=1"
    assert row.ends_at - row.began_at == timedelta(hours=8)


def test_what_the_platform_withholds_is_not_kept(app: Flask, known: Platform) -> None:
    launch_row(app, known)

    row = launch_row(app, known, name=GONE, email=GONE)

    assert (row.person.name, row.person.email) == (None, None)


def test_a_variable_that_the_platform_left_as_it_is_counts_as_absent(app: Flask, known: Platform) -> None:
    custom = {"activity": "$ResourceLink.custom", "timezone": "$Person.address.timezone"}

    row = launch_row(app, known, **{f"{LTI}custom": custom})

    assert row.timezone is None
    assert row.placement is not None
    assert row.placement.activity is None


def test_a_placement_that_lost_its_line_item_is_no_longer_graded(app: Flask, known: Platform) -> None:
    launch_row(app, known)

    row = launch_row(app, known, **{AGS: GONE})

    assert row.placement is not None
    assert (row.placement.line_item_url, row.placement.scopes) == (None, [])


def test_a_launch_that_names_no_line_item_may_still_be_graded_where_the_platform_lists_them(
    app: Flask, known: Platform
) -> None:
    listed = f"{known.origin}/lineitems?type_id=1"

    row = launch_row(app, known, **{AGS: {"scope": [SCORE_SCOPE, LINE_ITEMS_SCOPE], "lineitems": listed}})

    assert row.placement is not None
    assert (row.placement.line_item_url, row.placement.line_items_url) == (None, listed)
    assert grades.is_graded(row.placement)


@pytest.mark.parametrize(
    ("told", "kept"),
    [("4,3", ["4", "3"]), (" 4 ,, ", ["4"]), ("", []), ("$Context.id.history", [])],
)
def test_a_course_keeps_what_it_is_a_copy_of(app: Flask, known: Platform, told: str, kept: list[str]) -> None:
    row = launch_row(app, known, **{f"{LTI}custom": {"context_history": told}})

    assert row.course.history == kept


def test_a_review_comes_to_its_own_page(app: Flask, known: Platform) -> None:
    begun = begin(app, known)
    answer = begun.launch(sign(known.review_claims(app, begun.nonce)))

    with app.app_context():
        row = db.session.get_one(LaunchRow, answer.location.split("/")[2])
    assert (row.role, row.for_sub) == (Role.TRAINER, "5")
    assert answer.location.endswith("/review")


def test_a_review_needs_no_line_item(app: Flask, known: Platform) -> None:
    begun = begin(app, known)

    answer = begun.launch(sign(known.review_claims(app, begun.nonce, **{AGS: GONE})))

    assert answer.status_code == 303


def test_whom_another_message_is_for_means_nothing(app: Flask, known: Platform) -> None:
    row = launch_row(app, known, **{f"{LTI}for_user": {"user_id": "6"}})

    assert row.for_sub is None


def test_a_person_comes_back_as_the_same_person(app: Flask, known: Platform) -> None:
    first, second = launch_row(app, known), launch_row(app, known)
    other = launch_row(app, known, sub="6")

    assert first.person_id == second.person_id
    assert (first.person.number, other.person.number) == (1, 2)
    assert first.id != second.id


def test_a_tool_that_was_registered_again_finds_its_people_and_courses(app: Flask, known: Platform) -> None:
    before = launch_row(app, known)
    known.register(app, client_id="client-2", deployment_id="2")
    login = begin(app, known, client_id="client-2")
    claims = known.claims(app, login.nonce, aud="client-2", **{f"{LTI}deployment_id": "2"})

    answer = login.launch(sign(claims))

    with app.app_context():
        after = db.session.get_one(LaunchRow, answer.location.split("/")[2])
        assert (after.person_id, after.course_id) == (before.person_id, before.course_id)
        assert after.placement is not None
        assert after.placement.registration_id == after.registration_id != before.registration_id


def test_one_account_number_and_one_course_number_on_two_sites_are_two(enter: Callable[..., Client]) -> None:
    here, there = enter(sub="5", course="2"), enter(sub="5", course="2", issuer="https://other.example.org")

    assert here.person_id != there.person_id
    assert here.course_id != there.course_id


def test_a_person_without_a_role_in_the_course_is_told_so(sqlite_app: Flask, sqlite_known: Platform) -> None:
    login = begin(sqlite_app, sqlite_known)
    roles = ["http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"]

    answer = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce, **{f"{LTI}roles": roles})))

    assert answer.status_code == 403
    assert "This is not open to you" in answer.text
    with sqlite_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PersonRow)) == 0


@pytest.mark.parametrize(
    ("state", "advice"), [(State.PENDING, "has not approved it yet"), (State.SUSPENDED, "has suspended it")]
)
def test_a_platform_that_may_not_be_used_is_told_whom_to_ask(
    sqlite_app: Flask, sqlite_known: Platform, state: State, advice: str
) -> None:
    under_way = begin(sqlite_app, sqlite_known)
    token = sign(sqlite_known.claims(sqlite_app, under_way.nonce))
    with sqlite_app.app_context():
        db.session.get_one(RegistrationRow, 1).state = state
        db.session.commit()

    answers = [
        sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known)),
        under_way.launch(token),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all(advice in answer.text for answer in answers)


def test_a_deployment_that_waits_for_approval_is_not_let_in(sqlite_app: Flask, sqlite_known: Platform) -> None:
    sqlite_known.register(sqlite_app, approved=False, deployment_id="2")
    login = begin(sqlite_app, sqlite_known)

    answer = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce, **{f"{LTI}deployment_id": "2"})))

    assert answer.status_code == 403
    assert "has not approved it yet" in answer.text


def test_a_trainer_who_chooses_activities_comes_to_the_picker(app: Flask, known: Platform) -> None:
    login = begin(app, known)

    answer = login.launch(sign(known.deep_linking_claims(app, login.nonce)))

    assert answer.location.endswith("/pick")
    assert login.browser.get(answer.location).status_code == 200
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PlacementRow)) == 0


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"", status=503),
        Answer(body=b"<html>"),
        Answer(body=b"", status=302, headers={"Location": "http://127.0.0.1:1/"}),
        json_answer({"keys": "none"}),
        json_answer([]),
        Answer(body=b"x" * 1_100_000),
    ],
)
def test_a_key_set_that_cannot_be_read_refuses_the_launch(
    sqlite_app: Flask, sqlite_known: Platform, caplog: pytest.LogCaptureFixture, answer: Answer
) -> None:
    sqlite_known.answers["/keys"] = answer
    login = begin(sqlite_app, sqlite_known)

    refused = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce)))

    assert refused.status_code == 400
    assert ": key_set_unreadable [" in caplog.text


def test_the_key_set_is_not_fetched_for_every_launch(sqlite_app: Flask, sqlite_known: Platform) -> None:
    for _ in range(3):
        launch_row(sqlite_app, sqlite_known)

    assert [path for path, _ in sqlite_known.asked] == ["/keys"]


def test_a_platform_that_changes_its_key_is_let_in_after_a_minute(
    sqlite_app: Flask, sqlite_known: Platform, ticker: Ticker
) -> None:
    launch_row(sqlite_app, sqlite_known)
    sqlite_known.answers["/keys"] = json_answer({"keys": [public_jwk("another")]})
    ticker.move(seconds=61)
    login = begin(sqlite_app, sqlite_known)

    answer = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce), key="another", kid="another"))

    assert answer.status_code == 303


def test_the_tools_key_set_is_public_and_has_no_private_part(app: Flask) -> None:
    answer = app.test_client().get("/lti/keys")

    assert answer.json is not None
    assert [set(key) for key in answer.json["keys"]] == [{"kty", "alg", "use", "kid", "n", "e"}] * 2


def test_a_trainer_is_let_in_as_trainer(app: Flask, known: Platform) -> None:
    assert launch_row(app, known, **{f"{LTI}roles": [TRAINER]}).role is Role.TRAINER
