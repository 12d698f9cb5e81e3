"""Mails go to a real mail server, by a safe connection where one is asked for, and each one's fate is told."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lti_tool.delivery import smtp
from lti_tool.delivery.smtp import Account, Fate
from lti_tool.errors import MailServerUnreachable
from tests.mail_server import HANG_UP, Mailbox, mail_server, text_of
from tests.spec.tool import free_port

MESSAGE = b"To: ana@example.org\r\nSubject: Hello\r\n\r\n.\r\nA line that begins with a dot\r\n"
ANA = "ana@example.org"


def account(server: str, **given: str) -> Account:
    return Account(server=server, sender="MedTOWN <community@example.org>", **given)


def send(server: str, **given: str) -> tuple[Fate, str | None]:
    with smtp.connected(account(server, **given)) as connection:
        return connection.send(MESSAGE, ANA)


def test_a_mail_arrives_as_it_was_written() -> None:
    with mail_server() as (mailbox, server):
        assert send(server) == (Fate.SENT, None)

    assert text_of(mailbox.letters[0]) == ".\nA line that begins with a dot\n"


@pytest.mark.parametrize(
    ("answer", "fate", "problem"),
    [
        ("451 4.3.0 busy", Fate.AGAIN, "451 4.3.0"),
        ("421 ana@example.org has too many", Fate.AGAIN, "421"),
        ("554 5.6.0 not this content", Fate.REFUSED, "554 5.6.0"),
        (HANG_UP, Fate.UNKNOWN, "SMTPServerDisconnected"),
    ],
)
def test_what_became_of_a_mail_is_told_in_numbers_that_quote_nobody(answer: str, fate: Fate, problem: str) -> None:
    with mail_server() as (mailbox, server):
        mailbox.answers = [answer]

        assert send(server) == (fate, problem)


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        ("550 5.1.1 ana@example.org is unknown", Fate.NO_SUCH_ADDRESS),
        ("550 nobody", Fate.NO_SUCH_ADDRESS),
        ("550 5.7.1 relaying denied", Fate.REFUSED),
        ("450 4.2.1 greylisted", Fate.AGAIN),
    ],
)
def test_a_refused_address_is_told_from_a_refused_sender(answer: str, fate: Fate) -> None:
    with mail_server() as (mailbox, server):
        mailbox.refused[ANA] = answer

        assert send(server)[0] is fate


def test_after_a_refusal_the_next_mail_goes_through_the_same_connection() -> None:
    with mail_server() as (mailbox, server), smtp.connected(account(server)) as connection:
        mailbox.answers = ["451 4.3.0 busy"]
        fates = [connection.send(MESSAGE, ANA)[0] for _ in range(2)]

    assert fates == [Fate.AGAIN, Fate.SENT]
    assert mailbox.connections == 1


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    with pytest.raises(MailServerUnreachable, match="ConnectionRefusedError"):
        send(f"smtp://127.0.0.1:{free_port()}")


def test_a_password_never_stands_in_what_is_printed() -> None:
    assert "secret" not in repr(account("smtps://mail.example.org", user="ana", password="secret"))


# Safe connections


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give a file with a certificate of loopback and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@contextmanager
def safe_server(certificate: Path, scheme: str) -> Iterator[tuple[Mailbox, str]]:
    """Serve by TLS at once or by STARTTLS, for whoever knows the password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    mailbox, port = Mailbox(), free_port()
    at_once: dict[str, Any] = {"ssl_context": context, "auth_require_tls": False}  # the library knows of STARTTLS only
    later: dict[str, Any] = {"tls_context": context, "require_starttls": True, "auth_required": True}
    chosen = at_once if scheme == "smtps" else later
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, authenticator=knows, **chosen)
    controller.start()
    try:
        yield mailbox, f"{scheme}://127.0.0.1:{port}"
    finally:
        controller.stop()


def knows(_server: object, _session: object, _envelope: object, _mechanism: str, given: object) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"ana", b"right")
    return AuthResult(success=is_right, handled=False)


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_mail_goes_by_a_safe_connection_with_a_password(
    certificate: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with safe_server(certificate, scheme) as (mailbox, server):
        assert send(server, user="ana", password="right") == (Fate.SENT, None)
        with pytest.raises(MailServerUnreachable, match="SMTPAuthenticationError"):
            send(server, user="ana", password="wrong")

    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_nothing_goes_to_a_server_whose_certificate_nobody_vouches_for(certificate: Path, scheme: str) -> None:
    with (
        safe_server(certificate, scheme) as (mailbox, server),
        pytest.raises(MailServerUnreachable, match="SSLCertVerificationError"),
    ):
        send(server, user="ana", password="right")

    assert mailbox.letters == []
