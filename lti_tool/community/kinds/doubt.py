"""A doubt: somebody is unsure, and wants to think it over with others."""

from flask_babel import lazy_gettext

from lti_tool.community.kinds.common import TRIED
from lti_tool.community.kinds.kind import Answering, Kind
from lti_tool.community.posts import PostKind

DOUBT = Kind(
    kind=PostKind.DOUBT,
    name=lazy_gettext("Doubt"),
    plural=lazy_gettext("Doubts"),
    sentence=lazy_gettext("I’m unsure about something"),
    meaning=lazy_gettext("You are unsure about something and want to think it over with others."),
    details=(TRIED,),
    answering=Answering(
        names=lazy_gettext("This is the answer that helped"),
        named=lazy_gettext("The answer that helped"),
        reopens=lazy_gettext("Open the doubt again"),
    ),
)
