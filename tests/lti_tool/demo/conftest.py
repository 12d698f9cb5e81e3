"""One miniature for all tests, and the states that they begin with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import RSAAlgorithm

from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.seed import seed
from lti_tool.demo.moodle.settings import MoodleSettings
from tests.listening import listening
from tests.lti_tool.demo.classroom import MOODLE, NOON, Classroom, Clock, FakeTool, new_key


@pytest.fixture(scope="session")
def moodle_key_pem() -> str:
    return new_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture(scope="session")
def tool_server() -> Iterator[FakeTool]:
    """Serve the fake tool's key set on a port of its own."""
    requests: list[str] = []
    key = new_key()
    public = {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": "tool-key", "alg": "RS256"}

    key_set = json.dumps({"keys": [public]}).encode()

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        path = environ["PATH_INFO"]
        requests.append(path)
        start_response("200 OK" if path == "/jwks.json" else "404 Not Found", [])
        return [key_set]

    with listening(answer) as url:
        yield FakeTool(url, key, keyset_requests=requests)


@dataclass(frozen=True)
class Prepared:
    """One miniature for all tests, and the states of its database that they begin with."""

    classroom: Classroom
    settings: MoodleSettings
    empty: bytes
    registered: bytes
    client_id: str

    def begin(self, state: bytes) -> Classroom:
        """Undo what the last test did."""
        classroom = self.classroom
        classroom.site.restore(state)
        classroom.site.settings = self.settings
        classroom.clock.time = NOON
        classroom.app.extensions["faults"].clear()
        classroom.client_id, classroom.tool_id = self.client_id, 1
        return classroom


@pytest.fixture(scope="session")
def prepared(moodle_key_pem: str, tool_server: FakeTool) -> Iterator[Prepared]:
    """Make the miniature once: making it takes longer than most tests."""
    clock = Clock()
    settings = MoodleSettings(wwwroot=MOODLE, clock=clock, private_key_pem=moodle_key_pem)
    app = create_moodle(settings)
    classroom = Classroom(app, seed(app.extensions["moodle"]), clock, tool_server)
    empty = classroom.site.snapshot()
    classroom.register()
    yield Prepared(classroom, settings, empty, classroom.site.snapshot(), classroom.client_id)
    classroom.site.close()


@pytest.fixture
def empty_classroom(prepared: Prepared) -> Classroom:
    """Give a course with people, and no tool yet."""
    return prepared.begin(prepared.empty)


@pytest.fixture
def classroom(prepared: Prepared) -> Classroom:
    """Give a course with people, and the tool registered and active."""
    return prepared.begin(prepared.registered)
