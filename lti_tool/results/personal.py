"""What is kept of a person's grades, as Moodle's gradebook told them last."""

from flask_babel import lazy_gettext

from lti_tool.personal import Kept, SeenBy, deleted, theirs
from lti_tool.results.tables import HeldRow

KEPT = (
    Kept(
        key="held_grades",
        title=lazy_gettext("Your grades for these activities, as Moodle told them last"),
        seen_by=SeenBy.TRAINERS_ALONE,
        tables=(HeldRow,),
        find=theirs(HeldRow.person_id),
        erase=deleted(HeldRow.person_id),
        is_for_page=False,
    ),
)
