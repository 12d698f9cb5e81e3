"""What is said of bringing work to the community."""

from flask_babel import lazy_gettext

TICK_SOMETHING = lazy_gettext("Tick what may be read in the community.")
NOTHING_YET = lazy_gettext("Nothing is written there yet. Write first, then bring it to the community.")
STAYS = lazy_gettext("What is written in this exercise stays there: nothing of it is brought to the community.")
NOT_YOURS = lazy_gettext("Work is brought to the community by those who did it.")
NO_DOOR = lazy_gettext("The community isn’t open to you any more, so nothing was published. Your text is still here.")
PUBLISHED = lazy_gettext(
    "You published this already, with other words. Your text is still below: change the post in the community, or "
    "publish this as another one."
)
