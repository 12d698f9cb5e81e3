"""People of a platform who come to the tool, or to the floor in its place."""

import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from tests.bench.load import Browser, Reply
from tests.lti_tool.platform import LTI, Platform, login_fields, sign, signing_key
from tests.spec.tool import Tool

ROOT = Path(__file__).parents[2]
PEOPLE = 100


class FloorTool(Tool):
    """The floor, run as the tool is."""

    program = (sys.executable, "-m", "tests.bench.floor")

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(folder, database_url)
        key = signing_key("platform-key").public_key()
        self.environment["PLATFORM_KEY"] = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        self.environment["PYTHONPATH"] = str(ROOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Launching:
    """What the platform's people do, each a visit of three requests."""

    app: Flask
    platform: Platform
    launch_url: str

    def visit_tool(self, browser: Browser, number: int) -> None:
        """Launch an activity as a browser does, and see that the person was let in."""
        probe = _expect(browser.post("/lti/login", self._login_fields()), 303)
        there = _expect(browser.get(probe.location), 303)
        question = parse_qs(urlsplit(there.location).query)
        state, nonce = question["state"][0], question["nonce"][0]
        entered = _expect(browser.post("/lti/launch", self._message(state, nonce, number)), 303)
        if "__Secure-launch" not in entered.cookies:
            sys.exit("a launch brought no session")

    def visit_floor(self, browser: Browser, number: int) -> None:
        """Send requests as many and as large."""
        state = nonce = f"{number:043}"
        _expect(browser.post("/lti/login", self._login_fields()), 200)
        _expect(browser.get(f"/lti/continue?state={state}"), 200)
        _expect(browser.post("/lti/launch", self._message(state, nonce, number)), 200)

    def _login_fields(self) -> dict[str, str]:
        return login_fields(self.platform, target_link_uri=self.launch_url)

    def _message(self, state: str, nonce: str, number: int) -> dict[str, str]:
        changes = {"sub": str(number % PEOPLE), f"{LTI}target_link_uri": self.launch_url}
        return {"state": state, "id_token": sign(self.platform.claims(self.app, nonce, **changes))}


def _expect(reply: Reply, status: int) -> Reply:
    if reply.status != status:
        sys.exit(f"a request was answered with {reply.status} instead of {status}")
    return reply
