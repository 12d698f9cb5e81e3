"""Requests to platforms: bounded in time and size, to public addresses only, and never redirected."""

from http.cookiejar import DefaultCookiePolicy
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from lti_tool.errors import PlatformAnswered, PlatformUnreachable
from lti_tool.lti.addresses import origin
from lti_tool.lti.platform.connections import CONNECT_WITHIN, Line, LookUp, PlainOnLine, SecureOnLine, look_up

TIMEOUT = (CONNECT_WITHIN, 15.0)
"""Seconds to connect, and seconds between two bytes."""
WHOLE_REQUEST = 30.0
"""Seconds for everything: the connection, the header and the last byte of the body."""
MAX_BYTES = 1_000_000
"""Of a body, unpacked, unless more is expected; the header's bounds are the standard library's (100 lines of 64 kB)."""


class PlatformSession(requests.Session):
    """A `requests` session that can be handed an address which a stranger wrote.

    Every request has a connection of its own, to any port: Moodles stand on odd ones. No cookie is kept.

    Raises (from every request):
        PlatformUnreachable: no usable answer, a redirect, or an address that isn't allowed.
    """

    def __init__(self, *, allow_private: bool, look_up: LookUp = look_up, lasts: float = WHOLE_REQUEST) -> None:
        super().__init__()
        self.allow_private = allow_private
        self._look_up = look_up
        self._lasts = lasts
        self.largest = MAX_BYTES
        """Bytes of a body that are read at most."""
        self.trust_env = False  # neither .netrc passwords nor proxies that hide the address
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers["User-Agent"] = "MedTOWN-LTI"

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]  # the parent lists 15 parameters
        """Send one request; an error status is the caller's to judge."""
        require_plain(url, allow_http=self.allow_private)
        bounds = {"timeout": TIMEOUT, "allow_redirects": False, "stream": True}
        try:
            return super().request(method, url, **{**kwargs, **bounds})
        except (requests.RequestException, ValueError) as error:  # urllib3's own errors are values' errors
            msg = f"{place(url)} gave no answer: {type(error).__name__}"
            raise PlatformUnreachable(msg) from error

    def get_adapter(self, url: str | bytes) -> HTTPAdapter:
        """Give each request a line of its own, so that its time and its address are its own too."""
        line = Line(allow_private=self.allow_private, look_up=self._look_up, lasts=self._lasts)
        return _Adapter(line, self.largest)


class _Adapter(HTTPAdapter):
    """Sends one request over one line, and reads the answer to its end."""

    def __init__(self, line: Line, largest: int) -> None:
        super().__init__()
        self._line = line
        self._largest = largest

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> HTTPConnectionPool:
        pool = cast("HTTPConnectionPool", super().get_connection_with_tls_context(*args, **kwargs))
        pool.ConnectionCls = SecureOnLine if isinstance(pool, HTTPSConnectionPool) else PlainOnLine
        pool.conn_kw["line"] = self._line
        return pool

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        where = place(request.url or "")
        with self._line as line:
            try:
                with super().send(request, *args, **kwargs) as response:  # closed too where it isn't read to its end
                    _read(response, where, self._largest)
            except (requests.RequestException, ValueError):
                _require_time(line, where)
                raise
            finally:
                self.close()
            _require_time(line, where)
            return response


def _require_time(line: Line, where: str) -> None:
    if line.is_over():
        msg = f"{where} took too long to answer"
        raise PlatformUnreachable(msg)


def _read(response: requests.Response, where: str, largest: int) -> None:
    if response.is_redirect:
        msg = f"{where} redirects elsewhere"
        raise PlatformUnreachable(msg)
    body = b""
    for chunk in response.iter_content(65_536):
        body += chunk
        if len(body) > largest:
            msg = f"{where} answered with more than {largest} bytes"
            raise PlatformUnreachable(msg)
    response._content = body  # noqa: SLF001 - requests has no other way to cap what .json() reads


def get_json(session: PlatformSession, url: str) -> object:
    """Fetch a JSON document.

    Raises:
        PlatformUnreachable: no answer, or none that is JSON.
        PlatformAnswered: an error status.
    """
    response = session.get(url, headers={"Accept": "application/json"})
    if not response.ok:
        raise PlatformAnswered(response.status_code, place(url))
    return json_of(response)


def json_of(response: requests.Response) -> object:
    """Read an answer as JSON.

    Raises:
        PlatformUnreachable: it is something else, or nested too deeply.
    """
    try:
        document: object = response.json()
    except (ValueError, RecursionError) as error:
        msg = f"{place(response.url)} did not answer with JSON"
        raise PlatformUnreachable(msg) from error
    return document


def require_plain(url: str, *, allow_http: bool) -> None:
    """Refuse what isn't a plain https address; whom its host leads to is seen when it is looked up.

    Raises:
        PlatformUnreachable: saying which rule the address breaks.
    """
    if origin(url) is None:
        msg = "what was given is not a plain web address"
        raise PlatformUnreachable(msg)
    if urlsplit(url).scheme != "https" and not allow_http:
        msg = f"{place(url)} does not use https"
        raise PlatformUnreachable(msg)


def place(url: str) -> str:
    """Name an address in an error or a log: without its query and whatever stands before the host."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}{parts.path}"
