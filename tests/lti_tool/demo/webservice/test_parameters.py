"""Parameters are taken as Moodle takes them: what is not described is refused, and what is too many is dropped."""

import json
from dataclasses import replace

import pytest

from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import ANA, INVALID, TOKEN, call, errorcode


@pytest.mark.parametrize(
    ("function", "variables"),
    [
        ("core_webservice_get_site_info", {"bogus": "1"}),
        ("core_course_get_courses_by_field", {"field": "short name"}),
        ("core_course_get_courses_by_field", {"field": "colour"}),
        ("core_course_get_courses_by_field", {"field[0]": "id"}),
        ("core_group_get_course_groups", {}),
        ("core_group_get_course_groups", {"courseid": "2x"}),
        ("core_group_get_course_groups", {"courseid": ""}),
        ("core_group_get_group_members", {"groupids": "1"}),
        ("core_user_create_users", {"users[0][username]": "ana"}),
        ("core_user_create_users", {**ANA, "users[0][colour]": "red"}),
        ("core_user_create_users", {**ANA, "users[0][username]": "Ana"}),
        ("core_user_create_users", {**ANA, "users[0][firstname]": "<b>Ana</b>"}),
        ("core_user_create_users", {**ANA, "users[0][lang]": "xx"}),
        ("core_user_create_users", {**ANA, "users[0][lang]": ""}),
        ("core_user_create_users", {**ANA, "users[0][createpassword]": "true"}),
        ("core_user_create_users", {**ANA, "users[0][email]": " ana@example.org"}),
        ("core_user_get_users_by_field", {"field": "username", "values[0]": "trainer", "values[1]": "Trainee1"}),
        ("core_user_get_users_by_field", {"field": "phone1", "values[0]": "1"}),
    ],
)
def test_unknown_and_missing_keys_and_other_types_are_refused(
    site: Classroom, function: str, variables: dict[str, str]
) -> None:
    assert call(site, function, variables=variables) == INVALID


def test_past_the_limit_variables_are_dropped_in_silence(site: Classroom) -> None:
    site.site.settings = replace(site.site.settings, max_input_vars=4)
    values = {f"values[{place}]": name for place, name in enumerate(["trainer", "trainee1"])}

    found = call(site, "core_user_get_users_by_field", field="username", variables=values)

    assert [user["username"] for user in found] == ["trainer"]


def test_a_token_at_the_end_of_a_request_that_is_cut_is_lost(site: Classroom) -> None:
    site.site.settings = replace(site.site.settings, max_input_vars=1)
    form = {"wsfunction": "core_webservice_get_site_info", "moodlewsrestformat": "json", "wstoken": TOKEN}

    answer = site.app.test_client().post("/webservice/rest/server.php", data=form)

    assert errorcode(json.loads(answer.text)) == "invalidtoken"
