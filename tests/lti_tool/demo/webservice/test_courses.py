"""Courses, their sections and categories are made, named, changed and copied."""

from typing import Any

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.placing import Column
from lti_tool.demo.moodle.tables import Activity, Course, Enrolment, GradeItem, LineItem, Section
from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import INVALID, call, course, errorcode, give_token, variables


def test_a_new_course_has_sections_without_names_that_can_be_named(site: Classroom) -> None:
    (made,) = call(site, "core_course_create_courses", variables=course())
    with site.site.session() as db:
        first = db.scalars(select(Section.id).filter_by(course_id=made["id"])).first()
    named: dict[str, Any] = {
        "component": "format_topics",
        "itemtype": "sectionname",
        "itemid": first,
        "value": "Needs & more",
    }

    answer = call(site, "core_update_inplace_editable", **named)
    call(site, "core_courseformat_update_course", action="section_add", courseid=made["id"])

    page = site.walk_in("admin").get(f"/course/view.php?id={made['id']}").text
    assert answer["displayvalue"] == "Needs &amp; more"
    assert page.count(">Needs &amp; more<") == 1
    assert page.count(">New section<") == 2


@pytest.mark.parametrize(
    "changes", [{"itemtype": "title"}, {"component": "format_weeks"}, {"itemid": "x"}, {"itemid": "999"}]
)
def test_only_sections_can_be_named_and_in_their_format(site: Classroom, changes: dict[str, object]) -> None:
    named: dict[str, Any] = {"component": "format_topics", "itemtype": "sectionname", "itemid": 1, "value": "Needs"}

    assert call(site, "core_update_inplace_editable", **{**named, **changes}) == INVALID


def test_a_course_has_so_many_sections_and_no_more(site: Classroom) -> None:
    call(site, "core_course_create_courses", variables=course(numsections=52))

    answer = call(site, "core_courseformat_update_course", action="section_add", courseid=3)

    assert errorcode(answer) == "maxsectionslimit"
    assert errorcode(call(site, "core_courseformat_update_course", action="x", courseid=3)) == "invalidaction"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"shortname": "MEDTOWN"}, "shortnametaken"),
        ({"idnumber": "medtown-tot"}, "courseidnumbertaken"),
        ({"categoryid": 99}, "errorcatcontextnotvalid"),
    ],
)
def test_a_course_needs_a_category_and_names_of_its_own(site: Classroom, changes: dict[str, object], code: str) -> None:
    assert errorcode(call(site, "core_course_create_courses", variables=course(**changes))) == code


def test_a_category_needs_a_parent_and_an_idnumber_of_its_own(site: Classroom) -> None:
    given = {"categories[0][name]": "A", "categories[0][idnumber]": "a"}
    call(site, "core_course_create_categories", variables=given)

    again = call(site, "core_course_create_categories", variables=given)
    lost = call(site, "core_course_create_categories", variables={**given, "categories[0][parent]": "99"})

    assert (errorcode(again), errorcode(lost)) == ("categoryidnumbertaken", "unknowcategory")


def test_courses_are_changed_row_by_row(site: Classroom) -> None:
    call(site, "core_course_create_courses", variables=course())
    rows: list[dict[str, object]] = [{"id": 2, "fullname": "Renamed"}, {"id": 3, "shortname": "MEDTOWN"}]

    warnings = call(site, "core_course_update_courses", variables=variables("courses", *rows))["warnings"]

    assert [(warning["itemid"], warning["warningcode"]) for warning in warnings] == [(3, "shortnametaken")]
    with site.site.session() as db:
        assert db.get_one(Course, 2).fullname == "Renamed"


def test_a_copy_has_the_courses_activities_with_their_parameters_and_columns(classroom: Classroom) -> None:
    give_token(classroom)
    classroom.place(Column(maximum=50, resource_id="exercise/needs-matrix", tag="exercise"))
    names = {"fullname": "A copy", "shortname": "copy", "categoryid": "1"}

    copy = call(classroom, "core_course_duplicate_course", courseid="2", **names)

    assert copy["shortname"] == "copy"
    with classroom.site.session() as db:
        first, second = db.scalars(select(Activity).order_by(Activity.id))
        assert db.get_one(Course, copy["id"]).original_id == 2
        assert (second.course_id, second.custom_parameters) == (copy["id"], first.custom_parameters)
        item = db.scalars(select(GradeItem).filter_by(activity_id=second.id)).one()
        line = db.get_one(LineItem, item.id)
        assert (item.grade_max, line.resource_id, line.activity_id) == (50, "exercise/needs-matrix", second.id)
        assert db.scalars(select(Enrolment).filter_by(course_id=copy["id"])).all() == []


def test_only_administrators_copy_courses(site: Classroom) -> None:
    give_token(site, user_id=site.seeded.people["trainer"])
    names = {"fullname": "A copy", "shortname": "copy", "categoryid": "1"}

    answer = call(site, "core_course_duplicate_course", courseid="2", **names)

    assert errorcode(answer) == "nopermissions"
