from collections.abc import Callable

import pytest

COURSE = "curriculum/basics/course.yaml"
UNIT = "units/reading/unit.yaml"
CANVAS = "exercises/canvas/exercise.yaml"

Swap = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

# name: file, what stands there, what is put there, what is reported of that file
MISTAKES: dict[str, tuple[str, ...]] = {
    "an id that isn't the folder's name": (
        UNIT,
        "id: reading",
        "id: writing",
        "id: `writing` isn't the folder's name, `reading`: rename one of them",
    ),
    "a language named twice": (
        COURSE,
        "[en, es]",
        "[en, es, en]",
        "languages[2]: `en` is already in this list: keep one or rename it",
    ),
    "a module named twice": (
        COURSE,
        "  - id: second",
        "  - id: second\n  - id: first",
        "modules[2].id: `first` is already in this list: keep one or rename it",
    ),
    "an activity placed twice": (
        COURSE,
        "- id: second",
        "- id: second\n    activities: [unit: reading]",
        "modules[1].activities[0].unit: `reading` is already placed in this course: keep one place",
    ),
    "a part named twice": (
        CANVAS,
        "parts:\n",
        "parts:\n  - {id: asked, kind: questions, questions: [why, how]}\n",
        "parts[3].id: `asked` is already in this list: keep one or rename it",
    ),
    "a row named twice": (
        CANVAS,
        "[north, south]",
        "[north, south, north]",
        "parts[0].rows[2]: `north` is already in this list: keep one or rename it",
    ),
    "a column named twice": (
        CANVAS,
        "[now, later]",
        "[now, later, later]",
        "parts[0].columns[2]: `later` is already in this list: keep one or rename it",
    ),
    "a question named twice": (
        CANVAS,
        "[why, how]",
        "[why, how, why]",
        "parts[2].questions[2]: `why` is already in this list: keep one or rename it",
    ),
    "a field named twice": (
        CANVAS,
        "      - {id: note, kind: text}",
        "      - {id: note, kind: text}\n      - {id: note, kind: text}\n",
        "parts[0].fields[1].id: `note` is already in this list: keep one or rename it",
    ),
    "an option named twice": (
        CANVAS,
        "[good, bad]",
        "[good, bad, good]",
        "parts[0].fields[1].options[2]: `good` is already in this list: keep one or rename it",
    ),
    "a first field that isn't text": (
        CANVAS,
        "kind: text, max_length: 80",
        "kind: scale, minimum: 1, maximum: 2",
        "parts[1].fields[0].kind: must be text in a note's first field: put a text field first",
    ),
    "a scale without steps": (
        CANVAS,
        "minimum: 1, maximum: 5",
        "minimum: 5, maximum: 5",
        "parts[1].fields[1].maximum: must be more than the minimum, 5: raise it",
    ),
    "an axis that isn't a scale": (
        CANVAS,
        "y: height",
        "y: name",
        "parts[1].axes.y: `name` isn't a scale: choose one of width, height",
    ),
    "axes that are the same": (
        CANVAS,
        "y: height",
        "y: width",
        "parts[1].axes.y: is the same field as x: choose another",
    ),
    "a mark on the map by an unknown field": (
        CANVAS,
        "{x: width, y: height}",
        "{x: width, y: height, marked: {field: weight, option: heavy}}",
        "parts[1].axes.marked.field: `weight` isn't a field of `pile`: choose one of name, width, height",
    ),
    "a mark on the map by an unknown option": (
        CANVAS,
        "{x: width, y: height}",
        "{x: width, y: height, marked: {field: height, option: tall}}",
        "parts[1].axes.marked.option: `tall` isn't an option of `height`: choose one of 0, 1, 2, 3",
    ),
    "a check named twice": (
        CANVAS,
        "checks:\n",
        "checks:\n  - {id: rows, rule: notes_written, part: pile, at_least: 1}\n",
        "checks[1].id: `rows` is already in this list: keep one or rename it",
    ),
    "a check of an unknown part": (
        CANVAS,
        "rule: notes_written, part: pile, at_least: 3",
        "rule: notes_written, part: heap, at_least: 3",
        "checks[4].part: `heap` isn't a part of this exercise: choose one of table, pile, asked",
    ),
    "a question to the author about an unknown part": (
        CANVAS,
        "{id: mixed, rule: notes_written, part: pile",
        "{id: mixed, rule: notes_written, part: heap",
        "questions[0].part: `heap` isn't a part of this exercise: choose one of table, pile, asked",
    ),
    "a count of notes where each place has one": (
        CANVAS,
        "rule: notes_written, part: pile, at_least: 3",
        "rule: notes_written, part: asked, at_least: 3",
        "checks[4].rule: counts notes, and `asked` takes one in each place: choose another rule or part",
    ),
    "a count of rows where there are none": (
        CANVAS,
        "part: table, places: rows",
        "part: pile, places: rows",
        "checks[0].places: `rows` isn't what `pile` has places for: there is none to choose, so remove this",
    ),
    "a count of answers where nothing is asked": (
        CANVAS,
        "rule: questions_answered, part: asked",
        "rule: questions_answered, part: pile",
        "checks[6].rule: counts answers, and `pile` takes several notes in a place: choose another rule or part",
    ),
    "more rows than there are": (
        CANVAS,
        "places: rows, at_least: 2",
        "places: rows, at_least: 3",
        "checks[0].at_least: asks for 3 where there are 2: ask for at most 2",
    ),
    "more notes than there is room for": (
        CANVAS,
        "part: pile, at_least: 3",
        "part: pile, at_least: 1001",
        "checks[4].at_least: asks for 1001 where there are 1000: ask for at most 1000",
    ),
    "more questions than there are": (
        CANVAS,
        "part: asked, at_least: 2",
        "part: asked, at_least: 3",
        "checks[6].at_least: asks for 3 where there are 2: ask for at most 2",
    ),
    "more words than fit": (
        CANVAS,
        "words: 10",
        "words: 251",
        "checks[6].words: don't fit into max_length, 500: ask for fewer",
    ),
    "a filter by an unknown field": (
        CANVAS,
        "where: {given: [mood]}",
        "where: {given: [moods]}",
        "checks[2].where.given: `moods` isn't a field of `table`: choose one of note, mood",
    ),
    "a filter by the choice of an unknown field": (
        CANVAS,
        "{mood: [good]}",
        "{moods: [good]}",
        "checks[3].where.chosen: `moods` isn't a field of `table`: choose one of note, mood",
    ),
    "a filter by an unknown option": (
        CANVAS,
        "{mood: [good]}",
        "{mood: [fine]}",
        "checks[3].where.chosen.mood: `fine` isn't an option of `mood`: choose one of good, bad",
    ),
    "a filter by an option of a field without options": (
        CANVAS,
        "{mood: [good]}",
        "{note: [good]}",
        "checks[3].where.chosen.note: `good` isn't an option of `note`: there is none to choose, so remove this",
    ),
    "a filter by a step that the scale doesn't have": (
        CANVAS,
        "{width: [5], height",
        "{width: [6], height",
        "questions[0].where.chosen.width: `6` isn't an option of `width`: choose one of 1, 2, 3, 4, 5",
    ),
    "a filter by unknown places": (
        CANVAS,
        "places: {rows: [north]}",
        "places: {lanes: [north]}",
        "checks[5].where.places: `lanes` isn't what `table` has places for: choose one of rows, columns",
    ),
    "a filter by an unknown place": (
        CANVAS,
        "places: {rows: [north]}",
        "places: {rows: [east]}",
        "checks[5].where.places.rows: `east` isn't in the rows of `table`: choose one of north, south",
    ),
    "a step named twice": (
        CANVAS,
        "  - {id: together, kind",
        "  - {id: alone, kind: sort, minutes: 1}\n  - {id: together, kind",
        "steps[1].id: `alone` is already in this list: keep one or rename it",
    ),
    "a step in an unknown part": (
        CANVAS,
        "minutes: 5, part: table",
        "minutes: 5, part: chair",
        "steps[0].part: `chair` isn't a part of this exercise: choose one of table, pile, asked",
    ),
    "something that every note is to have in an unknown field": (
        CANVAS,
        "has: {given: [mood]}",
        "has: {given: [weight]}",
        "checks[5].has.given: `weight` isn't a field of `table`: choose one of note, mood",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_what_contradicts_itself_in_a_structure_is_reported_with_its_place(
    swap: Swap, problems: Problems, mistake: tuple[str, ...]
) -> None:
    file, old, new, *expected = mistake

    swap(file, old, new)

    assert problems() == [f"{file}: {problem}" for problem in expected]
