"""What is kept of a person in what came of needs."""

from flask_babel import lazy_gettext

from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.personal import written
from lti_tool.personal import Fate, Kept, SeenBy, stays

KEPT = (
    Kept(
        key="outcomes",
        title=lazy_gettext("What you said came of a need"),
        seen_by=SeenBy.COMMUNITY,
        fate=Fate.THREADS,
        tables=(OutcomeRow,),
        find=written(OutcomeRow),
        erase=stays,
    ),
)
