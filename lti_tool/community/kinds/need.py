"""A need: somebody asks for help, for something, by a day."""

from flask_babel import lazy_gettext

from lti_tool.community.kinds.common import TRIED
from lti_tool.community.kinds.detail import DateDetail, Detail
from lti_tool.community.kinds.kind import Answering, Kind
from lti_tool.community.posts import PostKind

NEED = Kind(
    kind=PostKind.NEED,
    name=lazy_gettext("Need"),
    plural=lazy_gettext("Needs"),
    sentence=lazy_gettext("I need help by a date"),
    meaning=lazy_gettext("You are looking for help. It stays at the top until it is answered."),
    details=(
        TRIED,
        Detail(name="what_for", label=lazy_gettext("What the help is for")),
        DateDetail(
            name="by_when",
            label=lazy_gettext("By when I need it"),
            wrong=lazy_gettext("Choose a day, or write it as year, month and day: 2026-12-31."),
        ),
    ),
    answering=Answering(
        names=lazy_gettext("This reply answers the need"),
        named=lazy_gettext("This reply answered the need"),
        reopens=lazy_gettext("Open the need again"),
    ),
)
