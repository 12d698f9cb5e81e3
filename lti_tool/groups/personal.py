"""What groups keep of a person: in which of those that were made here they are."""

from flask_babel import lazy_gettext

from lti_tool.groups.tables import MemberRow
from lti_tool.personal import Kept, SeenBy, deleted, theirs

KEPT = (
    Kept(
        key="groups",
        title=lazy_gettext("The groups that trainers put you in"),
        seen_by=SeenBy.GROUP,
        tables=(MemberRow,),
        find=theirs(MemberRow.person_id),
        erase=deleted(MemberRow.person_id),
    ),
)
