"""How Moodle's web services deal with what they are sent, as far as it can be asked over the wire.

The same specification for the miniature (`tests/lti_tool/demo`) and for a real Moodle (`tests/live`): each has a
fixture `moodle`, and what differs is a mistake of the miniature's.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.spec.webservice import ask

SURELY_TOO_MANY = 12_000
"""Variables; Moodle itself asks for 5,000."""
SINCE_5_1 = (5, 1)
BAD = 999_999_999
"""A number that nothing has."""
DAY = 86_400
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanMoodle:
    """One site with a category and a course of this run's own."""

    url: str
    token: str
    mark: str
    student: int
    teacher: int
    editor: int
    """Numbers of three roles: trainees, trainers who don't edit, and those who do."""
    mailbox: Callable[[], list[str]] | None
    """Tells to whom mails went, so far, if anybody can."""
    category: int = 0
    course: int = 0
    trainer: int = 0
    """Numbers of what `furnish` made."""
    is_since_5_1: bool = False
    """Whether the site's version is 5.1 or newer, which `furnish` asks."""

    def call(self, function: str, **arguments: Any) -> Any:
        """Call a function, and give what it answers, errors too."""
        return ask(self.url, self.token, function, dict(flat(arguments)))

    def do(self, function: str, **arguments: Any) -> Any:
        """Call a function that works."""
        answer = self.call(function, **arguments)
        assert not is_error(answer), answer
        return answer

    def account(self, name: str, **changes: Any) -> dict[str, Any]:
        """Describe an account of this run's."""
        username = f"{name}-{self.mark}"
        names = {"username": username, "firstname": "Mean & low", "lastname": name, "password": "aA1-ship-of-fools"}
        return {**names, "email": f"{username}@example.org", "idnumber": f"id-{username}", **changes}

    def make(self, name: str, **changes: Any) -> int:
        """Make an account, and give its number."""
        (made,) = self.do("core_user_create_users", users=[self.account(name, **changes)])
        return int(made["id"])

    def enrol(self, person: int, **changes: Any) -> None:
        """Put somebody into the course as a student."""
        self.do("enrol_manual_enrol_users", enrolments=[self.place(person, **changes)])

    def place(self, person: int, **changes: Any) -> dict[str, Any]:
        """Describe a place in the course."""
        return {"roleid": self.student, "userid": person, "courseid": self.course, **changes}

    def role(self, person: int, role: int) -> dict[str, Any]:
        """Describe a role in the course."""
        return {"roleid": role, "userid": person, "contextlevel": "course", "instanceid": self.course}

    def inside(self, *fields: str, **options: Any) -> dict[int, dict[str, Any]]:
        """List who is in the course, by number."""
        named = [{"name": "userfields", "value": ",".join(("id", *fields))}]
        named += [{"name": name, "value": value} for name, value in options.items()]
        users = self.do("core_enrol_get_enrolled_users", courseid=self.course, options=named)
        return {user["id"]: user for user in users}

    def roles(self, person: int) -> set[int]:
        """List somebody's roles in the course."""
        return {role["roleid"] for role in self.inside("roles")[person]["roles"]}

    def group(self, name: str) -> int:
        """Make a group, and give its number."""
        given = {"courseid": self.course, "name": f"{name} {self.mark}", "description": ""}
        (made,) = self.do("core_group_create_groups", groups=[given])
        return int(made["id"])

    def members(self, group: int) -> list[int]:
        """List who is in a group."""
        (found,) = self.do("core_group_get_group_members", groupids=[group])
        return sorted(found["userids"])

    def cohort(self, name: str, **changes: Any) -> dict[str, Any]:
        """Describe a cohort of the whole site."""
        place = {"type": "system", "value": ""}
        return {"categorytype": place, "name": f"{name} & {self.mark}", "idnumber": f"{name}-{self.mark}", **changes}

    def cohort_members(self, cohort: int) -> list[int]:
        """List who is in a cohort."""
        (found,) = self.do("core_cohort_get_cohort_members", cohortids=[cohort])
        return sorted(found["userids"])

    def find(self, field: str, *values: Any) -> list[int]:
        """Find accounts by a field."""
        return [user["id"] for user in self.do("core_user_get_users_by_field", field=field, values=list(values))]

    def mailed(self) -> list[str]:
        """List to whom mails went; without a mailbox a test of mails has nothing to say."""
        if self.mailbox is None:
            pytest.skip("nobody can tell who was mailed")
        return [address.partition("@")[0].removesuffix(f"-{self.mark}") for address in self.mailbox()]


def furnish(moodle: MeanMoodle) -> MeanMoodle:
    """Make this run's category and course, and a trainer there, in whose name Moodle welcomes others."""
    mark = moodle.mark
    names = {"name": f"Mean & {mark}", "idnumber": f"mean-{mark}"}
    (category,) = moodle.do("core_course_create_categories", categories=[names])
    course = {"fullname": f"Mean & {mark}", "shortname": f"MEAN-{mark}", "categoryid": category["id"]}
    (made,) = moodle.do("core_course_create_courses", courses=[{**course, "idnumber": f"mean-{mark}"}])
    trainer = moodle.make("trainer")
    numbers = {"category": category["id"], "course": made["id"], "trainer": trainer}
    furnished = replace(moodle, **numbers, is_since_5_1=_release(moodle) >= SINCE_5_1)
    furnished.enrol(trainer, roleid=moodle.editor)
    return furnished


def _release(moodle: MeanMoodle) -> tuple[int, ...]:
    release = re.match(r"(\d+)\.(\d+)", moodle.do("core_webservice_get_site_info")["release"])
    assert release is not None
    return tuple(map(int, release.groups()))


def flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Write nested values as form variables."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flat(inner, f"{name}[{key}]" if name else str(key))
    elif isinstance(value, list):
        for key, inner in enumerate(value):
            yield from flat(inner, f"{name}[{key}]")
    else:
        yield name, str(int(value)) if isinstance(value, bool) else str(value)


def is_error(answer: Any) -> bool:
    """Tell an error from an answer; both come with status 200."""
    return isinstance(answer, dict) and "errorcode" in answer


def said(expected: str) -> set[str]:
    """Give what a site says for an error: since 5.1 one code for all that isn't there, unless it is debugging."""
    return {expected, "invalidrecordunknown"} if expected in ("invalidrecord", "invaliduser") else {expected}


def code(answer: Any) -> str:
    """Read what is wrong."""
    assert is_error(answer), answer
    return str(answer["errorcode"])
