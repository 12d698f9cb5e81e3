"""What is kept of a person as a connector."""

from flask_babel import lazy_gettext

from lti_tool.community.connectors.tables import ConnectorRow
from lti_tool.personal import Kept, deleted, theirs

KEPT = (
    Kept(
        key="connectors",
        title=lazy_gettext("The territories whose unanswered needs come to you"),
        seen_by=lazy_gettext("Everybody in the community."),
        until=lazy_gettext("Until a trainer names somebody else."),
        tables=(ConnectorRow,),
        find=theirs(ConnectorRow.person_id),
        erase=deleted(ConnectorRow.person_id),
    ),
)
