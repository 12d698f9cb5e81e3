"""What is kept of a person in reports, and in what trainers did to look after the community."""

from collections.abc import Sequence

from flask_babel import lazy_gettext

from lti_tool.community.caring.rules import TOLD
from lti_tool.community.caring.tables import DeedRow, ReportRow
from lti_tool.personal import Fate, Kept, Told, Whose, rows, stays, theirs


def _told(whose: Whose) -> Sequence[Told]:
    """Give what was done to a person's pieces as far as they are told, and what they did themselves."""
    to_theirs = rows(DeedRow, DeedRow.author_id == whose.person_id, DeedRow.deed.in_(TOLD))
    return [*to_theirs, *rows(DeedRow, DeedRow.by_id == whose.person_id, DeedRow.author_id != whose.person_id)]


KEPT = (
    Kept(
        key="reports",
        title=lazy_gettext("What you reported to the trainers"),
        seen_by=lazy_gettext("You, and the trainers of the course that it was written in."),
        fate=Fate.NUMBER,
        tables=(ReportRow,),
        find=theirs(ReportRow.reporter_id),
        erase=stays,
    ),
    Kept(
        key="deeds",
        title=lazy_gettext("What trainers did to what you wrote, and what you did as a trainer: hidden, locked, moved"),
        seen_by=lazy_gettext("You, and the trainers of the course that it was written in."),
        fate=Fate.NUMBER,
        tables=(DeedRow,),
        find=_told,
        erase=stays,
    ),
)
