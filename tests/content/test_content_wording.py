from collections.abc import Callable
from pathlib import Path

import pytest

COURSE = "curriculum/basics/course.yaml"
COURSE_EN = "curriculum/basics/en.yaml"
UNIT_EN = "units/reading/en.md"
CANVAS_EN = "exercises/canvas/en.yaml"

Swap = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

# name: file, what stands there, what is put there, what is reported of that file
MISTAKES: dict[str, tuple[str, ...]] = {
    "a module without text": (
        COURSE_EN,
        "  second: {title: Second, summary: What comes then.}\n",
        "",
        "modules.second: is missing: the structure has it, so add its text",
    ),
    "a part of another name": (
        CANVAS_EN,
        "  pile:",
        "  heap:",
        "parts.heap: isn't in the structure: remove it or correct its name",
        "parts.pile: is missing: the structure has it, so add its text",
    ),
    "a row of another name": (
        CANVAS_EN,
        "north:",
        "nord:",
        "parts.table.rows.nord: isn't in the structure: remove it or correct its name",
        "parts.table.rows.north: is missing: the structure has it, so add its text",
    ),
    "a column without text": (
        CANVAS_EN,
        "      later: {title: Later}\n",
        "",
        "parts.table.columns.later: is missing: the structure has it, so add its text",
    ),
    "a field without text": (
        CANVAS_EN,
        "      height: {label: Height}\n",
        "",
        "parts.pile.fields.height: is missing: the structure has it, so add its text",
    ),
    "an option of another name": (
        CANVAS_EN,
        "bad: Bad",
        "sad: Sad",
        "parts.table.fields.mood.options.bad: is missing: the structure has it, so add its text",
        "parts.table.fields.mood.options.sad: isn't in the structure: remove it or correct its name",
    ),
    "options of a field that has none": (
        CANVAS_EN,
        "label: Height",
        "label: Height, options: {high: High}",
        "parts.pile.fields.height.options.high: isn't in the structure: remove it or correct its name",
    ),
    "a scale's label at another field": (
        CANVAS_EN,
        "label: A note",
        "label: A note, minimum_label: Short",
        "parts.table.fields.note.minimum_label: belongs to a scale: remove it",
    ),
    "a question without text": (
        CANVAS_EN,
        "      how: How?\n",
        "",
        "parts.asked.questions.how: is missing: the structure has it, so add its text",
    ),
    "questions of a part that has none": (
        CANVAS_EN,
        "help: Add cards.",
        "help: Add cards.\n    questions: {who: Who}",
        "parts.pile.questions.who: isn't in the structure: remove it or correct its name",
    ),
    "fields of questions": (
        CANVAS_EN,
        "help: Answer.",
        "help: Answer.\n    fields: {answer: {label: Answer}}",
        "parts.asked.fields.answer: isn't in the structure: remove it or correct its name",
    ),
    "a check without text": (
        CANVAS_EN,
        "  cards: Three cards are written.\n",
        "",
        "checks.cards: is missing: the structure has it, so add its text",
    ),
    "a question to the author without text": (
        CANVAS_EN,
        "questions:\n  mixed: Is something good there and yet bad?\n",
        "",
        "questions.mixed: is missing: the structure has it, so add its text",
    ),
    "a step without text": (
        CANVAS_EN,
        "  together: {title: Discuss, task: Talk about it.}\n",
        "",
        "steps.together: is missing: the structure has it, so add its text",
    ),
    "a step without what to do": (
        CANVAS_EN,
        ", task: Talk about it.",
        "",
        "steps.together.task: is missing: add it",
    ),
    "a text of no step": (
        CANVAS_EN,
        "  alone: {title",
        "  after: {title: After, task: Go home.}\n  alone: {title",
        "steps.after: isn't in the structure: remove it or correct its name",
    ),
    "no line on safety": (CANVAS_EN, "safety: Write about nobody.\n", "", "safety: is missing: add it"),
    "a line on safety that is none": (
        CANVAS_EN,
        "Write about nobody.",
        301 * "x",
        "safety: must have at most 300 characters: shorten it",
    ),
    "an option that is too long for a note": (
        CANVAS_EN,
        "good: Good, bad: Bad",
        "good: Everything that one could wish for, bad: Bad",
        "parts.table.fields.mood.marks.good: is missing: its label is long, so say it in at most 24 characters",
    ),
    "a mark that is too long": (
        CANVAS_EN,
        "{good: Good, bad: Bad}",
        "{good: Good, bad: Bad}, marks: {good: Everything that one could wish for}",
        "parts.table.fields.mood.marks.good: must have at most 24 characters: shorten it",
    ),
    "a mark of an unknown option": (
        CANVAS_EN,
        "{good: Good, bad: Bad}",
        "{good: Good, bad: Bad}, marks: {ugly: Ugly}",
        "parts.table.fields.mood.marks.ugly: isn't in the structure: remove it or correct its name",
    ),
    "html for whoever facilitates": (
        CANVAS_EN,
        "Bring *paper*.",
        "Bring <i>paper</i>.",
        "facilitation.before: line 1 of the text: HTML isn't allowed: write it in CommonMark",
    ),
    "a hint that one language lacks": (
        CANVAS_EN,
        ", hint: Not your own",
        "",
        "parts.pile.fields.name.hint: is missing, and stands in es: add it here or remove it there",
    ),
    "sources that one language lacks": (
        CANVAS_EN,
        "sources: [A book]\n",
        "",
        "sources: is missing, and stands in es: add it here or remove it there",
    ),
    "a link to an exercise that is not there": (
        UNIT_EN,
        "The body with",
        "See [that](exercise:canvass). The body with",
        "body: line 3 of the text: there is no exercise `canvass`: correct the link",
    ),
    "a question that is not in the structure": (
        UNIT_EN,
        "The body with",
        "```question mine\nWhat is it?\n```\n\nThe body with",
        "body.questions.mine: isn't in the structure: remove it or correct its name",
    ),
    "a link to a unit that is not there": (
        CANVAS_EN,
        "Then that.",
        "Then [that](unit:canvas).",
        "instructions: line 3 of the text: there is no unit `canvas`: correct the link",
    ),
    "html in instructions": (
        CANVAS_EN,
        "Then that.",
        "Then <b>that</b>.",
        "instructions: line 3 of the text: HTML isn't allowed: write it in CommonMark",
    ),
    "a unit without a title": (UNIT_EN, "# A unit", "A unit", "title: must be the first line: write `# Title` there"),
    "a unit with a heading of the second order first": (
        UNIT_EN,
        "# A unit",
        "## A unit",
        "title: must be the first line: write `# Title` there",
    ),
    "a unit whose title isn't on the first line": (
        UNIT_EN,
        "# A unit",
        "\n# A unit",
        "title: must be the first line: write `# Title` there",
    ),
    "a unit with an empty title": (UNIT_EN, "# A unit", "#", "title: is empty: write its text"),
    "a title with markup": (UNIT_EN, "# A unit", "# A *unit*", "title: must be plain text: remove the markup"),
    "a unit without a lead": (
        UNIT_EN,
        "What it says\nin short.\n\n",
        "",
        "lead: must follow the title: write a paragraph that says what the unit is about",
    ),
    "a lead with markup": (UNIT_EN, "in short.", "in `short`.", "lead: must be plain text: remove the markup"),
    "a second title": (
        UNIT_EN,
        "## A heading",
        "# A heading",
        "body: line 6: a page has one title: write `##` for a heading",
    ),
    "a block of html": (
        UNIT_EN,
        "## A heading",
        "<div>\n\n## A heading",
        "body: line 6: HTML isn't allowed: write it in CommonMark",
    ),
    "html within a line": (UNIT_EN, "a < b", "a<br>b", "body: line 8: HTML isn't allowed: write it in CommonMark"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_text_that_does_not_fit_is_reported_with_its_place(
    swap: Swap, problems: Problems, mistake: tuple[str, ...]
) -> None:
    file, old, new, *expected = mistake

    swap(file, old, new)

    assert problems() == [f"{file}: {problem}" for problem in expected]


def test_a_text_without_its_place_is_reported_in_every_language(swap: Swap, problems: Problems) -> None:
    swap(COURSE, "  - id: second\n", "")

    assert problems() == [
        f"{COURSE_EN}: modules.second: isn't in the structure: remove it or correct its name",
        "curriculum/basics/es.yaml: modules.second: isn't in the structure: remove it or correct its name",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "title: must be the first line: write `# Title` there"),
        ("# A unit\n", "lead: must follow the title: write a paragraph that says what the unit is about"),
        ("# A unit\n\nWhat it says.\n", "body: is empty: write its text"),
    ],
)
def test_a_unit_that_ends_too_soon_is_reported(tree: Path, problems: Problems, text: str, expected: str) -> None:
    (tree / UNIT_EN).write_text(text, encoding="utf-8")

    assert problems() == [f"{UNIT_EN}: {expected}"]
