"""What units keep of a person: what they answer for themselves."""

from flask_babel import lazy_gettext

from lti_tool.learning.tables import OwnAnswerRow
from lti_tool.personal import Kept, SeenBy, Until, deleted, theirs

KEPT = (
    Kept(
        key="own_answers",
        title=lazy_gettext("What you answer to questions in units, for yourself"),
        seen_by=SeenBy.YOU,
        until=Until.CHANGED,
        tables=(OwnAnswerRow,),
        find=theirs(OwnAnswerRow.person_id),
        erase=deleted(OwnAnswerRow.person_id),
    ),
)
