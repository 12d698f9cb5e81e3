"""The tool's own keys: what signs its messages, the key set that platforms read, and how keys follow each other.

A key is published before it signs (next), while it signs (active) and for a while after it signed (retiring).
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from flask import Flask, current_app
from sqlalchemy import delete, or_, select, update

from lti_tool.clock import now
from lti_tool.database import INSERTS, db
from lti_tool.errors import ConfigurationError, RotationRefused
from lti_tool.lti.keys.tables import KeyState, ToolKeyRow
from lti_tool.lti.secrets import hashed

BITS = 2048
PUBLISHED_BEFORE = timedelta(days=1)
"""How long a key is published before it signs, since platforms may keep our key set; Moodle reads it every time."""
PUBLISHED_AFTER = timedelta(hours=1)
"""How long a key is published after it signed: what we sign is good for ten minutes (deep linking) or one
(client assertions); the rest is for clocks that differ and platforms that look late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key, loaded once, and the id that platforms know it by."""

    kid: str
    private_key: RSAPrivateKey


@dataclass(slots=True)
class _Opener:
    """The passphrase, and the key that it opened last; opening takes 50 ms, so of several threads one does it."""

    passphrase: bytes
    opening: Lock = field(default_factory=Lock)
    opened: SigningKey | None = None


def init_app(app: Flask, passphrase: str) -> None:
    """Tell the application what its keys are encrypted with."""
    app.extensions["tool_keys"] = _Opener(passphrase.encode())


def _opener() -> _Opener:
    found: _Opener = current_app.extensions["tool_keys"]
    return found


# Signing


def signing_key() -> SigningKey:
    """Give the active key; a rotation is noticed at once, and the new key loaded once.

    Raises:
        ConfigurationError: there is no key, or the passphrase isn't the one it was encrypted with.
    """
    kid = db.session.scalar(select(ToolKeyRow.kid).where(ToolKeyRow.state == KeyState.ACTIVE))
    opened = _opener().opened
    return opened if opened and opened.kid == kid else _open_active()


def _open_active() -> SigningKey:
    opener = _opener()
    with opener.opening:
        row = _row(KeyState.ACTIVE)
        if opener.opened is None or opener.opened.kid != row.kid:
            opener.opened = _open(row)
        return opener.opened


def _row(state: KeyState) -> ToolKeyRow:
    row = db.session.scalar(select(ToolKeyRow).where(ToolKeyRow.state == state))
    if row is None:
        msg = f"The tool has no {state} key yet. Run: lti-tool migrate"
        raise ConfigurationError(msg)
    return row


def _open(row: ToolKeyRow) -> SigningKey:
    try:
        key = serialization.load_pem_private_key(row.encrypted_pem, _opener().passphrase)
    except ValueError as error:
        msg = (
            "KEYS_PASSPHRASE does not open the tool's key. Set the passphrase that it was made with; "
            "if that is lost, this makes new keys: lti-tool keys rotate --revoke"
        )
        raise ConfigurationError(msg) from error
    if not isinstance(key, RSAPrivateKey):
        msg = f"The tool's key {row.kid} is not an RSA key."
        raise ConfigurationError(msg)
    return SigningKey(kid=row.kid, private_key=key)


# Publishing


def key_set() -> dict[str, list[dict[str, str]]]:
    """Give the public key set (RFC 7517); the active key comes first."""
    published = or_(ToolKeyRow.state != KeyState.RETIRING, ToolKeyRow.published_until > now())
    return {"keys": [row.public_jwk for row in db.session.scalars(_IN_ORDER.where(published))]}


def all_keys() -> Sequence[ToolKeyRow]:
    """Give every key there is: the active one, the next one, then the retiring ones."""
    return db.session.scalars(_IN_ORDER).all()


_IN_ORDER = select(ToolKeyRow).order_by(ToolKeyRow.state, ToolKeyRow.created_at.desc())


# Making and rotating


def ensure_keys(moment: datetime) -> None:
    """Make an active and a next key where there is none; whoever else does so at the same time may be first.

    Raises:
        ConfigurationError: the passphrase isn't that of the active key, so that the next one would need another.
    """
    there = db.session.scalars(select(ToolKeyRow.state)).all()
    if KeyState.ACTIVE in there:
        signing_key()
    for state in (KeyState.ACTIVE, KeyState.NEXT):
        if state not in there:
            _add(_new(state, moment))


def rotate(moment: datetime, *, at_once: bool = False) -> None:
    """Let the next key sign, the active one retire, and a new one be next; forget those that retired.

    Raises:
        RotationRefused: platforms may not know the next key yet (unless it is to be done at once), or somebody else
            rotated the keys just now.
        ConfigurationError: there are no keys, or the passphrase does not open the next one.
    """
    active, following = _row(KeyState.ACTIVE), _row(KeyState.NEXT)
    if not at_once:
        _require_known(following, moment)
    _open(following)
    new = _new(KeyState.NEXT, moment)
    _retire(active.kid, moment + PUBLISHED_AFTER)
    db.session.execute(update(ToolKeyRow).where(ToolKeyRow.kid == following.kid).values(state=KeyState.ACTIVE))
    _add(new)
    db.session.execute(delete(ToolKeyRow).where(ToolKeyRow.published_until <= moment))


def _require_known(following: ToolKeyRow, moment: datetime) -> None:
    known_from = following.created_at + PUBLISHED_BEFORE
    if moment < known_from:
        msg = (
            "Platforms that keep our key set may not know the next key before "
            f"{known_from.isoformat(timespec='seconds')}. "
            "Rotate then, or with --now, at the risk that they refuse us for a while."
        )
        raise RotationRefused(msg)


def revoke(moment: datetime) -> None:
    """Delete every key and make new ones, under the passphrase of now; what the old ones signed is refused at once.

    Raises:
        RotationRefused: somebody else rotated the keys just now.
        ConfigurationError: there are no keys.
    """
    active = _row(KeyState.ACTIVE)
    new = [_new(state, moment) for state in (KeyState.ACTIVE, KeyState.NEXT)]
    _retire(active.kid, moment)
    db.session.execute(delete(ToolKeyRow))
    for values in new:
        _add(values)


def _retire(kid: str, until: datetime) -> None:
    """Take the active key's place away from it; of several that try at the same time one succeeds."""
    retired = (
        update(ToolKeyRow)
        .where(ToolKeyRow.kid == kid, ToolKeyRow.state == KeyState.ACTIVE)
        .values(state=KeyState.RETIRING, published_until=until)
    )
    if db.session.scalar(retired.returning(ToolKeyRow.kid)) is None:
        msg = "Somebody else rotated the keys just now. See: lti-tool keys list"
        raise RotationRefused(msg)


def _add(values: dict[str, object]) -> None:
    insert = INSERTS[db.engine.dialect.name]
    db.session.execute(insert(ToolKeyRow).values(values).on_conflict_do_nothing())


def _new(state: KeyState, moment: datetime) -> dict[str, object]:
    """Make a key; this takes long, so it comes before anything is written."""
    private_key = generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_opener().passphrase),
    )
    jwk = _public_jwk(private_key.public_key())
    return {"kid": jwk["kid"], "encrypted_pem": pem, "public_jwk": jwk, "created_at": moment, "state": state}


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
