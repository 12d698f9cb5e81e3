"""One site with several tool entries, one client with several deployments, and a tool that was registered again."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.delivery import worker
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.lti import registry
from lti_tool.lti.registering import approval
from lti_tool.lti.secrets import csrf_token
from lti_tool.lti.tables import DeploymentRow, LaunchRow, RegistrationRow, State
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import new_id, write
from tests.lti_tool.giving import give
from tests.lti_tool.lti.registering.agreeing import agree, invite, offer
from tests.lti_tool.making import PUBLIC_URL
from tests.lti_tool.platform import (
    AGS,
    CLIENT_ID,
    LINE_ITEMS_SCOPE,
    LTI,
    SCORE_SCOPE,
    TOOL,
    Platform,
    begin,
    json_answer,
    login_fields,
    sign,
)
from tests.lti_tool.ticking import Ticker

SECOND = "client-2"


@pytest.fixture
def site(platform: Platform) -> Platform:
    """Give a site whose grade service takes scores."""
    platform.answers["/token"] = json_answer({"access_token": "token", "expires_in": 3600, "token_type": "bearer"})
    for link in ("7", "9"):
        platform.answers[f"/lineitems/{link}/lineitem/scores"] = json_answer({})
    listed = [
        {"id": line_item(platform, link, number), "resourceLinkId": link}
        for link in ("7", "9")
        for number in ("1", "2")
    ]
    platform.answers["/lineitems"] = json_answer(listed)
    return platform


def line_item(site: Platform, link: str, number: str) -> str:
    return f"{site.origin}/lineitems/{link}/lineitem?type_id={number}"


@pytest.fixture
def two_entries(app: Flask, site: Platform) -> Platform:
    """Give a site with two tool entries."""
    site.register(app)
    site.register(app, client_id=SECOND, deployment_id="2")
    return site


def launch(
    app: Flask, site: Platform, client_id: str = CLIENT_ID, deployment_id: str = "1", link: str = "7"
) -> TestResponse:
    """Launch an activity through the wire, as one tool entry of the site."""
    login = begin(app, site, client_id=client_id)
    changes: dict[str, Any] = {
        "aud": client_id,
        f"{LTI}deployment_id": deployment_id,
        f"{LTI}resource_link": {"id": link, "title": "Needs matrix"},
        AGS: {
            "scope": [SCORE_SCOPE, LINE_ITEMS_SCOPE],
            "lineitem": line_item(site, link, deployment_id),
            "lineitems": f"{site.origin}/lineitems?type_id={deployment_id}",
        },
    }
    return login.launch(sign(site.claims(app, login.nonce, **changes)))


def enter(app: Flask, answer: TestResponse) -> Client:
    """Give the browser that a launch let in."""
    launch_id = answer.location.split("/")[2]
    secret = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    browser = app.test_client()
    browser.set_cookie("__Secure-launch", secret, path=f"/l/{launch_id}")
    row = launched(app, answer)
    return Client(
        browser=browser,
        launch_id=launch_id,
        csrf=csrf_token(secret),
        origin=PUBLIC_URL,
        person_id=row.person_id,
        placement_id=row.placement_id,
        course_id=row.course_id,
    )


def launched(app: Flask, answer: TestResponse) -> LaunchRow:
    """Give what a launch left, with all that belongs to it."""
    with app.app_context():
        return db.session.get_one(LaunchRow, answer.location.split("/")[2])


def decide(app: Flask, decision: Callable[[RegistrationRow], None], client_id: str = CLIENT_ID) -> None:
    """Let whoever runs the tool decide on a registration."""
    with app.app_context():
        decision(db.session.scalars(select(RegistrationRow).filter_by(client_id=client_id)).one())
        db.session.commit()


def set_deployment(app: Flask, deployment_id: str, state: State) -> None:
    with app.app_context():
        db.session.scalars(select(DeploymentRow).filter_by(deployment_id=deployment_id)).one().state = state
        db.session.commit()


def waiting(app: Flask) -> list[str]:
    """List the deployments that wait for approval, as the command line does."""
    with app.app_context():
        of_all = [one for row in approval.registrations() for one in approval.deployments(row)]
        return [one.deployment_id for one in of_all if one.state is State.PENDING]


def sweep(app: Flask) -> None:
    with app.app_context():
        worker.sweep()


def senders(site: Platform) -> list[str]:
    """Tell which client ids asked the site for access to its grades."""
    asked = [parse_qs(body.decode()).get("client_assertion") for body in site.bodies]
    return [jwt.decode(found[0], options={"verify_signature": False})["iss"] for found in asked if found]


def deliveries(app: Flask) -> list[tuple[str, str | None]]:
    with app.app_context():
        rows = db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [(str(row.state), row.problem) for row in rows]


# One issuer, several client ids


def test_each_entry_brings_the_same_person_and_course_under_its_own_registration(
    app: Flask, two_entries: Platform
) -> None:
    one = launched(app, launch(app, two_entries))
    other = launched(app, launch(app, two_entries, SECOND, "2", link="9"))

    assert (one.person_id, one.course_id) == (other.person_id, other.course_id)
    assert (one.registration.client_id, other.registration.client_id) == (CLIENT_ID, SECOND)
    assert one.placement_id != other.placement_id


def test_each_entrys_scores_go_under_its_own_client_id(app: Flask, two_entries: Platform) -> None:
    give(app, enter(app, launch(app, two_entries)))
    give(app, enter(app, launch(app, two_entries, SECOND, "2", link="9")))

    sweep(app)

    assert senders(two_entries) == [CLIENT_ID, SECOND]
    assert [state for state, _ in deliveries(app)] == ["delivered", "delivered"]


def test_a_placement_follows_its_newest_launch(app: Flask, two_entries: Platform) -> None:
    give(app, enter(app, launch(app, two_entries)))

    launch(app, two_entries, SECOND, "2")
    sweep(app)

    assert senders(two_entries) == [SECOND]
    assert [path for path, _ in two_entries.asked if "scores" in path] == ["/lineitems/7/lineitem/scores?type_id=2"]


def test_suspending_one_entry_leaves_the_other_and_its_open_pages(app: Flask, two_entries: Platform) -> None:
    people = [enter(app, launch(app, two_entries)), enter(app, launch(app, two_entries, SECOND, "2"))]

    decide(app, approval.suspend)

    assert [person.get().status_code for person in people] == [403, 200]
    assert launch(app, two_entries, SECOND, "2").status_code == 303


def test_a_login_that_does_not_say_which_entry_is_refused_and_says_so(
    app: Flask, two_entries: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    answer = app.test_client().post("/lti/login", data=login_fields(two_entries, client_id=""))

    assert answer.status_code == 400
    assert "has registered the tool more than once" in answer.text
    assert ": registration_ambiguous [" in caplog.text


def test_one_entrys_message_does_not_end_another_entrys_login(
    app: Flask, two_entries: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begin(app, two_entries)
    claims = two_entries.claims(app, login.nonce, aud=SECOND, **{f"{LTI}deployment_id": "2"})

    assert login.launch(sign(claims)).status_code == 400
    assert ": rule_aud [" in caplog.text


# One client, several deployments


def test_a_deployment_that_is_met_for_the_first_time_waits_for_approval(
    app: Flask, site: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    site.register(app)

    answers = [launch(app, site, deployment_id="2") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("has not approved it yet" in answer.text for answer in answers)
    assert caplog.text.count(": deployment_pending [") == 2
    assert waiting(app) == ["2"]


def test_a_deployment_that_was_approved_brings_the_same_person_and_course(app: Flask, site: Platform) -> None:
    site.register(app)
    before = launched(app, launch(app, site))
    launch(app, site, deployment_id="2")

    decide(app, approval.approve)

    after = launched(app, launch(app, site, deployment_id="2"))
    assert (after.person_id, after.course_id) == (before.person_id, before.course_id)
    assert after.deployment_id != before.deployment_id


@pytest.mark.parametrize("forge", [lambda token: token[:-8] + "AAAAAAAA", lambda _: "token"])
def test_only_a_well_signed_message_makes_a_deployment_wait(
    app: Flask, site: Platform, forge: Callable[[str], str]
) -> None:
    site.register(app)
    login = begin(app, site)

    answer = login.launch(forge(sign(site.claims(app, login.nonce, **{f"{LTI}deployment_id": "2"}))))

    assert answer.status_code == 400
    assert waiting(app) == []


def test_no_more_than_fifty_deployments_of_a_registration_wait(
    app: Flask, site: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(registry.MOST_WAITING):
        site.register(app, approved=False, deployment_id=f"waiting-{number}")
    decide(app, lambda row: setattr(row, "state", State.ACTIVE))

    answer = launch(app, site, deployment_id="one-more")

    assert answer.status_code == 400
    assert ": deployment_unknown [" in caplog.text
    assert len(waiting(app)) == 50


def test_pages_opened_through_a_deployment_close_when_it_is_suspended(app: Flask, site: Platform) -> None:
    site.register(app)
    site.register(app, deployment_id="2")
    people = [enter(app, launch(app, site)), enter(app, launch(app, site, deployment_id="2"))]

    set_deployment(app, "1", State.SUSPENDED)

    answers = [person.get() for person in people]
    assert [answer.status_code for answer in answers] == [403, 200]
    assert "Whoever runs the tool has suspended it" in answers[0].text
    assert launch(app, site).status_code == 403


# Scores of a registration that is not in use


def test_a_score_for_a_removed_registration_fails_with_the_reason(app: Flask, site: Platform) -> None:
    site.register(app)
    give(app, enter(app, launch(app, site)))
    decide(app, approval.remove)

    sweep(app)

    reason = "registration 1 was removed; open the activity in Moodle, then send the score again"
    assert deliveries(app) == [("failed", reason)]
    assert senders(site) == []


@pytest.mark.parametrize("state", [State.SUSPENDED, State.PENDING])
def test_a_score_waits_while_its_registration_may_not_be_used(
    app: Flask, site: Platform, ticker: Ticker, state: State
) -> None:
    site.register(app)
    give(app, enter(app, launch(app, site)))
    decide(app, lambda row: setattr(row, "state", state))
    sweep(app)
    before = (deliveries(app), senders(site))

    decide(app, approval.approve)
    ticker.move(minutes=1)
    sweep(app)

    assert before == ([("due", f"registration 1 is {state}")], [])
    assert [found for found, _ in deliveries(app)] == ["delivered"]


# Deleted in Moodle and registered again


def register_again(app: Flask, site: Platform) -> TestResponse:
    """Register as a Moodle does whose administrator deleted the tool: another client id, another deployment."""
    site.answers["/register"] = json_answer({"client_id": SECOND, TOOL: {"deployment_id": "2"}})
    return agree(app, offer(site, invite(app)))


@pytest.mark.parametrize("removed_here_too", [False, True])
def test_a_tool_deleted_and_registered_again_finds_people_courses_and_work(
    app: Flask,
    site: Platform,
    removed_here_too: bool,  # noqa: FBT001 - a table
) -> None:
    agree(app, offer(site, invite(app)))
    before, note_id = enter(app, launch(app, site)), new_id()
    write(before, note_id, "A well for the village")
    if removed_here_too:
        decide(app, approval.remove)

    register_again(app, site)
    decide(app, approval.approve, SECOND)
    after = enter(app, launch(app, site, SECOND, "2", link="9"))

    assert (after.person_id, after.course_id) == (before.person_id, before.course_id)
    assert after.placement_id != before.placement_id
    assert "A well for the village" in after.get().text


def test_grades_of_a_tool_registered_again_go_through_the_new_registration(app: Flask, site: Platform) -> None:
    agree(app, offer(site, invite(app)))
    write(enter(app, launch(app, site)), new_id(), "A well")
    decide(app, approval.remove)
    register_again(app, site)
    decide(app, approval.approve, SECOND)
    after = enter(app, launch(app, site, SECOND, "2", link="9"))

    answer = after.post("exercise/submissions")
    sweep(app)

    assert answer.status_code == 303
    assert senders(site) == [SECOND]
    assert [state for state, _ in deliveries(app)] == ["delivered"]
