"""People come into courses, roles and groups, and are welcomed by mail."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.settings import Welcome
from lti_tool.demo.moodle.tables import Course, Enrolment, User
from lti_tool.demo.moodle.webservice.tables import Mail
from tests.lti_tool.demo.classroom import NOON, Classroom
from tests.lti_tool.demo.webservice.calling import INVALID, call, course, enrolment, errorcode, variables


def test_enrolling_again_mails_again_and_wipes_the_dates(site: Classroom) -> None:
    dated = call(
        site, "enrol_manual_enrol_users", variables=enrolment(site, timestart=NOON, timeend=NOON + 9, suspend=1)
    )
    call(site, "enrol_manual_enrol_users", variables=enrolment(site))

    with site.site.session() as db:
        row = db.scalars(select(Enrolment).filter_by(user_id=site.seeded.people["trainee1"])).one()
        mails = db.scalars(select(Mail.subject)).all()
    assert dated is None
    assert (row.time_start, row.time_end, row.suspended) == (0, 0, False)
    assert mails == ["Welcome to MedTOWN: training of trainers"] * 2
    assert '<span id="mail-count">2</span>' in site.walk_in("admin").get("/admin/mails.php").text


@pytest.mark.parametrize(
    ("welcome", "mailed"),
    [
        (Welcome.NO_REPLY, ["trainer", "trainee1", "trainer"]),
        (Welcome.CONTACT, ["trainee1", "trainer"]),
        (Welcome.NOBODY, []),
    ],
)
def test_a_course_welcomes_in_somebodys_name_or_not_at_all(
    site: Classroom, welcome: Welcome, mailed: list[str]
) -> None:
    site.site.settings = replace(site.site.settings, welcome=welcome)
    (made,) = call(site, "core_course_create_courses", variables=course())
    people = site.seeded.people

    for name, role in (("trainer", 3), ("trainee1", 5), ("trainer", 3)):
        given = enrolment(site, userid=people[name], roleid=role, courseid=made["id"])
        call(site, "enrol_manual_enrol_users", variables=given)

    with site.site.session() as db:
        mails = db.scalars(select(User.username).join(Mail, Mail.user_id == User.id).order_by(Mail.id)).all()
    assert mails == mailed


def test_a_role_is_added_beside_the_others_and_nobody_is_mailed(site: Classroom) -> None:
    person = site.seeded.people["trainee1"]
    given = {"roleid": 4, "userid": person, "contextlevel": "course", "instanceid": 2}

    call(site, "core_role_assign_roles", variables=variables("assignments", given))

    with site.site.session() as db:
        assert db.scalars(select(Enrolment).filter_by(user_id=person)).one().roles == ["student", "teacher"]
        assert db.scalars(select(Mail)).all() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"roleid": 99}, "invalidparameter"),
        ({"userid": 999}, "codingerror"),
        ({"contextlevel": "system"}, "invalidparameter"),
        ({"instanceid": 99}, "invalidparameter"),
    ],
)
def test_a_role_is_one_of_the_sites_for_somebody_who_is_there(
    site: Classroom, changes: dict[str, object], code: str
) -> None:
    given = {
        "roleid": 4,
        "userid": site.seeded.people["trainee1"],
        "contextlevel": "course",
        "instanceid": 2,
        **changes,
    }

    answer = call(site, "core_role_assign_roles", variables=variables("assignments", given))

    assert errorcode(answer) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"roleid": 99}, "wsusercannotassign"),
        ({"userid": 999}, "invaliduser"),
        ({"userid": 1}, "guestsarenotallowed"),
        ({"courseid": 99}, "invalidparameter"),
    ],
)
def test_nobody_is_enrolled_wrongly(site: Classroom, changes: dict[str, object], code: str) -> None:
    assert errorcode(call(site, "enrol_manual_enrol_users", variables=enrolment(site, **changes))) == code


def test_without_the_method_nobody_is_enrolled(site: Classroom) -> None:
    with site.site.session() as db:
        db.get_one(Course, 2).manual_enrolment = False

    assert errorcode(call(site, "enrol_manual_enrol_users", variables=enrolment(site))) == "wsnoinstance"
    (found,) = call(site, "core_course_get_courses_by_field", field="id", value="2")["courses"]
    assert found["enrollmentmethods"] == []


def test_a_group_has_a_name_of_its_own_and_members_of_its_course(site: Classroom) -> None:
    def create(name: str) -> Any:
        given = {"courseid": 2, "name": name, "description": ""}
        return call(site, "core_group_create_groups", variables=variables("groups", given))

    def add(user: int) -> Any:
        given = {"groupid": made["id"], "userid": user}
        return call(site, "core_group_add_group_members", variables=variables("members", given))

    (made,) = create("Group B")

    assert (create("Group A"), create(" "), add(2)) == (INVALID, INVALID, INVALID)
    assert errorcode(add(999)) == "invaliduser"
    assert (add(site.seeded.people["trainee1"]), add(site.seeded.people["trainee1"])) == (None, None)
