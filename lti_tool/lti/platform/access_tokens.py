"""Access tokens, shared by all processes: one asks the platform, the others use what it got.

A token is kept by registration and scopes, sealed, until a minute before it expires. Whoever finds none takes a lease
by a conditional update and asks; who comes meanwhile is told to try again in a second. Every step is a short
transaction of its own, so that the caller's is left alone and nothing is held while the platform is asked.

Source: IMS Security Framework 1.1, section 4 (client credentials with a signed assertion).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from flask import Flask, current_app
from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.clock import now
from lti_tool.database import INSERTS, db
from lti_tool.errors import PlatformBusy
from lti_tool.lti.platform.tables import AccessTokenRow
from lti_tool.lti.secrets import hashed, token_key

SPARE = timedelta(minutes=1)
"""A token is not used in its last minute: it might end on the way."""
ASKING_LASTS = timedelta(seconds=45)
"""Longer than any request to a platform; after that whoever asked was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What a platform gave."""

    token: str = field(repr=False)
    lasts: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A token to show to the platform."""

    token: str = field(repr=False)
    sealed: bytes = field(repr=False)
    is_new: bool
    """Whether the platform gave it just now."""


UNSYNCHRONIZED = {"synchronize_session": False}
Ask = Callable[[], Granted]


def init_app(app: Flask, passphrase: str) -> None:
    """Tell the application what its tokens are sealed with."""
    app.extensions["access_tokens"] = passphrase


def get(registration_id: int, scopes: Sequence[str], ask: Ask) -> Access:
    """Give a token for these scopes: the one that is kept, else the one that `ask` brings.

    Raises:
        PlatformBusy: somebody else asks just now.
        Whatever `ask` raises; then the next one may ask at once.
    """
    key = _Key(registration_id, scopes)
    kept = _read(key)
    if kept is not None:
        return kept
    if _somebody_asks(key) or not _take_lease(key):
        return _read(key) or _busy()
    try:
        granted = ask()
    except BaseException:
        _write(key, asking_until=None)
        raise
    sealed = _fernet().encrypt(granted.token.encode())
    _write(key, sealed=sealed, expires_at=now() + granted.lasts - SPARE, asking_until=None)
    return Access(token=granted.token, sealed=sealed, is_new=True)


def forget(registration_id: int, scopes: Sequence[str], access: Access) -> None:
    """Forget a token that the platform no longer takes, unless somebody replaced it already."""
    _drop(_Key(registration_id, scopes), access.sealed)


def forget_all(registration_id: int) -> None:
    """Forget all tokens of a registration, in the caller's transaction."""
    db.session.execute(delete(AccessTokenRow).where(AccessTokenRow.registration_id == registration_id))


class _Key:
    """Names one token's row."""

    def __init__(self, registration_id: int, scopes: Sequence[str]) -> None:
        self.values = {"registration_id": registration_id, "scopes_hash": hashed(" ".join(sorted(set(scopes))))}

    @property
    def matches(self) -> tuple[ColumnElement[bool], ...]:
        return tuple(getattr(AccessTokenRow, name) == value for name, value in self.values.items())


def _read(key: _Key) -> Access | None:
    usable = select(AccessTokenRow.sealed).where(*key.matches, AccessTokenRow.expires_at > now())
    with Session(db.engine) as session:
        sealed = session.scalar(usable)
    return _opened(key, sealed) if sealed else None


def _opened(key: _Key, sealed: bytes) -> Access | None:
    """Open a token; one that was sealed with another passphrase is forgotten."""
    try:
        token = _fernet().decrypt(sealed).decode()
    except InvalidToken:
        _drop(key, sealed)
        return None
    return Access(token=token, sealed=sealed, is_new=False)


def _drop(key: _Key, sealed: bytes) -> None:
    _write(key, AccessTokenRow.sealed == sealed, sealed=None, expires_at=None)


def _fernet() -> Fernet:
    return Fernet(token_key(current_app.extensions["access_tokens"]))


def _somebody_asks(key: _Key) -> bool:
    """Look before a lease is tried for: many who wait would keep the one who asks from writing what it got."""
    asked = select(AccessTokenRow.registration_id).where(*key.matches, AccessTokenRow.asking_until > now())
    with Session(db.engine) as session:
        return session.scalar(asked) is not None


def _take_lease(key: _Key) -> bool:
    """Take the right to ask, of all processes alone; not where a token is there by now."""
    moment = now()
    insert = INSERTS[db.engine.dialect.name](AccessTokenRow).values(**key.values)
    with Session(db.engine) as session, session.begin():
        session.execute(insert.on_conflict_do_nothing())
        return _changed(session, key, *_is_free(moment), asking_until=moment + ASKING_LASTS)


def _is_free(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    row = AccessTokenRow
    nobody_asks = or_(row.asking_until.is_(None), row.asking_until <= moment)
    return nobody_asks, or_(row.expires_at.is_(None), row.expires_at <= moment)


def _write(key: _Key, *conditions: ColumnElement[bool], **values: object) -> None:
    with Session(db.engine) as session, session.begin():
        _changed(session, key, *conditions, **values)


def _changed(session: Session, key: _Key, *conditions: ColumnElement[bool], **values: object) -> bool:
    change = update(AccessTokenRow).where(*key.matches, *conditions).values(**values)
    found = session.execute(change.returning(AccessTokenRow.registration_id), execution_options=UNSYNCHRONIZED)
    return found.first() is not None


def _busy() -> Access:
    msg = "another process asks the platform for access just now"
    raise PlatformBusy(msg)
