"""What is kept of a person in marks of one's own: those that they have, and those that they gave as a trainer."""

from flask_babel import lazy_gettext

from lti_tool.exercises.personal import with_work
from lti_tool.personal import Fate, Kept, SeenBy, Told, Whose, deleted, stays
from lti_tool.reviews.own_marks.tables import OwnMarkRow


def _theirs(whose: Whose) -> list[Told]:
    return with_work(OwnMarkRow, OwnMarkRow.person_id == whose.person_id)


def _given(whose: Whose) -> list[Told]:
    return with_work(OwnMarkRow, OwnMarkRow.reviewer_id == whose.person_id)


KEPT = (
    Kept(
        key="own_marks",
        title=lazy_gettext("Marks that you have instead of the group's, and why"),
        seen_by=SeenBy.TRAINERS_ALONE,
        tables=(OwnMarkRow,),
        find=_theirs,
        erase=deleted(OwnMarkRow.person_id),
        is_for_page=False,
    ),
    Kept(
        key="own_marks_given",
        title=lazy_gettext("Marks that you gave as a trainer to one person alone, and why"),
        seen_by=SeenBy.TRAINERS_ALONE,
        fate=Fate.NUMBER,
        tables=(OwnMarkRow,),
        find=_given,
        erase=stays,
        is_for_page=False,
    ),
)
