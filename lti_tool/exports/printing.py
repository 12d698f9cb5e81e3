"""A piece of work as blocks to print: each kind of part and of field says in its own room what is to be read."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from content.fields.field import Field, FieldText
from content.parts.part import Drawing, Part, Passage
from lti_tool.exercises.rules import Note
from lti_tool.exports import blocks, quoting, telling
from lti_tool.exports.blocks import SECTION, WORK, Block
from lti_tool.exports.gathered import Gathered, HandedIn, Version
from lti_tool.exports.telling import Reader, Told
from lti_tool.i18n import moment

PLACE, IN_PLACE = 4, 5
"""Levels of headings within a section."""


def piece(work: Gathered, reader: Reader) -> Mapping[str, Any]:
    """Print one piece of work: its blocks, and the photos that they show, as text."""
    images = {_file(digest): image for version in work.versions for digest, image in version.images.items()}
    return {
        "blocks": [block for each in (_work(work, reader), quoting.said(work, reader)) for block in each],
        "pictures": {name: b64encode(image).decode() for name, image in images.items()},
    }


def _file(digest: str) -> str:
    return f"{digest}.jpg"


def _work(work: Gathered, reader: Reader) -> Iterator[Block]:
    yield blocks.heading(WORK, work.name, reader.language)
    if work.credited:
        yield blocks.labelled(str(gettext("Counts for")), " · ".join(work.credited), reader.language)
    for told in telling.told(work, reader):
        if told.version.handed_in:
            yield blocks.heading(WORK, str(gettext("As it was handed in")), reader.language)
            yield from _handed_in(told.version.handed_in, reader)
        else:
            yield blocks.heading(WORK, str(gettext("As it stands now")), reader.language)
        yield from _version(told)


def _handed_in(one: HandedIn, reader: Reader) -> Iterator[Block]:
    yield blocks.labelled(str(gettext("Handed in")), moment(one.at), reader.language)
    if one.is_late:
        yield blocks.line(str(gettext("Late")), reader.language, quiet=True)
    if one.by:
        yield blocks.labelled(str(gettext("Handed in by")), one.by, reader.language)
    if one.number > 1:
        yield blocks.labelled(str(gettext("Times handed in")), str(one.number), reader.language)


# What was written


def _version(told: Told) -> Iterator[Block]:
    for part in told.version.exercise.parts:
        yield blocks.heading(SECTION, told.text.parts[part.id].title, told.language)
        yield from _part(part, told)
    if told.version.self_said:
        yield from quoting.of_themselves(told.version.self_said, told.reader)
    yield from _photos(told.version, told.reader)


def _part(part: Part, told: Told) -> Iterator[Block]:
    notes = told.sheet.in_part(part)
    every = [note for cell in notes.values() for note in cell]
    if not every:
        yield blocks.line(str(gettext("Nothing written")), told.reader.language, quiet=True)
        return
    drawing = part.drawing(every)
    if drawing:
        yield _chart(drawing, part, told)
    numbers = {note.id: number for number, note in enumerate(every, start=1)} if drawing else {}
    for passage in _filled(list(part.passages(notes))):
        yield from _heading(passage, part, told)
        for note in passage.notes:
            yield _note(note, part, told, numbers.get(note.id))


def _filled(passages: Sequence[Passage[Note]]) -> Iterator[Passage[Note]]:
    """Leave out the places in which nothing is written: a whole table of them says nothing."""
    for index, passage in enumerate(passages):
        within: list[Note] = []
        for later in passages[index + 1 :]:
            if later.depth <= passage.depth:
                break
            within.extend(later.notes)
        if passage.notes or within:
            yield passage


def _heading(passage: Passage[Note], part: Part, told: Told) -> Iterator[Block]:
    level = IN_PLACE if passage.depth else PLACE
    if passage.heading is not None:
        side, one = passage.heading
        yield blocks.heading(level, str(told.text.parts[part.id].captions[side][one]), told.language)
    elif passage.is_rest:
        yield blocks.heading(level, telling.rest(part), told.reader.language)


def _note(note: Note, part: Part, told: Told, number: int | None) -> Block:
    words = told.text.parts[part.id]
    more = [
        _field(field, label, said, told, note) for field, label, said in telling.fields(part, words, note, told.sheet)
    ]
    if author := told.work.authors.get(note.id):
        more.append(blocks.labelled(str(gettext("Written by")), author, told.reader.language))
    more.extend(
        quoting.spoken(release, comment, told.work, told.reader)
        for release, comment in told.work.remarks.get(note.id, ())
    )
    return blocks.note(telling.first_words(part, note), note.language, number=number, more=more)


def _field(field: Field, label: FieldText, said: str, told: Told, note: Note) -> Block:
    if field.is_prose:
        return blocks.prose(label.label, said, told.language, note.language)
    return blocks.labelled(label.label, said, told.language)


def _chart(drawing: Drawing, part: Part, told: Told) -> Block:
    words, fields = told.text.parts[part.id].fields, {field.id: field for field in part.fields}
    across, upwards = words[drawing.x], words[drawing.y]
    caption = gettext(
        "The cards as a map. Across: %(across)s. Upwards: %(upwards)s. The list holds the same cards in words.",
        across=across.label,
        upwards=upwards.label,
    )
    rows = [
        [
            telling.plain(fields[drawing.y], upwards, y),
            *(", ".join(map(str, drawing.at.get((x, y), ()))) for x in drawing.columns),
        ]
        for y in drawing.rows
    ]
    foot = ["", *(telling.plain(fields[drawing.x], across, x) for x in drawing.columns)]
    return blocks.chart(str(caption), told.reader.language, [*rows, foot], mirrors=drawing.mirrors)


def _photos(version: Version, reader: Reader) -> Iterator[Block]:
    if version.photos:
        yield blocks.heading(SECTION, str(gettext("Photos of the wall")), reader.language)
    for photo in version.photos:
        yield blocks.picture(_file(photo.digest), photo.caption, photo.language)
    if version.photos and not version.images:
        told = gettext("The photos themselves are in the file of this piece of work alone.")
        yield blocks.line(str(told), reader.language, quiet=True)
