"""Sessions: one launch, one browser, one role, eight hours; and nobody else's form."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from lti_tool.database import db
from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.launch.session import COOKIE, EXEMPT, SAFE_METHODS, display_name
from lti_tool.lti.launch.store import SESSION_LASTS, purge_launches
from lti_tool.lti.registering import approval
from lti_tool.lti.roles import Role
from lti_tool.lti.secrets import csrf_token
from lti_tool.lti.tables import LaunchRow, PlacementRow, RegistrationRow
from tests.lti_tool.entering import Client
from tests.lti_tool.lti.conftest import IN_ADDRESSES
from tests.lti_tool.platform import SCORE_SCOPE
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]
PICKER = DeepLinking(return_url="http://localhost:8100/return", accept_multiple=True, data=None)


def session_of(app: Flask, person: Client) -> Any:
    """Give what a page's view sees."""
    seen: list[Any] = []

    def look() -> str:
        from lti_tool.lti.launch.session import current  # noqa: PLC0415 - as a view would use it

        seen.append(current())
        return "seen"

    app.add_url_rule("/l/<launch_id>/look", view_func=look)
    assert person.get("look").text == "seen"
    return seen[0]


def test_a_page_opens_for_the_browser_that_was_launched(enter: Enter) -> None:
    assert enter().get().status_code == 200


def test_a_page_is_closed_to_a_browser_without_the_cookie(app: Flask, enter: Enter) -> None:
    answer = app.test_client().get(f"/l/{enter().launch_id}/")

    assert answer.status_code == 401
    assert "Open the activity again in Moodle. Your text is kept." in answer.text


@pytest.mark.parametrize("secret", ["", "guessed", "é", "x" * 3_000])
def test_a_page_is_closed_to_a_guessed_cookie(app: Flask, enter: Enter, secret: str) -> None:
    person, browser = enter(), app.test_client()
    browser.set_cookie(COOKIE, secret, path=f"/l/{person.launch_id}")

    assert browser.get(f"/l/{person.launch_id}/").status_code == 401


def test_the_cookie_of_one_launch_does_not_open_another(app: Flask, enter: Enter) -> None:
    trainee, trainer = enter(), enter(sub="trainer-1", role=Role.TRAINER)
    stolen = trainee.browser.get_cookie(COOKIE, path=f"/l/{trainee.launch_id}")
    browser = app.test_client()
    assert stolen is not None
    browser.set_cookie(COOKIE, stolen.value, path=f"/l/{trainer.launch_id}")

    assert browser.get(f"/l/{trainer.launch_id}/").status_code == 401


def test_a_launchs_id_alone_opens_nothing(app: Flask, enter: Enter) -> None:
    person = enter()

    for path in ("", "pick", "exercise"):
        assert app.test_client().get(f"/l/{person.launch_id}/{path}").status_code == 401


def test_what_is_kept_of_a_session_does_not_open_it(app: Flask, enter: Enter) -> None:
    person, browser = enter(), app.test_client()
    with app.app_context():
        stored = db.session.get_one(LaunchRow, person.launch_id).secret_hash
    browser.set_cookie(COOKIE, stored, path=f"/l/{person.launch_id}")

    assert browser.get(f"/l/{person.launch_id}/").status_code == 401


def test_a_session_ends_eight_hours_after_its_launch(enter: Enter, ticker: Ticker) -> None:
    person = enter()
    ticker.move(hours=8, seconds=-1)
    before = person.get().status_code

    ticker.move(seconds=1)

    assert (before, person.get().status_code) == (200, 401)


def test_a_session_ends_when_its_registration_is_suspended(app: Flask, enter: Enter) -> None:
    person = enter()
    with app.app_context():
        approval.suspend(db.session.get_one(RegistrationRow, 1))
        db.session.commit()

    answer = person.get()

    assert answer.status_code == 403
    assert "Whoever runs the tool has suspended it" in answer.text


@pytest.mark.adds_routes
def test_two_launches_in_one_browser_stay_apart(app: Flask, enter: Enter) -> None:
    trainee, trainer = enter(name="Trainee"), enter(sub="trainer-1", name="Trainer", role=Role.TRAINER)
    for person in (trainee, trainer):
        cookie = person.browser.get_cookie(COOKIE, path=f"/l/{person.launch_id}")
        assert cookie is not None
        trainee.browser.set_cookie(COOKIE, cookie.value, path=f"/l/{person.launch_id}")

    both = [session_of(app, trainee).person_name, trainee.browser.get(f"/l/{trainer.launch_id}/look").status_code]

    assert both == ["Trainee", 200]


def test_launches_long_over_are_forgotten(app: Flask, enter: Enter, ticker: Ticker) -> None:
    enter()
    ticker.move(hours=1)
    still_open = enter(sub="trainee-2")

    with app.app_context():
        forgotten = purge_launches(ticker.time + SESSION_LASTS, 10)
        db.session.commit()

    assert forgotten == 1
    assert still_open.get().status_code == 200


# What a session knows


@pytest.mark.adds_routes
def test_a_session_says_who_is_where_in_which_role(app: Flask, enter: Enter) -> None:
    session = session_of(app, enter(course="course-9"))

    assert (session.person_name, session.role, session.is_trainer) == ("Trainee One", Role.TRAINEE, False)
    assert (session.course_title, session.activity) == ("Course course-9", "exercise/needs-matrix")
    assert (session.issuer, session.title) == ("http://localhost:8100", "Needs matrix")


@pytest.mark.adds_routes
def test_a_person_whose_name_is_withheld_is_a_numbered_participant(app: Flask, enter: Enter) -> None:
    enter(sub="first")

    session = session_of(app, enter(sub="second", name=None, locale="en"))

    assert session.person_name == "Participant 2"


@pytest.mark.parametrize(("name", "shown"), [("Ana", "Ana"), (None, "Participant 12"), ("", "Participant 12")])
def test_a_number_stands_in_for_a_name(sqlite_app: Flask, name: str | None, shown: str) -> None:
    with sqlite_app.test_request_context():
        assert display_name(name, 12) == shown


@pytest.mark.parametrize(
    ("line_item", "scopes", "graded"),
    [
        ("http://localhost:8100/lineitem", [SCORE_SCOPE], True),
        (None, [SCORE_SCOPE], False),
        ("http://localhost:8100/lineitem", [], False),
        ("http://localhost:8100/lineitem", [SCORE_SCOPE.replace("score", "lineitem")], False),
    ],
)
@pytest.mark.adds_routes
def test_an_activity_is_graded_where_it_has_a_line_item_and_we_may_send_scores(
    sqlite_app: Flask,
    sqlite_enter: Enter,
    line_item: str | None,
    scopes: list[str],
    graded: bool,  # noqa: FBT001 - from a table
) -> None:
    person = sqlite_enter()
    with sqlite_app.app_context():
        placement = db.session.get_one(PlacementRow, person.placement_id)
        placement.line_item_url, placement.scopes = line_item, scopes
        db.session.commit()

    assert session_of(sqlite_app, person).graded is graded


@pytest.mark.adds_routes
def test_a_deep_linking_session_has_no_activity_and_no_grade(app: Flask, enter: Enter) -> None:
    session = session_of(app, enter(role=Role.TRAINER, deep_linking=PICKER))

    assert (session.placement_id, session.activity, session.graded) == (None, None, False)
    assert session.deep_linking == PICKER


@pytest.mark.parametrize("locale", ["pt_br", "de_du", "en_us_k12", "sr_lt", "", "\U0001f600"])
@pytest.mark.parametrize("timezone", [None, "99", "Mars/Olympus"])
def test_no_locale_and_no_zone_keeps_a_page_from_opening(
    sqlite_enter: Enter, locale: str, timezone: str | None
) -> None:
    assert sqlite_enter(locale=locale, timezone=timezone).get().status_code == 200


# Forms of other sites, and of other launches

OURS = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("origin", "token", "status"),
    [
        (OURS, "own", 422),
        (None, "own", 403),
        ("null", "own", 403),
        ("http://localhost:8100", "own", 403),
        ("https://127.0.0.1:8000", "own", 403),
        ("http://127.0.0.1:8000.evil.example", "own", 403),
        (OURS, "", 403),
        (OURS, "guessed", 403),
        (OURS, "é", 403),
        (OURS, "other", 403),
    ],
)
def test_a_form_is_taken_only_from_our_own_page_with_the_sessions_token(
    sqlite_app: Flask, sqlite_enter: Enter, origin: str | None, token: str, status: int
) -> None:
    person = sqlite_enter(role=Role.TRAINER, deep_linking=PICKER)
    other = sqlite_enter(sub="trainer-2", role=Role.TRAINER, deep_linking=PICKER)
    csrf = {"own": person.csrf, "other": other.csrf}.get(token, token)
    headers = {"Origin": origin} if origin else {}

    answer = person.browser.post(f"/l/{person.launch_id}/pick", data={"csrf": csrf}, headers=headers)

    assert answer.status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.adds_routes
def test_every_method_that_writes_needs_the_token(sqlite_app: Flask, sqlite_enter: Enter, method: str) -> None:
    person = sqlite_enter()
    sqlite_app.add_url_rule("/l/<launch_id>/any", view_func=lambda: "written", methods=[method])

    without = person.browser.open(f"/l/{person.launch_id}/any", method=method, headers={"Origin": OURS})
    headers = {"Origin": OURS, "X-CSRF-Token": person.csrf}
    with_it = person.browser.open(f"/l/{person.launch_id}/any", method=method, headers=headers)

    assert (without.status_code, with_it.status_code) == (403, 200)


def writes(app: Flask) -> list[tuple[str, str, str]]:
    """Give endpoint, method and path of everything that takes more than reads; `LAUNCH` stands for the launch."""
    adapter = app.url_map.bind("tool.example.org")
    found = []
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - SAFE_METHODS):
            path = adapter.build(rule.endpoint, {**IN_ADDRESSES, "launch_id": "LAUNCH"}, method=method)
            found.append((rule.endpoint, method, path.partition("?")[0]))
    return found


def test_every_write_of_a_session_is_refused_unless_our_own_page_sends_it(
    sqlite_app: Flask, sqlite_enter: Enter, caplog: pytest.LogCaptureFixture
) -> None:
    person, other = sqlite_enter(), sqlite_enter(sub="trainee-2")
    forgeries = [
        {"Origin": OURS},
        {"Origin": OURS, "X-CSRF-Token": other.csrf},
        {"Origin": "https://evil.example", "X-CSRF-Token": person.csrf},
        {"Origin": "null", "X-CSRF-Token": person.csrf},
        {"X-CSRF-Token": person.csrf},
    ]
    inside = [(method, path) for _, method, path in writes(sqlite_app) if path.startswith("/l/")]

    answers = [
        person.browser.open(path.replace("LAUNCH", person.launch_id), method=method, headers=headers).status_code
        for method, path in inside
        for headers in forgeries
    ]

    assert len(inside) > 10
    assert set(answers) == {403}
    refusals = [record.getMessage() for record in caplog.records]
    assert [line for line in refusals if ": csrf_" not in line] == []


def test_every_write_outside_of_sessions_is_in_the_table_of_exempt_endpoints(sqlite_app: Flask) -> None:
    outside = {endpoint for endpoint, _, path in writes(sqlite_app) if not path.startswith("/l/")}

    assert outside == set(EXEMPT)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.adds_routes
def test_a_write_that_is_in_no_table_is_refused(sqlite_app: Flask, method: str) -> None:
    sqlite_app.add_url_rule("/forgotten", view_func=lambda: "written", methods=["GET", method])

    answers = [sqlite_app.test_client().open("/forgotten", method=how).status_code for how in ("GET", method)]

    assert answers == [200, 403]


def test_the_token_says_nothing_of_the_secret_that_it_is_made_of() -> None:
    assert re.fullmatch("[0-9a-f]{64}", csrf_token("secret"))
    assert csrf_token("secret") != csrf_token("secreu")


# Roles


def test_a_trainee_cannot_open_the_picker(enter: Enter) -> None:
    person = enter(deep_linking=PICKER)

    answers = [person.get("pick").status_code, person.post("pick", activity="exercise/needs-matrix").status_code]

    assert answers == [403, 403]


def test_a_trainer_cannot_open_the_picker_from_an_activity(enter: Enter) -> None:
    person = enter(role=Role.TRAINER)

    answers = [person.get("pick").status_code, person.post("pick", activity="exercise/needs-matrix").status_code]

    assert answers == [404, 404]


@pytest.mark.parametrize("activity", [None, "", "unknown/slug", "exercise", "exercise/no-such", "unit/../x"])
def test_a_place_without_an_activity_that_we_have_says_what_to_do(sqlite_enter: Enter, activity: str | None) -> None:
    answer = sqlite_enter(activity=activity).get()

    assert answer.status_code == 404
    assert "trainer" in answer.text
