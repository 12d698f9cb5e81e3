"""Hands mails to a mail server, and tells of each what became of it as far as that can be known.

Source: RFC 5321 (4.2 and 4.5.3), RFC 3463 for the codes behind a refusal.
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from ssl import create_default_context
from typing import TypeAlias
from urllib.parse import urlsplit

from flask import Flask, current_app

from lti_tool.config import MAIL_PORTS
from lti_tool.errors import MailServerUnreachable

WAITS = 15.0
"""Seconds that a mail server has for each answer."""
OK = 250
GO_ON = 354
PERMANENT = 500
POLICY = ".7."
"""In an enhanced code: the refusal is of who sends, and not of the address."""

Said: TypeAlias = tuple[int, bytes]


class Fate(StrEnum):
    """What became of a mail."""

    SENT = "sent"
    AGAIN = "again"
    """Certainly not sent; it may be tried later."""
    NO_SUCH_ADDRESS = "no_such_address"
    """Refused for good, because of the address."""
    REFUSED = "refused"
    """Refused for good, because of something else."""
    UNKNOWN = "unknown"
    """The server had it, and nobody heard what it made of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How to reach the mail server, and as whom; the password stays out of whatever prints this."""

    server: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """Give the sender's bare address."""
        return parseaddr(self.sender)[1]


@dataclass(slots=True)
class Connection:
    """An open connection; once it broke nothing more goes through it."""

    smtp: smtplib.SMTP
    sender: str
    is_open: bool = True

    def send(self, message: bytes, address: str) -> tuple[Fate, str | None]:
        """Hand over one mail; tell its fate, and the server's code where there is something to tell."""
        try:
            said = self._announce(address)
        except OSError as error:  # all of smtplib's are among them
            return self._broke(Fate.AGAIN, error)
        if said is not None:
            return said
        try:
            return self._judge(*self.smtp.data(message))
        except smtplib.SMTPDataError as error:
            return self._judge(error.smtp_code, _octets(error.smtp_error))
        except OSError as error:
            return self._broke(Fate.UNKNOWN, error)

    def _announce(self, address: str) -> tuple[Fate, str | None] | None:
        """Say who sends and to whom; give the fate where the server doesn't go along."""
        code, told = self.smtp.mail(self.sender)
        if code != OK:
            return self._judge(code, told)
        code, told = self.smtp.rcpt(address)
        if code // 10 == OK // 10:
            return None
        fate, problem = self._judge(code, told)
        is_about_address = fate is Fate.REFUSED and POLICY not in (problem or "")
        return (Fate.NO_SUCH_ADDRESS if is_about_address else fate), problem

    def _judge(self, code: int, told: bytes) -> tuple[Fate, str | None]:
        if code == OK:
            return Fate.SENT, None
        self._forget()
        return (Fate.REFUSED if code >= PERMANENT else Fate.AGAIN), _code(code, told)

    def _forget(self) -> None:
        """Begin anew with the next mail."""
        try:
            self.smtp.rset()
        except OSError:
            self.is_open = False

    def _broke(self, fate: Fate, error: OSError) -> tuple[Fate, str | None]:
        self.is_open = False
        return fate, type(error).__name__


def _octets(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _code(code: int, told: bytes) -> str:
    """Keep only the numbers of an answer: its words may quote the address."""
    first = told.split(maxsplit=1)[0].decode("ascii", "replace") if told.split() else ""
    return f"{code} {first}" if first.replace(".", "").isdecimal() and "." in first else str(code)


def init_app(app: Flask, account: Account | None) -> None:
    """Give the application its account, if it has one."""
    app.extensions["mail_account"] = account


def account() -> Account | None:
    """Give the application's account."""
    found: Account | None = current_app.extensions["mail_account"]
    return found


@contextmanager
def connected(account: Account) -> Iterator[Connection]:
    """Connect, log in where that is asked for, and hang up at the end.

    Raises:
        MailServerUnreachable: no mail can be sent just now.
    """
    try:
        smtp = _opened(account)
    except OSError as error:
        raise MailServerUnreachable(type(error).__name__) from error
    try:
        yield Connection(smtp, account.address)
    finally:
        _hang_up(smtp)


def _opened(account: Account) -> smtplib.SMTP:
    parts = urlsplit(account.server)
    host, port = str(parts.hostname), parts.port or MAIL_PORTS[parts.scheme]
    if parts.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=WAITS, context=create_default_context())
    else:
        smtp = smtplib.SMTP(host, port, timeout=WAITS)
    try:
        if parts.scheme == "smtp+starttls":
            smtp.starttls(context=create_default_context())
        if account.user:
            smtp.login(account.user, account.password)
        smtp.ehlo_or_helo_if_needed()
    except OSError:
        smtp.close()
        raise
    return smtp


def _hang_up(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except OSError:
        smtp.close()
