"""Reads and writes of the names that people chose."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lti_tool.database import db
from lti_tool.lti.launch.session import Session
from lti_tool.lti.tables import CourseRow, PersonRow
from lti_tool.naming import rules
from lti_tool.roster.tables import MemberRow


def choose(session: Session, name: str) -> bool:
    """Call somebody by a name from now on, in a transaction of its own; tell whether nobody else is called so."""
    if rules.is_taken(name, _others(session)):
        return False
    person = db.session.get_one(PersonRow, session.person_id)
    person.chosen_name, person.chosen_key = name, rules.key(name)
    try:
        db.session.commit()
    except IntegrityError:  # somebody took it at this moment
        db.session.rollback()
        return False
    return True


def remove(session: Session) -> None:
    """Call somebody by their number again, in a transaction of its own."""
    person = db.session.get_one(PersonRow, session.person_id)
    person.chosen_name = person.chosen_key = None
    db.session.commit()


def _others(session: Session) -> Iterator[str]:
    """Give the names of all others of the site, since its community is one: said by Moodle, or chosen."""
    others = (PersonRow.site_id == session.site_id, PersonRow.id != session.person_id)
    for name, chosen in db.session.execute(select(PersonRow.name, PersonRow.chosen_name).where(*others)):
        yield from filter(None, (name, chosen))
    listed = select(MemberRow.name).join(CourseRow, CourseRow.id == MemberRow.course_id)
    yield from filter(None, db.session.scalars(listed.where(CourseRow.site_id == session.site_id)))
