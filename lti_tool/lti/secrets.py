"""Random secrets and what is kept of them."""

import base64
import hashlib
import hmac
import secrets
from functools import cache


def new_secret() -> str:
    """Make 256 random bits, fit for a URL or a cookie."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Give what may be stored of a secret; 256 random bits need neither salt nor stretching."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, stored: str) -> bool:
    """Compare a secret with what was stored of it, in constant time."""
    return hmac.compare_digest(hashed(secret), stored)


def csrf_token(secret: str) -> str:
    """Derive the token that a session's forms carry."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


@cache
def address_key(passphrase: str) -> bytes:
    """Derive the key that hides addresses; slowly, since whoever guesses an address could try passphrases with it."""
    return hashlib.scrypt(passphrase.encode(), salt=b"medtown addresses", n=2**14, r=8, p=1, dklen=32)


@cache
def token_key(passphrase: str) -> bytes:
    """Derive the key that access tokens are sealed with, as Fernet takes it."""
    derived = hashlib.scrypt(passphrase.encode(), salt=b"medtown access tokens", n=2**14, r=8, p=1, dklen=32)
    return base64.urlsafe_b64encode(derived)


def keyed_hash(text: str, key: bytes) -> str:
    """Give what may be stored of something that is easily guessed."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
