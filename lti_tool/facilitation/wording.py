"""States in words, as trainers read them, and what they can do."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.delivery.tables import DeliveryState
from lti_tool.facilitation.rules import WorkState

WORK: Mapping[WorkState, LazyString] = {
    WorkState.DRAFT: lazy_gettext("Draft"),
    WorkState.HANDED_IN: lazy_gettext("Handed in"),
    WorkState.CHANGED_SINCE: lazy_gettext("Handed in, changed since"),
}

GRADE: Mapping[DeliveryState, LazyString] = {
    DeliveryState.DUE: lazy_gettext("Waiting"),
    DeliveryState.DELIVERED: lazy_gettext("Arrived"),
    DeliveryState.SUPERSEDED: lazy_gettext("Replaced"),
    DeliveryState.FAILED: lazy_gettext("Failed"),
}

ADVICE: Mapping[DeliveryState, LazyString] = {
    DeliveryState.DUE: lazy_gettext("The score is sent again by itself until Moodle takes it."),
    DeliveryState.SUPERSEDED: lazy_gettext(
        "A later grade, such as one of yours in Moodle, stays as it is, unless you send this score again."
    ),
    DeliveryState.FAILED: lazy_gettext(
        "Moodle does not take this score. See whether the activity still has a grade in Moodle; you can enter it there "
        "by hand."
    ),
}
"""What a state means and what to do, where the word alone doesn't say."""
