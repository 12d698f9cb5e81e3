"""What the administrator reads of what isn't as it should be after a run, though Moodle refused nothing of it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from itertools import groupby
from typing import Final

from moodle_sync.applying.afterwards import LOST, REMAINS, Afterwards, told
from moodle_sync.telling.alike import Told, in_few
from moodle_sync.telling.history import each_in
from moodle_sync.things.account import PROFILE
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Altered

OWN_FIELDS: Final = (
    "Moodle is silent about fields that it doesn't have, or whose short names have other capitals, takes a menu's "
    "default for what isn't offered, cuts what is too long, and keeps dates within the years of a field, without the "
    "time where it has none."
)
"""Why a site's own profile field may not hold what was written."""
LEFT: Final = "These fields are left so until the file or Moodle says something else, or with --assert-fields."
SHOWN: Final = 5
"""How many names a line has."""


def afterwards_lines(afterwards: Afterwards, run: str, zone: tzinfo = UTC) -> Iterator[str]:
    """Say what is lost, who is still in, and of each field once what Moodle made of it."""
    lost = (_told(action, f"{action.line(zone)}: {LOST}", LOST) for action in afterwards.lost)
    staying = ((action, place) for action in afterwards.remaining if (place := action.leaver()))
    still_in = (
        _told(action, f"course {course}: {person} is {REMAINS}", REMAINS) for action, (course, person) in staying
    )
    yield from in_few((*lost, *still_in), each_in(run))
    altered = sorted(altered for _, altered in afterwards.altered)
    for _, group in groupby(sorted(altered, key=_field), key=_field):
        yield _field_line(list(group))
    if any(one.field.startswith(PROFILE) for one in altered):
        yield OWN_FIELDS
    if altered:
        yield LEFT


def _told(action: Action, line: str, text: str) -> Told:
    return Told(line=line, title=action.noun.capitalize(), name=action.subject(), text=text, cause=(type(action), text))


def _field(altered: Altered) -> tuple[str, str]:
    return altered.kind, altered.field


def _field_line(altered: Sequence[Altered]) -> str:
    first = altered[0]
    return f"{first.kind} {_names([one.key for one in altered])}: {told(first)}{_such(altered)}"


def _names(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - SHOWN:,} more" if len(keys) > SHOWN else ""
    return ", ".join(keys[:SHOWN]) + more


def _such(altered: Sequence[Altered]) -> str:
    """Say that the values are those of the first, where they aren't everybody's."""
    alike = len({(one.written, one.kept) for one in altered}) == 1
    return "" if alike else f" (that is {altered[0].key}'s)"
