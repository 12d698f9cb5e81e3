"""What rosters tell of a person, who need never have been here."""

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, and_, delete, select

from lti_tool.database import db
from lti_tool.lti.tables import CourseRow
from lti_tool.personal import AS_IT_IS, Kept, SeenBy, Told, Whose, rows
from lti_tool.roster.tables import ExemptionRow, MemberRow


def _of(table: type[MemberRow] | type[ExemptionRow], whose: Whose) -> ColumnElement[bool]:
    of_site = select(CourseRow.id).where(CourseRow.site_id == whose.site_id)
    return and_(table.course_id.in_(of_site), table.sub == whose.sub)


def _find(whose: Whose) -> list[Told]:
    return [row for table in (MemberRow, ExemptionRow) for row in rows(table, _of(table, whose))]


def _erase(whose: Whose) -> None:
    for table in (MemberRow, ExemptionRow):
        db.session.execute(delete(table).where(_of(table, whose)), execution_options=AS_IT_IS)


KEPT = (
    Kept(
        key="rosters",
        title=lazy_gettext("Your place in the list of a course's participants, as Moodle gave it"),
        seen_by=SeenBy.TRAINERS,
        until=lazy_gettext("Until Moodle no longer names you in it."),
        fate=lazy_gettext("It is deleted, and comes back while Moodle still names you in the course."),
        tables=(MemberRow, ExemptionRow),
        find=_find,
        erase=_erase,
    ),
)
