"""People's addresses: kept only while some feature needs them; else one goes with the launch that told it.

A feature that mails people says in `app.py` of whom it needs the address, and calls `settle` when that changes.
"""

from collections.abc import Mapping
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import ColumnElement, and_, false, or_, select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.names import Told, newest, with_news, without_address
from lti_tool.lti.tables import LaunchRow, PersonRow


def init_app(app: Flask, reasons: Mapping[str, ColumnElement[bool]]) -> None:
    """Tell the application of whom an address is needed: conditions on `PersonRow`, each with a name for people."""
    app.extensions["mailing"] = reasons


def is_needed() -> ColumnElement[bool]:
    """Tell of a person whether any feature needs their address."""
    reasons: Mapping[str, ColumnElement[bool]] = current_app.extensions["mailing"]
    return or_(false(), *reasons.values())


def address(person_id: int) -> str | None:
    """Give the address at which somebody can be mailed: the one that is kept, else what their launches told."""
    person = db.session.get_one(PersonRow, person_id)
    return person.email if person.mailed_since else newest(_told_by_launches(person), "email")


def settle(person_id: int) -> None:
    """Keep somebody's address, or let it go, as features need it now; in the caller's transaction."""
    db.session.flush()
    person = db.session.get_one(PersonRow, person_id, populate_existing=True, with_for_update=True)
    needed = select(PersonRow.id).where(PersonRow.id == person_id, is_needed())
    _settle(person, is_needed=db.session.scalar(needed) is not None)


def settle_some(_over: datetime, most: int) -> int:
    """Settle people of whom too much is kept, or too little, no more than a number; tell how many."""
    is_kept = or_(PersonRow.mailed_since.is_not(None), PersonRow.email.is_not(None))
    astray = or_(and_(is_kept, ~is_needed()), and_(PersonRow.mailed_since.is_(None), is_needed()))
    some = select(PersonRow, is_needed()).where(astray).order_by(PersonRow.id).limit(most)
    locked = some.with_for_update(skip_locked=True, of=PersonRow).execution_options(populate_existing=True)
    found = db.session.execute(locked).all()
    for person, needed in found:
        _settle(person, is_needed=bool(needed))
    return len(found)


def _settle(person: PersonRow, *, is_needed: bool) -> None:
    if is_needed and person.mailed_since is None:
        person.names, person.mailed_since = _told_by_launches(person), now()
        person.email = newest(person.names, "email")
    elif not is_needed:
        person.names, person.mailed_since, person.email = without_address(person.names), None, None


def _told_by_launches(person: PersonRow) -> list[Told]:
    """Put what the newest launch by each registration told of the address beside the names that are kept."""
    query = select(LaunchRow.registration_id, LaunchRow.email).where(LaunchRow.person_id == person.id)
    newest_last: dict[int, str | None] = {}
    for registration_id, email in db.session.execute(query.order_by(LaunchRow.began_at)):
        newest_last.pop(registration_id, None)
        newest_last[registration_id] = email
    told = without_address(person.names)
    names = {one["registration_id"]: one["name"] for one in told}
    for registration_id, email in newest_last.items():
        told = with_news(told, Told(registration_id=registration_id, name=names.get(registration_id), email=email))
    return told
