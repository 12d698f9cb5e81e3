"""A platform of the tests' own that speaks the wire: a signing key, its key set and its registration on loopback."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from flask.testing import FlaskClient
from jwt.algorithms import RSAAlgorithm
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti import registry
from lti_tool.lti.registry import Granted
from tests.lti_tool.making import PUBLIC_URL

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
RESULT_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
LINE_ITEMS_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
TRAINEE = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
TRAINER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
CLIENT_ID = "client-1"
LAUNCH_URL = f"{PUBLIC_URL}/lti/launch"
GONE = object()
"""A change that takes a claim away."""
Claims = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answers."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def json_answer(document: object, status: int = 200) -> Answer:
    """Make an answer in JSON."""
    return Answer(body=json.dumps(document).encode(), status=status, headers={"Content-Type": "application/json"})


@cache
def signing_key(name: str) -> RSAPrivateKey:
    """Give a key; the same one for the same name, since making one takes long."""
    return generate_private_key(public_exponent=65537, key_size=1024 if name == "short" else 2048)


def public_jwk(name: str, **changes: object) -> dict[str, Any]:
    """Write the public half of a key as its entry in a key set."""
    return {**RSAAlgorithm.to_jwk(signing_key(name).public_key(), as_dict=True), "kid": name, "use": "sig", **changes}


def encoded(value: object) -> str:
    """Write one part of a JWT."""
    octets = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def sign(claims: object, *, key: str = "platform-key", **header: object) -> str:
    """Make a JWT by hand, so that it can be as wrong as a test wants."""
    head = {"typ": "JWT", "alg": "RS256", "kid": "platform-key", **header}
    signed = f"{encoded({name: value for name, value in head.items() if value is not GONE})}.{encoded(claims)}"
    return f"{signed}.{encoded(signing_key(key).sign(signed.encode(), PKCS1v15(), SHA256()))}"


def changed(claims: Claims, changes: Mapping[str, object]) -> Claims:
    """Change claims; a change to `GONE` takes one away."""
    return {name: value for name, value in {**claims, **changes}.items() if value is not GONE}


@dataclass
class Platform:
    """The platform, and what was asked of it."""

    origin: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and `Authorization` of each request."""
    bodies: list[bytes] = field(default_factory=list)

    @property
    def configuration_url(self) -> str:
        return f"{self.origin}/configuration"

    def forget(self) -> None:
        """Answer everything as a platform should."""
        self.asked.clear()
        self.bodies.clear()
        self.answers = {
            "/keys": json_answer({"keys": [public_jwk("platform-key")]}),
            "/configuration": json_answer(self.configuration()),
            "/register": json_answer({"client_id": CLIENT_ID, TOOL: {"deployment_id": "1"}}),
        }

    def configuration(self, **changes: object) -> dict[str, object]:
        """Write the platform's OpenID configuration."""
        return {
            "issuer": self.origin,
            "authorization_endpoint": f"{self.origin}/auth",
            "token_endpoint": f"{self.origin}/token",
            "jwks_uri": f"{self.origin}/keys",
            "registration_endpoint": f"{self.origin}/register",
            **changes,
        }

    def granted(self, **changes: Any) -> Granted:
        """Write what the platform grants a tool."""
        values = {
            "client_id": CLIENT_ID,
            "deployment_id": "1",
            "authorization_endpoint": f"{self.origin}/auth",
            "token_endpoint": f"{self.origin}/token",
            "token_audience": None,
            "jwks_uri": f"{self.origin}/keys",
        }
        return Granted(**{**values, **changes})

    def register(self, app: Flask, *, approved: bool = True, **changes: Any) -> None:
        """Make the platform known to the tool."""
        with app.app_context():
            registry.grant(registry.site(self.origin), self.granted(**changes), approved=approved, now=now())
            db.session.commit()

    def claims(self, app: Flask, nonce: str, **changes: object) -> Claims:
        """Write a trainee's launch."""
        with app.app_context():
            moment = int(now().timestamp())
        return changed(
            {
                "iss": self.origin,
                "aud": CLIENT_ID,
                "sub": "5",
                "iat": moment,
                "exp": moment + 60,
                "nonce": nonce,
                "name": "Trainee One",
                "email": "trainee@example.org",
                f"{LTI}message_type": "LtiResourceLinkRequest",
                f"{LTI}version": "1.3.0",
                f"{LTI}deployment_id": "1",
                f"{LTI}target_link_uri": LAUNCH_URL,
                f"{LTI}roles": [TRAINEE],
                f"{LTI}context": {"id": "2", "title": "Training of trainers"},
                f"{LTI}resource_link": {"id": "7", "title": "Needs matrix"},
                f"{LTI}launch_presentation": {"locale": "en", "return_url": f"{self.origin}/return"},
                f"{LTI}custom": {"activity": "exercise/needs-matrix", "timezone": "Europe/Madrid"},
                AGS: {"scope": [SCORE_SCOPE], "lineitem": f"{self.origin}/lineitems/7/lineitem?type_id=1"},
            },
            changes,
        )

    def deep_linking_claims(self, app: Flask, nonce: str, **changes: object) -> Claims:
        """Write a trainer's wish to choose activities."""
        settings = {
            "deep_link_return_url": f"{self.origin}/contentitem_return.php?course=2",
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["frame", "iframe", "window"],
            "accept_multiple": True,
        }
        wanted = {f"{LTI}message_type": "LtiDeepLinkingRequest", f"{LTI}roles": [TRAINER], DL: settings}
        return self.claims(app, nonce, **{**wanted, f"{LTI}resource_link": GONE, AGS: GONE, **changes})

    def review_claims(self, app: Flask, nonce: str, **changes: object) -> Claims:
        """Write a trainer's wish to see somebody's work."""
        asked = {f"{LTI}message_type": "LtiSubmissionReviewRequest", f"{LTI}for_user": {"user_id": "5"}}
        return self.claims(app, nonce, **{"sub": "6", f"{LTI}roles": [TRAINER], **asked, **changes})


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A login that went as far as the platform."""

    browser: FlaskClient
    state: str
    nonce: str

    def launch(self, id_token: str, **form: str) -> TestResponse:
        """Post a message as the platform lets the browser do."""
        return self.browser.post("/lti/launch", data={"state": self.state, "id_token": id_token, **form})


def login_fields(platform: Platform, **changes: str) -> dict[str, str]:
    """Write a login initiation."""
    return {
        "iss": platform.origin,
        "client_id": CLIENT_ID,
        "target_link_uri": LAUNCH_URL,
        "login_hint": "5",
        "lti_message_hint": '{"cmid":7,"launchid":"a b&c"}',
        "lti_deployment_id": "1",
        **changes,
    }


def begin(app: Flask, platform: Platform, browser: FlaskClient | None = None, **changes: str) -> Begun:
    """Begin a login in a browser, and go on to the platform."""
    browser = browser or app.test_client()
    probe = browser.post("/lti/login", data=login_fields(platform, **changes))
    assert probe.status_code == 303, probe.text
    question = parse_qs(urlsplit(browser.get(probe.location).location).query)
    return Begun(browser=browser, state=question["state"][0], nonce=question["nonce"][0])


@contextmanager
def serve_platform() -> Iterator[Platform]:
    """Serve a platform until the end of the block."""
    platform = Platform("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            platform.asked.append((self.path, self.headers.get("Authorization", "")))
            answer = platform.answers.get(path, Answer(body=b"", status=404))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def do_POST(self) -> None:
            platform.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    platform.origin = f"http://127.0.0.1:{server.server_port}"
    platform.forget()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
