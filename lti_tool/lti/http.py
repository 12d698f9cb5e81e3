"""Requests to platforms: bounded in time and size, to public addresses only, and never redirected."""

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import Any
from urllib.parse import urlsplit

import requests

from lti_tool.errors import PlatformAnswered, PlatformUnreachable
from lti_tool.lti.addresses import origin

TIMEOUT = (5.0, 15.0)
"""Seconds to connect, and seconds between two bytes."""
MAX_BYTES = 1_000_000
NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses behind which a network may reach any IPv4 address (RFC 6052)."""


class PlatformSession(requests.Session):
    """A `requests` session that can be handed an address which a stranger wrote.

    Raises (from every request):
        PlatformUnreachable: no usable answer, a redirect, or an address that isn't allowed.
    """

    def __init__(self, *, allow_private: bool) -> None:
        super().__init__()
        self.allow_private = allow_private
        self.trust_env = False  # neither .netrc passwords nor proxies that hide the address
        self.headers["User-Agent"] = "MedTOWN-LTI"

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]  # the parent lists 15 parameters
        """Send one request; an error status is the caller's to judge."""
        require_allowed(url, allow_private=self.allow_private)
        try:
            response = super().request(
                method, url, **{"timeout": TIMEOUT, **kwargs, "allow_redirects": False, "stream": True}
            )
            return _read(response, url)
        except (requests.RequestException, ValueError) as error:  # urllib3's own errors are values' errors
            msg = f"{place(url)} gave no answer: {type(error).__name__}"
            raise PlatformUnreachable(msg) from error


def get_json(session: PlatformSession, url: str) -> object:
    """Fetch a JSON document.

    Raises:
        PlatformUnreachable: no answer, or none that is JSON.
        PlatformAnswered: an error status.
    """
    response = session.get(url, headers={"Accept": "application/json"})
    if not response.ok:
        raise PlatformAnswered(response.status_code, place(url))
    try:
        document: object = response.json()
    except ValueError as error:
        msg = f"{place(url)} did not answer with JSON"
        raise PlatformUnreachable(msg) from error
    return document


def require_allowed(url: str, *, allow_private: bool) -> None:
    """Refuse what isn't https to a public address, unless the setting for development allows it.

    Raises:
        PlatformUnreachable: saying which rule the address breaks.
    """
    if origin(url) is None:
        msg = "what was given is not a plain web address"
        raise PlatformUnreachable(msg)
    if allow_private:
        return
    parts = urlsplit(url)
    if parts.scheme != "https":
        msg = f"{place(url)} does not use https"
        raise PlatformUnreachable(msg)
    if not all(_is_public(address) for address in _addresses(parts.hostname or "")):
        msg = f"{place(url)} is not a public address"
        raise PlatformUnreachable(msg)


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    carried = _carried(address) if isinstance(address, IPv6Address) else None
    return address.is_global and not address.is_multicast and (carried is None or carried.is_global)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address that a gateway would turn this one into."""
    behind_nat64 = IPv4Address(int(address) & 0xFFFF_FFFF) if address in NAT64 else None
    return address.ipv4_mapped or address.sixtofour or behind_nat64


def _addresses(host: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError) as error:
        msg = f"{host} can't be looked up"
        raise PlatformUnreachable(msg) from error


def _read(response: requests.Response, url: str) -> requests.Response:
    if response.is_redirect:
        msg = f"{place(url)} redirects elsewhere"
        raise PlatformUnreachable(msg)
    body = b""
    for chunk in response.iter_content(65_536):
        body += chunk
        if len(body) > MAX_BYTES:
            response.close()
            msg = f"{place(url)} answered with more than {MAX_BYTES} bytes"
            raise PlatformUnreachable(msg)
    response._content = body  # noqa: SLF001 - requests has no other way to cap what .json() reads
    return response


def place(url: str) -> str:
    """Name an address in an error or a log: without its query and whatever stands before the host."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}{parts.path}"
