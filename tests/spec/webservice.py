"""Moodle's web services, as a program calls them."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

import requests


def ask(url: str, token: str, function: str, arguments: Mapping[str, str]) -> Any:
    """Call one function, and give what it answers, be it an error."""
    protocol = {"wstoken": token, "wsfunction": function, "moodlewsrestformat": "json"}
    return requests.post(f"{url}/webservice/rest/server.php", data={**protocol, **arguments}, timeout=300).json()


def call(url: str, token: str, function: str, arguments: Mapping[str, str]) -> Any:
    """Call one function that works, and give what it answers."""
    answer = ask(url, token, function, arguments)
    assert not (isinstance(answer, dict) and "exception" in answer), answer
    return answer


def user_id(url: str, token: str, username: str) -> str:
    """Find an account's number."""
    found = call(url, token, "core_user_get_users_by_field", {"field": "username", "values[0]": username})
    return str(found[0]["id"])


def copy_course(url: str, token: str, course: str, roles: Mapping[str, str]) -> str:
    """Copy a course and enrol people in the copy, by username with the number of their role; give its number."""
    without_people = {"options[0][name]": "users", "options[0][value]": "0"}
    names = {"fullname": f"Copy of {course}", "shortname": f"copy-{token_hex(4)}-of-{course}", "categoryid": "1"}
    copy = str(call(url, token, "core_course_duplicate_course", {"courseid": course, **names, **without_people})["id"])
    for username, role in roles.items():
        enrolment = {"roleid": role, "userid": user_id(url, token, username), "courseid": copy}
        arguments = {f"enrolments[0][{name}]": value for name, value in enrolment.items()}
        call(url, token, "enrol_manual_enrol_users", arguments)
    return copy


def delete_users(url: str, token: str, usernames: Sequence[str]) -> None:
    """Delete accounts."""
    numbers = {f"userids[{place}]": user_id(url, token, name) for place, name in enumerate(usernames)}
    call(url, token, "core_user_delete_users", numbers)
