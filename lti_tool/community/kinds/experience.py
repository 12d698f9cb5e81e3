"""An experience: what somebody did, what came of it, and what they would change."""

from flask_babel import lazy_gettext

from lti_tool.community.kinds.common import LINK
from lti_tool.community.kinds.detail import Detail
from lti_tool.community.kinds.kind import Kind
from lti_tool.community.posts import PostKind

EXPERIENCE = Kind(
    kind=PostKind.EXPERIENCE,
    name=lazy_gettext("Experience"),
    plural=lazy_gettext("Experiences"),
    sentence=lazy_gettext("This is what we did"),
    meaning=lazy_gettext("You tried something: tell what happened and what you learned."),
    details=(Detail(name="change", label=lazy_gettext("What I would change next time")), LINK),
    tells_what_was_tried=True,
)
