"""What is kept of people: each feature says it in a room of its own, which is called `personal` there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from flask import current_app
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import LargeBinary, delete, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, defer
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.elements import KeyedColumnElement

from lti_tool.database import Base, db

Told: TypeAlias = Mapping[str, Any]
"""Something that is kept, as JSON has it."""
Their: TypeAlias = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
"""A column that holds the ids of people."""

PEOPLE = "people.id"
AS_IT_IS = {"synchronize_session": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose things are looked for: an account of a site."""

    site_id: int
    sub: str
    person_id: int
    """0 of somebody who never came, of whom a roster may tell all the same: nobody has that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a person's, as their copy has it."""

    name: str
    content: bytes


class SeenBy:
    """Who reads it, besides those who run the tool, who could read everything."""

    YOU = lazy_gettext("You alone.")
    NOBODY = lazy_gettext("Nobody: the tool needs it to work.")
    TRAINERS = lazy_gettext("You, and the trainers of the course.")
    TRAINERS_ALONE = lazy_gettext("The trainers of the course.")
    GROUP = lazy_gettext("You, those who work there with you, and the trainers of the course.")
    COMMUNITY = lazy_gettext("Everybody in the community; where you chose not to be named, without your name.")


class Until:
    """How long it is kept."""

    ERASED = lazy_gettext("Until it is erased.")
    CHANGED = lazy_gettext("Until you change it, or it is erased.")


def days_after(setting: str, said: Callable[[int], str]) -> LazyString:
    """Say how long it is kept, by the days that a setting has."""
    return LazyString(lambda: said(current_app.config[setting]))


class Fate:
    """What becomes of it when a person is erased."""

    GONE = lazy_gettext("It is deleted.")
    GROUPS = lazy_gettext(
        "What you did alone is deleted. What belongs to a group's work stays there, without your name."
    )
    THREADS = lazy_gettext("It stays, so that others can follow the conversation, but without your name.")
    TEXTS = lazy_gettext(
        "The text stays, so that others can follow the conversation, but without your name. If you ask for it, the "
        "text is deleted too."
    )
    NUMBER = lazy_gettext("It stays, without your name: a number stands there that leads to nobody.")


def no_files(_: Whose) -> Iterator[File]:
    """Give no files."""
    return iter(())


def stays(_: Whose) -> None:
    """Leave it as it is: once nothing is known of a person, it names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One kind of thing that is kept of people."""

    key: str
    """Names it in a copy."""
    title: LazyString
    seen_by: LazyString
    until: LazyString = Until.ERASED
    fate: LazyString = Fate.GONE
    tables: tuple[type[Base], ...]
    """Where it is."""
    find: Callable[[Whose], Sequence[Told]]
    """Gives all of it that is a person's, and nobody else's words but those that were meant for them."""
    erase: Callable[[Whose], None]
    """Deletes it, in the caller's transaction, or leaves what belongs to others."""
    erase_texts: Callable[[Whose], None] = stays
    """Deletes the texts that stay else, as their author could have."""
    files: Callable[[Whose], Iterator[File]] = no_files
    is_for_page: bool = True
    """Whether people get it from their own page: what Moodle may hide from them for a while they read there."""


def theirs(*columns: Their) -> Callable[[Whose], Sequence[Told]]:
    """Find the rows in which a column names a person."""

    def find(whose: Whose) -> Sequence[Told]:
        return [row for column in columns for row in rows(_table(column), column == whose.person_id)]

    return find


def deleted(*columns: Their) -> Callable[[Whose], None]:
    """Delete the rows in which a column names a person."""

    def erase(whose: Whose) -> None:
        for column in columns:
            gone = delete(_table(column)).where(column == whose.person_id)
            db.session.execute(gone, execution_options=AS_IT_IS)

    return erase


def _table(column: Their) -> type[Base]:
    table: type[Base] = column.parent.class_
    return table


def rows(table: type[Base], *which: Any, without: Iterable[str] = ()) -> list[Told]:
    """Write the chosen rows of a table, in the order of their keys."""
    query = select(table).where(*which).order_by(*table.__table__.primary_key).options(*but_files(table))
    return [told(row, without) for row in db.session.scalars(query)]


def but_files(table: type[Base]) -> list[ExecutableOption]:
    """Leave what is in files where it is: a page that counts them would read it all into memory."""
    columns = inspect(table).column_attrs
    return [defer(getattr(table, one.key)) for one in columns if isinstance(one.columns[0].type, LargeBinary)]


def told(row: Base, without: Iterable[str] = ()) -> dict[str, Any]:
    """Write a row: its columns by their names, without the ids of people, what is in files, and secrets."""
    shown = [column for column in row.__table__.columns if _is_told(column) and column.name not in without]
    return {"table": row.__tablename__} | {column.name: _written(getattr(row, column.key)) for column in shown}


def _is_told(column: KeyedColumnElement[Any]) -> bool:
    names_people = any(key.target_fullname == PEOPLE for key in column.foreign_keys)
    return not (names_people or isinstance(column.type, LargeBinary) or column.name.endswith("_hash"))


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
