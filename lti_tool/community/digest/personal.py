"""What is kept of a person for digests: whether they want one, and which mails went to them."""

from flask_babel import lazy_gettext, ngettext

from lti_tool.community.digest.tables import ArrivalRow, CallRow, DigestRow, MailLinkRow, MailRow
from lti_tool.personal import Kept, SeenBy, Until, days_after, deleted, theirs


def _after_it_was_sent(days: int) -> str:
    text = ngettext(
        "For %(num)s day after it was sent; its links stay up to a year.",
        "For %(num)s days after it was sent; its links stay up to a year.",
        days,
    )
    return str(text)


KEPT = (
    Kept(
        key="digest",
        title=lazy_gettext("Whether and when you want mail about what is new"),
        seen_by=SeenBy.YOU,
        until=Until.CHANGED,
        tables=(DigestRow,),
        find=theirs(DigestRow.person_id),
        erase=deleted(DigestRow.person_id),
    ),
    Kept(
        key="mails",
        title=lazy_gettext("Which mails were sent to you, what they told of, and where their links lead"),
        seen_by=SeenBy.NOBODY,
        until=days_after("KEEP_MAILS_DAYS", _after_it_was_sent),
        fate=lazy_gettext("It is deleted, and no more mail is sent. Nobody can take back what was sent."),
        tables=(MailRow, CallRow, MailLinkRow, ArrivalRow),
        find=theirs(MailRow.person_id, MailLinkRow.person_id, ArrivalRow.person_id),
        erase=deleted(MailRow.person_id, MailLinkRow.person_id, ArrivalRow.person_id),
    ),
)
