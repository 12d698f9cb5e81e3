"""What is kept of a person in offers of help."""

from flask_babel import lazy_gettext

from lti_tool.community.offers.rules import Offer
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.personal import texts_deleted, written
from lti_tool.personal import Fate, Kept, SeenBy, Until, stays

KEPT = (
    Kept(
        key="offers",
        title=lazy_gettext("What you offered to do about others' needs"),
        seen_by=SeenBy.COMMUNITY,
        until=Until.CHANGED,
        fate=Fate.TEXTS,
        tables=(OfferRow,),
        find=written(OfferRow),
        erase=stays,
        erase_texts=texts_deleted(Offer),
    ),
)
