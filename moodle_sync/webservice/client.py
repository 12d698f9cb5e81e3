"""The one way to Moodle: a call, its answer checked, its errors as exceptions.

Moodle reports errors with HTTP status 200; this is the only place that knows. The token is sent in the body, first,
and stands in no message. What reads is asked again where that may help; what writes is sent once. Several threads may
call at once.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, LifoQueue
from typing import NoReturn, TypeAlias, TypeVar
from urllib.parse import urlencode, urlsplit

import requests
from pydantic import ValidationError
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from moodle_sync.errors import Blocked, FateUnknown, Garbled, MoodleError, NotMoodle, TooMany, Unreachable, refused
from moodle_sync.webservice.encoding import Row, Value, flatten
from moodle_sync.webservice.functions import Function, Named
from moodle_sync.webservice.patience import patiently
from moodle_sync.webservice.plain import first_line, plain

T = TypeVar("T")

ENDPOINT = "/webservice/rest/server.php"
READS_AT_ONCE = 4
TIMEOUT = (10, 120)
"""Seconds to connect, and to wait for more of an answer."""
LARGEST = 64_000_000
"""Bytes of an answer that are read: no function's is as large."""
AT_ONCE = 65_536
"""Bytes of it that are read at once."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
CLOSED_FOR_NOW = frozenset({"sitemaintenance", "upgraderunning"})
"""Moodle's codes that say to come back later; it looks before it does anything."""
SWITCHED_OFF = (
    "web services or the REST protocol are switched off: see Site administration > General > Advanced features, "
    "and Site administration > Server > Web services > Manage protocols"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP."""

    status: int
    text: str
    location: str = ""
    retry_after: str = ""
    """Seconds, or a date, which is left aside."""


Send: TypeAlias = Callable[[str, str], Answer]
"""Posts a body of form variables to an address; raises `requests.RequestException`."""


class TooLarge(requests.RequestException):
    """An answer that goes on and on; it wasn't read to its end."""


class Client:
    """Calls functions with a token, and counts the requests; `sleep` waits for so many seconds."""

    def __init__(self, site: str, token: str, send: Send, sleep: Callable[[float], None] = time.sleep) -> None:
        self._site = site.rstrip("/")
        self._token = token
        self._send = send
        self._sleep = sleep
        self._counting = threading.Lock()
        self._reading = threading.BoundedSemaphore(READS_AT_ONCE)
        self.reads = 0
        self.writes = 0

    def call(self, function: Function[T], **arguments: Value) -> T:
        """Call a function; see `errors` for what it raises."""
        if function.writes:
            return self._call(function, arguments)
        with self._reading:
            return patiently(lambda: self._call(function, arguments), self._sleep)

    def wait(self, seconds: float) -> None:
        """Wait before something is asked for again."""
        self._sleep(seconds)

    def _call(self, function: Function[T], arguments: Row) -> T:
        self._count(function)
        body = urlencode([*self._protocol(function), *flatten(arguments)])
        answer = self._post(function, body)
        data = self._read(function, answer)
        try:
            return function.reply.validate_python(data)
        except ValidationError as error:
            raise self._unusable(function, "its answer has another shape than expected") from error

    def _count(self, function: Named) -> None:
        with self._counting:
            self.reads += not function.writes
            self.writes += function.writes

    def _protocol(self, function: Function[T]) -> Iterator[tuple[str, str]]:
        yield "wstoken", self._token
        yield "wsfunction", function.name
        yield "moodlewsrestformat", "json"
        if not function.writes:
            yield ("moodlewssettingfilter" if function.filtered else "moodlewssettingraw"), "1"
            yield "moodlewssettingfileurl", "0"

    def _post(self, function: Named, body: str) -> Answer:
        try:
            answer = self._send(self._site + ENDPOINT, body)
        except TooLarge as error:
            raise self._unusable(function, f"its answer is larger than {LARGEST // 1_000_000} MB") from error
        except requests.RequestException as error:
            if _never_connected(error):
                message = f"{self._site} can't be reached: no connection was made"
                raise Unreachable(message) from error
            raise self._unanswered(function, f"no answer came ({_reason(error)})") from error
        if answer.status != 200:  # noqa: PLR2004  # the one status that carries an answer
            self._refuse_status(function, answer)
        return answer

    def _refuse_status(self, function: Named, answer: Answer) -> NoReturn:
        if answer.status == 403 and not answer.text.strip():  # noqa: PLR2004  # Moodle's way to say that REST is off
            raise refused(function.name, "forbidden", SWITCHED_OFF)
        if answer.status == 429:  # noqa: PLR2004  # too many requests: it wasn't even looked at
            message = f"{self._site} wants fewer requests (status 429); try again later"
            raise TooMany(message, _seconds(answer.retry_after))
        if answer.status >= 500:  # noqa: PLR2004  # the server's own errors
            what = f"the server answered with status {answer.status}"
            raise self._unanswered(function, what, _seconds(answer.retry_after))
        if answer.location:
            wanted = answer.location.split(ENDPOINT)[0].split("?")[0]
            message = f"{self._site} sends requests on to {wanted}: write the site's own address in the configuration"
            raise NotMoodle(message)
        message = (
            f"{self._site} answers {function.name} with status {answer.status}{self._said(answer.text)}; "
            "look at the address, and at what is before Moodle, such as a firewall"
        )
        raise Blocked(message)

    def _read(self, function: Named, answer: Answer) -> object:
        try:
            data: object = json.loads(answer.text)
        except (ValueError, RecursionError) as error:  # the latter where it is nested too deeply
            what = f"its answer is no JSON{self._said(answer.text)}"
            raise self._unusable(function, what, Garbled) from error
        if isinstance(data, dict) and "exception" in data:
            raise self._error(function, *(str(data.get(name) or "") for name in ("errorcode", "message", "debuginfo")))
        return data

    def _error(self, function: Named, errorcode: str, message: str, debuginfo: str) -> MoodleError:
        said = self._silenced(plain(message))
        if errorcode == "invalidresponse":
            return self._unusable(function, "Moodle found its own answer invalid")
        if errorcode in CLOSED_FOR_NOW:
            return Unreachable(f"{self._site} is closed for now: {said} ({errorcode})")
        why = self._silenced(first_line(debuginfo))
        return refused(function.name, plain(errorcode), said, "" if why in said else why)

    def _said(self, text: str) -> str:
        """Quote what came instead of an answer."""
        line = self._silenced(first_line(text))
        return f': "{line}"' if line else ""

    def _silenced(self, text: str) -> str:
        return text.replace(self._token, "…")

    def _unanswered(self, function: Named, what: str, after: float | None = None) -> MoodleError:
        message = f"{self._site} can't be reached: {what} to {function.name}"
        return FateUnknown(message, unanswered=True) if function.writes else Unreachable(message, after)

    def _unusable(self, function: Named, what: str, read: type[NotMoodle] = NotMoodle) -> MoodleError:
        kind = FateUnknown if function.writes else read
        return kind(f"{self._site}: {what} ({function.name})")


class _Sessions:
    """Sessions that are lent to one thread at a time, since requests promises nothing for one that is shared.

    They are lent again, whichever thread asks: so connections stay open from one request to the next.
    """

    def __init__(self, *, trust_env: bool) -> None:
        self._trust_env = trust_env
        self._idle: LifoQueue[requests.Session] = LifoQueue()

    @contextmanager
    def lent(self) -> Iterator[requests.Session]:
        """Lend a session for the length of a block."""
        try:
            session = self._idle.get_nowait()
        except Empty:
            session = self._make()
        try:
            yield session
        finally:
            self._idle.put(session)

    def _make(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = self._trust_env
        session.headers["Content-Type"] = "application/x-www-form-urlencoded"
        return session


def over_http(site: str) -> Send:
    """Make the sender that really sends: no redirects are followed, since they would turn a post into a get."""
    sessions = _Sessions(trust_env=urlsplit(site).hostname not in LOOPBACK)

    def send(address: str, body: str) -> Answer:
        with (
            sessions.lent() as session,
            session.post(address, data=body, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer,
        ):
            text = _text(answer)
        headers = answer.headers
        return Answer(answer.status_code, text, headers.get("Location", ""), headers.get("Retry-After", ""))

    return send


def _text(answer: requests.Response) -> str:
    """Read an answer to its end, or until it is too large."""
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_content(AT_ONCE):
        size += len(part)
        if size > LARGEST:
            raise TooLarge
        parts.append(part)
    return b"".join(parts).decode(errors="replace")


def _never_connected(error: requests.RequestException) -> bool:
    """Tell whether not even a connection was made, so that surely nothing was done."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, (NewConnectionError, ConnectTimeoutError))


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isdecimal() else None


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "it took too long"
    if isinstance(error, requests.exceptions.SSLError):
        return "the certificate can't be trusted"
    return "the connection failed"
