"""What is kept of a person in what their posts and replies said before."""

from flask_babel import lazy_gettext

from lti_tool.community.history.tables import VersionRow
from lti_tool.personal import Kept, SeenBy, deleted, theirs

KEPT = (
    Kept(
        key="versions",
        title=lazy_gettext("What your posts and replies said before you changed them"),
        seen_by=SeenBy.COMMUNITY,
        until=lazy_gettext("Until you delete it, or the text itself."),
        tables=(VersionRow,),
        find=theirs(VersionRow.author_id),
        erase=deleted(VersionRow.author_id),
    ),
)
