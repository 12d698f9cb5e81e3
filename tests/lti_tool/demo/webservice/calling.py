"""Calls of the web services over the wire, and the rows that are given in them."""

import json
from collections.abc import Mapping
from typing import Any

from lti_tool.demo.moodle.tables import ADMIN
from lti_tool.demo.moodle.webservice.contract import FUNCTIONS
from lti_tool.demo.moodle.webservice.tables import ServiceToken
from tests.lti_tool.demo.classroom import Classroom

TOKEN = "0123456789abcdef0123456789abcdef"
INVALID = {
    "exception": "core\\exception\\invalid_parameter_exception",
    "errorcode": "invalidparameter",
    "message": "Invalid parameter value detected",
}
ANA = {
    "users[0][username]": "ana",
    "users[0][firstname]": "Ana",
    "users[0][lastname]": "Ruiz",
    "users[0][email]": "ana@example.org",
    "users[0][password]": "aA1-ship",
}


def give_token(classroom: Classroom, token: str = TOKEN, **changes: Any) -> None:
    """Let a token be the administrator's, for all functions, but for the changes."""
    columns = {"user_id": ADMIN, "functions": "\n".join(FUNCTIONS), **changes}
    with classroom.site.session() as db:
        db.merge(ServiceToken(token=token, **columns))


def call(classroom: Classroom, function: str, token: str = TOKEN, **arguments: object) -> Any:
    """Call a function; arguments with brackets in their names are given as a mapping `variables`."""
    variables: Any = arguments.pop("variables", {})
    form = {"wstoken": token, "wsfunction": function, "moodlewsrestformat": "json", **arguments, **variables}
    answer = classroom.app.test_client().post("/webservice/rest/server.php", data=form)
    assert answer.status_code == 200
    return json.loads(answer.text)


def errorcode(answer: Any) -> str:
    """Insist that an answer is an error; give its code."""
    assert sorted(answer) == ["errorcode", "exception", "message"]
    return str(answer["errorcode"])


def variables(name: str, *rows: Mapping[str, object]) -> dict[str, object]:
    """Write rows of a list with brackets in their names."""
    return {f"{name}[{n}][{key}]": value for n, row in enumerate(rows) for key, value in row.items()}


def course(**changes: object) -> dict[str, object]:
    given = {"fullname": "New", "shortname": "NEW", "idnumber": "new", "categoryid": 1, "numsections": 2, **changes}
    return variables("courses", given)


def enrolment(site: Classroom, **changes: object) -> dict[str, object]:
    given = {"roleid": 5, "userid": site.seeded.people["trainee1"], "courseid": 2, **changes}
    return variables("enrolments", given)


def roles_of(site: Classroom, username: str) -> list[str]:
    """Read somebody's roles in the course."""
    options = variables("options", {"name": "userfields", "value": "username,roles"})
    users = call(site, "core_enrol_get_enrolled_users", courseid=2, variables=options)
    return [role["shortname"] for user in users if user["username"] == username for role in user["roles"]]


def cohort(number: int, **changes: object) -> dict[str, object]:
    place = {"categorytype][type": "system", "categorytype][value": ""}
    return {**place, "name": f"Cohort & {number}", "idnumber": f"cohort-{number}", **changes}


def member(cohort: str, username: str) -> dict[str, object]:
    cohorttype = {"cohorttype][type": "idnumber", "cohorttype][value": cohort}
    return {**cohorttype, "usertype][type": "username", "usertype][value": username}
