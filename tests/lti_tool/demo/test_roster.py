"""The roster service."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.claims import MEMBERSHIPS, SCORE
from lti_tool.demo.moodle.rules import LEGACY_ADMINISTRATOR
from lti_tool.demo.moodle.tables import Enrolment, User
from tests.lti_tool.demo.classroom import MOODLE, Classroom, Json, read_json

NRPS_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"


def address(classroom: Classroom) -> str:
    return f"/mod/lti/services.php/CourseSection/{classroom.seeded.course}/bindings/{classroom.tool_id}/memberships"


def members(classroom: Classroom, query: str = "") -> dict[str, Json]:
    """Read the roster, by username."""
    answer = read_json(classroom.call("GET", address(classroom) + query, MEMBERSHIPS, NRPS_TYPE))
    names = {str(number): name for name, number in classroom.seeded.people.items()}
    return {names[member["user_id"]]: member for member in answer["members"]}


def test_the_roster_lists_everybody_with_short_roles(classroom: Classroom) -> None:
    roster = members(classroom)

    assert roster["trainee1"] == {
        "status": "Active",
        "roles": ["Learner"],
        "user_id": str(classroom.seeded.people["trainee1"]),
        "lis_person_sourcedid": "person-trainee1",
        "name": "Trainee One",
        "given_name": "Trainee",
        "family_name": "One",
        "ext_user_username": "trainee1",
        "email": "trainee1@example.org",
    }
    assert roster["trainer"]["roles"] == ["Instructor"]
    assert len(roster) == 8


def test_a_non_editing_trainer_is_a_learner_in_the_roster(classroom: Classroom) -> None:
    assert members(classroom)["trainer2"]["roles"] == ["Learner"]


def test_an_enrolled_administrator_has_the_legacy_role(classroom: Classroom) -> None:
    with classroom.site.session() as db:
        db.add(Enrolment(course_id=classroom.seeded.course, user_id=2, role="student"))

    assert members(classroom)["admin"]["roles"] == ["Instructor", LEGACY_ADMINISTRATOR]


def test_suspended_people_are_left_out(classroom: Classroom) -> None:
    with classroom.site.session() as db:
        person = classroom.seeded.people["trainee1"]
        db.scalars(select(Enrolment).filter_by(user_id=person)).one().suspended = True

    assert "trainee1" not in members(classroom)


def test_the_context_is_described(classroom: Classroom) -> None:
    answer = classroom.call("GET", address(classroom), MEMBERSHIPS, NRPS_TYPE)

    assert answer.content_type == f"{NRPS_TYPE}; charset=utf-8"
    assert read_json(answer)["id"] == MOODLE + address(classroom)
    assert read_json(answer)["context"] == {
        "id": str(classroom.seeded.course),
        "label": "MEDTOWN",
        "title": "MedTOWN: training of trainers",
    }


def test_names_and_addresses_may_be_withheld(classroom: Classroom) -> None:
    classroom.site.settings = replace(classroom.site.settings, share_names=False, share_email=False)

    assert set(members(classroom)["trainee1"]) == {"status", "roles", "user_id", "lis_person_sourcedid"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ana & Co", "Ana &amp; Co"),
        ("Ana &amp; Co", "Ana &amp; Co"),
        ("A < B > C", "A &lt; B &gt; C"),
        ("<b>A</b>", "A"),
    ],
)
def test_names_are_written_as_they_stand_in_a_page(classroom: Classroom, name: str, told: str) -> None:
    with classroom.site.session() as db:
        db.get_one(User, classroom.seeded.people["trainee1"]).firstname = name

    assert members(classroom)["trainee1"]["name"] == f"{told} One"


def test_with_a_resource_link_members_carry_a_message(classroom: Classroom) -> None:
    _, activity_id = classroom.place()

    message = members(classroom, f"?rlid={activity_id}")["trainee1"]["message"]

    assert message == [{"https://purl.imsglobal.org/spec/lti/claim/message_type": "LtiResourceLinkRequest"}]


@pytest.mark.parametrize("link", ["99", "none"])
def test_an_unknown_resource_link_is_404(classroom: Classroom, link: str) -> None:
    answer = classroom.call("GET", f"{address(classroom)}?rlid={link}", MEMBERSHIPS, NRPS_TYPE)

    assert answer.status_code == 404


@pytest.mark.parametrize(("role", "count"), [("Instructor", 1), ("Learner", 7), ("Mentor", 8)])
def test_a_role_can_be_asked_for(classroom: Classroom, role: str, count: int) -> None:
    assert len(members(classroom, f"?role={role}")) == count


def test_an_administrator_is_asked_for_by_their_enrolment(classroom: Classroom) -> None:
    with classroom.site.session() as db:
        db.add(Enrolment(course_id=classroom.seeded.course, user_id=2, role="student"))

    assert "admin" not in members(classroom, "?role=Instructor")
    assert "admin" in members(classroom, "?role=Learner")


def test_people_stand_in_the_order_of_their_names(classroom: Classroom) -> None:
    with classroom.site.session() as db:
        db.get_one(User, classroom.seeded.people["trainee6"]).lastname = "Aardvark"
        db.get_one(User, classroom.seeded.people["trainer2"]).lastname = "Aardvark"

    assert list(members(classroom))[:3] == ["trainee6", "trainer2", "trainee5"]


def test_a_page_is_of_those_with_the_role(classroom: Classroom) -> None:
    roster = [*members(classroom, "?role=Learner&limit=4"), *members(classroom, "?role=Learner&limit=4&from=4")]

    assert sorted(roster) == ["trainee1", "trainee2", "trainee3", "trainee4", "trainee5", "trainee6", "trainer2"]


def test_the_last_page_leads_nowhere(classroom: Classroom) -> None:
    answer = classroom.call("GET", address(classroom) + "?limit=4&from=4", MEMBERSHIPS, NRPS_TYPE)

    assert len(read_json(answer)["members"]) == 4
    assert "Link" not in answer.headers


def test_the_next_page_keeps_the_link_and_forgets_the_role(classroom: Classroom) -> None:
    _, activity_id = classroom.place()
    query = f"?role=Learner&limit=3&from=3&rlid={activity_id}"

    answer = classroom.call("GET", address(classroom) + query, MEMBERSHIPS, NRPS_TYPE)

    expected = f"{MOODLE}{address(classroom)}?limit=3&from=6&rlid={activity_id}"
    assert len(read_json(answer)["members"]) == 3
    assert answer.headers["Link"] == f'<{expected}>; rel="next"'


def test_without_a_limit_there_are_no_pages(classroom: Classroom) -> None:
    answer = classroom.call("GET", address(classroom) + "?from=3", MEMBERSHIPS, NRPS_TYPE)

    assert len(read_json(answer)["members"]) == 8
    assert "Link" not in answer.headers


def test_the_roster_needs_its_scope(classroom: Classroom) -> None:
    assert classroom.call("GET", address(classroom), SCORE, NRPS_TYPE).status_code == 401
