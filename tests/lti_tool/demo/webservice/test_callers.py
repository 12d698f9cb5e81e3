"""Who may call: those with a token that holds, for the functions of its service."""

import pytest

from lti_tool.demo.moodle.tables import ADMIN
from lti_tool.demo.moodle.webservice.contract import FUNCTIONS
from tests.lti_tool.demo.classroom import NOON, Classroom, sesskey
from tests.lti_tool.demo.webservice.calling import ANA, TOKEN, call, errorcode, give_token


def test_the_administrator_makes_a_token_that_is_shown_once(empty_classroom: Classroom) -> None:
    admin = empty_classroom.walk_in("admin")

    made = admin.post("/admin/webservice/tokens.php", data={"sesskey": sesskey(admin)}).text

    token = made.split('data-token="')[1][:32]
    assert call(empty_classroom, "core_webservice_get_site_info", token)["username"] == "admin"
    shown = admin.get("/admin/webservice/tokens.php").text
    assert token not in shown
    assert "Site Administrator has a token." in shown
    assert all(f"<code>{name}</code>" in shown for name in FUNCTIONS)


@pytest.mark.parametrize("path", ["/admin/webservice/tokens.php", "/admin/mails.php"])
def test_these_pages_are_the_administrators(empty_classroom: Classroom, path: str) -> None:
    assert empty_classroom.walk_in("trainer").get(path).status_code == 403


def test_a_token_is_not_made_without_the_sesskey(empty_classroom: Classroom) -> None:
    assert empty_classroom.walk_in("admin").post("/admin/webservice/tokens.php").status_code == 403


def test_a_token_that_is_not_known_is_refused(site: Classroom) -> None:
    assert errorcode(call(site, "core_webservice_get_site_info", "x" * 32)) == "invalidtoken"


def test_an_expired_token_says_so_once_and_is_forgotten(site: Classroom) -> None:
    give_token(site, "e" * 32, valid_until=NOON - 1)

    answers = [errorcode(call(site, "core_webservice_get_site_info", "e" * 32)) for _ in range(2)]

    assert answers == ["accessexception", "invalidtoken"]


@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("core_user_delete_users", "invalidrecord"),
        ("core_user_create_users", "accessexception"),
        ("", "invalidparameter"),
    ],
)
def test_a_function_must_be_there_and_in_the_service(site: Classroom, function: str, code: str) -> None:
    give_token(site, functions="core_webservice_get_site_info")

    assert errorcode(call(site, function)) == code


def test_who_is_no_administrator_may_not_write(site: Classroom) -> None:
    give_token(site, user_id=site.seeded.people["trainer"])

    assert errorcode(call(site, "core_user_create_users", variables=ANA)) == "nopermissions"


def test_the_service_says_what_it_has(site: Classroom) -> None:
    give_token(site, functions="core_webservice_get_site_info\ncore_course_get_categories")

    info = call(site, "core_webservice_get_site_info")

    assert [function["name"] for function in info["functions"]] == [
        "core_webservice_get_site_info",
        "core_course_get_categories",
    ]
    assert (info["userid"], info["userissiteadmin"]) == (ADMIN, True)


def test_without_json_it_is_xml(site: Classroom) -> None:
    form = {"wstoken": TOKEN, "wsfunction": "core_webservice_get_site_info"}

    answer = site.app.test_client().post("/webservice/rest/server.php", data=form)

    assert answer.mimetype == "text/xml"
