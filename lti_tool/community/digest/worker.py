"""Makes digests when they are due, and sends them, in slices, so that no grade waits for them.

A mail is claimed in a transaction that has ended before the mail server hears of it. Whatever kills the worker after
that leaves it claimed, and so never sent again; whatever kills it before leaves it to be claimed.
"""

import logging
import random
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from flask import Flask, current_app

from lti_tool.clock import now
from lti_tool.community.digest import contents, letters, links, mails, rules, store
from lti_tool.community.digest.letters import Links
from lti_tool.community.digest.mails import Mail
from lti_tool.community.digest.rules import Contents, LinkUse, MailState, Standing
from lti_tool.database import db
from lti_tool.delivery import smtp
from lti_tool.delivery.smtp import Account, Connection, Fate
from lti_tool.errors import MailServerUnreachable

log = logging.getLogger("lti_tool.community.digest")

AT_ONCE = 20
"""Mails through one connection, and in one slice."""
SLICE = 2.0
"""Seconds after which a slice ends all the same: grades wait for it."""


@dataclass(slots=True)
class Rest:
    """How long this worker leaves the mail server alone; each finds out for itself."""

    failures: int = 0
    until: datetime | None = None


def init_app(app: Flask) -> None:
    """Give each worker room for what it knows of the mail server."""
    app.extensions["mail_rest"] = Rest()


def go_on() -> bool:
    """Make and send some of what is due; tell whether there may be more at once."""
    account = smtp.account()
    if account is None:
        return False
    lost = mails.give_up_lost(now())
    if lost:
        log.warning("%s digests: nobody knows whether they were sent; what they told comes in the next", lost)
    is_made = mails.make(now())
    return _send(account) or is_made


def _send(account: Account) -> bool:
    rest: Rest = current_app.extensions["mail_rest"]
    if (rest.until and rest.until > now()) or not mails.is_due(now()):
        db.session.rollback()
        return False
    db.session.rollback()  # nothing is held while the mail server is waited for
    try:
        with smtp.connected(account) as connection:
            rest.failures = 0
            return _send_some(account, connection)
    except MailServerUnreachable as error:
        rest.failures += 1
        rest.until = now() + rules.server_pause(rest.failures)
        log.warning("the mail server can't be used: %s", error)
        return False


def _send_some(account: Account, connection: Connection) -> bool:
    """Send through one connection; tell whether there may be more."""
    ends_at = monotonic() + SLICE
    for _ in range(AT_ONCE):
        mail = mails.claim(now())
        if mail is None:
            db.session.rollback()
            return False
        _send_one(account, connection, mail)
        if not connection.is_open or monotonic() > ends_at:
            break
    return True


def _send_one(account: Account, connection: Connection, mail: Mail) -> None:
    """Write a mail that was just claimed, end the transaction, and only then hand it over."""
    try:
        message = _written(account, mail)
    except Exception:
        log.exception("digest %s can't be written", mail.id)
        db.session.rollback()
        mails.ended(mail, MailState.REFUSED, now(), "not written")
        message = None
    db.session.commit()
    if message is not None and mail.address:
        _record(mail, *connection.send(message, mail.address))


def _written(account: Account, mail: Mail) -> bytes | None:
    """Choose what a mail tells, and write it; nothing where there is nothing left to tell, or nobody to tell it to."""
    chosen = contents.choose(mail.stay, mail.since, mail.until, mail.id)
    if not chosen.posts:
        mails.ended(mail, MailState.EMPTY, now())
        return None
    try:
        letters.checked(mail.address)
    except ValueError:
        _refuse(mail, rules.UNUSABLE)
        return None
    mails.fill(mail, chosen)
    found = contents.find(mail.stay.community_id, chosen)
    return letters.letter(mail, found, _links(mail, chosen), account.sender, now())


def _links(mail: Mail, chosen: Contents) -> Links:
    go = links.add(mail.stay, LinkUse.GO, now(), posts=chosen.posts)
    stop, keep = links.add(mail.stay, LinkUse.STOP, now()), None
    if mail.silence.standing is not Standing.WANTED:
        keep = links.add(mail.stay, LinkUse.KEEP, now(), rhythm=mail.rhythm)
    return letters.links(go, stop, keep, chosen.posts)


def _record(mail: Mail, fate: Fate, problem: str | None) -> None:
    """Write down what became of a mail, in a transaction of its own."""
    log.info("digest %s: %s %s", mail.id, fate, problem or "")
    if fate is Fate.SENT:
        mails.sent(mail, now())
    elif fate is Fate.AGAIN:
        luck = random.random()  # noqa: S311 - spreads retries, guards nothing
        mails.try_again(mail, now() + rules.pause(mail.attempts, luck), problem)
    elif fate is Fate.NO_SUCH_ADDRESS:
        _refuse(mail, problem or "")
    elif fate is Fate.UNKNOWN:
        mails.lost(mail, now(), problem)
    else:
        mails.ended(mail, MailState.REFUSED, now(), problem)
    db.session.commit()


def _refuse(mail: Mail, problem: str) -> None:
    """Stop the digest of somebody to whom none can be sent."""
    store.stop(mail.stay.community_id, mail.stay.person_id, now(), problem)
    mails.ended(mail, MailState.REFUSED, now(), problem)
