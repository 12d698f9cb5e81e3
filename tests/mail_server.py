"""A real mail server on a port of loopback, which keeps what it is given and can be told to behave badly."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.spec.tool import free_port

OK = "250 OK"
HANG_UP = "hang up"
"""In the place of an answer: the connection ends without one."""


@dataclass
class Mailbox:
    """What came, and how the server answers; each answer that waits is given once, and else it is `OK`."""

    letters: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """The answer to each address that isn't taken."""
    answers: list[str] = field(default_factory=list)
    """To the mails that come next; what isn't answered with 250 is kept only if the server hangs up."""
    connections: int = 0
    on_data: Callable[[], None] | None = None
    """Called when a mail came whole, before it is kept."""
    on_kept: Callable[[], None] | None = None
    """Called when it is kept, before the answer."""

    def to(self, address: str) -> list[EmailMessage]:
        """Give what one address got."""
        return [letter for letter in self.letters if letter["To"] == address]

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count who comes."""
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take an address, or not."""
        if address not in self.refused:
            envelope.rcpt_tos.append(address)
        return self.refused.get(address, OK)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take a mail, or not."""
        answer = self.answers.pop(0) if self.answers else OK
        if self.on_data:
            self.on_data()
        if answer in (OK, HANG_UP):
            self.letters.append(message_from_bytes(bytes(envelope.content or b""), policy=default))  # type: ignore[arg-type]  # typeshed knows only the old policy's class
        if self.on_kept:
            self.on_kept()
        if answer == HANG_UP:
            assert server.transport is not None
            server.transport.close()
            await asyncio.sleep(0)
        return answer


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, str]]:
    """Answer until the end of the block; give the mailbox, and the address for `MAIL_SERVER`."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield mailbox, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def text_of(letter: EmailMessage) -> str:
    """Give a mail's text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def page_of(letter: EmailMessage) -> str:
    """Give a mail as a page."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def paths_of(letter: EmailMessage, kind: str) -> list[str]:
    """Give the paths of a mail's links of a kind, `go` or `stop`, in their order."""
    return re.findall(rf"https?://[^/\s]+(/{kind}/\S+)", text_of(letter))
