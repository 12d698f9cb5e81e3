"""The platforms' public keys, fetched when needed and kept parsed.

Addresses come from registrations only, which an invitation made, so that nobody else can make the cache grow; what one
address may answer is bounded by `http`.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from lti_tool.clock import now
from lti_tool.errors import PlatformError, PlatformUnreachable
from lti_tool.lti.platform.http import PlatformSession, get_json

log = logging.getLogger(__name__)

FETCH_AGAIN_AFTER = 60.0
"""Seconds that must pass after a request, answered or not, before the same address is asked again."""
KEPT_FOR = 3600.0
"""Seconds after which a key set is fetched again, so that a key taken back is not trusted for ever."""
TRUSTED_FOR = 24 * 3600.0
"""Seconds that keys are trusted while fetching fails: a platform's bad day locks nobody out, and whoever stole a key
that was taken back gains no more than that by keeping us from the key set."""
MODULI = range(2048, 8192 + 1)
"""Bits: RS256 wants 2048 or more (RFC 7518, 3.3); the time to check a signature grows with the length."""
EXPONENTS = range(2**16 + 1, 2**64, 2)
"""The lower end is FIPS 186-5's, A.1.1; OpenSSL refuses long moduli with an exponent beyond the upper one."""

Keys = Mapping[str, RSAPublicKey]


class KeySets:
    """A cache of key sets by address; one request at a time for each, and no more than one a minute."""

    def __init__(self, session: PlatformSession) -> None:
        self.session = session
        self._key_sets: dict[str, _KeySet] = {}

    def find(self, jwks_uri: str, kid: str) -> RSAPublicKey | None:
        """Give the platform's key with this id, or nothing where it has none; a known one waits for nothing.

        Raises:
            PlatformError: the key set is needed and can't be read.
        """
        return self._at(jwks_uri).find(kid)

    def find_other(self, jwks_uri: str, kid: str, failed: RSAPublicKey) -> RSAPublicKey | None:
        """Give the key that took the place of one which a signature did not fit, or nothing where none did.

        For platforms that put a new key under an old id. What can't be read counts as nothing new.
        """
        return self._at(jwks_uri).find_other(kid, failed)

    def _at(self, jwks_uri: str) -> "_KeySet":
        return self._key_sets.setdefault(jwks_uri, _KeySet(self.session, jwks_uri))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was read, and how the last request went; replaced whole, so that reading it takes no lock.

    Times are seconds since the epoch.
    """

    keys: Keys = field(default_factory=dict)
    read_at: float = float("-inf")
    asked_at: float = float("-inf")
    problem: str | None = None
    """Why the last request brought no keys."""

    def key(self, kid: str, younger_than: float) -> RSAPublicKey | None:
        return self.keys.get(kid) if now().timestamp() - self.read_at < younger_than else None

    def may_ask(self) -> bool:
        return now().timestamp() - self.asked_at >= FETCH_AGAIN_AFTER


class _KeySet:
    def __init__(self, session: PlatformSession, uri: str) -> None:
        self._session = session
        self._uri = uri
        self._asking = Lock()
        self._known = _Known()

    def find(self, kid: str) -> RSAPublicKey | None:
        if key := self._known.key(kid, KEPT_FOR):
            return key
        self._refresh(wait=self._known.key(kid, TRUSTED_FOR) is None)
        known = self._known
        key = known.key(kid, TRUSTED_FOR)
        if key is None and known.problem:
            raise PlatformUnreachable(known.problem)
        return key

    def find_other(self, kid: str, failed: RSAPublicKey) -> RSAPublicKey | None:
        if self._known.key(kid, TRUSTED_FOR) == failed:
            self._refresh(wait=True)
        key = self._known.key(kid, TRUSTED_FOR)
        return key if key != failed else None

    def _refresh(self, *, wait: bool) -> None:
        """Fetch, unless that was done a moment ago; what another thread is fetching is waited for or left to it."""
        if not self._asking.acquire(blocking=wait):
            return
        try:
            if self._known.may_ask():
                self._known = self._asked()
        finally:
            self._asking.release()

    def _asked(self) -> _Known:
        try:
            keys = read(self._session, self._uri)
        except PlatformError as error:
            log.warning("A key set could not be read: %s", error)
            return replace(self._known, asked_at=now().timestamp(), problem=str(error))
        moment = now().timestamp()
        return _Known(keys=keys, read_at=moment, asked_at=moment)


def read(session: PlatformSession, uri: str) -> Keys:
    """Ask a platform for the keys that may be used.

    Raises:
        PlatformError: there is no answer, or none that is a key set.
    """
    return _parse(get_json(session, uri))


def _parse(document: object) -> Keys:
    """Read the keys that may be used; an id that stands for two of them names neither."""
    entries = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        msg = "the platform's key set has no list of keys"
        raise PlatformUnreachable(msg)
    keys: dict[str, RSAPublicKey] = {}
    unclear: set[str] = set()
    for kid, key in filter(None, map(_parse_entry, entries)):
        if keys.setdefault(kid, key) != key:
            unclear.add(kid)
    return {kid: key for kid, key in keys.items() if kid not in unclear}


def _parse_entry(entry: object) -> tuple[str, RSAPublicKey] | None:
    if not isinstance(entry, dict) or not isinstance(kid := entry.get("kid"), str) or not _is_for_signatures(entry):
        return None
    try:
        key = PyJWK.from_dict({name: entry.get(name) for name in ("kty", "n", "e")}, "RS256").key
    except PyJWTError:
        return None
    return (kid, key) if isinstance(key, RSAPublicKey) and _has_fair_size(key) else None


def _is_for_signatures(entry: dict[str, object]) -> bool:
    """Tell whether an entry says that it checks RS256 signatures (RFC 7517, 4); one with its private part can't.

    What is null isn't said.
    """
    said = {name: value for name, value in entry.items() if value is not None}
    operations = said.get("key_ops", ["verify"])
    return (
        said.get("kty") == "RSA"
        and said.get("use", "sig") == "sig"
        and said.get("alg", "RS256") == "RS256"
        and isinstance(operations, list)
        and "verify" in operations
        and "d" not in said
    )


def _has_fair_size(key: RSAPublicKey) -> bool:
    return key.key_size in MODULI and key.public_numbers().e in EXPONENTS
