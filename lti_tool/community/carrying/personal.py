"""What is kept of a person in what they brought to the community from their own canvas."""

from flask_babel import lazy_gettext
from sqlalchemy import delete

from lti_tool.community.carrying.tables import CarriedRow
from lti_tool.database import db
from lti_tool.exercises.personal import own, with_work
from lti_tool.personal import AS_IT_IS, Kept, SeenBy, Told, Whose


def _find(whose: Whose) -> list[Told]:
    return with_work(CarriedRow, CarriedRow.workspace_id.in_(own(whose)))


def _erase(whose: Whose) -> None:
    gone = delete(CarriedRow).where(CarriedRow.workspace_id.in_(own(whose)))
    db.session.execute(gone, execution_options=AS_IT_IS)


KEPT = (
    Kept(
        key="carried",
        title=lazy_gettext("Which of your posts came from an exercise of yours"),
        seen_by=SeenBy.COMMUNITY,
        tables=(CarriedRow,),
        find=_find,
        erase=_erase,
    ),
)
