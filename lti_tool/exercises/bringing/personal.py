"""What is kept of a person in answers that were brought along from earlier exercises."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, or_

from lti_tool.database import db
from lti_tool.exercises.bringing.tables import AlongRow
from lti_tool.exercises.personal import own, with_work
from lti_tool.personal import AS_IT_IS, Fate, Kept, SeenBy, Told, Whose


def _find(whose: Whose) -> list[Told]:
    return with_work(AlongRow, AlongRow.author_id == whose.person_id, ~AlongRow.deleted)


def _erase(whose: Whose) -> None:
    """Delete what came to their own work, or stands beside a group's and came from their own."""
    gone = or_(AlongRow.workspace_id.in_(own(whose)), AlongRow.from_workspace_id.in_(own(whose)))
    db.session.execute(delete(AlongRow).where(gone), execution_options=AS_IT_IS)


KEPT = (
    Kept(
        key="brought_along",
        title=lazy_gettext("Answers that you brought along from one exercise to another"),
        seen_by=SeenBy.GROUP,
        fate=Fate.GROUPS,
        tables=(AlongRow,),
        find=_find,
        erase=_erase,
    ),
)
