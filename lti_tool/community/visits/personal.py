"""What is kept of a person's reading."""

from flask_babel import lazy_gettext

from lti_tool.community.visits.tables import ReadRow
from lti_tool.personal import Kept, SeenBy, deleted, theirs

KEPT = (
    Kept(
        key="read",
        title=lazy_gettext("How far you read each conversation"),
        seen_by=SeenBy.YOU,
        tables=(ReadRow,),
        find=theirs(ReadRow.person_id),
        erase=deleted(ReadRow.person_id),
    ),
)
