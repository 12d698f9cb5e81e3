"""Rows found by their numbers, many at once: one question to the database for a whole batch."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.tables import Course, Enrolment, User
from lti_tool.demo.moodle.webservice.refusal import refuse, refuse_missing

Place = tuple[int, int]
"""A course and an account, by their numbers."""
Row = TypeVar("Row", User, Course)


def by_id(db: Session, table: type[Row], numbers: Iterable[int]) -> dict[int, Row]:
    """Find rows by their numbers; what isn't there is left out."""
    return {row.id: row for row in db.scalars(select(table).where(table.id.in_(set(numbers))))}


def enrolments_of(db: Session, courses: Iterable[int], users: Iterable[int]) -> dict[Place, Enrolment]:
    """Find who of these is in which of these courses."""
    query = select(Enrolment).where(Enrolment.course_id.in_(set(courses)), Enrolment.user_id.in_(set(users)))
    return {(row.course_id, row.user_id): row for row in db.scalars(query)}


def account_of(people: dict[int, User], number: int) -> User:
    """Pick an account, or refuse; deleted ones are gone."""
    return people[number] if number in people else refuse_missing("user")


def active_account_of(people: dict[int, User], number: int) -> User:
    """Pick an account that can be enrolled, or refuse; a suspended one can."""
    user = account_of(people, number)
    if user.username == "guest":
        refuse("guestsarenotallowed", "The guest user is not allowed to do this")
    return user
