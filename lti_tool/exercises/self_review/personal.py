"""What is kept of a person in what they say of their own work."""

from flask_babel import lazy_gettext
from sqlalchemy import Select, delete, or_, select

from lti_tool.database import db
from lti_tool.exercises.personal import own, with_work
from lti_tool.exercises.self_review.tables import HandedInRow, SelfReviewRow
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.personal import AS_IT_IS, Fate, Kept, SeenBy, Told, Until, Whose, rows


def _find(whose: Whose) -> list[Told]:
    said = or_(SelfReviewRow.workspace_id.in_(own(whose)), SelfReviewRow.changed_by == whose.person_id)
    handed_in = or_(HandedInRow.submission_id.in_(_own_submissions(whose)), HandedInRow.said_by == whose.person_id)
    return [*with_work(SelfReviewRow, said), *rows(HandedInRow, handed_in)]


def _erase(whose: Whose) -> None:
    for each in (
        delete(SelfReviewRow).where(SelfReviewRow.workspace_id.in_(own(whose))),
        delete(HandedInRow).where(HandedInRow.submission_id.in_(_own_submissions(whose))),
    ):
        db.session.execute(each, execution_options=AS_IT_IS)


def _own_submissions(whose: Whose) -> Select[int]:
    return select(SubmissionRow.id).where(SubmissionRow.workspace_id.in_(own(whose)))


KEPT = (
    Kept(
        key="self_reviews",
        title=lazy_gettext("What you say of your own work"),
        seen_by=SeenBy.GROUP,
        until=Until.CHANGED,
        fate=Fate.GROUPS,
        tables=(SelfReviewRow, HandedInRow),
        find=_find,
        erase=_erase,
    ),
)
