"""What trainers keep to say again is theirs alone."""

from flask_babel import lazy_gettext

from lti_tool.personal import Kept, SeenBy, Until, deleted, theirs
from lti_tool.reviews.sentences.tables import SentenceRow

KEPT = (
    Kept(
        key="own_sentences",
        title=lazy_gettext("Sentences that you keep as a trainer, to say them again"),
        seen_by=SeenBy.YOU,
        until=Until.CHANGED,
        tables=(SentenceRow,),
        find=theirs(SentenceRow.person_id),
        erase=deleted(SentenceRow.person_id),
    ),
)
