"""What takes away: places in courses, roles and memberships, over the wire."""

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.tables import Enrolment, Grade, GradeItem, GroupMember
from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import call, errorcode, roles_of, variables


def test_whoever_is_put_out_loses_everything_whatever_role_is_named(site: Classroom) -> None:
    person = site.seeded.people["trainee1"]
    with site.site.session() as db:
        item = GradeItem(course_id=2, activity_id=None, name="Needs", grade_max=10)
        db.add(item)
        db.flush()
        for user in (person, site.seeded.people["trainee2"]):
            db.add(Grade(item_id=item.id, user_id=user, final=5, maximum=10))
    rows = variables("enrolments", {"userid": person, "courseid": 2, "roleid": 3}, {"userid": 2, "courseid": 2})

    answer = call(site, "enrol_manual_unenrol_users", variables=rows)

    with site.site.session() as db:
        assert db.scalars(select(Enrolment).filter_by(user_id=person)).all() == []
        assert db.scalars(select(GroupMember).filter_by(user_id=person)).all() == []
        assert db.scalars(select(Grade.user_id)).all() == [site.seeded.people["trainee2"]]
        assert len(db.scalars(select(Enrolment)).all()) == 7
    assert answer is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"userid": 999}, "invaliduser"), ({"courseid": 99}, "invalidrecord"), ({"userid": 1}, "guestsarenotallowed")],
)
def test_one_wrong_row_and_nobody_is_put_out(site: Classroom, changes: dict[str, object], code: str) -> None:
    person = site.seeded.people["trainee1"]
    right = {"userid": person, "courseid": 2}

    answer = call(site, "enrol_manual_unenrol_users", variables=variables("enrolments", right, {**right, **changes}))

    assert errorcode(answer) == code
    assert roles_of(site, "trainee1") == ["student"]


def test_who_is_in_by_another_method_too_keeps_everything(site: Classroom) -> None:
    person = site.seeded.people["trainee1"]
    with site.site.session() as db:
        db.scalars(select(Enrolment).filter_by(user_id=person)).one().otherwise = True
    row = {"userid": person, "courseid": 2}
    call(site, "enrol_manual_enrol_users", variables=variables("enrolments", {**row, "roleid": 5, "suspend": 1}))
    active = variables("options", {"name": "onlyactive", "value": 1}, {"name": "userfields", "value": "id"})

    answer = call(site, "enrol_manual_unenrol_users", variables=variables("enrolments", row))

    inside = call(site, "core_enrol_get_enrolled_users", courseid=2, variables=active)
    (members,) = call(site, "core_group_get_group_members", variables={"groupids[0]": 1})
    assert answer is None
    assert person in [user["id"] for user in inside]
    assert person in members["userids"]
    assert roles_of(site, "trainee1") == ["student"]


def test_whose_last_role_is_taken_stays_in_the_course(site: Classroom) -> None:
    person = site.seeded.people["trainee1"]
    row = {"roleid": 5, "userid": person, "contextlevel": "course", "instanceid": 2}

    for _ in range(2):
        assert call(site, "core_role_unassign_roles", variables=variables("unassignments", row)) is None

    assert roles_of(site, "trainee1") == []
    with site.site.session() as db:
        assert db.scalars(select(Enrolment).filter_by(user_id=person)).one().role == ""


def test_a_role_is_changed_by_one_more_and_one_less(site: Classroom) -> None:
    row = {"userid": site.seeded.people["trainee1"], "contextlevel": "course", "instanceid": 2}

    call(site, "core_role_assign_roles", variables=variables("assignments", {**row, "roleid": 4}))
    between = roles_of(site, "trainee1")
    call(site, "core_role_unassign_roles", variables=variables("unassignments", {**row, "roleid": 5}))

    assert between == ["teacher", "student"]
    assert roles_of(site, "trainee1") == ["teacher"]


def test_members_leave_a_group_and_who_was_not_in_is_no_error(site: Classroom) -> None:
    rows = [{"groupid": 1, "userid": site.seeded.people[name]} for name in ("trainee1", "trainee3")]

    answer = call(site, "core_group_delete_group_members", variables=variables("members", *rows))

    (members,) = call(site, "core_group_get_group_members", variables={"groupids[0]": 1})
    assert answer is None
    assert members["userids"] == [site.seeded.people["trainee2"]]
