"""The miniature on a real port, with threads."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from jwt.algorithms import RSAAlgorithm
from werkzeug.serving import make_server

from lti_tool.demo.moodle.faults import DROP
from tests.lti_tool.demo.conftest import Classroom


@pytest.fixture
def address(classroom: Classroom) -> Iterator[str]:
    """Serve the classroom on a port of its own."""
    server = make_server("127.0.0.1", 0, classroom.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_many_people_come_at_once(classroom: Classroom, address: str) -> None:
    people = list(classroom.seeded.people.values()) * 4

    def walk_in(user: int) -> int:
        with requests.Session() as browser:
            browser.post(f"{address}/login", data={"user": user}, timeout=30)
            return browser.get(f"{address}/course/view.php?id=2", timeout=30).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(walk_in, people))

    assert statuses == [200] * len(people)


def test_the_tool_may_ask_something_while_its_key_set_is_fetched(classroom: Classroom, address: str) -> None:
    public = {**RSAAlgorithm.to_jwk(classroom.tool.key.public_key(), as_dict=True), "kid": classroom.tool.kid}

    class AskingTool(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.get(f"{address}/", timeout=5).raise_for_status()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"keys": [public]}).encode())

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), AskingTool) as server:
        threading.Thread(target=server.serve_forever).start()
        classroom.register(jwks_uri=f"http://127.0.0.1:{server.server_port}/")
        answer = classroom.ask_token("https://purl.imsglobal.org/spec/lti-ags/scope/score")
        server.shutdown()

    assert answer.status_code == 200


def test_a_dropped_connection_is_one_for_the_tool(classroom: Classroom, address: str) -> None:
    classroom.app.extensions["faults"]["token"] = [DROP]

    with pytest.raises(requests.ConnectionError):
        requests.post(f"{address}/mod/lti/token.php", timeout=5)

    assert requests.post(f"{address}/mod/lti/token.php", timeout=5).status_code == 400
