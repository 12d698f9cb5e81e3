"""Who asks, and what is asked for: never what a stranger's header says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Address = IPv4Address | IPv6Address

UNIX = "unix"
"""The word for a proxy that reaches us through a socket in the file system and so has no address."""
ID = "HTTP_X_REQUEST_ID"
WELL_FORMED_ID = re.compile("[A-Za-z0-9-]{8,64}")
REPLACED = ("REMOTE_ADDR", "HTTP_HOST", "HTTP_X_FORWARDED_FOR")
AS_IT_CAME = "lti_tool.as_it_came"
"""Where the environment of a request keeps what was replaced in it."""
LOOPBACK_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
TRACES_OF_PROXIES = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_", "HTTP_X_REAL_IP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """The proxies whose `X-Forwarded-For` counts."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    unix: bool = False

    @classmethod
    def named(cls, text: str) -> Self:
        """Read networks separated by commas; `unix` among them means a socket in the file system.

        Raises:
            ValueError: one isn't a network.
        """
        names = [name.strip() for name in text.split(",") if name.strip()]
        networks = tuple(ip_network(name) for name in names if name != UNIX)
        return cls(networks=networks, unix=UNIX in names)

    def client(self, peer: str, forwarded_for: str) -> str:
        """Give the address of whoever asks: the last one on the way to us that isn't a trusted proxy's.

        An entry that is no address was written by a stranger: the proxy that passed it on stands for it.
        """
        if not self.trusts(peer):
            return peer
        nearest = peer
        for entry in reversed(forwarded_for.split(",")):
            address = _address(entry)
            if address is None:
                return nearest
            nearest = str(address)
            if not self._holds(address):
                return nearest
        return nearest

    def trusts(self, peer: str) -> bool:
        """Tell whether this is one of the proxies."""
        address = _address(peer)
        return self.unix if not peer else address is not None and self._holds(address)

    def _holds(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


class Entrance:
    """WSGI middleware that says who asks, and pins scheme and host to the public address.

    So nothing behind it can make a link, a redirect or a decision of a `Host` or `X-Forwarded-…` header.
    """

    def __init__(self, application: WSGIApplication, *, public_url: str, trusted: Trusted) -> None:
        self._application = application
        self._public = urlsplit(public_url)
        self._trusted = trusted

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        environ[AS_IT_CAME] = {name: environ[name] for name in REPLACED if name in environ}
        peer = environ.get("REMOTE_ADDR") or ""
        if not (WELL_FORMED_ID.fullmatch(environ.get(ID, "")) and self._trusted.trusts(peer)):
            environ.pop(ID, None)
        environ["REMOTE_ADDR"] = self._trusted.client(peer, environ.pop("HTTP_X_FORWARDED_FOR", ""))
        environ["wsgi.url_scheme"] = self._public.scheme
        environ["HTTP_HOST"] = self._public.netloc
        return self._application(environ, start_response)


def is_local(environ: WSGIEnvironment) -> bool:
    """Tell whether a program on this machine asks by itself; a proxy here would make everybody look like one.

    So nothing may show a proxy's hand, and what is asked for must be a name of loopback.
    """
    came = environ[AS_IT_CAME]
    address = _address(came.get("REMOTE_ADDR") or "")
    host = LOOPBACK_HOST.fullmatch(came.get("HTTP_HOST", ""))
    by_proxy = any(name.startswith(TRACES_OF_PROXIES) for name in (*environ, *came))
    return address is not None and address.is_loopback and host is not None and not by_proxy
