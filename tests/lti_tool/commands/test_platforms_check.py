"""`lti-tool platforms check` tries a platform's services as the worker does, and says what is wrong and what to do."""

import re
from collections.abc import Callable, Mapping

import pytest

from lti_tool.database import db
from lti_tool.lti.tables import CourseRow, PlacementRow, RosterAddressRow
from tests.lti_tool.commands.conftest import PASSPHRASE, Shell
from tests.lti_tool.making import make_app
from tests.lti_tool.platform import LINE_ITEMS_SCOPE, SCORE_SCOPE, Answer, Platform, json_answer
from tests.lti_tool.ticking import Ticker

TOKEN = json_answer({"access_token": "secret", "token_type": "Bearer", "expires_in": 3600})
GOOD = {"/token": TOKEN, "/lineitems": json_answer([]), "/roster": json_answer({"members": []})}
REMEDY = (
    "to a token that it had just given: its web server seems to keep the Authorization header from it. "
    "In Apache's configuration for Moodle, add: "
    'CGIPassAuth On, or: SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1'
)
SHUT = "wrong: the tool can't read {at}"
NO_ACCESS = "{at}/token gave no access: 400"
OK = ["ok: {at}/keys has keys: 1.", "ok: {at}/roster lets the tool in.", "ok: {at}/lineitems lets the tool in."]
Check = Callable[[], tuple[int, list[str]]]


@pytest.fixture
def check(migrated: Shell, platform: Platform) -> Check:
    """Give a function that checks a platform whose roster and line items are known."""
    platform.answers |= GOOD
    app = make_app(migrated.database, Ticker(), KEYS_PASSPHRASE=PASSPHRASE)
    platform.register(app)
    with app.app_context():
        course = CourseRow(site_id=1, context_id="2")
        db.session.add(course)
        db.session.flush()
        db.session.add(RosterAddressRow(course_id=course.id, registration_id=1, url=f"{platform.origin}/roster"))
        scopes = [SCORE_SCOPE, LINE_ITEMS_SCOPE]
        of_link = {"course_id": course.id, "resource_link_id": "7", "registration_id": 1, "scopes": scopes}
        db.session.add(PlacementRow(**of_link, line_items_url=f"{platform.origin}/lineitems"))
        db.session.commit()

    def run() -> tuple[int, list[str]]:
        code, output, errors = migrated.run("platforms", "check", "1", ALLOW_PRIVATE_PLATFORMS="1")
        assert errors == ""
        return code, anywhere(output)

    return run


def anywhere(output: str) -> list[str]:
    """Give a command's lines without the platform's host."""
    return re.sub(r"http://127\.0\.0\.1(:\d+)?", "{at}", output).splitlines()


def test_a_platform_that_works_is_told_line_by_line(check: Check) -> None:
    assert check() == (0, OK)


def test_a_roster_of_thousands_is_no_fault(check: Check, platform: Platform) -> None:
    platform.answers |= {"/roster": json_answer({"members": ["x" * 1_000] * 2_000})}

    assert check() == (0, OK)


def test_a_token_is_asked_for_anew_each_time(check: Check, platform: Platform) -> None:
    check()
    check()

    assert len([path for path, _ in platform.asked if path == "/token"]) == 4


@pytest.mark.parametrize(
    ("answers", "changed"),
    [
        ({"/keys": Answer(body=b"", status=404)}, {0: "wrong: {at}/keys answered 404"}),
        ({"/keys": json_answer({"keys": []})}, {0: "wrong: {at}/keys has no key for RS256 signatures."}),
        (
            {"/token": json_answer({"error": "invalid_client"}, 400)},
            {1: SHUT + "/roster: " + NO_ACCESS, 2: SHUT + "/lineitems: " + NO_ACCESS},
        ),
        ({"/roster": Answer(body=b"", status=401)}, {1: SHUT + "/roster: {at}/roster answered 401 " + REMEDY}),
        ({"/lineitems": Answer(body=b"", status=403)}, {2: SHUT + "/lineitems: {at}/lineitems answered 403"}),
        ({"/lineitems": Answer(body=b"<html>")}, {2: SHUT + "/lineitems: JSONDecodeError"}),
    ],
)
def test_what_is_wrong_is_told_in_its_place(
    check: Check, platform: Platform, answers: Mapping[str, Answer], changed: Mapping[int, str]
) -> None:
    platform.answers |= answers

    assert check() == (1, [changed.get(place, line) for place, line in enumerate(OK)])


def test_where_no_service_is_known_yet_it_says_what_to_do(migrated: Shell, platform: Platform) -> None:
    platform.answers |= GOOD
    platform.register(make_app(migrated.database, Ticker(), KEYS_PASSPHRASE=PASSPHRASE))

    code, output, errors = migrated.run("platforms", "check", "1", ALLOW_PRIVATE_PLATFORMS="1")

    assert (code, errors) == (0, "")
    unknown = "No service is known yet to try it on: open an activity from a course, then check again."
    assert anywhere(output) == ["ok: {at}/keys has keys: 1.", "ok: {at}/token gives access. " + unknown]


def test_a_platform_that_waits_for_approval_is_not_asked_for_access(migrated: Shell, platform: Platform) -> None:
    platform.register(make_app(migrated.database, Ticker(), KEYS_PASSPHRASE=PASSPHRASE), approved=False)

    code, output, _ = migrated.run("platforms", "check", "1", ALLOW_PRIVATE_PLATFORMS="1")

    assert (code, output.splitlines()[1:]) == (1, ["wrong: registration 1 is pending"])
    assert [path for path, _ in platform.asked] == ["/keys"]


def test_a_platform_that_is_not_there_cannot_be_checked(migrated: Shell) -> None:
    result = migrated.run("platforms", "check", "7")

    assert result == (1, "", "Error: There is no registration 7. `lti-tool platforms list` shows them.\n")
