"""What is kept of a person in what trainers answer to work, and in what they answer themselves."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, delete, or_, select

from lti_tool.database import db
from lti_tool.exercises.personal import own, with_work
from lti_tool.exercises.tables import CreditRow
from lti_tool.lti.launch.session import name_of
from lti_tool.lti.tables import PersonRow
from lti_tool.personal import AS_IT_IS, Fate, Kept, SeenBy, Told, Whose, rows, stays
from lti_tool.reviews.tables import CommentRow, DraftRow, FeedbackReplyRow, FeedbackRow, LevelRow, ReviewRow

OF_FEEDBACK = (CommentRow, LevelRow, FeedbackReplyRow)


def _received(whose: Whose) -> Sequence[Told]:
    """Give what was said of their work, and of what they got credit for with others; a mark stands in Moodle."""
    credited = select(CreditRow.submission_id).where(CreditRow.person_id == whose.person_id)
    mine = or_(FeedbackRow.workspace_id.in_(own(whose)), FeedbackRow.submission_id.in_(credited))
    return [{**row, **_around(row["id"])} for row in with_work(FeedbackRow, mine)]


def _around(feedback_id: int) -> Told:
    by = select(PersonRow).join(FeedbackRow, FeedbackRow.reviewer_id == PersonRow.id)
    trainer = db.session.scalars(by.where(FeedbackRow.id == feedback_id)).one()
    said = {table.__tablename__: rows(table, table.feedback_id == feedback_id) for table in OF_FEEDBACK}
    return {"by": name_of(trainer), **said}


def _erase_received(whose: Whose) -> None:
    its = select(FeedbackRow.id).where(FeedbackRow.workspace_id.in_(own(whose)))
    gone = [delete(table).where(table.feedback_id.in_(its)) for table in OF_FEEDBACK]
    gone += [delete(table).where(table.workspace_id.in_(own(whose))) for table in (FeedbackRow, DraftRow)]
    for each in gone:
        db.session.execute(each, execution_options=AS_IT_IS)


def _marks(whose: Whose) -> Sequence[Told]:
    return with_work(ReviewRow, ReviewRow.workspace_id.in_(own(whose)))


def _erase_marks(whose: Whose) -> None:
    db.session.execute(delete(ReviewRow).where(ReviewRow.workspace_id.in_(own(whose))), execution_options=AS_IT_IS)


def _given(whose: Whose) -> Sequence[Told]:
    """Give what somebody said as a trainer, and what they answered to what was said of a group's work."""
    said: list[ColumnElement[bool]] = [
        FeedbackRow.reviewer_id == whose.person_id,
        ReviewRow.reviewer_id == whose.person_id,
        DraftRow.changed_by == whose.person_id,
    ]
    by_table = zip((FeedbackRow, ReviewRow, DraftRow), said, strict=True)
    given = [row for table, which in by_table for row in with_work(table, which)]
    comments = select(FeedbackRow.id).where(FeedbackRow.reviewer_id == whose.person_id)
    return [
        *given,
        *(row for table in (CommentRow, LevelRow) for row in rows(table, table.feedback_id.in_(comments))),
        *rows(FeedbackReplyRow, FeedbackReplyRow.author_id == whose.person_id),
    ]


KEPT = (
    Kept(
        key="marks",
        title=lazy_gettext("The marks that trainers gave to your work"),
        seen_by=SeenBy.TRAINERS_ALONE,
        tables=(ReviewRow,),
        find=_marks,
        erase=_erase_marks,
        is_for_page=False,
    ),
    Kept(
        key="feedback",
        title=lazy_gettext("What trainers answered to your work"),
        seen_by=SeenBy.GROUP,
        fate=Fate.GROUPS,
        tables=(FeedbackRow, CommentRow, LevelRow, FeedbackReplyRow, DraftRow),
        find=_received,
        erase=_erase_received,
    ),
    Kept(
        key="feedback_given",
        title=lazy_gettext("What you answered to a trainer, or as a trainer to others' work"),
        seen_by=SeenBy.GROUP,
        fate=Fate.NUMBER,
        tables=(FeedbackRow, ReviewRow, DraftRow, FeedbackReplyRow),
        find=_given,
        erase=stays,
    ),
)
