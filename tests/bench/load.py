"""Load over HTTP: browsers behind a proxy that keeps its connections, as fast as they are served or at a fixed rate."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import accumulate
from random import Random
from urllib.parse import urlencode

KEPT = 1.0
"""Seconds that an idle connection is used again; gunicorn closes it after two."""
TIMEOUT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server answered to one request."""

    status: int
    location: str
    cookies: Mapping[str, str]


@dataclass(slots=True)
class Connection:
    """One kept connection to the server; many browsers use it, one after the other."""

    http: HTTPConnection
    used_at: float = 0.0

    def send(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Reply:
        """Send one request and read the whole answer."""
        if time.monotonic() - self.used_at > KEPT:
            self.http.close()  # http.client opens it again by itself
        self.http.request(method, path, body, headers)
        response = self.http.getresponse()
        response.read()
        self.used_at = time.monotonic()
        cookies = (value.partition(";")[0].partition("=") for value in response.headers.get_all("Set-Cookie", []))
        return Reply(
            status=response.status,
            location=response.headers.get("Location", ""),
            cookies={name: value for name, _, value in cookies},
        )


@dataclass(slots=True)
class Browser:
    """One person's browser: a cookie jar, and how long each request took."""

    connection: Connection
    cookies: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    """Seconds."""

    def get(self, path: str) -> Reply:
        """Follow a link."""
        return self._send("GET", path, "", {})

    def post(self, path: str, form: Mapping[str, str]) -> Reply:
        """Send a form."""
        return self._send("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})

    def _send(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Reply:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.perf_counter()
        reply = self.connection.send(method, path, body, {**headers, "Cookie": cookie} if cookie else headers)
        self.waits.append(time.perf_counter() - began)
        self.cookies.update(reply.cookies)
        return reply


Visit = Callable[[Browser, int], None]
"""What one numbered visitor does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long each visitor waited."""

    seconds: float
    """From the first request to the last answer of all."""
    visits: Sequence[Sequence[float]]
    """Seconds of each request of each visit."""

    @property
    def rate(self) -> float:
        """Visits per second."""
        return len(self.visits) / self.seconds

    def of_request(self, position: int) -> list[float]:
        """Give each visit's wait for one of its requests."""
        return [visit[position] for visit in self.visits]

    def whole(self) -> list[float]:
        """Give each visit's wait for all of its requests."""
        return [sum(visit) for visit in self.visits]


def percentile(waits: Sequence[float], percent: int) -> float:
    """Give the wait that so many percent did not exceed."""
    return statistics.quantiles(waits, n=100, method="inclusive")[percent - 1]


def saturate(port: int, visit: Visit, numbers: range, clients: int) -> Waits:
    """Let clients visit without a pause, each beginning again as soon as it was served."""
    return _drive(port, visit, [(number, 0.0) for number in numbers], clients)


def arrive(port: int, visit: Visit, numbers: range, rate: float, clients: int) -> Waits:
    """Let visitors come by chance, so many a second, however slowly they are served.

    Who finds all clients busy waits too, and that wait counts.
    """
    chance = Random(1)
    due = accumulate(chance.expovariate(rate) for _ in numbers)
    return _drive(port, visit, list(zip(numbers, due, strict=True)), clients)


def _drive(port: int, visit: Visit, due: list[tuple[int, float]], clients: int) -> Waits:
    visitors = iter(due)  # shared: a list's iterator gives each of its items to one thread
    began = time.perf_counter()

    def serve() -> list[list[float]]:
        with _connected(port) as connection:
            return [_visit(visit, connection, number, moment, began) for number, moment in visitors]

    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(serve) for _ in range(clients)]
        visits = [waits for client in running for waits in client.result()]
    return Waits(seconds=time.perf_counter() - began, visits=visits)


def _visit(visit: Visit, connection: Connection, number: int, due: float, began: float) -> list[float]:
    late = time.perf_counter() - began - due
    if late < 0:
        time.sleep(-late)
    browser = Browser(connection)
    visit(browser, number)
    if due:
        browser.waits[0] += max(0.0, late)
    return browser.waits


@contextmanager
def _connected(port: int) -> Iterator[Connection]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)) as http:
        yield Connection(http)
