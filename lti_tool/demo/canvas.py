"""What people do at an exercise's canvas, played through its pages without script."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from lti_tool.demo.browse import Browse
from lti_tool.demo.walk import courses, visit

OF_A_CARD = ("actor", "stake", "power", "interest", "affected", "stance", "strategy")


class Note(NamedTuple):
    """What somebody writes; the places are invented, and so is everybody in them."""

    author: str
    part: str
    cell: str
    values: Mapping[str, str]


def card(author: str, *values: str) -> Note:
    """Give a card of the power and interest map: what somebody knows of an actor."""
    return Note(author, "actors", "cards", dict(zip(OF_A_CARD, values, strict=True)))


def service(author: str, text: str) -> Note:
    """Give the answer to the map's first question: which service they want to co-produce."""
    return Note(author, "start", "service", {"answer": text})


def open_activity(person: Browse, title: str) -> None:
    """Open an activity in its own window, from the page of the one course of theirs that has it."""
    [module] = [module for address in courses(person).values() for module in _modules(person, address, title)]
    person.go(f"/mod/lti/launch.php?id={module}")


def open_activity_in(person: Browse, course: str, title: str) -> None:
    """Open an activity in its own window, from the page of this course."""
    [module] = _modules(person, courses(person)[course], title)
    person.go(f"/mod/lti/launch.php?id={module}")


def _modules(person: Browse, course: str, title: str) -> list[str]:
    person.go(course)
    return re.findall(rf'/mod/lti/view\.php\?id=(\d+)"[^>]*>\s*{re.escape(title)}', person.page.text)


def write(moodle: str, title: str, notes: Sequence[Note]) -> Browse:
    """Let people write, one after the other; give the last one, who looks at the canvas."""
    for author, theirs in groupby(notes, lambda note: note.author):
        person = visit(moodle, author)
        open_activity(person, title)
        for note in theirs:
            _add(person, note)
    return person


def _add(person: Browse, note: Note) -> None:
    """Write a note without script: the form that hands in says which canvas the page shows, unless it is one's own."""
    action = str(person.form_of_id("hand-in").attributes["action"])
    place = f"{'&' if '?' in action else '?'}part={note.part}&cell={note.cell}"
    person.go(f"{action.replace('/submissions', '/notes/new')}{place}")
    form = person.form_with(("note.part", note.part))
    there = {name for name, _ in form.fields}
    person.submit(form, note.values, ticked=[one for one in note.values.items() if one[0] not in there])


def hand_in(moodle: str, title: str, notes: Sequence[Note]) -> None:
    """Let people write, and the last one hand in."""
    person = write(moodle, title, notes)
    person.submit(person.form_of_id("hand-in"))
