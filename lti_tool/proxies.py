"""Who asks, and what is asked for: never what a stranger's header says."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Address = IPv4Address | IPv6Address

UNIX = "unix"
"""The word for a proxy that reaches us through a socket in the file system and so has no address."""


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
        if not self._trusts(peer):
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

    def _trusts(self, peer: str) -> bool:
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
        forwarded_for = environ.pop("HTTP_X_FORWARDED_FOR", "")
        environ["REMOTE_ADDR"] = self._trusted.client(environ.get("REMOTE_ADDR") or "", forwarded_for)
        environ["wsgi.url_scheme"] = self._public.scheme
        environ["HTTP_HOST"] = self._public.netloc
        return self._application(environ, start_response)
