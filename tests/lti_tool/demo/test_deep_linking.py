"""The tool's answer to deep linking, and the activities it makes."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti_tool.demo.moodle.claims import DL, LTI
from tests.lti_tool.demo.classroom import MOODLE, NOON, Classroom, Json, form_action, form_fields, new_key


def begin(classroom: Classroom, browser: FlaskClient) -> str:
    """Begin deep linking; gives the return URL that the tool is told."""
    query = {"course": classroom.seeded.course, "id": classroom.tool_id, "section": classroom.seeded.sections[1]}
    login = form_fields(browser.get("/mod/lti/contentitem.php", query_string=query))
    question = classroom.question(login, redirect_uri=f"{classroom.tool.origin}/pick")
    claims = classroom.read(form_fields(classroom.ask(browser, question))["id_token"])
    return str(claims[DL + "deep_linking_settings"]["deep_link_return_url"]).removeprefix(MOODLE)


def answer_claims(classroom: Classroom, items: object, **changes: object) -> Json:
    claims = {
        "iss": classroom.client_id,
        "aud": MOODLE,
        "iat": NOON,
        "exp": NOON + 60,
        "nonce": "mine",
        LTI + "message_type": "LtiDeepLinkingResponse",
        LTI + "version": "1.3.0",
        LTI + "deployment_id": str(classroom.tool_id),
        DL + "content_items": items,
        **changes,
    }
    return {key: value for key, value in claims.items() if value is not None}


def choose(classroom: Classroom, items: object, **changes: object) -> TestResponse:
    """Send an answer as the trainer's browser would from the tool's page."""
    browser = classroom.walk_in("trainer")
    token = classroom.tool.sign(answer_claims(classroom, items, **changes))
    return browser.post(begin(classroom, browser), data={"JWT": token})


def link(title: str = "Needs map", **changes: object) -> Json:
    return {"type": "ltiResourceLink", "title": title, **changes}


def activities(classroom: Classroom) -> list[str]:
    """Read the names of the second section's activities off the course page."""
    page = classroom.walk_in("trainee1").get(f"/course/view.php?id={classroom.seeded.course}").text
    section = page.split('id="section-2"')[1].split("</section>")[0]
    return re.findall(r'<a [^>]*href="/mod/lti/view.php[^>]*>([^<]*)</a>', section)


def columns(classroom: Classroom) -> list[str]:
    """Read the columns off the trainer's report."""
    page = classroom.walk_in("trainer").get(f"/grade/report/grader/index.php?id={classroom.seeded.course}").text
    return [" ".join(text.split()) for text in re.findall(r'data-item="\d+">([^<]*<span>[^<]*)</span>', page)]


def test_the_chosen_item_becomes_an_activity(classroom: Classroom) -> None:
    item = link(text="Draw it together", url=f"{classroom.tool.launch_url}?a=1", custom={"unit": "needs-map"})

    answer = choose(classroom, [item])

    claims = classroom.launch("trainee1", 2)
    assert "minimoodle.contentitem" in answer.text
    assert activities(classroom) == ["Needs map"]
    assert claims[LTI + "resource_link"]["description"] == "Draw it together"
    assert claims[LTI + "target_link_uri"] == f"{classroom.tool.launch_url}?a=1"
    assert claims[LTI + "custom"]["unit"] == "needs-map"


def test_several_items_become_activities_at_once_in_their_order(classroom: Classroom) -> None:
    choose(classroom, [link("First"), link("Second"), link("Third")])

    assert activities(classroom) == ["First", "Second", "Third"]


def test_an_item_without_a_title_is_named_after_the_tool(classroom: Classroom) -> None:
    choose(classroom, [{"type": "ltiResourceLink"}])

    assert activities(classroom) == ["MedTOWN"]


def test_the_icon_is_shown_on_the_course_page(classroom: Classroom) -> None:
    choose(classroom, [link(icon={"url": "http://127.0.0.1/icon.svg"})])

    page = classroom.walk_in("trainee1").get(f"/course/view.php?id={classroom.seeded.course}").text
    assert 'src="http://127.0.0.1/icon.svg"' in page


def test_other_kinds_of_items_are_left_out(classroom: Classroom) -> None:
    choose(classroom, [{"type": "link", "title": "A page", "url": "http://127.0.0.1/"}, link()])

    assert activities(classroom) == ["Needs map"]


def test_nothing_chosen_closes_the_dialog(classroom: Classroom) -> None:
    answer = choose(classroom, [])

    assert "minimoodle.contentitem" in answer.text
    assert activities(classroom) == []


def test_a_line_item_becomes_a_column_named_after_the_activity(classroom: Classroom) -> None:
    line = {"scoreMaximum": 20, "label": "Ignored", "resourceId": "needs-map", "tag": "score", "gradesReleased": False}

    choose(classroom, [link(lineItem=line)])

    assert columns(classroom) == ["Needs map <span>(of 20)"]


def test_a_line_item_without_a_maximum_counts_to_100(classroom: Classroom) -> None:
    choose(classroom, [link(lineItem={})])

    assert columns(classroom) == ["Needs map <span>(of 100)"]


def test_an_item_without_a_line_item_has_no_column(classroom: Classroom) -> None:
    choose(classroom, [link()])

    assert columns(classroom) == []


def test_a_line_item_counts_only_where_the_tool_may_send_grades(empty_classroom: Classroom) -> None:
    empty_classroom.register(scope="")

    choose(empty_classroom, [link(lineItem={"scoreMaximum": 101})])

    assert activities(empty_classroom) == ["Needs map"]
    assert columns(empty_classroom) == []


def test_submission_review_is_kept(classroom: Classroom) -> None:
    choose(classroom, [link(lineItem={"submissionReview": {"url": "http://127.0.0.1/review", "custom": {"a": "b"}}})])

    claims = classroom.launch("trainer", 2, action="gradeReport", user=5)

    assert claims[LTI + "target_link_uri"] == "http://127.0.0.1/review"


@pytest.mark.parametrize("maximum", [101, 10.5, -1, "many"])
def test_a_wrong_maximum_fails_the_form_of_a_single_item(classroom: Classroom, maximum: object) -> None:
    answer = choose(classroom, [link(lineItem={"scoreMaximum": maximum})])

    assert 'role="alert"' in answer.text
    assert "between 1 and 100" in answer.text
    assert "minimoodle.contentitem" not in answer.text
    assert activities(classroom) == []


@pytest.mark.parametrize("maximum", [101, 10.5])
def test_of_several_items_one_with_a_wrong_maximum_silently_disappears(classroom: Classroom, maximum: object) -> None:
    answer = choose(classroom, [link("First"), link("Wrong", lineItem={"scoreMaximum": maximum}), link("Last")])

    assert 'role="alert"' not in answer.text
    assert activities(classroom) == ["First", "Last"]


@pytest.mark.parametrize("maximum", [100, 100.0, "100"])
def test_a_whole_number_may_be_written_in_other_ways(classroom: Classroom, maximum: object) -> None:
    choose(classroom, [link(lineItem={"scoreMaximum": maximum})])

    assert columns(classroom) == ["Needs map <span>(of 100)"]


def test_an_answer_without_the_cookie_is_posted_again_from_here(classroom: Classroom) -> None:
    browser = classroom.walk_in("trainer")
    address = begin(classroom, browser)
    form = {"JWT": classroom.tool.sign(answer_claims(classroom, [link()]))}

    from_elsewhere = classroom.app.test_client().post(address, data=form)
    before = activities(classroom)
    again = browser.post(form_action(from_elsewhere), data=form_fields(from_elsewhere))

    assert before == []
    assert form_action(from_elsewhere) == address
    assert again.status_code == 200
    assert activities(classroom) == ["Needs map"]


def test_an_answer_that_is_a_page_of_its_own_does_nothing(classroom: Classroom) -> None:
    browser = classroom.walk_in("trainer")
    form = {"JWT": classroom.tool.sign(answer_claims(classroom, [link()]))}

    browser.post(begin(classroom, browser), data=form, headers={"Sec-Fetch-Dest": "document"})

    assert activities(classroom) == []


def test_the_tools_message_is_shown(classroom: Classroom) -> None:
    answer = choose(classroom, [link()], **{DL + "msg": "Added with care"})

    assert '<p role="status">Added with care</p>' in answer.text


def test_the_tools_error_is_shown(classroom: Classroom) -> None:
    answer = choose(classroom, [], **{DL + "errormsg": "No content today"})

    assert '<p role="alert">No content today</p>' in answer.text


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "another"},
        {"aud": "http://localhost:1"},
        {"aud": None},
        {"exp": NOON},
        {"exp": None},
        {"iat": NOON + 1},
        {"nonce": None},
        {LTI + "message_type": "LtiResourceLinkRequest"},
        {LTI + "version": "1.1"},
        {LTI + "deployment_id": "77"},
    ],
    ids=str,
)
def test_a_wrong_answer_is_refused(classroom: Classroom, change: Json) -> None:
    answer = choose(classroom, [link()], **change)

    assert answer.status_code == 404
    assert "The tool&#39;s answer" in answer.text
    assert activities(classroom) == []


@pytest.mark.parametrize("kid", [None, "unknown"])
def test_an_answer_needs_the_name_of_a_known_key(classroom: Classroom, kid: str | None) -> None:
    browser = classroom.walk_in("trainer")
    token = classroom.tool.sign(answer_claims(classroom, [link()]), {"kid": kid})

    assert browser.post(begin(classroom, browser), data={"JWT": token}).status_code == 404


def test_an_answer_signed_with_another_key_is_refused(classroom: Classroom) -> None:
    browser = classroom.walk_in("trainer")
    forger = type(classroom.tool)(classroom.tool.origin, new_key())
    token = forger.sign(answer_claims(classroom, [link()]))

    assert browser.post(begin(classroom, browser), data={"JWT": token}).status_code == 404


def test_an_answer_that_is_no_jwt_is_refused(classroom: Classroom) -> None:
    browser = classroom.walk_in("trainer")

    assert browser.post(begin(classroom, browser), data={"JWT": "x"}).status_code == 404


def test_an_answer_needs_the_sesskey_of_its_return_address(classroom: Classroom) -> None:
    browser = classroom.walk_in("trainer")
    address = begin(classroom, browser)
    token = classroom.tool.sign(answer_claims(classroom, [link()]))

    answer = browser.post(address.replace("sesskey=", "sesskey=x"), data={"JWT": token})

    assert answer.status_code == 403


def test_an_answer_cannot_be_given_for_another_course(classroom: Classroom) -> None:
    browser = classroom.walk_in("trainer")
    parts = urlsplit(begin(classroom, browser))
    query = dict(parse_qsl(parts.query)) | {"section": "999"}
    token = classroom.tool.sign(answer_claims(classroom, [link()]))

    assert browser.post(parts.path, query_string=query, data={"JWT": token}).status_code == 404
