"""What is said of working on a need together."""

from flask_babel import lazy_gettext

CHOOSE = lazy_gettext("Choose an exercise, and tick at least one person.")
OPEN_ALREADY = lazy_gettext(
    "You have asked already. To ask differently, go back to the need and press “Stop asking” first."
)
ENDED = lazy_gettext("This has ended meanwhile. Nothing more is asked of you.")
NAMELESS = lazy_gettext(
    "Your need doesn’t show your name, and whoever came to a group with you would learn it. Show your name at the need "
    "first, if you want that."
)
