"""What is kept of a person in their translations of posts."""

from flask_babel import lazy_gettext

from lti_tool.community.personal import texts_deleted, written
from lti_tool.community.translating.rules import Translation
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.personal import Fate, Kept, SeenBy, Until, stays

KEPT = (
    Kept(
        key="translations",
        title=lazy_gettext("Posts that you translated"),
        seen_by=SeenBy.COMMUNITY,
        until=Until.CHANGED,
        fate=Fate.TEXTS,
        tables=(TranslationRow,),
        find=written(TranslationRow),
        erase=stays,
        erase_texts=texts_deleted(Translation),
    ),
)
