"""Categories, courses, people, sections and groups are read in Moodle's shapes."""

import json

import pytest

from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import INVALID, call, errorcode, give_token, variables


def test_names_are_escaped_unless_they_are_asked_for_raw(site: Classroom) -> None:
    category = {"categories[0][name]": "A & B", "categories[0][idnumber]": "ab"}
    call(site, "core_course_create_categories", variables=category)

    shown = [
        call(site, "core_course_get_categories", variables=raw)[1]["name"] for raw in ({}, {"moodlewssettingraw": "1"})
    ]

    assert shown == ["A &amp; B", "A & B"]


def test_categories_are_found_by_criteria(site: Classroom) -> None:
    criteria = {"criteria[0][key]": "name", "criteria[0][value]": "Category 1"}

    assert [category["id"] for category in call(site, "core_course_get_categories", variables=criteria)] == [1]
    criteria["criteria[0][key]"] = "colour"
    assert errorcode(call(site, "core_course_get_categories", variables=criteria)) == "criteriaerror"


def test_courses_are_found_by_one_value(site: Classroom) -> None:
    found = call(site, "core_course_get_courses_by_field", field="shortname", value="MEDTOWN")["courses"]

    assert [(course["id"], course["idnumber"], course["enrollmentmethods"]) for course in found] == [
        (2, "medtown-tot", ["manual"])
    ]
    assert len(call(site, "core_course_get_courses_by_field")["courses"]) == 2
    assert [
        course["id"] for course in call(site, "core_course_get_courses_by_field", field="ids", value="1,2")["courses"]
    ] == [1, 2]


def test_courses_are_listed_without_how_one_enrols_in_them(site: Classroom) -> None:
    courses = call(site, "core_course_get_courses")

    assert [course["shortname"] for course in courses if "enrollmentmethods" not in course][1:] == ["MEDTOWN"]


def test_whom_the_token_may_not_see_looks_absent(site: Classroom) -> None:
    trainer = site.seeded.people["trainer"]
    give_token(site, user_id=trainer)
    values = {"values[0]": "trainer", "values[1]": "trainee1"}

    found = call(site, "core_user_get_users_by_field", field="username", variables=values)

    assert [user["id"] for user in found] == [trainer]


def test_participants_come_in_pages(site: Classroom) -> None:
    def page(start: int) -> list[str]:
        options = {"userfields": "username,roles", "limitfrom": start, "limitnumber": 5, "sortby": "id"}
        rows = [{"name": name, "value": value} for name, value in options.items()]
        users = call(site, "core_enrol_get_enrolled_users", courseid=2, variables=variables("options", *rows))
        return [f"{user['username']}:{user['roles'][0]['roleid']}" for user in users]

    assert page(0) == ["trainer:3", "trainer2:4", "trainee1:5", "trainee2:5", "trainee3:5"]
    assert page(5) == ["trainee4:5", "trainee5:5", "trainee6:5"]
    assert page(10) == []


def test_participants_can_not_be_sorted_by_just_anything(site: Classroom) -> None:
    options = {"options[0][name]": "sortby", "options[0][value]": "email"}

    assert call(site, "core_enrol_get_enrolled_users", courseid=2, variables=options) == INVALID


def test_sections_are_json_within_json(site: Classroom) -> None:
    state = json.loads(call(site, "core_courseformat_get_state", courseid=2))

    titles = [(section["number"], section["rawtitle"]) for section in state["section"]]
    assert titles[:2] == [(0, None), (1, "Module 1")]


def test_groups_and_their_members_are_listed(site: Classroom) -> None:
    (group,) = call(site, "core_group_get_course_groups", courseid=2)
    (members,) = call(site, "core_group_get_group_members", variables={"groupids[0]": group["id"]})

    assert group["name"] == "Group A"
    assert members["userids"] == [site.seeded.people["trainee1"], site.seeded.people["trainee2"]]


@pytest.mark.parametrize(
    ("function", "variables", "code"),
    [
        ("core_group_get_course_groups", {"courseid": "99"}, "errorcoursecontextnotvalid"),
        ("core_group_get_group_members", {"groupids[0]": "99"}, "invalidrecord"),
    ],
)
def test_what_is_not_there_is_an_error(site: Classroom, function: str, variables: dict[str, str], code: str) -> None:
    assert errorcode(call(site, function, variables=variables)) == code
