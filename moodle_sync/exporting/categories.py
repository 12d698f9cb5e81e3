"""The categories of a site as tables of a configuration: those with an ID number, or with what is carried in them."""

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from moodle_sync.config import advise
from moodle_sync.exporting.lacks import Lack, LeftOut, lacks
from moodle_sync.exporting.names import fresh
from moodle_sync.sameness import loosely, same
from moodle_sync.site.whole import Choice, below
from moodle_sync.tables import CategoryTable
from moodle_sync.things.course_settings import as_page
from moodle_sync.webservice.replies import CategoryReply

PARAGRAPH: Final = re.compile(r"<p>(.*)</p>", re.DOTALL)
GIVE: Final = "give it an ID number in Moodle: Site administration > Courses > Manage courses and categories > Edit"


@dataclass(slots=True)
class Categories:
    """The tables, parents first, their idnumbers by Moodle's numbers, and what isn't carried."""

    tables: dict[str, CategoryTable] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)


def carry(replies: Collection[CategoryReply], holding: Iterable[int], choice: Choice) -> Categories:
    """Make tables of categories; `holding` are those with a course that may be carried."""
    by_number = {reply.id: reply for reply in replies}
    needed = {above.id for number in holding for above in below(by_number, number)}
    for reply in replies:
        above = list(below(by_number, reply.id))
        if reply.idnumber and (not choice or choice.categories & {one.idnumber for one in above}):
            needed |= {one.id for one in above}
    made = Categories()
    names = {loosely(reply.idnumber) for reply in replies if reply.idnumber}
    for reply in _in_order(by_number, needed):
        _add(made, reply, names, by_number)
    made.tables = dict(sorted(made.tables.items(), key=lambda item: (_depth(made.tables, item[0]), item[0])))
    made.lacks += _lacks([by_number[number] for number in made.keys])
    return made


def plain(page: str | None) -> str | None:
    """Give the plain text that a sync would write so; None where it has more than that."""
    found = PARAGRAPH.fullmatch((page or "").strip())
    text = html.unescape(found[1]).strip() if found else ""
    return text if (as_page(text) or "") == (page or "").strip() else None


def reason(error: ValidationError) -> str:
    """Say what a configuration wouldn't take."""
    details = error.errors(include_url=False, include_input=False)
    return "; ".join(f"its {'.'.join(map(str, detail['loc'][:1]))} {advise(detail)}" for detail in details)


def _in_order(replies: Mapping[int, CategoryReply], needed: Collection[int]) -> list[CategoryReply]:
    """Put parents first, and what has an idnumber before what gets one."""
    depth = {number: len(list(below(replies, number))) for number in needed}
    found = (replies[number] for number in needed)
    return sorted(found, key=lambda one: (depth[one.id], not one.idnumber, one.idnumber, one.name, one.id))


def _depth(tables: Mapping[str, CategoryTable], key: str) -> int:
    return 1 + _depth(tables, tables[key].parent) if tables[key].parent else 0


def _add(made: Categories, reply: CategoryReply, names: set[str], replies: Mapping[int, CategoryReply]) -> None:
    key = same(reply.idnumber) or fresh(reply.name, "category", names)
    problem = _problem(made, reply, key, replies)
    parent = made.keys.get(reply.parent, "")
    try:
        table = CategoryTable(
            idnumber=key, name=reply.name, parent=parent, description=plain(reply.description) or None
        )
    except ValidationError as error:
        problem = problem or reason(error)
    if problem:
        made.left_out.append(LeftOut("category", reply.idnumber or reply.name, problem))
        return
    names.add(loosely(key))
    made.tables[key] = table
    made.keys[reply.id] = key


def _problem(made: Categories, reply: CategoryReply, key: str, replies: Mapping[int, CategoryReply]) -> str | None:
    if reply.parent in replies and reply.parent not in made.keys:
        return "the category above it is left out"
    if loosely(key) in map(loosely, made.tables):
        return "its ID number differs from another one's only in capitals, accents or letters that nobody sees"
    beside = [replies[number] for number in made.keys if replies[number].parent == reply.parent]
    twins = not reply.idnumber and any(not one.idnumber and same(one.name) == same(reply.name) for one in beside)
    return f"another one beside it has its name: {GIVE}" if twins else None


def _lacks(carried: list[CategoryReply]) -> Iterator[Lack]:
    return lacks(
        (
            "ID numbers of categories that have none: a sync finds them by their names",
            (reply.name for reply in carried if not reply.idnumber),
        ),
        ("descriptions of categories that are more than plain text", _formatted(carried)),
        ("that categories are hidden", (reply.name for reply in carried if reply.visible is False)),
    )


def _formatted(carried: list[CategoryReply]) -> Iterator[str]:
    return (reply.name for reply in carried if plain(reply.description) is None)
