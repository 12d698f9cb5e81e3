"""A launch opens a session, and leaves the person, the course and the placement that it tells of."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool.database import db
from lti_tool.lti.launch import mailing
from lti_tool.lti.platform import grades, roster
from lti_tool.lti.platform.grades import Grading
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import LaunchRow, PersonRow, PlacementRow, RegistrationRow, State
from tests.lti_tool.entering import Client
from tests.lti_tool.lti.conftest import cookies_of, launch_row
from tests.lti_tool.platform import (
    AGS,
    GONE,
    LINE_ITEMS_SCOPE,
    LTI,
    SCORE_SCOPE,
    TRAINER,
    Claims,
    Platform,
    begin,
    login_fields,
    sign,
)


def test_a_launch_opens_a_session_and_ends_the_login(app: Flask, known: Platform) -> None:
    login = begin(app, known)

    answer = login.launch(sign(known.claims(app, login.nonce)))

    session, *ended = cookies_of(answer)
    launch_id = answer.location.split("/")[2]
    assert answer.status_code == 303
    assert (session["name"], session["path"]) == ("__Secure-launch", f"/l/{launch_id}")
    assert {"secure", "httponly", "partitioned"} <= set(session)
    assert session["samesite"] == "None"
    assert not {"max-age", "expires"} & set(session), "it ends with the browser: many share a computer"
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


def test_a_launch_brings_person_course_and_placement(app: Flask, known: Platform) -> None:
    row = launch_row(app, known)

    assert (row.role, row.locale, row.timezone) == (Role.TRAINEE, "en", "Europe/Madrid")
    assert (row.person.sub, row.person.name, row.email) == ("5", "Trainee One", "trainee@example.org")
    assert row.person.email is None
    assert (row.course.context_id, row.course.title) == ("2", "Training of trainers")
    assert row.placement is not None
    assert (row.placement.resource_link_id, row.placement.activity) == ("7", "exercise/needs-matrix")
    assert row.placement.line_item_url == f"{known.origin}/lineitems/7/lineitem?type_id=1"
    assert row.ends_at - row.began_at == timedelta(hours=8)


def test_what_the_platform_withholds_is_not_kept(app: Flask, known: Platform) -> None:
    launch_row(app, known)

    row = launch_row(app, known, name=GONE, email=GONE)

    assert (row.person.name, row.email) == (None, None)


ANA: Claims = {"name": "Ana", "email": "ana@example.org"}
MARIA: Claims = {"name": "Ana María", "email": "maria@example.org"}
NAMELESS: Claims = {"name": GONE, "email": GONE}

TOLD: dict[str, tuple[list[tuple[str, Claims]], tuple[str | None, str | None]]] = {
    "by one, and withheld by another": ([("1", ANA), ("2", NAMELESS)], ("Ana", "ana@example.org")),
    "by one who withholds it later": ([("1", ANA), ("2", NAMELESS), ("1", NAMELESS)], (None, None)),
    "by two, the newer one counts": ([("1", ANA), ("2", MARIA)], ("Ana María", "maria@example.org")),
    "by two, and the first again": ([("1", ANA), ("2", MARIA), ("1", ANA)], ("Ana", "ana@example.org")),
    "by two, and withheld by the newer": ([("1", ANA), ("2", MARIA), ("2", NAMELESS)], ("Ana", "ana@example.org")),
    "by two, and withheld by both": ([("1", ANA), ("2", MARIA), ("2", NAMELESS), ("1", NAMELESS)], (None, None)),
    "the name by one, the address by another": (
        [("1", {**ANA, "email": GONE}), ("2", {**MARIA, "name": GONE})],
        ("Ana", "maria@example.org"),
    ),
}


@pytest.mark.parametrize(("launches", "kept"), TOLD.values(), ids=TOLD)
def test_names_are_kept_as_each_registration_tells_them(
    app: Flask,
    known: Platform,
    launches: list[tuple[str, Claims]],
    kept: tuple[str | None, str | None],
) -> None:
    known.register(app, client_id="client-2", deployment_id="2")

    for number, told in launches:
        login = begin(app, known, client_id=f"client-{number}")
        of_it = {"aud": f"client-{number}", f"{LTI}deployment_id": number, **told}
        assert login.launch(sign(known.claims(app, login.nonce, **of_it))).status_code == 303

    with app.app_context():
        person = db.session.scalars(select(PersonRow)).one()
        assert (person.name, mailing.address(person.id)) == kept
        assert person.email is None
        assert all(told["email"] is None for told in person.names)


def test_a_variable_that_the_platform_left_as_it_is_counts_as_absent(app: Flask, known: Platform) -> None:
    custom = {"activity": "$ResourceLink.custom", "timezone": "$Person.address.timezone"}

    row = launch_row(app, known, **{f"{LTI}custom": custom})

    assert row.timezone is None
    assert row.placement is not None
    assert row.placement.activity is None


@pytest.mark.parametrize(
    ("told", "kept"),
    [(5, "5"), (5.5, "5.5"), (True, "true"), (None, None), (["unit/x"], None), ({"unit": "x"}, None)],
    ids=json.dumps,
)
def test_numbers_and_flags_that_a_teacher_wrote_count_as_their_text(
    sqlite_app: Flask, sqlite_known: Platform, told: object, kept: str | None
) -> None:
    row = launch_row(sqlite_app, sqlite_known, **{f"{LTI}custom": {"activity": told, "due": None}})

    assert row.placement is not None
    assert row.placement.activity == kept


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
    assert grades.grading(row.placement) is Grading.PERHAPS


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


def test_deep_linking_touches_no_placement_even_if_it_names_one(app: Flask, known: Platform) -> None:
    before = launch_row(app, known).placement
    login = begin(app, known)
    claims = known.deep_linking_claims(app, login.nonce, **{f"{LTI}resource_link": {"id": "7"}, f"{LTI}custom": {}})

    answer = login.launch(sign(claims))

    assert login.browser.get(answer.location).status_code == 200
    assert before is not None
    with app.app_context():
        assert db.session.get_one(LaunchRow, answer.location.split("/")[2]).placement_id is None
        [after] = db.session.scalars(select(PlacementRow)).all()
        assert (after.activity, after.title) == (before.activity, before.title)
        assert (after.line_item_url, after.scopes) == (before.line_item_url, before.scopes)


def test_the_picker_knows_that_a_page_of_ours_waits_for_the_choice(app: Flask, known: Platform) -> None:
    login = begin(app, known, awaited="1")

    answer = login.launch(sign(known.deep_linking_claims(app, login.nonce)))

    assert answer.location.endswith("/pick?awaited=1")
    assert login.browser.get(answer.location).status_code == 200


def test_nobody_waits_for_anything_else(sqlite_app: Flask, sqlite_known: Platform) -> None:
    login = begin(sqlite_app, sqlite_known, awaited="1")

    answer = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce)))

    assert answer.location.endswith("/")


def test_a_trainer_is_let_in_as_trainer(app: Flask, known: Platform) -> None:
    assert launch_row(app, known, **{f"{LTI}roles": [TRAINER]}).role is Role.TRAINER


def test_no_rights_but_those_of_the_grade_services_are_kept_of_them(sqlite_app: Flask, sqlite_known: Platform) -> None:
    row = launch_row(sqlite_app, sqlite_known, **{AGS: {"scope": [SCORE_SCOPE, roster.SCOPE, "openid"]}})

    assert row.placement is not None
    assert row.placement.scopes == [SCORE_SCOPE]
