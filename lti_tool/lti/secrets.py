"""Random secrets and what is kept of them."""

import hashlib
import hmac
import secrets


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
