"""A launch: what the page posts, what may be asked, and what is answered."""

import json

import pytest

from lti_tool.demo.moodle.placing import Column
from lti_tool.demo.moodle.rules import MEMBERSHIP
from tests.lti_tool.demo.classroom import MOODLE, Classroom, form_action, form_fields, sesskey


def test_the_activity_page_shows_the_tool_in_an_iframe_without_a_sandbox(classroom: Classroom) -> None:
    module_id, _ = classroom.place()

    page = classroom.walk_in("trainee1").get(f"/mod/lti/view.php?id={module_id}").text

    assert f'src="/mod/lti/launch.php?id={module_id}"' in page
    assert "sandbox" not in page


def test_a_phone_gets_the_tool_as_a_whole_page(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 14; Phone) Mobile"}

    answer = classroom.walk_in("trainee1").get(f"/mod/lti/view.php?id={module_id}", headers=phone)

    assert answer.location == f"/mod/lti/launch.php?id={module_id}"


def test_the_login_initiation_has_moodles_fields(classroom: Classroom) -> None:
    module_id, activity_id = classroom.place()
    browser = classroom.walk_in("trainee1")

    answer = browser.get(f"/mod/lti/launch.php?id={module_id}")
    fields = form_fields(answer)

    hint = json.loads(fields.pop("lti_message_hint"))
    assert form_action(answer) == f"{classroom.tool.origin}/login"
    assert fields == {
        "iss": MOODLE,
        "target_link_uri": classroom.tool.launch_url,
        "login_hint": str(classroom.seeded.people["trainee1"]),
        "client_id": classroom.client_id,
        "lti_deployment_id": str(classroom.tool_id),
    }
    assert hint["cmid"] == module_id
    assert hint["launchid"].startswith(f"ltilaunch{activity_id}_")


def test_module_ids_and_resource_link_ids_differ(classroom: Classroom) -> None:
    module_id, activity_id = classroom.place()

    assert module_id != activity_id


def test_the_answer_is_a_form_with_the_token_and_the_state(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")

    answer = classroom.ask(browser, classroom.question(classroom.login_fields(browser, module_id)))

    assert form_action(answer) == classroom.tool.launch_url
    assert sorted(form_fields(answer)) == ["id_token", "state"]
    assert form_fields(answer)["state"] == "a-state"


def test_the_question_may_be_posted(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")
    question = classroom.question(classroom.login_fields(browser, module_id))

    answer = browser.post("/mod/lti/auth.php", data=question)

    assert "id_token" in form_fields(answer)


def test_a_question_without_the_cookie_is_posted_again_from_here(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")
    question = classroom.question(classroom.login_fields(browser, module_id))

    from_elsewhere = classroom.ask(classroom.app.test_client(), question)
    again = browser.post(form_action(from_elsewhere), data=form_fields(from_elsewhere))

    assert form_action(from_elsewhere).startswith("/mod/lti/auth.php?")
    assert "Set-Cookie" not in from_elsewhere.headers
    assert "id_token" in form_fields(again)


def test_without_a_state_none_comes_back(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")

    answer = classroom.ask(browser, classroom.question(classroom.login_fields(browser, module_id), state=None))

    assert list(form_fields(answer)) == ["id_token"]


def test_an_activity_that_was_deleted_meanwhile_is_not_launched(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    trainer = classroom.walk_in("trainer")
    question = classroom.question(classroom.login_fields(trainer, module_id))
    trainer.post("/course/mod.php", data={"delete": module_id, "sesskey": sesskey(trainer)})

    answer = classroom.ask(trainer, question)

    assert answer.status_code == 404
    assert "There is no such activity" in answer.text


def test_a_launch_can_be_asked_about_once(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")
    question = classroom.question(classroom.login_fields(browser, module_id))
    classroom.ask(browser, question)

    answer = classroom.ask(browser, question)

    assert (answer.status_code, answer.text) == (404, "Invalid request")


def test_another_persons_launch_cannot_be_asked_about(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    login = classroom.login_fields(classroom.walk_in("trainee1"), module_id)

    answer = classroom.ask(classroom.walk_in("trainee2"), classroom.question(login))

    assert answer.text == "Invalid request"


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "http://127.0.0.1/elsewhere"},
        {"redirect_uri": None},
        {"scope": "openid email"},
        {"scope": None},
        {"response_type": "code"},
        {"nonce": None},
        {"login_hint": None},
        {"lti_message_hint": None},
        {"lti_message_hint": "not json"},
        {"lti_message_hint": '{"launchid":"ltilaunch1_1"}'},
    ],
    ids=str,
)
def test_a_malformed_question_is_answered_without_telling_the_tool(
    classroom: Classroom, change: dict[str, str | None]
) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")
    question = classroom.question(classroom.login_fields(browser, module_id), **change)

    answer = classroom.ask(browser, question)

    assert (answer.status_code, answer.text) == (404, "Invalid request")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_id": "another"}, {"error": "unauthorized_client"}),
        ({"login_hint": "1"}, {"error": "access_denied"}),
        (
            {"response_mode": "query"},
            {"error": "invalid_request", "error_description": "Invalid response_mode"},
        ),
        ({"response_mode": None}, {"error": "invalid_request", "error_description": "Invalid response_mode"}),
        ({"prompt": "login"}, {"error": "invalid_request", "error_description": "Invalid prompt"}),
    ],
    ids=str,
)
def test_other_errors_are_posted_to_the_tool(
    classroom: Classroom, change: dict[str, str | None], error: dict[str, str]
) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")
    question = classroom.question(classroom.login_fields(browser, module_id), **change)

    answer = classroom.ask(browser, question)

    assert form_action(answer) == classroom.tool.launch_url
    assert form_fields(answer) == error | {"state": "a-state"}


def test_the_activity_of_a_deleted_tool_says_so(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    classroom.change_tool("delete")

    answer = classroom.walk_in("trainee1").get(f"/mod/lti/view.php?id={module_id}")

    assert answer.status_code == 404
    assert "no longer on this site" in answer.text


def test_the_activity_of_a_deleted_tool_is_not_given_to_a_new_one(classroom: Classroom) -> None:
    module_id, _ = classroom.place(tool_url=classroom.tool.launch_url)
    classroom.change_tool("delete")
    classroom.register()

    answer = classroom.walk_in("trainee1").get(f"/mod/lti/view.php?id={module_id}")

    assert answer.status_code == 404


def test_an_activity_without_a_tool_is_matched_by_its_address(classroom: Classroom) -> None:
    module_id, _ = classroom.place(tool_id=None, tool_url=f"{classroom.tool.launch_url}?unit=1")
    classroom.change_tool("delete")
    classroom.register()

    claims = classroom.launch("trainee1", module_id)

    assert claims["aud"] == classroom.client_id


def test_a_pending_tool_is_not_matched(classroom: Classroom) -> None:
    module_id, _ = classroom.place(tool_id=None, tool_url=classroom.tool.launch_url)
    classroom.change_tool("delete")
    classroom.send_registration(classroom.invitation(), classroom.tool.registration())

    answer = classroom.walk_in("trainee1").get(f"/mod/lti/view.php?id={module_id}")

    assert answer.status_code == 404


def test_the_work_of_a_trainee_is_opened_by_a_review_launch(classroom: Classroom) -> None:
    module_id, _ = classroom.place(Column(review_url="DEFAULT"))
    trainee = classroom.seeded.people["trainee1"]

    claims = classroom.launch("trainer", module_id, action="gradeReport", user=trainee)

    assert claims["https://purl.imsglobal.org/spec/lti/claim/message_type"] == "LtiSubmissionReviewRequest"
    assert claims["https://purl.imsglobal.org/spec/lti/claim/for_user"] == {"user_id": str(trainee)}


def test_a_review_goes_to_the_line_items_own_address(classroom: Classroom) -> None:
    module_id, _ = classroom.place(Column(review_url="http://127.0.0.1/review"))

    claims = classroom.launch("trainer", module_id, action="gradeReport", user=5)

    assert claims["https://purl.imsglobal.org/spec/lti/claim/target_link_uri"] == "http://127.0.0.1/review"


def test_a_trainee_cannot_open_anothers_work(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    other = classroom.seeded.people["trainee2"]

    answer = classroom.walk_in("trainee1").get(f"/mod/lti/view.php?id={module_id}&action=gradeReport&user={other}")

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("username", "role"),
    [("trainer", "Instructor"), ("trainer2", "Instructor"), ("trainee1", "Learner"), ("admin", "Instructor")],
)
def test_the_role_in_the_course_is_instructor_or_learner(classroom: Classroom, username: str, role: str) -> None:
    module_id, _ = classroom.place()

    roles = classroom.launch(username, module_id)["https://purl.imsglobal.org/spec/lti/claim/roles"]

    assert [one for one in roles if one.startswith(MEMBERSHIP)] == [MEMBERSHIP + role]
    assert ("http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator" in roles) == (username == "admin")
