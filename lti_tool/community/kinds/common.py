"""Fields that several kinds ask for: what was typed under one kind is there under the other."""

from flask_babel import lazy_gettext

from lti_tool.community.kinds.detail import Detail, LinkDetail

TRIED = Detail(name="tried", label=lazy_gettext("What I have tried so far"))
LINK = LinkDetail(
    name="link",
    label=lazy_gettext("A link to it"),
    hint=lazy_gettext("An address that begins with https:// or http://"),
    wrong=lazy_gettext("Write an address that begins with https:// or http://, with nothing before or after it."),
)
