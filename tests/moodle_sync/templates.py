"""A course that a trainer filled once in the miniature, with activities of the tool."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.tables import (
    SITE_COURSE,
    Activity,
    Course,
    CourseModule,
    Enrolment,
    GradeItem,
    LineItem,
    Section,
    page_order,
)
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import NAME_ACTIVITY, UPDATE_ACTIVITIES
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.miniature import Miniature

TEMPLATE = "TEMPLATE"


def make_template(miniature: Miniature, *sections: str) -> int:
    """Make a course with these sections, and in each an activity with parameters and a column; somebody is in it."""
    with miniature.site.session() as db:
        course = Course(
            shortname=TEMPLATE, fullname="Template", summary="<p>For trainers.</p>", lang="en", startdate=1_577_836_800
        )
        db.add(course)
        db.flush()
        assert course.id > SITE_COURSE
        db.add(Enrolment(course_id=course.id, user_id=2, role="editingteacher"))
        for place, name in enumerate(sections, 1):
            section = Section(course_id=course.id, position=place, name=name)
            db.add(section)
            db.flush()
            _add(db, section, f"Exercise {place}")
        return course.id


def add_activity(miniature: Miniature, section: str, name: str, shortname: str = TEMPLATE) -> None:
    """Put an activity of the tool at the end of a section."""
    query = select(Section).join(Course, Course.id == Section.course_id)
    with miniature.site.session() as db:
        _add(db, db.scalars(query.where(Course.shortname == shortname, Section.name == section)).one(), name)


def _add(db: Session, section: Section, name: str) -> None:
    activity = Activity(course_id=section.course_id, name=name, custom_parameters=f"exercise={name}")
    db.add(activity)
    db.flush()
    item = GradeItem(course_id=section.course_id, activity_id=activity.id, name=name, grade_max=100)
    place = {"course_id": section.course_id, "section_id": section.id}
    db.add_all([item, CourseModule(**place, kind="lti", instance=activity.id)])
    db.flush()
    db.add(LineItem(item_id=item.id, course_id=section.course_id, tool_id=1, activity_id=activity.id))


def change_template(miniature: Miniature) -> None:
    """Call an activity otherwise, hide two others, and put one before the other."""
    place = select(CourseModule).join(Course, Course.id == CourseModule.course_id).order_by(CourseModule.id)
    with miniature.site.session() as db:
        first, second, third = db.scalars(place.where(Course.shortname == TEMPLATE)).all()
        db.get_one(Activity, first.instance).name = "Another name"
        second.visible = third.visible = False
        third.section_id, third.place, second.place = second.section_id, 1, 2


def activities(miniature: Miniature, shortname: str) -> list[tuple[str, str, str]]:
    """List the activities of the tool in a course: section, name and parameters."""
    query = (
        select(Section.name, Activity.name, Activity.custom_parameters)
        .join(CourseModule, CourseModule.section_id == Section.id)
        .join(Activity, Activity.id == CourseModule.instance)
        .join(Course, Course.id == Section.course_id)
        .where(Course.shortname == shortname, CourseModule.kind == "lti")
        .order_by(Section.position, *page_order())
    )
    with miniature.site.session() as db:
        return [(section, name, custom) for section, name, custom in db.execute(query)]


def number_of(site: Administered, shortname: str, name: str) -> int:
    """Find an activity of the tool by its course and its name."""
    query = select(CourseModule.id).join(Activity, Activity.id == CourseModule.instance)
    query = query.join(Course, Course.id == CourseModule.course_id).where(CourseModule.kind == "lti")
    with site.miniature.site.session() as db:
        return db.scalars(query.where(Course.shortname == shortname, Activity.name == name)).one()


def call(site: Administered, shortname: str, name: str, new: str) -> None:
    """Call an activity otherwise, as whoever teaches does."""
    number = number_of(site, shortname, name)
    row: dict[str, Value] = {"component": "core_course", "itemtype": "activityname", "itemid": number, "value": new}
    site.miniature.client().call(NAME_ACTIVITY, **row)


def press(site: Administered, shortname: str, action: str, name: str, before: str = "") -> None:
    """Hide, show or move an activity, as whoever teaches does on the course's page."""
    with site.miniature.site.session() as db:
        course = db.scalars(select(Course.id).where(Course.shortname == shortname)).one()
    more: Mapping[str, Value] = {"targetcmid": number_of(site, shortname, before)} if before else {}
    number = number_of(site, shortname, name)
    site.miniature.client().call(UPDATE_ACTIVITIES, action=action, courseid=course, ids=[number], **more)


def shown(site: Administered, shortname: str) -> list[tuple[str, bool]]:
    """List the activities of the tool in a course, and whether they are shown."""
    query = select(Activity.name, CourseModule.visible).join(CourseModule, CourseModule.instance == Activity.id)
    query = query.join(Course, Course.id == CourseModule.course_id).where(CourseModule.kind == "lti")
    with site.miniature.site.session() as db:
        return sorted((name, visible) for name, visible in db.execute(query.where(Course.shortname == shortname)))
