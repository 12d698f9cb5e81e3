"""A tool: a method, a document or a program that others can use, and on which terms."""

from flask_babel import lazy_gettext

from lti_tool.community.kinds.common import LINK
from lti_tool.community.kinds.detail import ChoiceDetail, Detail
from lti_tool.community.kinds.kind import Kind
from lti_tool.community.posts import PostKind

LICENCE = ChoiceDetail(
    name="licence",
    label=lazy_gettext("Licence: what others may do with it"),
    wrong=lazy_gettext("Choose one of the answers that are offered."),
    options={
        "cc0": lazy_gettext("CC0: anything, even without naming who made it"),
        "cc-by": lazy_gettext("CC BY: share and change it, naming who made it"),
        "cc-by-sa": lazy_gettext("CC BY-SA: the same, and what comes of it is shared alike"),
        "cc-by-nc": lazy_gettext("CC BY-NC: share and change it, naming who made it, and never to earn money"),
        "cc-by-nc-sa": lazy_gettext("CC BY-NC-SA: never to earn money, and what comes of it is shared alike"),
        "cc-by-nd": lazy_gettext("CC BY-ND: share it unchanged, naming who made it"),
        "other": lazy_gettext("Another one: the text above says which"),
        "unsure": lazy_gettext("I’m not sure: ask before you share it"),
    },
)

TOOL = Kind(
    kind=PostKind.TOOL,
    name=lazy_gettext("Tool"),
    plural=lazy_gettext("Tools"),
    sentence=lazy_gettext("I have something you can use"),
    meaning=lazy_gettext("You know a method, a document or a program that others can use."),
    details=(Detail(name="how", label=lazy_gettext("How to use it")), LICENCE, LINK),
    tells_what_was_tried=True,
)
