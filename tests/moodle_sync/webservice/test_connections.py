"""Connections are kept from one request to the next, whichever thread asks."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Thread

import pytest

from moodle_sync.webservice.client import Send, over_http

TOGETHER = 2


class Counting(ThreadingHTTPServer):
    """A server that counts connections, and answers once so many requests are there."""

    daemon_threads = True

    def __init__(self, together: int) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.connections = 0
        self.there = Barrier(together)


class Answering(BaseHTTPRequestHandler):
    """Answers with nothing, and keeps the connection."""

    protocol_version = "HTTP/1.1"
    server: Counting

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.there.wait()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Counting]:
    with Counting(request.param) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: Counting, send: Send, threads: int) -> None:
    """Ask from threads at the same time."""
    asking = [
        threading.Thread(target=send, args=[f"http://127.0.0.1:{server.server_port}/", ""]) for _ in range(threads)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()


@pytest.mark.parametrize("server", [1], indirect=True)
def test_threads_that_come_one_after_the_other_use_one_connection(server: Counting) -> None:
    send = over_http("http://127.0.0.1")

    for _ in range(3):
        ask(server, send, 1)

    assert server.connections == 1


@pytest.mark.parametrize("server", [TOGETHER], indirect=True)
def test_threads_that_ask_at_once_share_none(server: Counting) -> None:
    send = over_http("http://127.0.0.1")

    for _ in range(3):
        ask(server, send, TOGETHER)

    assert server.connections == TOGETHER
