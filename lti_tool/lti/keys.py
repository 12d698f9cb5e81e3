"""The tool's own keys: what signs its messages, and the key set that platforms read."""

import base64
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from flask import Flask, current_app
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.errors import ConfigurationError
from lti_tool.lti.secrets import hashed
from lti_tool.lti.tables import ToolKeyRow

BITS = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key, loaded once, and the id that platforms know it by."""

    kid: str
    private_key: RSAPrivateKey


def init_app(app: Flask, passphrase: str) -> None:
    """Tell the application what its keys are encrypted with."""
    app.extensions["tool_keys"] = {"passphrase": passphrase.encode(), "loaded": {}}


def ensure_key(now: datetime) -> None:
    """Make the first key where there is none."""
    if db.session.scalar(select(ToolKeyRow).limit(1)) is None:
        db.session.add(_new_row(now))


def _new_row(now: datetime) -> ToolKeyRow:
    private_key = generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(current_app.extensions["tool_keys"]["passphrase"]),
    )
    jwk = _public_jwk(private_key.public_key())
    return ToolKeyRow(kid=jwk["kid"], encrypted_pem=pem, public_jwk=jwk, created_at=now)


def _public_jwk(key: RSAPublicKey) -> dict[str, str]:
    numbers = key.public_numbers()
    modulus = _base64url(numbers.n)
    return {
        "kty": "RSA",
        "alg": "RS256",
        "use": "sig",
        "kid": hashed(modulus)[:32],
        "n": modulus,
        "e": _base64url(numbers.e),
    }


def _base64url(number: int) -> str:
    octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def key_set() -> dict[str, list[dict[str, str]]]:
    """Give the public key set (RFC 7517)."""
    rows = db.session.scalars(select(ToolKeyRow).order_by(ToolKeyRow.created_at.desc()))
    return {"keys": [row.public_jwk for row in rows]}


def signing_key() -> SigningKey:
    """Give the newest key; decrypting it takes long, so each is loaded once.

    Raises:
        ConfigurationError: there is no key, or the passphrase isn't the one it was encrypted with.
    """
    kid = db.session.scalar(select(ToolKeyRow.kid).order_by(ToolKeyRow.created_at.desc()).limit(1))
    if kid is None:
        msg = "The tool has no key yet. Run: lti-tool migrate"
        raise ConfigurationError(msg)
    loaded: dict[str, SigningKey] = current_app.extensions["tool_keys"]["loaded"]
    if kid not in loaded:
        loaded[kid] = _load(kid)
    return loaded[kid]


def _load(kid: str) -> SigningKey:
    row = db.session.get_one(ToolKeyRow, kid)
    try:
        key = serialization.load_pem_private_key(row.encrypted_pem, current_app.extensions["tool_keys"]["passphrase"])
    except ValueError as error:
        msg = "KEYS_PASSPHRASE does not open the tool's key. Set the passphrase that it was made with."
        raise ConfigurationError(msg) from error
    if not isinstance(key, RSAPrivateKey):
        msg = f"The tool's key {kid} is not an RSA key."
        raise ConfigurationError(msg)
    return SigningKey(kid=kid, private_key=key)
