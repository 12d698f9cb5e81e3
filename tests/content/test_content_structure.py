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
    "a criterion named twice": (
        CANVAS,
        "points: 20, rule: rows_filled",
        "points: 10, rule: notes_written, part: table, at_least: 2}\n  - {id: rows, points: 10, rule: rows_filled",
        "criteria[1].id: `rows` is already in this list: keep one or rename it",
    ),
    "points that don't add up": (
        CANVAS,
        "points: 30",
        "points: 25",
        "criteria: give 95 points, score_maximum is 100: make them equal",
    ),
    "a criterion of an unknown part": (
        CANVAS,
        "rule: notes_written, part: pile",
        "rule: notes_written, part: heap",
        "criteria[4].part: `heap` isn't a part of this exercise: choose one of table, pile, asked",
    ),
    "a rule for another kind of part": (
        CANVAS,
        "rule: notes_written, part: pile",
        "rule: notes_written, part: asked",
        "criteria[4].rule: counts notes, and `asked` takes one in each place: choose another rule or part",
    ),
    "a count of rows where there are none": (
        CANVAS,
        "rows_filled, part: table",
        "rows_filled, part: pile",
        "criteria[0].rule: counts rows, and `pile` has none: choose another rule or part",
    ),
    "a count of answers where nothing is asked": (
        CANVAS,
        "rule: questions_answered, part: asked",
        "rule: questions_answered, part: pile",
        "criteria[5].rule: counts answers, and `pile` has no questions: choose another rule or part",
    ),
    "more rows than there are": (
        CANVAS,
        "rows_filled, part: table, at_least: 2",
        "rows_filled, part: table, at_least: 3",
        "criteria[0].at_least: asks for 3 where there are 2: ask for at most 2",
    ),
    "more columns than there are": (
        CANVAS,
        "columns_filled, part: table, at_least: 2",
        "columns_filled, part: table, at_least: 3",
        "criteria[1].at_least: asks for 3 where there are 2: ask for at most 2",
    ),
    "more questions than there are": (
        CANVAS,
        "part: asked, at_least: 2",
        "part: asked, at_least: 3",
        "criteria[5].at_least: asks for 3 where there are 2: ask for at most 2",
    ),
    "more words than fit": (
        CANVAS,
        "words: 10",
        "words: 251",
        "criteria[5].words: don't fit into max_length, 500: ask for fewer",
    ),
    "a criterion of an unknown field": (
        CANVAS,
        "field: mood, at_least: 2",
        "field: moods, at_least: 2",
        "criteria[2].field: `moods` isn't a field of `table`: choose one of note, mood",
    ),
    "a criterion of an unknown option": (
        CANVAS,
        "option: good",
        "option: fine",
        "criteria[3].option: `fine` isn't an option of `mood`: choose one of good, bad",
    ),
    "an option of a field without options": (
        CANVAS,
        "field: mood, option: good",
        "field: note, option: good",
        "criteria[3].option: `good` isn't an option of `note`: there is none to choose, so remove this",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_what_contradicts_itself_in_a_structure_is_reported_with_its_place(
    swap: Swap, problems: Problems, mistake: tuple[str, ...]
) -> None:
    file, old, new, *expected = mistake

    swap(file, old, new)

    assert problems() == [f"{file}: {problem}" for problem in expected]
