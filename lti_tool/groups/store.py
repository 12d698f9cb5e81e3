"""Reads and writes of a course's groups."""

from sqlalchemy import func, select

from lti_tool.database import INSERTS, db
from lti_tool.groups.rules import Group
from lti_tool.groups.tables import GroupRow


def find(course_id: int, group_id: int) -> Group | None:
    """Give a group of a course; of any other course there is none."""
    row = db.session.scalar(select(GroupRow).filter_by(course_id=course_id, id=group_id))
    return group_of(row) if row else None


def met(course_id: int, platform_id: str) -> Group:
    """Give one of the platform's groups, which is kept when somebody first comes who is in it."""
    known = select(GroupRow).filter_by(course_id=course_id, platform_id=platform_id)
    if (row := db.session.scalar(known)) is None:
        _add(course_id, platform_id)
        row = db.session.scalars(known).one()
    return group_of(row)


def _add(course_id: int, platform_id: str) -> None:
    """Add a group unless somebody just did; whoever takes the same number at the same time makes us try again."""
    insert = INSERTS[db.engine.dialect.name](GroupRow)
    number = select(func.coalesce(func.max(GroupRow.number), 0) + 1).filter_by(course_id=course_id).scalar_subquery()
    added = insert.values(course_id=course_id, platform_id=platform_id, number=number).on_conflict_do_nothing()
    is_known = select(GroupRow.id).filter_by(course_id=course_id, platform_id=platform_id)
    while db.session.scalar(is_known) is None:
        db.session.execute(added)


def group_of(row: GroupRow) -> Group:
    """Take a group out of its row."""
    return Group(id=row.id, number=row.number, name=row.name, platform_id=row.platform_id)
