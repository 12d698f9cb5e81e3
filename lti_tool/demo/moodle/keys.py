"""The site's own signing key, and checking what is signed with a tool's."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jwt.algorithms import RSAAlgorithm
from jwt.types import Options
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.tables import SiteKey

KEYSET_TIMEOUT = 10
UNTIMED: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
"""PyJWT would compare with the machine's clock; the site has its own."""
Claims = dict[str, Any]


class BadToken(Exception):
    """A JWT that cannot be believed; the text says why."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA key with its name."""

    kid: str
    private: RSAPrivateKey

    def sign(self, claims: Mapping[str, object]) -> str:
        """Make a JWT."""
        return jwt.encode(dict(claims), self.private, algorithm="RS256", headers={"kid": self.kid})

    def keyset(self) -> dict[str, list[dict[str, str]]]:
        """Show the public half, in Moodle's order."""
        public = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {
            "keys": [{"kty": "RSA", "alg": "RS256", "kid": self.kid, "e": public["e"], "n": public["n"], "use": "sig"}]
        }

    def read(self, token: str, now: int) -> Claims:
        """Read a JWT of our own.

        Raises:
            BadToken: it is not ours, or its time is over.
        """
        return _decode(token, self.private.public_key(), now, {"verify_aud": False, "verify_sub": False})


def load_or_make_key(session: Session, private_pem: str) -> SigningKey:
    """Find the site's key, or make it from the PEM that is given, or afresh."""
    row = session.scalars(select(SiteKey)).first()
    if row is None:
        row = SiteKey(kid=secrets.token_hex(10), private_pem=private_pem or _new_pem())
        session.add(row)
    private = load_pem_private_key(row.private_pem.encode(), password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(private, RSAPrivateKey):
        msg = "The site's key must be an RSA key"
        raise TypeError(msg)
    return SigningKey(row.kid, private)


def read_tool_token(token: str, keyset_url: str, now: int, audience: str | list[str] | None) -> Claims:
    """Read a JWT that a tool signed; its key set is fetched now, as Moodle does on an unknown key.

    Raises:
        BadToken: the key, the signature, the time or the audience is wrong.
    """
    kid = _kid(token)
    key = _tool_key(keyset_url, kid)
    return _decode(token, key, now, {"require": ["exp", "iat", "aud"]}, audience)


def _new_pem() -> str:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _kid(token: str) -> str:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except jwt.PyJWTError as error:
        raise BadToken(str(error)) from error
    if not kid:
        msg = "The header of the JWT has no kid"
        raise BadToken(msg)
    return str(kid)


def _tool_key(keyset_url: str, kid: str) -> Any:
    try:
        answer = requests.get(keyset_url, timeout=KEYSET_TIMEOUT)
        answer.raise_for_status()
        found = [key for key in answer.json()["keys"] if key.get("kid") == kid]
        return RSAAlgorithm.from_jwk(found[0])
    except (requests.RequestException, ValueError, LookupError, TypeError, jwt.PyJWTError) as error:
        msg = f"No usable key {kid} at {keyset_url}"
        raise BadToken(msg) from error


def _decode(token: str, key: Any, now: int, options: Options, audience: str | list[str] | None = None) -> Claims:
    try:
        claims = jwt.decode(token, key, algorithms=["RS256"], audience=audience, options=options | UNTIMED)
    except jwt.PyJWTError as error:
        raise BadToken(str(error)) from error
    _check_time(claims, now)
    return claims


def _check_time(claims: Claims, now: int) -> None:
    """Compare with the site's own clock, without leeway, as Moodle does."""
    if not all(isinstance(claims.get(name, 0), int | float) for name in ("exp", "iat", "nbf")):
        msg = "A time is not a number"
        raise BadToken(msg)
    if claims.get("exp", now + 1) <= now:
        msg = "Expired token"
        raise BadToken(msg)
    if max(claims.get("iat", now), claims.get("nbf", now)) > now:
        msg = "The token comes from the future"
        raise BadToken(msg)
