"""Dynamic registration and the page of tools."""

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from lti_tool.demo.moodle.claims import LINEITEM, LINEITEM_READ, MEMBERSHIPS, RESULT, SCORE
from lti_tool.demo.moodle.configuration import TOOL_CONFIGURATION
from tests.lti_tool.demo.classroom import MOODLE, Classroom, Json, form_fields, read_json, sesskey


def test_the_configuration_names_the_endpoints_under_the_issuer(empty_classroom: Classroom) -> None:
    answer = read_json(empty_classroom.app.test_client().get("/mod/lti/openid-configuration.php"))

    endpoints = ("authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint")
    assert answer["issuer"] == MOODLE
    assert all(answer[name].startswith(f"{MOODLE}/mod/lti/") for name in endpoints)
    platform = answer["https://purl.imsglobal.org/spec/lti-platform-configuration"]
    assert {"Context.id.history", "Moodle.Person.userGroupIds", "Person.address.timezone"} <= set(platform["variables"])


def test_the_invitation_is_added_to_a_query_that_is_there(empty_classroom: Classroom) -> None:
    admin = empty_classroom.walk_in("admin")
    query = {"url": "http://127.0.0.1:5000/register?invitation=abc", "sesskey": sesskey(admin)}

    answer = admin.get("/mod/lti/startltiadvregistration.php", query_string=query)

    sent = parse_qs(urlsplit(answer.location).query)
    assert sent["invitation"] == ["abc"]
    assert sent["openid_configuration"] == [f"{MOODLE}/mod/lti/openid-configuration.php"]
    assert jwt.decode(sent["registration_token"][0], options={"verify_signature": False})["scope"] == "reg"


def test_a_registration_needs_the_sesskey(empty_classroom: Classroom) -> None:
    admin = empty_classroom.walk_in("admin")

    answer = admin.get("/mod/lti/startltiadvregistration.php?url=http://127.0.0.1/register")

    assert answer.status_code == 403


def test_only_an_administrator_adds_tools(empty_classroom: Classroom) -> None:
    trainer = empty_classroom.walk_in("trainer")

    assert trainer.get("/mod/lti/toolconfigure.php").status_code == 403


def test_a_registration_is_kept_and_pending(empty_classroom: Classroom) -> None:
    token = empty_classroom.invitation()

    answer = read_json(empty_classroom.send_registration(token, empty_classroom.tool.registration()))

    page = empty_classroom.walk_in("admin").get("/mod/lti/toolconfigure.php").text
    assert answer["client_id"] == jwt.decode(token, options={"verify_signature": False})["sub"]
    assert answer[TOOL_CONFIGURATION]["deployment_id"] == "1"
    assert answer["redirect_uris"] == empty_classroom.tool.registration()["redirect_uris"]
    assert "Pending" in page


def test_a_tool_is_activated_and_deleted_on_the_page_of_tools(classroom: Classroom) -> None:
    admin = classroom.walk_in("admin")
    active = admin.get("/mod/lti/toolconfigure.php").text

    classroom.change_tool("delete")

    assert "Active" in active
    assert "No tool has been added yet" in admin.get("/mod/lti/toolconfigure.php").text


def test_an_invitation_is_used_once(classroom: Classroom) -> None:
    token = classroom.invitation()
    classroom.send_registration(token, classroom.tool.registration())

    answer = classroom.send_registration(token, classroom.tool.registration())

    assert (answer.status_code, answer.text) == (401, "token_already_used")


def test_an_invitation_lasts_an_hour(empty_classroom: Classroom) -> None:
    token = empty_classroom.invitation()
    empty_classroom.clock.time += 3600

    answer = empty_classroom.send_registration(token, empty_classroom.tool.registration())

    assert (answer.status_code, answer.text) == (404, "Expired token")


def test_an_invitation_that_is_not_ours_is_refused(empty_classroom: Classroom) -> None:
    forged = empty_classroom.tool.sign({"sub": "x", "scope": "reg", "exp": 2_000_000_000})

    assert empty_classroom.send_registration(forged, empty_classroom.tool.registration()).status_code == 404


def test_another_token_of_ours_is_no_invitation(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")
    launched = classroom.ask(browser, classroom.question(classroom.login_fields(browser, module_id)))

    answer = classroom.send_registration(form_fields(launched)["id_token"], classroom.tool.registration())

    assert (answer.status_code, answer.text) == (403, "Incorrect scope")


def test_a_tool_without_deep_linking_cannot_be_chosen_from(empty_classroom: Classroom) -> None:
    answer = empty_classroom.register(tool={"messages": None})

    page = empty_classroom.walk_in("trainer").get("/course/view.php?id=2").text
    assert "messages" not in answer[TOOL_CONFIGURATION]
    assert "Add from MedTOWN" not in page


def test_a_registration_without_an_invitation_is_refused(empty_classroom: Classroom) -> None:
    answer = empty_classroom.app.test_client().post("/mod/lti/openid-registration.php", json={})

    assert (answer.status_code, answer.text) == (401, "missing_registration_token")


@pytest.mark.parametrize(
    "name",
    [
        "response_types",
        "initiate_login_uri",
        "redirect_uris",
        "client_name",
        "jwks_uri",
        "token_endpoint_auth_method",
        TOOL_CONFIGURATION,
    ],
)
def test_a_registration_without_a_required_field_is_refused(empty_classroom: Classroom, name: str) -> None:
    payload = empty_classroom.tool.registration()
    del payload[name]

    answer = empty_classroom.send_registration(empty_classroom.invitation(), payload)

    assert (answer.status_code, answer.text) == (400, f"missing required attribute {name}")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"tool": {"domain": None}}, "missing_domain"),
        ({"tool": {"target_link_uri": "http://127.0.0.1:1/launch"}}, "domain_targetlinkuri_mismatch"),
        ({"response_types": ["code"]}, "invalid_response_types"),
        ({"redirect_uris": "http://127.0.0.1/launch"}, "invalid_redirect_uris"),
        ({"token_endpoint_auth_method": "client_secret_basic"}, "invalid_token_endpoint_auth_method"),
        ({"application_type": "native"}, "invalid_application_type"),
    ],
    ids=str,
)
def test_a_wrong_registration_is_refused(empty_classroom: Classroom, changes: Json, error: str) -> None:
    payload = empty_classroom.tool.registration(**changes)

    answer = empty_classroom.send_registration(empty_classroom.invitation(), payload)

    assert (answer.status_code, answer.text) == (400, error)


def test_what_moodle_honours_comes_back(empty_classroom: Classroom) -> None:
    answer = empty_classroom.register(
        tool={"description": "Exercises", "custom_parameters": {"group_ids": "$Moodle.Person.userGroupIds"}},
        logo_uri=f"{empty_classroom.tool.origin}/logo.png",
    )

    configuration = answer[TOOL_CONFIGURATION]
    assert answer["logo_uri"].endswith("/logo.png")
    assert configuration["description"] == "Exercises"
    assert configuration["custom_parameters"] == {"group_ids": "$Moodle.Person.userGroupIds"}
    assert configuration["claims"] == ["sub", "iss", "name", "family_name", "given_name", "email"]
    assert configuration["messages"] == [
        {"type": "LtiDeepLinkingRequest", "target_link_uri": f"{empty_classroom.tool.origin}/pick"}
    ]


def test_what_moodle_ignores_does_not_come_back(empty_classroom: Classroom) -> None:
    message = {"type": "LtiDeepLinkingRequest", "label": "Pick", "placements": ["ContentArea"], "roles": []}

    answer = empty_classroom.register(tool={"messages": [message]}, contacts=["me@example.org"])

    assert answer[TOOL_CONFIGURATION]["messages"] == [{"type": "LtiDeepLinkingRequest"}]
    assert "contacts" not in answer


def test_the_answers_scope_says_too_much(empty_classroom: Classroom) -> None:
    answer = empty_classroom.register(scope=SCORE)

    assert set(answer["scope"].split()) == {SCORE, RESULT, LINEITEM_READ, LINEITEM}
    assert read_json(empty_classroom.ask_token(LINEITEM)) == {"error": "invalid_scope"}


def test_custom_values_are_cut_at_a_second_sign_in_the_answer_only(empty_classroom: Classroom) -> None:
    answer = empty_classroom.register(tool={"custom_parameters": {"query": "a=b"}})
    module_id, _ = empty_classroom.place()

    custom = empty_classroom.launch("trainee1", module_id)["https://purl.imsglobal.org/spec/lti/claim/custom"]

    assert answer[TOOL_CONFIGURATION]["custom_parameters"] == {"query": "a"}
    assert custom["query"] == "a=b"


def test_a_known_domain_is_offered_an_update(classroom: Classroom) -> None:
    admin = classroom.walk_in("admin")
    query = {"url": f"{classroom.tool.origin}/register", "sesskey": sesskey(admin)}

    page = admin.get("/mod/lti/startltiadvregistration.php", query_string=query).text

    assert f'id="update-{classroom.tool_id}"' in page
    assert "Register as a new external tool" in page


def test_an_update_keeps_client_id_deployment_and_state(classroom: Classroom) -> None:
    token = classroom.invitation(classroom.tool_id)

    answer = read_json(classroom.send_registration(token, classroom.tool.registration(client_name="Renamed")))

    page = classroom.walk_in("admin").get("/mod/lti/toolconfigure.php").text
    assert jwt.decode(token, options={"verify_signature": False})["scope"] == "reg-update"
    assert answer["client_id"] == classroom.client_id
    assert answer[TOOL_CONFIGURATION]["deployment_id"] == str(classroom.tool_id)
    assert "Renamed" in page
    assert "Pending" not in page


def test_an_update_of_a_deleted_tool_is_refused(classroom: Classroom) -> None:
    token = classroom.invitation(classroom.tool_id)
    classroom.change_tool("delete")

    answer = classroom.send_registration(token, classroom.tool.registration())

    assert (answer.status_code, answer.text) == (400, "Unknown client")


def test_a_registration_is_read_with_an_invitation_to_update_it(classroom: Classroom) -> None:
    headers = {"Authorization": f"Bearer {classroom.invitation(classroom.tool_id)}"}

    answer = classroom.app.test_client().get("/mod/lti/openid-registration.php", headers=headers)

    assert read_json(answer)["client_id"] == classroom.client_id


def test_a_registration_that_is_still_to_be_cannot_be_read(empty_classroom: Classroom) -> None:
    headers = {"Authorization": f"Bearer {empty_classroom.invitation()}"}

    answer = empty_classroom.app.test_client().get("/mod/lti/openid-registration.php", headers=headers)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        (f"{SCORE} {MEMBERSHIPS}", {SCORE, RESULT, LINEITEM_READ, MEMBERSHIPS}),
        (LINEITEM, {SCORE, RESULT, LINEITEM_READ, LINEITEM}),
        (MEMBERSHIPS, {MEMBERSHIPS}),
    ],
)
def test_scopes_are_granted_as_moodle_groups_them(empty_classroom: Classroom, asked: str, granted: set[str]) -> None:
    empty_classroom.register(scope=asked)

    every = [SCORE, RESULT, LINEITEM_READ, LINEITEM, MEMBERSHIPS]
    assert set(read_json(empty_classroom.ask_token(" ".join(every)))["scope"].split()) == granted
