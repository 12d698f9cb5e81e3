"""A miniature of Moodle and the tool under https, on two hosts that each engine takes for two sites."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path
from socket import SHUT_RDWR
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from flask import Flask

from lti_tool.clock import now, utc_now
from lti_tool.database import db
from lti_tool.demo import walk
from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.seed import seed
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.lti.registering import registration
from tests.listening import listening
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.making import close_app, make_app
from tests.spec.tool import free_port

Certificate = tuple[Path, Path]
Before = Callable[[WSGIApplication], WSGIApplication]
"""What stands before the tool."""
LASTS = timedelta(days=1)


def make_certificate(folder: Path) -> Certificate:
    """Make a certificate for loopback that is thrown away with the folder; give its file and its key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    hosts = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))])
    unsigned = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=utc_now() - LASTS,
        not_valid_after=utc_now() + LASTS,
    )
    signed = unsigned.add_extension(hosts, critical=False).sign(key, SHA256())
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(signed.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


class SecureTool:
    """The tool, which can be out of reach for a while."""

    def __init__(self, folder: Path, url: str, before: Before) -> None:
        self.url = url
        self._is_online = True
        self.app = make_app(new_sqlite_database(folder), utc_now, PUBLIC_URL=url)
        self._answer = before(self.app)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or break the connection: a browser may have opened it long before."""
        if self._is_online:
            return self._answer(environ, start_response)
        environ["werkzeug.socket"].shutdown(SHUT_RDWR)
        raise ConnectionAbortedError

    @contextmanager
    def out_of_reach(self) -> Iterator[None]:
        """Answer nobody until the end of the block."""
        self._is_online = False
        try:
            yield
        finally:
            self._is_online = True

    def invite(self) -> str:
        """Make an invitation that approves what registers with it."""
        with self.app.app_context():
            url = registration.invite(self.url, approves=True, lasts=LASTS, now=now())
            db.session.commit()
            return url


@contextmanager
def running_tool(folder: Path, certificate: Certificate, before: Before) -> Iterator[SecureTool]:
    """Run a tool behind something until the end of the block."""
    port = free_port()
    tool = SecureTool(folder, f"https://127.0.0.1:{port}", before)
    with listening(tool, port=port, certificate=certificate):
        yield tool
    close_app(tool.app)


@contextmanager
def running_moodle(folder: Path, certificate: Certificate) -> Iterator[str]:
    """Run a miniature with a course in it until the end of the block; give its address."""
    port = free_port()
    url = f"https://localhost:{port}"
    moodle = _make_moodle(folder, url)
    with listening(moodle, port=port, certificate=certificate):
        yield url


def _make_moodle(folder: Path, url: str) -> Flask:
    moodle = create_moodle(MoodleSettings(wwwroot=url, database=f"sqlite:///{folder / 'moodle.sqlite3'}"))
    seed(moodle.extensions["moodle"])
    return moodle


def register(moodle: str, tool: SecureTool) -> None:
    """Register the tool as the administrator would."""
    walk.register(moodle, tool.invite())
