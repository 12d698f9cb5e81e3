"""What is kept of a person in meetings: those that they planned."""

from flask_babel import lazy_gettext

from lti_tool.community.calendar.tables import MeetingRow
from lti_tool.personal import Fate, Kept, Until, stays, theirs

KEPT = (
    Kept(
        key="meetings",
        title=lazy_gettext("Meetings that you planned"),
        seen_by=lazy_gettext("Everybody in the community."),
        until=Until.CHANGED,
        fate=Fate.THREADS,
        tables=(MeetingRow,),
        find=theirs(MeetingRow.planner_id),
        erase=stays,
    ),
)
