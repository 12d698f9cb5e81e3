"""What is said of proposals and of those who answer them."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community.agreeing.publishing import Ended

ANOTHER = lazy_gettext(
    "Somebody in your group has proposed another post. Nothing of yours is lost: it is below. Answer theirs first; "
    "then you can propose this one."
)
ENDED = lazy_gettext(
    "This proposal was published or withdrawn meanwhile. Your text is still below: propose it anew if you want to."
)
CHANGED = lazy_gettext(
    "You changed this proposal in another window. Your text is below; sending it again puts it in the place of the "
    "other one, and everybody is asked anew."
)
GONE = lazy_gettext("The proposal was published or withdrawn meanwhile. Nothing more is asked of you.")
OTHER_WORDS = lazy_gettext("The proposal was changed meanwhile. Read it again before you answer.")
TOO_LONG = lazy_gettext("This is too long: 500 characters is the most. Shorten it.")
STILL_WAITS: Mapping[Ended, LazyString] = {
    Ended.WAITS: lazy_gettext("Nothing is published yet: not everybody who is in the group has agreed."),
    Ended.NO_DOOR: lazy_gettext(
        "Everybody has agreed, and nothing is published yet: no community is open to the person who proposed it. They "
        "can copy the text, or ask your trainer to add the community to this course."
    ),
}
