"""What cards keep of a person: that they changed one last."""

from flask_babel import lazy_gettext

from lti_tool.personal import Fate, Kept, stays, theirs
from lti_tool.referral.tables import ReferralCardRow

KEPT = (
    Kept(
        key="referral_cards",
        title=lazy_gettext("“Where to turn here”, where you were the last trainer who saved it"),
        seen_by=lazy_gettext("The course reads it; nobody is told who saved it."),
        fate=Fate.NUMBER,
        tables=(ReferralCardRow,),
        find=theirs(ReferralCardRow.changed_by),
        erase=stays,
    ),
)
