"""What takes the name of a section back."""

from collections.abc import Iterator

from moodle_sync.things.action import Action
from moodle_sync.things.back import Back, stays
from moodle_sync.things.finding import Conflict
from moodle_sync.things.section import KEPT, NameSection, is_new, section_there
from moodle_sync.things.section_changes import RenameSection, ShowSection


def unnamed(named: NameSection, back: Back) -> Iterator[Action | Conflict]:
    """Take a section's name away again; one that was added with it is hidden, and keeps it, so that it is found."""
    if back.made(("course", named.course)):
        return
    section = section_there(back.sides, named.course, named.module, 0, named.name)
    if not named.module:
        message = f'its section {named.place} was named "{named.name}", and no former version noted which one it is'
        yield stays(("course", named.course), f"{message}: it is left so")
    elif section and is_new(back, named.course, named.module):
        yield stays(("course", named.course), f'its new section "{named.name}" stays, hidden: {KEPT}')
        if section.visible:
            yield ShowSection(named.course, named.module, named.name, visible=False, number=section.number)
    elif section:
        given_then = RenameSection(named.course, named.module, section.number, "", named.name, named.format)
        yield from given_then.undone(back)
