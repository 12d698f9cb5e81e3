from collections.abc import Callable

import pytest

COURSE = "curriculum/basics/course.yaml"
COURSE_EN = "curriculum/basics/en.yaml"
UNIT = "units/reading/unit.yaml"
CANVAS = "exercises/canvas/exercise.yaml"
CANVAS_EN = "exercises/canvas/en.yaml"
UNACCEPTABLE = (
    'unacceptable character #x0007: special characters are not allowed in "<unicode string>", '
    "position 21: correct the YAML"
)

Swap = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

# name: file, what stands there, what is put there, what is reported of that file
MISTAKES: dict[str, tuple[str, ...]] = {
    "yaml that can't be read": (
        CANVAS,
        "minutes: 20",
        "minutes: 20: 30",
        "line 2: mapping values are not allowed here: correct the YAML there",
    ),
    "a character that yaml refuses": (
        UNIT,
        "minutes: 5",
        "minutes: \x07",
        UNACCEPTABLE,
    ),
    "a date that doesn't exist": (
        UNIT,
        "minutes: 5",
        "minutes: 2020-13-45",
        "a date or a number can't be read, month must be in 1..12: correct it, or write it in quotes if it is text",
    ),
    "a second document": (
        UNIT,
        "minutes: 5",
        "minutes: 5\n---\nid: other",
        "line 3: but found another document: correct the YAML there",
    ),
    "an alias": (
        UNIT,
        "id: reading\nminutes: 5",
        "id: &name reading\nminutes: *name",
        "line 2: an alias (*) stands here, write the text out: correct the YAML there",
    ),
    "a tag": (
        UNIT,
        "minutes: 5",
        "minutes: !!python/name:os.system",
        "line 2: a tag (!) stands here, remove it or write the text in quotes: correct the YAML there",
    ),
    "lists in lists without end": (
        UNIT,
        "minutes: 5",
        "minutes: " + 100 * "[",
        "line 2: lists and keys are nested too deeply here: correct the YAML there",
    ),
    "a duplicate key": (
        CANVAS,
        "    max_length: 500",
        "    max_length: 500\n    max_length: 600",
        "parts[2].max_length: stands here again (line 23): keep one",
    ),
    "a key that yaml reads as false": (
        CANVAS_EN,
        "good: Good, bad: Bad",
        "good: Good, no: Bad",
        "parts.table.fields.mood.options.no: isn't text to YAML (line 20): write the key in quotes",
    ),
    "a list for a key": (
        UNIT,
        "minutes: 5",
        "minutes: 5\n? [a]\n: b",
        "?: isn't text to YAML (line 3): write the key in quotes",
    ),
    "an unknown key": (
        CANVAS,
        "{id: mood, kind",
        "{id: mood, colour: red, kind",
        "parts[0].fields[1].colour: isn't known here: remove it or correct its name",
    ),
    "a missing key": (CANVAS, "    rows: [north, south]\n", "", "parts[0].rows: is missing: add it"),
    "a key of a shape in a list that is called as its kind": (
        CANVAS,
        "    questions: [why, how]\n",
        "",
        "parts[2].questions: is missing: add it",
    ),
    "a boolean for text": (
        CANVAS,
        "[north, south]",
        "[north, no]",
        "parts[0].rows[1]: must be text: write it in quotes",
    ),
    "a date for text": (COURSE_EN, "title: A course", "title: 2020-10-05", "title: must be text: write it in quotes"),
    "text for a number": (CANVAS, "minutes: 20", "minutes: '20'", "minutes: must be a whole number without quotes"),
    "a boolean for a number": (CANVAS, "minutes: 20", "minutes: yes", "minutes: must be a whole number without quotes"),
    "text for a list": (CANVAS, "rows: [north, south]", "rows: north", "parts[0].rows: must be a list"),
    "a list for keys": (
        CANVAS_EN,
        "questions:\n      why: Why?\n      how: How?",
        "questions: [Why, How]",
        "parts.asked.questions: must hold keys with their values, one on each line",
    ),
    "text for a part": (
        CANVAS,
        "parts:\n",
        "parts:\n  - nothing\n",
        "parts[0]: must hold keys with their values, one on each line",
    ),
    "an unknown kind": (
        CANVAS,
        "kind: cards",
        "kind: card",
        "parts[1]: has an unknown 'kind': choose one of 'grid', 'questions', 'cards', 'lanes', 'blueprint', 'entries'",
    ),
    "a missing rule": (CANVAS, "cards, rule: notes_written, ", "cards, ", "checks[4]: has no 'rule': add it"),
    "a key with its rule's place": (
        CANVAS,
        "{mood: [good]}}, distinct: true, at_least: 1",
        "{mood: [Good]}}, distinct: true, at_least: 0",
        "checks[3].at_least: must be at least 1",
        "checks[3].where.chosen.mood[0]: must be small letters, digits and single hyphens: `like-this`",
    ),
    "a name that isn't a slug": (
        CANVAS,
        "[north, south]",
        "[north, far_south]",
        "parts[0].rows[1]: must be small letters, digits and single hyphens: `like-this`",
    ),
    "a name that is too long": (
        CANVAS,
        "[north, south]",
        "[north, " + 61 * "s" + "]",
        "parts[0].rows[1]: must have at most 60 characters: shorten it",
    ),
    "an empty list": (
        CANVAS,
        "rows: [north, south]",
        "rows: []",
        "parts[0].rows: must have at least 1 in its list: add to it",
    ),
    "a choice without a choice": (
        CANVAS,
        "[good, bad]",
        "[good]",
        "parts[0].fields[1].options: must have at least 2 in its list: add to it",
    ),
    "a max_length that is too large": (
        CANVAS,
        "max_length: 500",
        "max_length: 10001",
        "parts[2].max_length: must be at most 10000",
    ),
    "a score that is too large": (
        CANVAS,
        "score_maximum: 100",
        "score_maximum: 101",
        "score_maximum: must be at most 100",
    ),
    "a language that isn't one of ours": (
        COURSE,
        "[en, es]",
        "[en, de]",
        "languages[1]: must be one of 'en', 'es', 'pt', 'el', 'ar' or 'fr'",
    ),
    "an activity of two kinds": (
        COURSE,
        "- unit: reading",
        "- {unit: reading, exercise: canvas}",
        "modules[0].activities[0]: must name one unit or one exercise: write `unit: …` or `exercise: …`",
    ),
    "an activity of no kind": (
        COURSE,
        "- unit: reading",
        "- {}",
        "modules[0].activities[0]: must name one unit or one exercise: write `unit: …` or `exercise: …`",
    ),
    "an empty text": (CANVAS_EN, "why: Why?", "why: ' '", "parts.asked.questions.why: is empty: write its text"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_what_yaml_or_a_shape_refuses_is_reported_with_its_place(
    swap: Swap, problems: Problems, mistake: tuple[str, ...]
) -> None:
    file, old, new, *expected = mistake

    swap(file, old, new)

    assert problems() == [f"{file}: {problem}" for problem in expected]
