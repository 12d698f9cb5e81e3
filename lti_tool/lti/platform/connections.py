"""Connections to platforms: each to an address that was looked at first, and ended when its time is over."""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from threading import Timer
from time import monotonic
from types import TracebackType
from typing import Any, Self

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from lti_tool.errors import PlatformUnreachable

CONNECT_WITHIN = 5.0
"""Seconds for one address of a host to let us in."""
NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses behind which a network may reach any IPv4 address (RFC 6052)."""
OPEN_INTERNET = IPv6Network("2000::/3")
"""All of version six that is given out so far; nobody's, and a network's own, are all others (IANA)."""
SPECIAL = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # a provider's own
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # this link
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # examples
        "192.88.99.0/24",  # the nearest gateway of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # measurements
        "198.51.100.0/24",  # examples
        "203.0.113.0/24",  # examples
        "224.0.0.0/4",  # to many
        "240.0.0.0/4",  # kept back, and to everybody
    )
)
"""What is no single host of the open internet (IANA's registries of special addresses, of 2025). Not Python's own list,
which differs between its versions, and which counts single hosts among the protocols' as open."""
SPECIAL_SIX = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocols
        "2001:db8::/32",  # examples
        "3fff::/20",  # examples
    )
)
"""The same, of version six."""

LookUp = Callable[[str], list[str]]


def look_up(host: str) -> list[str]:
    """Give a host's addresses, in the order in which they should be tried; numbers in any spelling are hosts too.

    Raises:
        PlatformUnreachable: it has none.
    """
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        msg = f"{host} can't be looked up"
        raise PlatformUnreachable(msg) from error


def is_public(text: str) -> bool:
    """Tell whether an address is one of the open internet, and stays so behind a gateway."""
    address = ipaddress.ip_address(text)
    if isinstance(address, IPv6Address):
        return _is_public_six(address)
    return not any(address in network for network in SPECIAL)


def _is_public_six(address: IPv6Address) -> bool:
    carried = _carried(address)
    if carried is not None:
        return is_public(str(carried))
    return address in OPEN_INTERNET and not any(address in network for network in SPECIAL_SIX)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address that a gateway would turn this one into."""
    behind_nat64 = IPv4Address(int(address) & 0xFFFF_FFFF) if address in NAT64 else None
    return address.ipv4_mapped or address.sixtofour or behind_nat64


def allowed_addresses(host: str, look_up: LookUp = look_up, *, allow_private: bool) -> list[str]:
    """Give a host's addresses, if all of them are public ones or private ones are allowed.

    Raises:
        PlatformUnreachable: it has none, or one that isn't allowed.
    """
    addresses = look_up(host)
    if not allow_private and not all(is_public(address) for address in addresses):
        msg = f"{host} is not a public address"
        raise PlatformUnreachable(msg)
    return addresses


class Line:
    """One request's way to a platform.

    The host is looked up once, and what was looked at is what is connected to: a name that points elsewhere a moment
    later (DNS rebinding) changes nothing. A platform that drips its answer, which no timeout between two bytes ends,
    is cut off from outside: a copy of the socket is shut down, so the reader wakes up wherever it waits, in TLS too.
    """

    def __init__(self, *, allow_private: bool, look_up: LookUp, lasts: float) -> None:
        self._allow_private = allow_private
        self._look_up = look_up
        self._ends_at = monotonic() + lasts
        self._copy: socket.socket | None = None
        self._timer = Timer(lasts, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._copy is not None:
            self._copy.close()

    def _cut(self) -> None:
        if self._copy is not None:
            with suppress(OSError):  # it has ended by itself
                self._copy.shutdown(socket.SHUT_RDWR)

    def is_over(self) -> bool:
        """Tell whether the time is over; what was read then may be cut short."""
        return monotonic() >= self._ends_at

    def connect(self, host: str, port: int) -> socket.socket:
        """Connect to the first of a host's addresses that answers.

        Raises:
            PlatformUnreachable: an address isn't allowed.
            OSError: none answers in time.
        """
        problem = OSError("no address answered")
        for address in allowed_addresses(host, self._look_up, allow_private=self._allow_private):
            try:
                return self._opened(address, port)
            except OSError as error:
                problem = error
        raise problem

    def _opened(self, address: str, port: int) -> socket.socket:
        left = self._ends_at - monotonic()
        if left <= 0:
            raise TimeoutError
        opened = socket.create_connection((address, port), min(CONNECT_WITHIN, left))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._copy = opened.dup()
        if self.is_over():  # the timer may have found nothing to cut
            opened.close()
            raise TimeoutError
        return opened


class _OnLine(HTTPConnection):
    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line = line

    def _new_conn(self) -> socket.socket:
        """Connect by the line; urllib3's own would look the host up again."""
        try:
            return self._line.connect(self.host.strip("[]"), self.port)
        except TimeoutError as error:
            msg = "the connection took too long"
            raise ConnectTimeoutError(self, msg) from error
        except OSError as error:
            raise NewConnectionError(self, type(error).__name__) from error


class PlainOnLine(_OnLine):
    """http by a line."""


class SecureOnLine(_OnLine, HTTPSConnection):
    """https by a line; the certificate is held against the name as ever."""
