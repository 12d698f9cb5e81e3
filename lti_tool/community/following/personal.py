"""What is kept of what a person follows."""

from flask_babel import lazy_gettext

from lti_tool.community.following.tables import FollowedTagRow, FollowRow
from lti_tool.personal import Kept, SeenBy, Until, deleted, theirs

KEPT = (
    Kept(
        key="follows",
        title=lazy_gettext("What you follow in the community"),
        seen_by=SeenBy.YOU,
        until=Until.CHANGED,
        tables=(FollowRow, FollowedTagRow),
        find=theirs(FollowRow.person_id, FollowedTagRow.person_id),
        erase=deleted(FollowRow.person_id, FollowedTagRow.person_id),
    ),
)
