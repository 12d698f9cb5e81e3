"""What stands on a note, and what was said of it, in plain words of the reader's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import get_template_attribute
from flask_babel import gettext
from markupsafe import Markup

from content.fields.field import Field, FieldText
from content.model import ExerciseText
from content.parts.part import Part, PartText
from content.text import pick
from lti_tool.exercises import sheet, templating
from lti_tool.exercises.rules import Note
from lti_tool.exercises.sheet import Sheet
from lti_tool.exports.gathered import Gathered, Version
from lti_tool.exports.letters import isolated
from lti_tool.i18n import moment
from lti_tool.reviews.said import Release, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The languages in which an export speaks: the interface's, and the one that the exercise is read in."""

    language: str
    reads: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A version of the work with the words of its exercise in the reader's language, or the nearest."""

    work: Gathered
    version: Version
    reader: Reader
    language: str
    """In which the exercise's words are."""
    text: ExerciseText
    sheet: Sheet


def told(work: Gathered, reader: Reader) -> Sequence[Told]:
    """Find the words for each version of a piece of work."""
    return [_told(work, version, reader) for version in work.versions]


def _told(work: Gathered, version: Version, reader: Reader) -> Told:
    language, text = pick(version.exercise.texts, reader.reads)
    laid_out = sheet.lay_out(language, version.notes)
    return Told(work=work, version=version, reader=reader, language=language, text=text, sheet=laid_out)


def first_words(part: Part, note: Note) -> str:
    """Give the words with which a note begins, or what stands in for them."""
    return str(note.values.get(part.fields[0].id) or gettext("No words yet"))


def fields(part: Part, words: PartText, note: Note, shown: Sheet) -> Iterator[tuple[Field, FieldText, str]]:
    """Go through what a note says beside its first words: the field, what it is called, and what it says."""
    templating.showing(shown, part)
    for field in part.fields[1:]:
        value, label = note.values.get(field.id), words.fields.get(field.id)
        if value is not None and label is not None and (said := plain(field, label, value)):
            yield field, label, said


def plain(field: Field, label: FieldText, value: object) -> str:
    """Say a field's value in words, as its kind does."""
    return unescaped(templating.field_room(field.kind).told(field, label, value))


def rest(part: Part) -> str:
    """Name what has no place in a part yet, as its kind does."""
    return unescaped(get_template_attribute(f"exercises/parts/{part.kind}.html", "rest")())


def unescaped(markup: str) -> str:
    """Take the plain words out of what a template escaped."""
    return Markup(markup).unescape().strip()  # noqa: S704 - the template escaped it, which is undone here


def places(part: Part, words: PartText, cell: str) -> Sequence[str]:
    """Name the places that make a cell: a row and a column, a lane, or nothing."""
    return [str(words.captions[side][one]) for side, one in part.place_of(cell).items()]


def spoke(release: Release, work: Gathered) -> str:
    """Say who spoke and when, as the page tells it: to those who did the work, it was their trainer."""
    if work.for_trainers:
        return f"{isolated(release.reviewer)}, {moment(release.released_at)}"
    return str(gettext("Your trainer wrote (%(moment)s):", moment=moment(release.released_at)))


def answered(reply: Reply) -> str:
    """Say who answered and when."""
    return f"{gettext('Answer:')} {isolated(reply.author)}, {moment(reply.written_at)}"
