"""The platforms' public keys, fetched when needed and kept parsed."""

from dataclasses import dataclass, field
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from lti_tool.clock import now
from lti_tool.errors import PlatformUnreachable
from lti_tool.lti.http import PlatformSession, get_json

FETCH_AGAIN_AFTER = 60.0
"""Seconds that must pass before an unknown key id makes us ask the same platform again."""
KEPT_FOR = 3600.0
"""Seconds after which a key set is fetched again, so that a key taken back is not trusted for ever."""
SMALLEST_MODULUS = 2048

Keys = dict[str, RSAPublicKey]


@dataclass(slots=True)
class _Cached:
    lock: Lock = field(default_factory=Lock)
    keys: Keys = field(default_factory=dict)
    fetched_at: float = float("-inf")


class KeySets:
    """A cache of key sets by address; one request at a time for each."""

    def __init__(self, session: PlatformSession) -> None:
        self._session = session
        self._cache: dict[str, _Cached] = {}

    def find(self, jwks_uri: str, kid: str, *, anew: bool = False) -> RSAPublicKey | None:
        """Give the platform's key with this id, or nothing where it has none; `anew` doubts one that is kept.

        Raises:
            PlatformError: the key set is needed and can't be read.
        """
        cached = self._cache.setdefault(jwks_uri, _Cached())
        with cached.lock:
            age = now().timestamp() - cached.fetched_at
            if age >= (KEPT_FOR if kid in cached.keys and not anew else FETCH_AGAIN_AFTER):
                cached.keys = _parse(get_json(self._session, jwks_uri))
                cached.fetched_at = now().timestamp()
            return cached.keys.get(kid)


def _parse(document: object) -> Keys:
    entries = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        msg = "the platform's key set has no list of keys"
        raise PlatformUnreachable(msg)
    return {entry["kid"]: key for entry in entries if (key := _parse_key(entry)) is not None}


def _parse_key(entry: object) -> RSAPublicKey | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str) or entry.get("kty") != "RSA":
        return None
    try:
        key = PyJWK.from_dict(entry, "RS256").key
    except PyJWTError:
        return None
    return key if isinstance(key, RSAPublicKey) and key.key_size >= SMALLEST_MODULUS else None
