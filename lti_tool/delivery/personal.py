"""What the outbox keeps of a person: the scores that went to Moodle, or are on their way."""

from flask_babel import lazy_gettext, ngettext

from lti_tool.delivery.tables import DeliveryRow
from lti_tool.personal import Kept, SeenBy, days_after, deleted, theirs

IN_MOODLE = lazy_gettext("It is deleted here, and nothing more is sent. Moodle keeps the grades that it has.")


def _after_a_newer_one(days: int) -> str:
    text = ngettext(
        "The newest until it is erased; an older one for %(num)s day after the newer was sent.",
        "The newest until it is erased; an older one for %(num)s days after the newer was sent.",
        days,
    )
    return str(text)


KEPT = (
    Kept(
        key="deliveries",
        title=lazy_gettext("The scores that were sent to Moodle for you, or are on their way"),
        seen_by=SeenBy.TRAINERS_ALONE,
        until=days_after("KEEP_DELIVERIES_DAYS", _after_a_newer_one),
        fate=IN_MOODLE,
        tables=(DeliveryRow,),
        find=theirs(DeliveryRow.person_id),
        erase=deleted(DeliveryRow.person_id),
        is_for_page=False,
    ),
)
