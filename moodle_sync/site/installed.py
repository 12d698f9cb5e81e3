"""Asks a site whether the languages and the ways to log in are there that a plan would give to people.

Moodle tells the texts of a part: those of a language that isn't there it refuses, of another part there are none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from moodle_sync.errors import AccessRefused, NotAllowed, Refused
from moodle_sync.site.observed import Observed
from moodle_sync.things.action import Action
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.person import PEOPLE
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import GET_STRINGS

EVERYWHERE: Final = frozenset({("lang", "en"), ("auth", "manual")})
"""What every Moodle has."""
ADVICE: Final[Mapping[str, str]] = {
    "lang": "install it under Site administration > General > Language > Language packs",
    "auth": "see Site administration > Plugins > Authentication > Manage authentication",
}
SHOWN: Final = 3
UNASKED: Final = Remark(
    "function",
    GET_STRINGS.name,
    "isn't in the token's service, so nobody looked whether languages and ways to log in are there before they are "
    "written: `moodle-sync doctor` says where to add it",
)


@dataclass(frozen=True, slots=True)
class Given:
    """A language or a way to log in, as a field and its value, and who is to have it."""

    field: str
    value: str
    people: tuple[str, ...]


def examine(client: Client, observed: Observed, actions: Iterable[Action]) -> Observed:
    """Add to what was observed what isn't there of all that actions would give; the same where nothing is missing."""
    given = [one for one in _given(actions) if (one.field, one.value) not in EVERYWHERE]
    try:
        conflicts = tuple(_conflict(one) for one in given if not _is_there(client, one))
    except AccessRefused:
        return replace(observed, remarks=(*observed.remarks, UNASKED))
    return replace(observed, conflicts=(*observed.conflicts, *conflicts)) if conflicts else observed


def _given(actions: Iterable[Action]) -> Iterator[Given]:
    people: dict[tuple[str, str], list[str]] = {}
    for action in actions:
        for kind, key, change in action.aims():
            if kind == PEOPLE.name and change.field in ADVICE:
                people.setdefault((change.field, change.after), []).append(key)
    yield from (Given(field, value, tuple(keys)) for (field, value), keys in sorted(people.items()))


def _is_there(client: Client, given: Given) -> bool:
    of_language = given.field == "lang"
    component, lang = ("langconfig", given.value) if of_language else (f"auth_{given.value}", "en")
    try:
        return bool(client.call(GET_STRINGS, component=component, lang=lang))
    except NotAllowed:
        raise
    except Refused:
        return False


def _conflict(given: Given) -> Conflict:
    names = ", ".join(given.people[:SHOWN]) + (" and others" if len(given.people) > SHOWN else "")
    message = (
        f"isn't installed, and the source gives it to {names}: no account is made with it, and none gets it; "
        f"{ADVICE[given.field]}, or correct the source"
    )
    return Conflict(given.field, given.value, message)
