"""What is kept of a person in what came of needs."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from sqlalchemy import and_, select

from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.personal import written
from lti_tool.community.tables import PostRow
from lti_tool.database import db
from lti_tool.personal import Fate, Kept, SeenBy, Told, Whose, stays

LATER = ("held", "held_text", "held_language", "held_at")
"""What the need's author said a while later, whoever wrote the outcome."""


def _find(whose: Whose) -> Sequence[Told]:
    wrote = [{name: said for name, said in row.items() if name not in LATER} for row in written(OutcomeRow)(whose)]
    return [*wrote, *_said_later(whose)]


def _said_later(whose: Whose) -> Sequence[Told]:
    is_under = and_(PostRow.community_id == OutcomeRow.community_id, PostRow.id == OutcomeRow.post_id)
    query = select(OutcomeRow).join(PostRow, is_under)
    found = query.where(PostRow.author_id == whose.person_id, OutcomeRow.held_at.is_not(None)).order_by(OutcomeRow.id)
    return [_later(row) for row in db.session.scalars(found)]


def _later(row: OutcomeRow) -> Told:
    said = {name: getattr(row, name) for name in LATER}
    return {"table": row.__tablename__, "id": row.id, **said, "held_at": row.held_at and row.held_at.isoformat()}


KEPT = (
    Kept(
        key="outcomes",
        title=lazy_gettext("What you said came of a need"),
        seen_by=SeenBy.COMMUNITY,
        fate=Fate.THREADS,
        tables=(OutcomeRow,),
        find=_find,
        erase=stays,
    ),
)
