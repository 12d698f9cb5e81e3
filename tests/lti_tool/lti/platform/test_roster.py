"""Reading a roster from a platform that may be any other than Moodle, or ill."""

from typing import Any

import pytest
from flask import Flask

from lti_tool.database import db
from lti_tool.errors import PlatformAnswered, PlatformError, PlatformRemoved, PlatformUnreachable
from lti_tool.lti.platform import roster
from lti_tool.lti.platform.roster import Member
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import RegistrationRow, State
from tests.lti_tool.platform import Answer, Platform, json_answer

INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"


def person(number: int | str, **changes: Any) -> dict[str, Any]:
    return {"user_id": str(number), "roles": ["Learner"], "name": f"Person {number}", **changes}


def page(*people: object, following: str | None = None) -> Answer:
    """Write one page; the link to the next one as Moodle writes it."""
    answer = json_answer({"id": "roster", "context": {"id": "2"}, "members": people})
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Answer(body=answer.body, headers={**answer.headers, **headers})


@pytest.fixture
def course(sqlite_app: Flask, platform: Platform) -> Platform:
    """Give a registered platform that hands out tokens."""
    platform.register(sqlite_app)
    platform.answers["/token"] = json_answer({"access_token": "the-token"})
    return platform


def fetch(app: Flask, platform: Platform, query: str = "", **bounds: float) -> tuple[Member, ...]:
    with app.app_context():
        return roster.fetch(1, f"{platform.origin}/members{query}", "2", **bounds)


@pytest.mark.parametrize(
    "context", [{"context": {"id": "3"}}, {"context": {"id": None}}, {"context": None}, {"context": {}}, {}]
)
def test_a_roster_that_does_not_name_the_course_is_not_believed(
    sqlite_app: Flask, course: Platform, context: dict[str, object]
) -> None:
    course.answers["/members"] = json_answer({"members": [person(1)], **context})

    with pytest.raises(PlatformUnreachable):
        fetch(sqlite_app, course)


def test_a_course_may_be_named_by_a_number(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = json_answer({"context": {"id": 2}, "members": [person(1)]})

    assert len(fetch(sqlite_app, course)) == 1


def asked(platform: Platform) -> list[str]:
    return [path for path, _ in platform.asked if not path.startswith("/token")]


def test_all_pages_are_read(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = page(person(1), person(2), following=f"{course.origin}/Second?cursor=AbC")
    course.answers["/Second"] = page(person(3))

    members = fetch(sqlite_app, course)

    assert [member.sub for member in members] == ["1", "2", "3"]
    assert asked(course) == ["/members?limit=500", "/Second?cursor=AbC"]


def test_a_page_is_asked_for_with_the_token(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = page()

    fetch(sqlite_app, course)

    assert course.asked[-1] == ("/members?limit=500", "Bearer the-token")
    assert b"lti-nrps%2Fscope%2Fcontextmembership.readonly" in course.bodies[0]


def test_the_role_that_was_asked_for_is_put_back_into_the_next_link(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = page(person(1), following=f"{course.origin}/more?limit=1&from=1&rlid=7")
    course.answers["/more"] = page(person(2))

    fetch(sqlite_app, course, "?role=Learner&limit=1")

    assert asked(course) == ["/members?role=Learner&limit=1", "/more?limit=1&from=1&rlid=7&role=Learner"]


def test_a_role_that_the_next_link_keeps_stays_as_it_is(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = page(person(1), following="/more?role=http%3A%2F%2Fexample.org%23Learner")
    course.answers["/more"] = page(person(2))

    fetch(sqlite_app, course, "?role=Learner&limit=1")

    assert asked(course)[1] == "/more?role=http%3A%2F%2Fexample.org%23Learner"


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({}, Member(sub="1", name="Person 1", role=Role.TRAINEE)),
        ({"user_id": 1}, Member(sub="1", name="Person 1", role=Role.TRAINEE)),
        ({"roles": ["Instructor"]}, Member(sub="1", name="Person 1", role=Role.TRAINER)),
        ({"roles": [INSTRUCTOR]}, Member(sub="1", name="Person 1", role=Role.TRAINER)),
        (
            {"roles": ["Instructor", "http://purl.imsglobal.org/vocab/lis/v2/person#Administrator"]},
            Member(sub="1", name="Person 1", role=Role.TRAINER),
        ),
        (
            {"roles": ["http://purl.imsglobal.org/vocab/lis/v2/person#Administrator"]},
            Member(sub="1", name="Person 1", role=Role.GUEST),
        ),
        ({"name": None}, Member(sub="1", name=None, role=Role.TRAINEE)),
        ({"name": " \0"}, Member(sub="1", name=None, role=Role.TRAINEE)),
        ({"name": "x" * 300}, Member(sub="1", name="x" * 255, role=Role.TRAINEE)),
        ({"name": "A\ud800na"}, Member(sub="1", name="Ana", role=Role.TRAINEE)),
        ({"name": 5}, Member(sub="1", name=None, role=Role.TRAINEE)),
        ({"name": "Ana &amp; Co &lt;3 &#039;"}, Member(sub="1", name="Ana & Co <3 '", role=Role.TRAINEE)),
        ({"name": "Ana & Co"}, Member(sub="1", name="Ana & Co", role=Role.TRAINEE)),
        ({"name": "&#0;&#xd800;&nbsp;"}, Member(sub="1", name="\ufffd\ufffd", role=Role.TRAINEE)),
    ],
)
def test_a_member_is_a_person_in_a_role(
    sqlite_app: Flask, course: Platform, changes: dict[str, Any], member: Member
) -> None:
    course.answers["/members"] = page(person(1, **changes))

    assert fetch(sqlite_app, course) == (member,)


UNREADABLE: dict[str, object] = {
    "no id": {"name": "nobody", "roles": ["Learner"]},
    "an empty id": person(""),
    "an id that is no text": person(1, user_id=["1"]),
    "a status that is null": person(1, status=None),
    "roles that are null": person(1, roles=None),
    "roles that are no list": person(1, roles="Learner"),
    "no object": "Person 1",
    "null": None,
}


@pytest.mark.parametrize("entry", UNREADABLE.values(), ids=UNREADABLE)
def test_an_entry_that_cannot_be_read_is_left_out_and_counted(
    sqlite_app: Flask, course: Platform, caplog: pytest.LogCaptureFixture, entry: object
) -> None:
    course.answers["/members"] = page(person(2), entry, following="/more")
    course.answers["/more"] = page(entry, person(3))

    assert [member.sub for member in fetch(sqlite_app, course)] == ["2", "3"]
    assert f"{course.origin}/members: 2 entries could not be read and were left out" in caplog.text


@pytest.mark.parametrize("entry", UNREADABLE.values(), ids=UNREADABLE)
def test_a_roster_of_nothing_else_is_no_roster(sqlite_app: Flask, course: Platform, entry: object) -> None:
    course.answers["/members"] = page(entry)

    with pytest.raises(PlatformUnreachable, match="did not answer with a roster"):
        fetch(sqlite_app, course)


def test_who_is_not_active_is_left_out(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = page(
        person(1, status="Active"), person(2, status="Inactive"), person(3, status="Deleted")
    )

    assert [member.sub for member in fetch(sqlite_app, course)] == ["1"]


def test_who_is_on_two_pages_is_one_person(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = page(person(1), following="/more")
    course.answers["/more"] = page(person(1), person(2))

    assert [member.sub for member in fetch(sqlite_app, course)] == ["1", "2"]


def test_pages_that_lead_back_are_no_roster(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = page(person(1), following="/more")
    course.answers["/more"] = page(person(2), following="/members?limit=500")

    with pytest.raises(PlatformUnreachable, match="has no end after 2 pages"):
        fetch(sqlite_app, course)

    assert asked(course) == ["/members?limit=500", "/more"]


def test_pages_that_take_too_long_are_no_roster(sqlite_app: Flask, course: Platform) -> None:
    course.answers["/members"] = page(person(1), following="/more")
    course.answers["/more"] = page(person(2))

    with pytest.raises(PlatformUnreachable, match="has no end after 1 pages"):
        fetch(sqlite_app, course, lasts=-1)


def test_too_many_people_are_no_roster(sqlite_app: Flask, course: Platform) -> None:
    for number in range(3):
        people = [{"user_id": f"{number}-{one}"} for one in range(4_000)]
        course.answers[f"/{number}"] = page(*people, following=f"/{number + 1}")
    course.answers["/members"] = course.answers["/0"]

    with pytest.raises(PlatformUnreachable, match="lists more than 10000 people"):
        fetch(sqlite_app, course)


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:1/more", "https://example.org/more", "file:///etc/passwd"])
def test_the_token_is_sent_to_no_other_origin(sqlite_app: Flask, course: Platform, elsewhere: str) -> None:
    course.answers["/members"] = page(person(1), following=elsewhere)

    with pytest.raises(PlatformUnreachable, match="/members goes on elsewhere"):
        fetch(sqlite_app, course)


@pytest.mark.parametrize(
    "answer",
    [
        json_answer([]),
        json_answer({"members": None}),
        Answer(body=b"<html>"),
        Answer(body=b"x" * 1_000_001),
        Answer(body=b"", status=302, headers={"Location": "/elsewhere"}),
    ],
    ids=["a list", "no members", "a page", "too large", "a redirect"],
)
def test_what_is_no_roster_is_not_taken_for_an_empty_one(sqlite_app: Flask, course: Platform, answer: Answer) -> None:
    course.answers["/members"] = answer

    with pytest.raises(PlatformUnreachable):
        fetch(sqlite_app, course)


@pytest.mark.parametrize("status", [401, 404, 500])
def test_an_error_on_a_later_page_is_an_error_of_all(sqlite_app: Flask, course: Platform, status: int) -> None:
    course.answers["/members"] = page(person(1), following="/more")
    course.answers["/more"] = json_answer({}, status)

    with pytest.raises(PlatformAnswered) as caught:
        fetch(sqlite_app, course)

    assert caught.value.status == status


@pytest.mark.parametrize(
    ("state", "error"),
    [(State.REMOVED, PlatformRemoved), (State.SUSPENDED, PlatformError), (State.PENDING, PlatformError)],
)
def test_a_platform_that_may_not_be_used_is_not_asked(
    sqlite_app: Flask, course: Platform, state: State, error: type[PlatformError]
) -> None:
    with sqlite_app.app_context():
        db.session.get_one(RegistrationRow, 1).state = state
        db.session.commit()

    with pytest.raises(error):
        fetch(sqlite_app, course)

    assert course.asked == []
