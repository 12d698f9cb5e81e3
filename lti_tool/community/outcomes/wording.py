"""What is said around an outcome, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community.outcomes.rules import Held

HELD: Mapping[Held, LazyString] = {
    Held.YES: lazy_gettext("Yes, it holds"),
    Held.PARTLY: lazy_gettext("Partly"),
    Held.NO: lazy_gettext("No, the need is there again"),
}

GONE = lazy_gettext(
    "The post was deleted or made into another kind while you wrote, so it cannot be closed. Your text is still below: "
    "copy it if you want to keep it."
)
ALREADY = lazy_gettext(
    "Somebody else closed the need while you wrote: what came of it is above. Your text is still below: copy it if you "
    "want to keep it, or add it as a reply."
)
OPEN_AGAIN = lazy_gettext(
    "The need was opened again meanwhile, so nobody is asked about it now. Your text is still below: copy it if you "
    "want to keep it."
)
