"""A miniature of Moodle with people in it, and a tool of the test's own that speaks the wire."""

import html
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.demo.moodle.claims import LINEITEM, LINEITEM_READ, MEMBERSHIPS, RESULT, SCORE
from lti_tool.demo.moodle.configuration import TOOL_CONFIGURATION
from lti_tool.demo.moodle.placing import Column, place_activity
from lti_tool.demo.moodle.seed import Seeded
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import Activity, GradeItem, Section

MOODLE = "http://localhost:8100"
ALL_SCOPES = [LINEITEM, LINEITEM_READ, RESULT, SCORE, MEMBERSHIPS]
NOON = 1_700_000_000
SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
Json = dict[str, Any]


@dataclass
class Clock:
    """A clock that stands until it is set."""

    time: float = NOON

    def __call__(self) -> float:
        return self.time


@dataclass
class FakeTool:
    """A tool: a key, its set on a real port, and what it would register."""

    origin: str
    key: RSAPrivateKey
    kid: str = "tool-key"
    keyset_requests: list[str] = field(default_factory=list)

    @property
    def launch_url(self) -> str:
        return f"{self.origin}/launch"

    def sign(self, claims: Mapping[str, object], headers: Mapping[str, Any] | None = None) -> str:
        """Sign; a header that is None is left out."""
        named = {"kid": self.kid, **(headers or {})}
        return jwt.encode(dict(claims), self.key, "RS256", {k: v for k, v in named.items() if v is not None})

    def registration(self, *, tool: Json | None = None, **changes: object) -> Json:
        """Write a registration; a change to None leaves the field out."""
        configuration = {
            "domain": urlsplit(self.origin).netloc,
            "target_link_uri": self.launch_url,
            "claims": ["iss", "sub", "name", "given_name", "family_name", "email"],
            "messages": [{"type": "LtiDeepLinkingRequest", "target_link_uri": f"{self.origin}/pick"}],
            **(tool or {}),
        }
        sent = {
            "application_type": "web",
            "response_types": ["id_token"],
            "initiate_login_uri": f"{self.origin}/login",
            "redirect_uris": [self.launch_url, f"{self.origin}/pick"],
            "client_name": "MedTOWN",
            "jwks_uri": f"{self.origin}/jwks.json",
            "token_endpoint_auth_method": "private_key_jwt",
            "scope": " ".join(ALL_SCOPES),
            TOOL_CONFIGURATION: {key: value for key, value in configuration.items() if value is not None},
            **changes,
        }
        return {key: value for key, value in sent.items() if value is not None}


@dataclass
class Classroom:
    """The miniature with its people, and the ways to use it that a browser and a tool have."""

    app: Flask
    seeded: Seeded
    clock: Clock
    tool: FakeTool
    client_id: str = ""
    tool_id: int = 0

    @property
    def site(self) -> Site:
        site: Site = self.app.extensions["moodle"]
        return site

    def walk_in(self, username: str) -> FlaskClient:
        browser = self.app.test_client()
        browser.post("/login", data={"user": self.seeded.people[username]})
        return browser

    def invitation(self, tool_id: int = 0) -> str:
        """Get a registration token as the tool's registration page would."""
        admin = self.walk_in("admin")
        query = {"url": f"{self.tool.origin}/register", "sesskey": sesskey(admin), "type": tool_id}
        answer = admin.get("/mod/lti/startltiadvregistration.php", query_string=query)
        return dict(parse_qsl(urlsplit(answer.location).query))["registration_token"]

    def send_registration(self, token: str, payload: Json) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"}
        return self.app.test_client().post("/mod/lti/openid-registration.php", json=payload, headers=headers)

    def register(self, *, tool: Json | None = None, **changes: object) -> Json:
        """Register the tool, and activate it."""
        answer = self.send_registration(self.invitation(), self.tool.registration(tool=tool, **changes))
        assert answer.status_code == 200, answer.text
        kept = read_json(answer)
        self.client_id = kept["client_id"]
        self.tool_id = int(kept[TOOL_CONFIGURATION]["deployment_id"])
        self.change_tool("accept")
        return kept

    def change_tool(self, action: str) -> None:
        admin = self.walk_in("admin")
        form = {"sesskey": sesskey(admin), "action": action, "id": self.tool_id}
        assert admin.post("/mod/lti/typessettings.php", data=form).status_code == 302

    def place(self, column: Column | None = None, **changes: Any) -> tuple[int, int]:
        """Place an activity by hand; gives its module's id and its own."""
        values = {"course_id": self.seeded.course, "name": "Needs map", "tool_id": self.tool_id, **changes}
        with self.site.session() as db:
            section = db.get_one(Section, self.seeded.sections[0])
            module = place_activity(db, section, Activity(**values), column)
            return module.id, module.instance

    def column_of(self, activity_id: int) -> int:
        with self.site.session() as db:
            return db.scalars(select(GradeItem.id).filter_by(activity_id=activity_id)).one()

    def token(self, scope: str) -> str:
        answer = self.ask_token(scope)
        assert answer.status_code == 200, answer.text
        return str(read_json(answer)["access_token"])

    def ask_token(self, scope: str, *, headers: Json | None = None, **changes: object) -> TestResponse:
        now = int(self.clock())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": f"{MOODLE}/mod/lti/token.php",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(8),
            **changes,
        }
        sent = {key: value for key, value in claims.items() if value is not None}
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self.tool.sign(sent, headers),
            "scope": scope,
        }
        return self.app.test_client().post("/mod/lti/token.php", data=form)

    def call(self, method: str, path: str, scope: str, media_type: str | None, body: object = None) -> TestResponse:
        """Call a service with a fresh token of one scope."""
        headers = {"Authorization": f"Bearer {self.token(scope)}"}
        if media_type:
            headers["Accept" if method == "GET" else "Content-Type"] = media_type
        data = None if body is None else json.dumps(body)
        path = path.removeprefix(MOODLE)
        return self.app.test_client().open(path, method=method, headers=headers, data=data)

    def login_fields(self, browser: FlaskClient, module_id: int, **query: object) -> dict[str, str]:
        """Open an activity and read the login initiation that the tool would get."""
        return form_fields(browser.get("/mod/lti/launch.php", query_string={"id": module_id, **query}))

    def question(self, login: Mapping[str, str], **changes: str | None) -> dict[str, str]:
        """Write the authentication request that a tool makes of a login initiation."""
        asked = {
            "scope": "openid",
            "response_type": "id_token",
            "response_mode": "form_post",
            "prompt": "none",
            "client_id": login["client_id"],
            "redirect_uri": self.tool.launch_url,
            "login_hint": login["login_hint"],
            "lti_message_hint": login["lti_message_hint"],
            "nonce": "a-nonce",
            "state": "a-state",
            **changes,
        }
        return {key: value for key, value in asked.items() if value is not None}

    def ask(self, browser: FlaskClient, question: Mapping[str, str]) -> TestResponse:
        return browser.get("/mod/lti/auth.php", query_string=question)

    def read(self, id_token: str) -> Json:
        """Verify an id_token as a tool would."""
        keys = jwt.PyJWKSet.from_dict(read_json(self.app.test_client().get("/mod/lti/certs.php")))
        key = keys[jwt.get_unverified_header(id_token)["kid"]]
        options: Any = {"verify_exp": False, "verify_iat": False}
        claims: Json = jwt.decode(
            id_token, key, algorithms=["RS256"], audience=self.client_id, issuer=MOODLE, options=options
        )
        return claims

    def launch(self, username: str, module_id: int, **query: object) -> Json:
        """Launch an activity; gives the id_token's claims."""
        browser = self.walk_in(username)
        login = self.login_fields(browser, module_id, **query)
        fields = form_fields(self.ask(browser, self.question(login)))
        return self.read(fields["id_token"])


def at(seconds: float) -> str:
    """Write the time so many seconds after noon, as a score does."""
    return (datetime.fromtimestamp(NOON, UTC) + timedelta(seconds=seconds)).isoformat()


def sesskey(browser: FlaskClient) -> str:
    """Read the sesskey of a session from a page's form."""
    found = re.search(r'name="sesskey" value="([^"]+)"', browser.get("/").text)
    assert found
    return found[1]


def read_json(answer: TestResponse) -> Json:
    """Read a JSON object, whatever its media type is called."""
    value: Json = json.loads(answer.text)
    return value


def form_fields(answer: TestResponse) -> dict[str, str]:
    """Read the hidden fields of a page that posts itself."""
    pairs = re.findall(r'name="([^"]*)" value="([^"]*)"', answer.text)
    return {html.unescape(name): html.unescape(value) for name, value in pairs}


def form_action(answer: TestResponse) -> str:
    """Read where a page posts itself to."""
    found = re.search(r'action="([^"]*)"', answer.text)
    assert found
    return html.unescape(found[1])


def new_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)
