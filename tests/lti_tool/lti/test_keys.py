"""The tool's own key: made once, encrypted at rest, published without its private part."""

import jwt
import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import ConfigurationError
from lti_tool.lti import keys
from lti_tool.lti.tables import ToolKeyRow


def test_a_key_is_made_where_there_is_none_and_then_kept(app: Flask) -> None:
    with app.app_context():
        before = db.session.scalars(select(ToolKeyRow.kid)).all()

        keys.ensure_key(now())

        assert db.session.scalars(select(ToolKeyRow.kid)).all() == before
        assert len(before) == 1


def test_what_is_signed_can_be_read_with_the_published_key_set(app: Flask) -> None:
    with app.app_context():
        key = keys.signing_key()
        token = jwt.encode({"sub": "5"}, key.private_key, "RS256", {"kid": key.kid})
        published = jwt.PyJWKSet.from_dict(keys.key_set())

    assert jwt.decode(token, published[key.kid], ["RS256"]) == {"sub": "5"}


def test_the_key_is_encrypted_at_rest(app: Flask) -> None:
    with app.app_context():
        row = db.session.scalars(select(ToolKeyRow)).one()

    assert row.encrypted_pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")


def test_a_key_is_decrypted_once(app: Flask) -> None:
    with app.app_context():
        assert keys.signing_key() is keys.signing_key()


def test_another_passphrase_does_not_open_the_key(sqlite_app: Flask) -> None:
    keys.init_app(sqlite_app, "another passphrase")

    with sqlite_app.app_context(), pytest.raises(ConfigurationError, match="KEYS_PASSPHRASE does not open"):
        keys.signing_key()


def test_without_a_key_the_command_that_makes_one_is_named(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        db.session.delete(db.session.scalars(select(ToolKeyRow)).one())

        with pytest.raises(ConfigurationError, match="Run: lti-tool migrate"):
            keys.signing_key()


def test_a_key_of_another_kind_is_refused(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        row = db.session.scalars(select(ToolKeyRow)).one()
        row.encrypted_pem = _elliptic_key(b"a passphrase for tests")

        with pytest.raises(ConfigurationError, match="is not an RSA key"):
            keys.signing_key()


def _elliptic_key(passphrase: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - for this row only
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - as above
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )

    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
