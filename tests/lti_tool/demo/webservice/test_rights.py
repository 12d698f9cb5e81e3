"""What a token may whose account is no administrator: what its rights say, asked for by name."""

from typing import Any

import pytest

from lti_tool.demo.moodle.tables import User
from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import (
    ANA,
    call,
    cohort,
    course,
    enrolment,
    errorcode,
    give_token,
    roles_of,
    variables,
)

HELPER = "h" * 32
REST = "webservice/rest:use"
VIEW = "moodle/course:view"
TRAINER_BY_ID = {"field": "id", "variables": {"values[0]": 3}}


@pytest.fixture
def site(empty_classroom: Classroom) -> Classroom:
    """Give a course with people, the administrator's token, and one of somebody who isn't in the course."""
    with empty_classroom.site.session() as db:
        helper = User(username="helper", firstname="A", lastname="Helper", email="helper@example.org")
        db.add(helper)
        db.flush()
        number = helper.id
    give_token(empty_classroom)
    give_token(empty_classroom, HELPER, user_id=number)
    return empty_classroom


def allow(site: Classroom, *rights: str, assigns: str = "") -> None:
    with site.site.session() as db:
        helper = db.query(User).filter_by(username="helper").one()
        helper.rights, helper.assigns = "\n".join([REST, *rights]), assigns


def ask(site: Classroom, function: str, **arguments: object) -> Any:
    return call(site, function, HELPER, **arguments)


def test_without_the_right_to_use_rest_nothing_is_answered(site: Classroom) -> None:
    with site.site.session() as db:
        db.query(User).filter_by(username="helper").one().rights = VIEW

    assert errorcode(ask(site, "core_webservice_get_site_info")) == "accessexception"


def test_a_course_is_closed_to_who_may_not_view_it(site: Classroom) -> None:
    calls: dict[str, dict[str, object]] = {
        "core_courseformat_get_state": {"courseid": 2},
        "core_group_get_course_groups": {"courseid": 2},
        "core_enrol_get_enrolled_users": {"courseid": 2},
        "enrol_manual_enrol_users": enrolment(site),
    }

    codes = [errorcode(ask(site, function, variables=arguments)) for function, arguments in calls.items()]

    assert codes == ["requireloginerror", *["errorcoursecontextnotvalid"] * 2, "requireloginerror"]


@pytest.mark.parametrize(
    ("function", "arguments", "right"),
    [
        ("core_user_create_users", ANA, "moodle/user:create"),
        ("core_user_update_users", {"users[0][id]": 4, "users[0][lastname]": "X"}, "moodle/user:update"),
        ("core_course_create_courses", course(), "moodle/course:create"),
        ("core_course_create_categories", {"categories[0][name]": "A"}, "moodle/category:manage"),
        ("core_courseformat_update_course", {"action": "section_add", "courseid": 2}, "moodle/course:update"),
        ("core_enrol_get_enrolled_users", {"courseid": 2}, "moodle/course:viewparticipants"),
        ("core_group_get_course_groups", {"courseid": 2}, "moodle/course:managegroups"),
        ("core_cohort_get_cohort_members", {"cohortids[0]": 1}, "moodle/cohort:view"),
        ("core_cohort_create_cohorts", variables("cohorts", cohort(9)), "moodle/cohort:manage"),
    ],
)
def test_each_function_asks_for_its_own_right(
    site: Classroom, function: str, arguments: dict[str, object], right: str
) -> None:
    call(site, "core_cohort_create_cohorts", variables=variables("cohorts", cohort(1)))
    allow(site, VIEW)
    refused = errorcode(ask(site, function, variables=arguments))
    allow(site, VIEW, right)
    answer = ask(site, function, variables=arguments)

    assert refused == "nopermissions"
    assert "errorcode" not in answer


def test_a_refusal_has_the_rights_title_and_not_its_name(site: Classroom) -> None:
    answer = ask(site, "core_user_create_users", variables=ANA)

    assert "moodle/user:create" not in answer["message"]


def test_roles_are_given_by_those_who_may_give_them(site: Classroom) -> None:
    allow(site, VIEW, "enrol/manual:enrol", "moodle/role:assign")
    refused = errorcode(ask(site, "enrol_manual_enrol_users", variables=enrolment(site, roleid=4)))
    allow(site, VIEW, "enrol/manual:enrol", "moodle/role:assign", assigns="teacher")
    answer = ask(site, "enrol_manual_enrol_users", variables=enrolment(site, roleid=4))

    assert (refused, answer) == ("wsusercannotassign", None)
    assert roles_of(site, "trainee1") == ["teacher", "student"]


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        ((), None),
        (("moodle/user:viewdetails",), {"fullname": "Trainer One", "suspended": False}),
        (
            ("moodle/user:viewdetails", "moodle/user:viewalldetails", "moodle/site:viewuseridentity"),
            {"username": "trainer", "email": "trainer@example.org", "idnumber": "person-trainer", "auth": "manual"},
        ),
    ],
)
def test_of_others_only_so_much_is_told(
    site: Classroom, rights: tuple[str, ...], told: dict[str, object] | None
) -> None:
    allow(site, *rights)

    found = ask(site, "core_user_get_users_by_field", **TRAINER_BY_ID)

    if told is None:
        assert found == []
    else:
        assert told.items() <= found[0].items()
        assert ("username" in found[0]) == ("username" in told)


def test_somebody_may_be_found_by_number_and_not_by_name(site: Classroom) -> None:
    allow(site, "moodle/user:viewdetails")

    found = ask(site, "core_user_get_users_by_field", field="username", variables={"values[0]": "trainer"})

    assert found == []


def test_suspended_people_are_listed_to_those_who_may_not_see_them_in_pages(site: Classroom) -> None:
    call(site, "enrol_manual_enrol_users", variables=enrolment(site, suspend=1))
    allow(site, VIEW, "moodle/course:viewparticipants", "moodle/user:viewdetails")
    active = variables("options", {"name": "onlyactive", "value": 1})

    listed = ask(site, "core_enrol_get_enrolled_users", courseid=2)
    refused = ask(site, "core_enrol_get_enrolled_users", courseid=2, variables=active)

    assert site.seeded.people["trainee1"] in [user["id"] for user in listed]
    assert errorcode(refused) == "nopermissions"


def test_who_is_hidden_from_a_token_looks_absent_and_is_there(site: Classroom) -> None:
    give_token(site, hidden="trainer\ntrainee1")

    by_name = call(site, "core_user_get_users_by_field", field="username", variables={"values[0]": "trainer"})
    inside = call(site, "core_enrol_get_enrolled_users", courseid=2)
    again = {**ANA, "users[0][username]": "trainer"}

    assert by_name == []
    assert [user["username"] for user in inside] == [
        "trainer2",
        "trainee2",
        "trainee3",
        "trainee4",
        "trainee5",
        "trainee6",
    ]
    assert errorcode(call(site, "core_user_create_users", variables=again)) == "invalidparameter"


def test_the_limit_counts_before_those_who_are_hidden_are_left_out(site: Classroom) -> None:
    give_token(site, hidden="trainer\ntrainee1")
    options = variables("options", {"name": "limitnumber", "value": 3}, {"name": "userfields", "value": "username"})

    first = call(site, "core_enrol_get_enrolled_users", courseid=2, variables=options)

    assert [user["username"] for user in first] == ["trainer2"]


def test_only_administrators_change_administrators(site: Classroom) -> None:
    allow(site, "moodle/user:update")

    answer = ask(site, "core_user_update_users", variables={"users[0][id]": 2, "users[0][lastname]": "X"})

    assert [warning["warningcode"] for warning in answer["warnings"]] == ["usernotupdatedadmin"]


def test_a_courses_idnumber_is_told_to_those_who_may_change_it(site: Classroom) -> None:
    def found() -> dict[str, object]:
        (course,) = ask(site, "core_course_get_courses_by_field", field="idnumber", value="medtown-tot")["courses"]
        return dict(course)

    without = found()
    allow(site, "moodle/course:update")

    assert "idnumber" not in without
    assert found()["idnumber"] == "medtown-tot"


def test_a_courses_names_are_changed_by_right(site: Classroom) -> None:
    allow(site, VIEW, "moodle/course:update", "moodle/course:changeshortname")
    rows = [{"id": 2, "fullname": "Changed"}, {"id": 2, "shortname": "CHANGED"}, {"id": 99, "shortname": "X"}]

    answer = ask(site, "core_course_update_courses", variables=variables("courses", *rows))

    assert [warning["warningcode"] for warning in answer["warnings"]] == ["nopermissions", "invalidrecord"]
