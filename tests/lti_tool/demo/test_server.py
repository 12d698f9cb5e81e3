"""The miniature on a real port, with threads."""

import contextlib
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import select

from lti_tool.demo.moodle.faults import DROP
from lti_tool.demo.moodle.tables import Group, LaunchHint
from tests.listening import listening
from tests.lti_tool.demo.classroom import Classroom


@pytest.fixture
def address(classroom: Classroom) -> Iterator[str]:
    """Serve the classroom on a port of its own."""
    with listening(classroom.app) as url:
        yield url


def test_many_people_launch_at_once(classroom: Classroom, address: str) -> None:
    module_id, _ = classroom.place()
    people = list(classroom.seeded.people.values()) * 4

    def launch(user: int) -> int:
        with requests.Session() as browser:
            browser.post(f"{address}/login", data={"user": user}, timeout=30)
            return browser.get(f"{address}/mod/lti/launch.php?id={module_id}", timeout=30).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(launch, people))

    with classroom.site.session() as db:
        begun = len(db.scalars(select(LaunchHint)).all())
    assert statuses == [200] * len(people)
    assert begun == len(people)


def test_what_one_request_gives_up_another_does_not_keep(classroom: Classroom) -> None:
    site, came = classroom.site, threading.Event()

    def keep() -> None:
        came.set()
        with site.session() as db:
            db.add(Group(course_id=2, name="Kept"))

    other = threading.Thread(target=keep)
    with contextlib.suppress(RuntimeError), site.session() as db:
        db.add(Group(course_id=2, name="Given up"))
        db.flush()
        other.start()
        came.wait()
        for _ in range(100):  # without turns, the other would come in between
            db.execute(select(Group)).all()
        raise RuntimeError
    other.join()

    with site.session() as db:
        assert list(db.scalars(select(Group.name).order_by(Group.id))) == ["Group A", "Kept"]


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
