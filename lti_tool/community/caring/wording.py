"""Reports, and what was done about them, in words."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community.caring.rules import Deed, Limit, Why

WHY: Mapping[Why, LazyString] = {
    Why.PEOPLE: lazy_gettext("It tells of a real case of violence, or names people"),
    Why.HURTFUL: lazy_gettext("It hurts or insults somebody"),
    Why.ADVERTISING: lazy_gettext("It is advertising"),
    Why.PLACE: lazy_gettext("It is in the wrong place"),
    Why.OTHER: lazy_gettext("Something else"),
}
DEED: Mapping[Deed, LazyString] = {
    Deed.HID: lazy_gettext("Hid it"),
    Deed.SHOWED: lazy_gettext("Showed it again"),
    Deed.LOCKED: lazy_gettext("Locked it"),
    Deed.UNLOCKED: lazy_gettext("Unlocked it"),
    Deed.PINNED: lazy_gettext("Pinned it"),
    Deed.UNPINNED: lazy_gettext("Unpinned it"),
    Deed.MOVED: lazy_gettext("Moved it to another post"),
    Deed.MERGED: lazy_gettext("Merged it into another post"),
    Deed.SPLIT: lazy_gettext("Made it a post of its own"),
    Deed.LEFT: lazy_gettext("Read the reports and left it as it is"),
}
TOLD: Mapping[Deed, LazyString] = {
    Deed.HID: lazy_gettext("A trainer hid what you wrote"),
    Deed.LOCKED: lazy_gettext("A trainer locked your post: nobody can write under it"),
    Deed.MOVED: lazy_gettext("A trainer moved your reply to another post, where it belongs"),
    Deed.MERGED: lazy_gettext("A trainer merged your post into another one about the same: there it is a reply now"),
    Deed.SPLIT: lazy_gettext("A trainer made your reply a post of its own"),
}
TRACE: Mapping[Deed, LazyString] = {
    Deed.MOVED: lazy_gettext("A reply was moved from here to another post:"),
    Deed.SPLIT: lazy_gettext("A reply from here was made a post of its own:"),
}
SORT: Mapping[str, LazyString] = {
    "posts": lazy_gettext("A post"),
    "replies": lazy_gettext("A reply"),
    "offers": lazy_gettext("An offer of help"),
    "outcomes": lazy_gettext("What came of a need"),
    "translations": lazy_gettext("A translation"),
}


def too_much(limit: Limit) -> str:
    """Say how much can be written, and that the text isn't lost."""
    return str(
        gettext(
            "You have written as much as one person can within an hour (posts: %(posts)s; replies and offers: "
            "%(replies)s). Your text is still below: wait a while, and send it again.",
            posts=limit.posts,
            replies=limit.replies,
        )
    )
