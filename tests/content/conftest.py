"""A small curriculum without mistakes, one of each kind, in two languages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content.load import ContentError, load

COURSE_TEXT = """\
title: A course
summary: What it is for.
modules:
  first: {title: First, summary: What comes first.}
  second: {title: Second, summary: What comes then.}
"""

UNIT_TEXT = """\
# A unit

What it says
in short.

## A heading

The body with `<code>`, <https://example.org> and a < b.
"""

EXERCISE_TEXT = """\
title: A canvas
summary: What it brings.
safety: Write about nobody.
instructions: |
  Do **this**.

  Then that.
parts:
  table:
    title: A table
    help: Fill it.
    rows:
      north: {title: North, hint: Up}
      south: {title: South}
    columns:
      now: {title: Now}
      later: {title: Later}
    fields:
      note: {label: A note}
      mood: {label: A mood, options: {good: Good, bad: Bad}}
  pile:
    title: A pile
    help: Add cards.
    fields:
      name: {label: A name, hint: Not your own}
      width: {label: Width, minimum_label: Narrow, maximum_label: Wide}
      height: {label: Height}
  asked:
    title: Questions
    help: Answer.
    questions:
      why: Why?
      how: How?
checks:
  rows: Both rows are filled.
  columns: Both columns are filled.
  moods: Two moods are given.
  good: One mood is good.
  cards: Three cards are written.
  moody: Every note has a mood.
  answers: Both questions are answered.
questions:
  mixed: Is something good there and yet bad?
rubric:
  clear: {title: Is it clear?, levels: {begun: Some of it is., whole: All of it is.}}
  fair: {title: Is it fair?, levels: {begun: To some., whole: To all.}}
steps:
  alone: {title: Write, task: Write what you see.}
  together: {title: Discuss, task: Talk about it.}
facilitation:
  before: Bring *paper*.
  materials: {paper: Paper}
  steps:
    begin: {title: Begin, task: Say hello.}
  when:
    quiet: {title: Nobody speaks, advice: Wait.}
  afterwards: Write it down.
sources: [A book]
"""

EXAMPLE_TEXT = """\
scenario: An invented street.
notes:
  bench: {note: A bench}
  tree: {note: A tree}
  anna: {name: A card}
  berta: {name: Another card}
  carla: {name: A third card}
  why: {answer: one two three four five six seven eight nine ten}
  how: {answer: ten nine eight seven six five four three two one more}
"""

THEMES_TEXT = """\
themes: {streets: Streets, trees: Trees}
methods: {drawing: Drawing}
territories: {hill: Hill, shore: Shore}
"""

FILES = {
    "curriculum/basics/course.yaml": """\
id: basics
languages: [en, es]
modules:
  - id: first
    activities:
      - unit: reading
      - exercise: canvas
  - id: second
""",
    "curriculum/basics/en.yaml": COURSE_TEXT,
    "curriculum/basics/es.yaml": COURSE_TEXT,
    "units/reading/unit.yaml": "id: reading\nminutes: 5\n",
    "units/reading/en.md": UNIT_TEXT,
    "units/reading/es.md": UNIT_TEXT,
    "exercises/canvas/exercise.yaml": """\
id: canvas
minutes: 20
score_maximum: 100
parts:
  - id: table
    kind: grid
    rows: [north, south]
    columns: [now, later]
    fields:
      - {id: note, kind: text}
      - {id: mood, kind: choice, options: [good, bad]}
  - id: pile
    kind: cards
    fields:
      - {id: name, kind: text, max_length: 80}
      - {id: width, kind: scale, minimum: 1, maximum: 5}
      - {id: height, kind: scale, minimum: 0, maximum: 3}
    axes: {x: width, y: height}
  - id: asked
    kind: questions
    questions: [why, how]
    max_length: 500
checks:
  - {id: rows, rule: places_filled, part: table, places: rows, at_least: 2}
  - {id: columns, rule: places_filled, part: table, places: columns, at_least: 2}
  - {id: moods, rule: notes_written, part: table, where: {given: [mood]}, at_least: 2}
  - {id: good, rule: notes_written, part: table, where: {chosen: {mood: [good]}}, distinct: true, at_least: 1}
  - {id: cards, rule: notes_written, part: pile, at_least: 3}
  - {id: moody, rule: every_note, part: table, where: {places: {rows: [north]}}, has: {given: [mood]}}
  - {id: answers, rule: questions_answered, part: asked, at_least: 2, words: 10}
questions:
  - {id: mixed, rule: notes_written, part: pile, where: {chosen: {width: [5], height: [0, 1]}}, at_least: 1}
rubric:
  - {id: clear, levels: [begun, whole]}
  - {id: fair, levels: [begun, whole]}
steps:
  - {id: alone, kind: write, minutes: 5, part: table}
  - {id: together, kind: discuss, minutes: 15}
facilitation:
  materials: [paper]
  steps: [{id: begin, minutes: 5}]
  when: [quiet]
themes: [streets]
""",
    "exercises/canvas/example.yaml": """\
theme: trees
notes:
  - {id: bench, part: table, cell: north/now, values: {mood: good}}
  - {id: tree, part: table, cell: south/later, values: {mood: bad}}
  - {id: anna, part: pile, cell: cards, values: {width: 2, height: 1}}
  - {id: berta, part: pile, cell: cards}
  - {id: carla, part: pile, cell: cards}
  - {id: why, part: asked, cell: why}
  - {id: how, part: asked, cell: how}
""",
    "exercises/canvas/example.en.yaml": EXAMPLE_TEXT,
    "exercises/canvas/example.es.yaml": EXAMPLE_TEXT,
    "vocabulary/themes.yaml": """\
themes: [streets, trees]
methods:
  - {id: drawing, exercises: [canvas]}
territories:
  - {id: hill, neighbours: [shore]}
  - {id: shore, neighbours: [hill]}
""",
    "vocabulary/en.yaml": THEMES_TEXT,
    "vocabulary/es.yaml": THEMES_TEXT,
    "exercises/canvas/en.yaml": EXERCISE_TEXT,
    "exercises/canvas/es.yaml": EXERCISE_TEXT,
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Write the curriculum and give its folder."""
    for file, text in FILES.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def swap(tree: Path) -> Callable[[str, str, str], None]:
    """Exchange a passage that stands once in a file of the curriculum."""

    def swap(file: str, old: str, new: str) -> None:
        text = (tree / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        (tree / file).write_text(text.replace(old, new), encoding="utf-8")

    return swap


@pytest.fixture
def problems(tree: Path) -> Callable[[], list[str]]:
    """Load the curriculum and give the lines of what is wrong."""

    def problems() -> list[str]:
        with pytest.raises(ContentError) as caught:
            load(tree)
        return [str(problem) for problem in caught.value.problems]

    return problems
