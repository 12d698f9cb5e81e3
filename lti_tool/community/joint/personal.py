"""What is kept of a person in wishes to work on a need together."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, or_, select

from lti_tool.community.joint.tables import AskedRow, WishRow
from lti_tool.database import db
from lti_tool.personal import AS_IT_IS, Kept, Whose, theirs


def _erase(whose: Whose) -> None:
    asked_by_them = select(WishRow.id).where(WishRow.by_id == whose.person_id)
    for each in (
        delete(AskedRow).where(or_(AskedRow.person_id == whose.person_id, AskedRow.wish_id.in_(asked_by_them))),
        delete(WishRow).where(WishRow.by_id == whose.person_id),
    ):
        db.session.execute(each, execution_options=AS_IT_IS)


KEPT = (
    Kept(
        key="joint",
        title=lazy_gettext("Whom you asked to work on a need together, who asked you, and what you answered"),
        seen_by=lazy_gettext("You, those who were asked with you, and the trainers of the exercise's course."),
        tables=(WishRow, AskedRow),
        find=theirs(WishRow.by_id, AskedRow.person_id),
        erase=_erase,
    ),
)
