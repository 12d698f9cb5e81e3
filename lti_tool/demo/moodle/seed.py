"""Fills an empty site with a course and its people, for tests and for a first look."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import ADMIN, Course, CourseModule, Enrolment, Group, GroupMember, Section, User

SECTIONS = ("Module 1", "Module 2", "Module 3", "Module 4", "Module 5")
TRAINERS = (
    ("trainer", "Trainer", "One", "en", "Europe/Madrid", "editingteacher"),
    ("trainer2", "Trainer", "Two", "es", "99", "teacher"),
)
TRAINEES = (
    ("trainee1", "Trainee", "One", "en", "99", "student"),
    ("trainee2", "Trainee", "Two", "es", "Europe/Madrid", "student"),
    ("trainee3", "Trainee", "Three", "pt", "Europe/Lisbon", "student"),
    ("trainee4", "Trainee", "Four", "el", "Europe/Athens", "student"),
    ("trainee5", "Trainee", "Five", "ar", "Asia/Amman", "student"),
    ("trainee6", "Trainee", "Six", "fr", "Africa/Tunis", "student"),
)
GROUPED = ("trainee1", "trainee2")


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made: ids by name."""

    course: int
    sections: tuple[int, ...]
    people: dict[str, int]
    """By username; the administrator is among them."""
    group: int


def seed(site: Site, sections: Sequence[str] = SECTIONS) -> Seeded:
    """Make the course with its sections, trainers and trainees in several languages."""
    with site.session() as db:
        course = Course(shortname="MEDTOWN", fullname="MedTOWN: training of trainers", idnumber="medtown-tot")
        db.add(course)
        db.flush()
        rows = [Section(course_id=course.id, position=place, name=name) for place, name in enumerate(sections, 1)]
        db.add_all(rows)
        db.flush()
        _add_forum(db, course.id, rows[0].id)
        people = {person[0]: _enrol(db, course.id, person) for person in TRAINERS + TRAINEES}
        group = _group(db, course.id, [people[name] for name in GROUPED])
    return Seeded(course.id, tuple(row.id for row in rows), {"admin": ADMIN, **people}, group)


def _add_forum(db: Session, course_id: int, section_id: int) -> None:
    """Add what every Moodle course has, so that module ids and activity ids differ from the start."""
    db.add(CourseModule(course_id=course_id, section_id=section_id, kind="forum", instance=1))


def _enrol(db: Session, course_id: int, person: tuple[str, str, str, str, str, str]) -> int:
    username, firstname, lastname, lang, timezone, role = person
    user = User(
        username=username,
        firstname=firstname,
        lastname=lastname,
        email=f"{username}@example.org",
        lang=lang,
        timezone=timezone,
        idnumber=f"person-{username}",
    )
    db.add(user)
    db.flush()
    db.add(Enrolment(course_id=course_id, user_id=user.id, role=role))
    return user.id


def _group(db: Session, course_id: int, members: list[int]) -> int:
    group = Group(course_id=course_id, name="Group A")
    db.add(group)
    db.flush()
    db.add_all([GroupMember(group_id=group.id, user_id=member) for member in members])
    return group.id
