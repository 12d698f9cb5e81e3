"""What keeps a post from being merged into another, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community.merging.rules import Obstacle

OBSTACLE: Mapping[Obstacle, LazyString] = {
    Obstacle.NOWHERE: lazy_gettext("Choose the post that this one belongs to, one that everybody can read."),
    Obstacle.ITSELF: lazy_gettext("This is the same post. Choose another one."),
    Obstacle.OTHERS: lazy_gettext(
        "That post was written in another course, and its trainers look after it. Choose one that was written in yours."
    ),
    Obstacle.LOCKED: lazy_gettext(
        "That post is locked: nobody can write under it. Unlock it first, or choose another."
    ),
    Obstacle.ENDED: lazy_gettext(
        "This need is closed with a word on what came of it. Open it again first, or merge the other post into this "
        "one."
    ),
    Obstacle.NO_HELP: lazy_gettext(
        "Under this post stand offers of help, what came of it, or meetings: they can only go to a need. Choose a "
        "need, or merge the other post into this one."
    ),
    Obstacle.NAMELESS: lazy_gettext(
        "Whoever wrote that post doesn’t show their name there, and shows it here: everybody would learn whose it is. "
        "Merge that post into this one instead."
    ),
}
