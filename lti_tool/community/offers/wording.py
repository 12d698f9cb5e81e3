"""What becomes of an offer, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community import wording as core_wording
from lti_tool.community.offers.store import Acceptance
from lti_tool.community.posts import Post

CLOSED = lazy_gettext(
    "The need was closed, deleted or hidden while you wrote, so nobody can offer help now. Your text is still below: "
    "copy it if you want to keep it."
)


def closed(post: Post) -> LazyString:
    """Say why nobody can offer help any more, and that the text isn't lost."""
    is_locked = post.is_open_need and not post.takes_replies
    return core_wording.LOCKED if is_locked else CLOSED


NOT_ACCEPTED: Mapping[Acceptance, LazyString] = {
    Acceptance.GONE: lazy_gettext("Nothing was accepted: the offer was withdrawn or hidden meanwhile."),
    Acceptance.CHANGED: lazy_gettext(
        "Nothing was accepted yet: the offer was changed meanwhile. Read it again, and accept it if it still fits."
    ),
}
