"""The sections of a course as modules of a curriculum: those that have a name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from content.shape import Title
from moodle_sync.exporting.names import fresh
from moodle_sync.sameness import same
from moodle_sync.shown import title_mistake
from moodle_sync.webservice.replies import SectionReply

_TITLE: TypeAdapter[str] = TypeAdapter(Title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Modules:
    """Titles by the modules' names in their order, which of them are hidden, and the names that can't be titles."""

    titles: dict[str, str]
    hidden: tuple[str, ...]
    odd: tuple[str, ...]


def modules_of(sections: Iterable[SectionReply]) -> Modules:
    """Make modules of sections."""
    titles: dict[str, str] = {}
    hidden: list[str] = []
    odd: list[str] = []
    for section in sections:
        if not is_title(section.rawtitle):
            odd += filter(None, [section.rawtitle.strip()])
            continue
        name = fresh(section.rawtitle, "module", titles)
        titles[name] = same(section.rawtitle)
        hidden += [] if section.visible else [name]
    return Modules(titles=titles, hidden=tuple(hidden), odd=tuple(odd))


def unnamed(sections: Iterable[SectionReply]) -> Iterator[SectionReply]:
    """Give the sections without a name."""
    return (section for section in sections if not section.rawtitle.strip())


def is_title(text: str) -> bool:
    """Tell whether a curriculum can have a title, and Moodle shows it as it is written."""
    try:
        return title_mistake(same(_TITLE.validate_python(text))) is None
    except ValidationError:
        return False
