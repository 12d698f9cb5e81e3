"""A piece of work as rows of a table: one for each note, and one for what was said of the whole."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from content.parts.part import Part
from lti_tool.exercises.levels import Chosen
from lti_tool.exercises.rules import Note
from lti_tool.exports import telling
from lti_tool.exports.gathered import Gathered, HandedIn, Version
from lti_tool.exports.telling import Reader, Told
from lti_tool.i18n import moment
from lti_tool.reviews import wording as reviews
from lti_tool.reviews.said import Comment, Release, Reply

Row = Mapping[str, str]
"""Cells by their columns."""


def piece(work: Gathered, reader: Reader) -> Mapping[str, Any]:
    """Give the rows of one piece of work, and what their columns are called."""
    every = telling.told(work, reader)
    rows = [row for told in every for row in _version(told)]
    return {
        "before": _before(),
        "fields": [column for told in every for column in _columns(told)],
        "behind": _behind(),
        "rows": [*rows, *_whole(work)],
    }


def _before() -> Sequence[tuple[str, str]]:
    return [
        ("work", str(gettext("Whose work"))),
        ("credited", str(gettext("Counts for"))),
        ("number", str(gettext("Times handed in"))),
        ("at", str(gettext("Handed in"))),
        ("part", str(gettext("Part"))),
        ("place-0", str(gettext("Place"))),
        ("place-1", str(gettext("Column"))),
        ("words", str(gettext("Words"))),
    ]


def _behind() -> Sequence[tuple[str, str]]:
    return [
        ("author", str(gettext("Written by"))),
        ("levels", str(gettext("Levels"))),
        ("comments", str(gettext("Comments"))),
        ("mark", str(gettext("Mark"))),
    ]


def _columns(told: Told) -> Iterator[tuple[str, str]]:
    """Name a column for each field; of two fields of one name the part is told, too."""
    parts = [(part, told.text.parts[part.id]) for part in told.version.exercise.parts]
    labels = [words.fields[field.id].label for part, words in parts for field in part.labelled[1:]]
    for part, words in parts:
        for field in part.labelled[1:]:
            label = words.fields[field.id].label
            yield _key(part, field.id), label if labels.count(label) == 1 else f"{words.title}: {label}"


def _key(part: Part, field_id: str) -> str:
    return f"{part.id}/{field_id}"


def _version(told: Told) -> Iterator[Row]:
    for part in told.version.exercise.parts:
        for passage in part.passages(told.sheet.in_part(part)):
            for note in passage.notes:
                yield {**_common(told.version, told.work), **_note(note, part, told)}
    yield from _of_themselves(told.version, told.work)


def _common(version: Version | None, work: Gathered) -> Row:
    return {
        "work": work.name,
        "credited": "; ".join(work.credited),
        **(_handed_in(version.handed_in) if version and version.handed_in else {}),
    }


def _handed_in(one: HandedIn) -> Row:
    return {"number": str(one.number), "at": moment(one.at)}


def _of_themselves(version: Version, work: Gathered) -> Iterator[Row]:
    if said := version.self_said:
        yield {
            **_common(version, work),
            "part": str(gettext("What the authors say of it themselves")),
            "words": said.sentence,
            "author": said.said_by,
            "levels": levels(said.levels),
        }


def _note(note: Note, part: Part, told: Told) -> Row:
    words = told.text.parts[part.id]
    places = {f"place-{index}": name for index, name in enumerate(telling.places(part, words, note.cell))}
    fields = {_key(part, field.id): said for field, _, said in telling.fields(part, words, note, told.sheet)}
    said = [_spoken(release, comment, told.work) for release, comment in told.work.remarks.get(note.id, ())]
    return {
        "part": words.title,
        **places,
        "words": telling.first_words(part, note),
        **fields,
        "author": told.work.authors.get(note.id, ""),
        "comments": "\n".join(said),
    }


def _whole(work: Gathered) -> Iterator[Row]:
    """Give a row for each time that something was said of the whole, or of notes that are gone."""
    there = {note.id for version in work.versions for note in version.notes}
    for release in work.releases:
        gone = [f"{one.words}: {_spoken(release, one, work)}" for one in release.comments if one.note_id not in there]
        yield {
            **_common(None, work),
            "at": moment(release.handed_in_at),
            "number": str(release.hand_in),
            "part": str(gettext("On the whole")),
            "words": str(reviews.OUTCOME[release.outcome]) if release.outcome else "",
            "levels": levels(release.levels),
            "comments": "\n".join([*([_spoken(release, release, work)] if release.text else []), *gone]),
            "mark": reviews.points(release.score) if release.score and work.for_trainers else "",
        }


def levels(chosen: Sequence[Chosen]) -> str:
    """Write levels of a rubric as they were chosen."""
    return "\n".join(f"{one.title}: {one.words}" for one in chosen)


def _spoken(release: Release, one: Release | Comment, work: Gathered) -> str:
    """Write what was said, behind who said it and when, and what was answered."""
    return f"{telling.spoke(release, work)} {one.text}{_answered(one.reply)}"


def _answered(reply: Reply | None) -> str:
    return f"\n{telling.answered(reply)}: {reply.text}" if reply else ""
