"""A site that registers again is updated in place, and nothing is approved or lifted by that."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.lti import registry
from lti_tool.lti.registering import approval
from lti_tool.lti.tables import DeploymentRow, PlacementRow, RegistrationRow, SiteRow, State
from tests.lti_tool.lti.registering.agreeing import agree, count, invite, offer
from tests.lti_tool.platform import AGS, CLIENT_ID, TOOL, Answer, Platform, begin, json_answer, serve_platform, sign


def test_pasting_the_url_again_updates_in_place(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))

    again = agree(app, offer(platform, invitation))

    assert again.status_code == 200
    assert (count(app, RegistrationRow), count(app, DeploymentRow), count(app, SiteRow)) == (1, 1, 1)


def test_a_tool_deleted_and_registered_again_is_a_second_registration_of_the_same_site(
    app: Flask, platform: Platform
) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))
    platform.answers["/register"] = json_answer({"client_id": "client-2", TOOL: {"deployment_id": "2"}})

    agree(app, offer(platform, invitation))

    assert (count(app, RegistrationRow), count(app, SiteRow)) == (2, 1)


def stand(app: Flask, state: State) -> None:
    """Let the first registration stand as whoever runs the tool decided."""
    with app.app_context():
        db.session.get_one(RegistrationRow, 1).state = state
        db.session.commit()


def launched_once(app: Flask, platform: Platform) -> None:
    """Let one person of the site come in."""
    login = begin(app, platform)
    assert login.launch(sign(platform.claims(app, login.nonce))).status_code == 303


def test_an_update_says_that_it_was_one_and_that_everything_stays(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))

    answer = agree(app, offer(platform, invitation))

    assert "<h1>Registration updated</h1>" in answer.text
    assert "Everything placed and written stays as it was." in answer.text
    assert "If the card “MedTOWN” shows “Activate”, press it." in answer.text
    assert "approve your site" not in answer.text


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        (State.PENDING, "Ask whoever runs this tool to approve your site."),
        (State.SUSPENDED, "Whoever runs this tool has suspended it for your site, and the update leaves it so."),
    ],
)
def test_an_update_that_approves_nothing_leaves_the_registration_as_it_stands(
    app: Flask, platform: Platform, state: State, advice: str
) -> None:
    agree(app, offer(platform, invite(app)))
    stand(app, state)

    answer = agree(app, offer(platform, invite(app, approves=False)))

    assert advice in answer.text
    with app.app_context():
        assert [row.state for row in approval.registrations()] == [state]


def test_an_update_by_an_invitation_that_approves_lifts_no_suspension(app: Flask, platform: Platform) -> None:
    agree(app, offer(platform, invite(app)))
    stand(app, State.SUSPENDED)

    answer = agree(app, offer(platform, invite(app)))

    assert "has suspended it for your site" in answer.text
    with app.app_context():
        assert approval.registrations()[0].state is State.SUSPENDED


def test_an_update_by_an_invitation_of_another_site_changes_nothing(app: Flask, platform: Platform) -> None:
    agree(app, offer(platform, invite(app)))
    with serve_platform() as other:
        invitation = invite(app)
        agree(app, offer(other, invitation))

    platform.answers["/configuration"] = json_answer(platform.configuration(jwks_uri=f"{platform.origin}/other-keys"))
    answer = agree(app, offer(platform, invitation))

    assert "already used by another Moodle site" in answer.text
    with app.app_context():
        assert registry.find_registration(platform.origin, CLIENT_ID).jwks_uri == f"{platform.origin}/keys"


def test_a_tool_registered_again_at_a_site_that_is_in_use_may_be_approved_by_its_invitation(
    app: Flask, platform: Platform
) -> None:
    agree(app, offer(platform, invite(app)))
    launched_once(app, platform)
    platform.answers["/register"] = json_answer({"client_id": "client-2", TOOL: {"deployment_id": "2"}})

    answer = agree(app, offer(platform, invite(app)))

    assert "<h1>Registered</h1>" in answer.text
    assert "approve your site" not in answer.text


@pytest.mark.parametrize("client_id", [CLIENT_ID, "client-2"])
def test_no_invitation_approves_other_keys_for_a_site_that_is_in_use(
    app: Flask, platform: Platform, client_id: str
) -> None:
    """Somebody with an invitation for a Moodle of their own, and a file put on this one, would get its people."""
    agree(app, offer(platform, invite(app)))
    uploaded = f"{platform.origin}/pluginfile.php/keys-of-somebody.json"
    platform.answers["/configuration"] = json_answer(platform.configuration(jwks_uri=uploaded))
    platform.answers["/register"] = json_answer({"client_id": client_id, TOOL: {"deployment_id": "2"}})

    answers = [agree(app, offer(platform, invite(app))) for _ in range(2)]

    assert all("approve your site" in answer.text for answer in answers)
    with app.app_context():
        found = [row.state for row in approval.registrations() if row.jwks_uri == uploaded]
        assert found == [State.PENDING]


def test_no_invitation_approves_a_site_whose_people_are_known_and_that_has_nothing_in_use(
    app: Flask, platform: Platform
) -> None:
    agree(app, offer(platform, invite(app)))
    launched_once(app, platform)
    with app.app_context():
        approval.remove(db.session.get_one(RegistrationRow, 1))
        db.session.commit()

    answer = agree(app, offer(platform, invite(app)))

    assert "<h1>Registered</h1>" in answer.text
    assert "Ask whoever runs this tool to approve your site." in answer.text


def test_no_later_invitation_approves_a_registration_that_waits(app: Flask, platform: Platform) -> None:
    agree(app, offer(platform, invite(app, approves=False)))

    answer = agree(app, offer(platform, invite(app)))

    assert "Ask whoever runs this tool to approve your site." in answer.text
    with app.app_context():
        assert approval.registrations()[0].state is State.PENDING


def test_a_site_that_is_stopped_while_it_lets_us_wait_is_not_let_in_again(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))

    class Late(dict[str, Answer]):
        """Answers `/register` only after whoever runs the tool has suspended the site."""

        def get(self, path: str, default: object = None) -> Answer:
            if path == "/register":
                with app.app_context():
                    approval.suspend(db.session.get_one(RegistrationRow, 1))
                    db.session.commit()
            return self[path]

    platform.answers["/register"] = json_answer({"client_id": "client-2", TOOL: {"deployment_id": "2"}})
    platform.answers = Late(platform.answers)

    answer = agree(app, offer(platform, invitation))

    assert answer.status_code == 400
    assert "This registration URL has expired." in answer.text
    assert count(app, RegistrationRow) == 1


def test_what_the_tool_may_do_follows_each_launch_when_an_update_changes_it(app: Flask, platform: Platform) -> None:
    agree(app, offer(platform, invite(app)))
    launched_once(app, platform)

    agree(app, offer(platform, invite(app)))
    login = begin(app, platform)
    login.launch(sign(platform.claims(app, login.nonce, **{AGS: {"scope": []}})))

    with app.app_context():
        assert [row.scopes for row in db.session.scalars(select(PlacementRow))] == [[]]
    assert [json.loads(body)["scope"].count("/scope/") for body in platform.bodies] == [5, 5]
