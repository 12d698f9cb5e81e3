"""Web addresses that strangers wrote."""

import re
from collections.abc import Container

_ADDRESS = re.compile(r"(https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+])(?::[0-9]{1,5})?)(?:[/?#].*)?", re.ASCII | re.DOTALL)


def origin(url: str) -> str | None:
    """Give an address's scheme, host and port in small letters; nothing where it isn't a plain web address.

    What comes out can be put into a header as it is.
    """
    found = _ADDRESS.fullmatch(url.lower())
    return found[1] if found else None


def origins(*urls: str) -> tuple[str, ...]:
    """Give the different origins of some addresses, in their order; what is no plain web address has none."""
    return tuple(dict.fromkeys(found for found in map(origin, urls) if found))


def is_at(url: str | None, allowed: Container[str]) -> bool:
    """Tell whether an address stands at one of these origins."""
    return url is not None and origin(url) in allowed
