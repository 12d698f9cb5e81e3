"""What stands beside an exercise: example, rubric, facilitator's page, themes, and what took its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content.load import load
from content.source import parse
from content.worked import WorkedStructure
from tests.content import lanes

COURSE = "curriculum/basics/course.yaml"
UNIT = "units/reading/unit.yaml"
CANVAS = "exercises/canvas/exercise.yaml"
CANVAS_EN = "exercises/canvas/en.yaml"
CANVAS_ES = "exercises/canvas/es.yaml"
WORKED = "exercises/canvas/example.yaml"
WORKED_EN = "exercises/canvas/example.en.yaml"
WORKED_ES = "exercises/canvas/example.es.yaml"
ASKED = "the question `mixed` is asked of it: change the example so that it isn't"
THEMES = "vocabulary/themes.yaml"
THEMES_EN = "vocabulary/en.yaml"
ELSEWHERE = "isn't another territory of the vocabulary: choose one of shore"

Swap = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

# name: file, what stands there, what is put there, what is reported, beginning with the file's name
MISTAKES: dict[str, tuple[str, ...]] = {
    "a material twice": (
        CANVAS,
        "materials: [paper]",
        "materials: [paper, paper]",
        f"{CANVAS}: facilitation.materials[1]: `paper` is already in this list: keep one or rename it",
    ),
    "a step in the room twice": (
        CANVAS,
        "steps: [{id: begin, minutes: 5}]",
        "steps: [{id: begin, minutes: 5}, {id: begin, minutes: 5}]",
        f"{CANVAS}: facilitation.steps[1].id: `begin` is already in this list: keep one or rename it",
    ),
    "a step in the room without words": (
        CANVAS,
        "steps: [{id: begin, minutes: 5}]",
        "steps: [{id: begin, minutes: 5}, {id: end, minutes: 5}]",
        f"{CANVAS_EN}: facilitation.steps.end: is missing: the structure has it, so add its text",
        f"{CANVAS_ES}: facilitation.steps.end: is missing: the structure has it, so add its text",
    ),
    "words for something that does not happen": (
        CANVAS_EN,
        "quiet: {title",
        "loud: {title",
        f"{CANVAS_EN}: facilitation.when.loud: isn't in the structure: remove it or correct its name",
        f"{CANVAS_EN}: facilitation.when.quiet: is missing: the structure has it, so add its text",
    ),
    "a look at one's own work without a rubric": (
        CANVAS,
        "rubric:\n  - {id: clear, levels: [begun, whole]}\n  - {id: fair, levels: [begun, whole]}\n",
        "self_review: true\n",
        f"{CANVAS}: self_review: needs a rubric to look at the work by: add one, or take this out",
        f"{CANVAS_EN}: rubric.clear: isn't in the structure: remove it or correct its name",
        f"{CANVAS_EN}: rubric.fair: isn't in the structure: remove it or correct its name",
        f"{CANVAS_ES}: rubric.clear: isn't in the structure: remove it or correct its name",
        f"{CANVAS_ES}: rubric.fair: isn't in the structure: remove it or correct its name",
    ),
    "a criterion twice": (
        CANVAS,
        "{id: fair, levels",
        "{id: clear, levels",
        f"{CANVAS}: rubric[1].id: `clear` is already in this list: keep one or rename it",
        f"{CANVAS_EN}: rubric.fair: isn't in the structure: remove it or correct its name",
        f"{CANVAS_ES}: rubric.fair: isn't in the structure: remove it or correct its name",
    ),
    "a level twice": (
        CANVAS,
        "{id: fair, levels: [begun, whole]}",
        "{id: fair, levels: [begun, whole, begun]}",
        f"{CANVAS}: rubric[1].levels[2]: `begun` is already in this list: keep one or rename it",
    ),
    "one level": (
        CANVAS,
        "{id: fair, levels: [begun, whole]}",
        "{id: fair, levels: [begun]}",
        f"{CANVAS}: rubric[1].levels: must have at least 2 in its list: add to it",
    ),
    "six levels": (
        CANVAS,
        "{id: fair, levels: [begun, whole]}",
        "{id: fair, levels: [a, b, c, d, e, f]}",
        f"{CANVAS}: rubric[1].levels: must have at most 5 in its list: take out what matters least",
    ),
    "seven criteria": (
        CANVAS,
        "  - {id: fair, levels: [begun, whole]}\n",
        "".join(f"  - {{id: {name}, levels: [a, b]}}\n" for name in "defghi"),
        f"{CANVAS}: rubric: must have at most 6 in its list: take out what matters least",
    ),
    "a criterion without words": (
        CANVAS_EN,
        "  fair: {title: Is it fair?, levels: {begun: To some., whole: To all.}}\n",
        "",
        f"{CANVAS_EN}: rubric.fair: is missing: the structure has it, so add its text",
    ),
    "a level without words": (
        CANVAS_EN,
        "{begun: To some., whole: To all.}",
        "{begun: To some., all: To all.}",
        f"{CANVAS_EN}: rubric.fair.levels.all: isn't in the structure: remove it or correct its name",
        f"{CANVAS_EN}: rubric.fair.levels.whole: is missing: the structure has it, so add its text",
    ),
    "a theme that the vocabulary lacks": (
        CANVAS,
        "themes: [streets]",
        "themes: [streets, seas]",
        f"{CANVAS}: themes[1]: `seas` isn't a theme of the vocabulary: choose one of streets, trees",
    ),
    "a unit's theme that the vocabulary lacks": (
        UNIT,
        "minutes: 5",
        "minutes: 5\nthemes: [seas]",
        f"{UNIT}: themes[0]: `seas` isn't a theme of the vocabulary: choose one of streets, trees",
    ),
    "a theme named twice": (
        CANVAS,
        "themes: [streets]",
        "themes: [streets, streets]",
        f"{CANVAS}: themes[1]: `streets` is already in this list: keep one or rename it",
    ),
    "a theme without words": (
        THEMES,
        "[streets, trees]",
        "[streets, trees, seas]",
        f"{THEMES_EN}: themes.seas: is missing: the structure has it, so add its text",
        "vocabulary/es.yaml: themes.seas: is missing: the structure has it, so add its text",
    ),
    "a method that is a theme": (
        THEMES,
        "{id: drawing, exercises: [canvas]}",
        "{id: trees, exercises: [canvas]}",
        f"{THEMES}: methods[0].id: `trees` is a theme too: call it otherwise",
        f"{THEMES_EN}: methods.drawing: isn't in the structure: remove it or correct its name",
        f"{THEMES_EN}: methods.trees: is missing: the structure has it, so add its text",
        "vocabulary/es.yaml: methods.drawing: isn't in the structure: remove it or correct its name",
        "vocabulary/es.yaml: methods.trees: is missing: the structure has it, so add its text",
    ),
    "a method of no exercise": (
        THEMES,
        "exercises: [canvas]",
        "exercises: [canvases]",
        f"{THEMES}: methods[0].exercises[0]: `canvases` isn't an exercise: choose one of canvas",
    ),
    "a territory beside itself": (
        THEMES,
        "{id: hill, neighbours: [shore]}",
        "{id: hill, neighbours: [shore, hill]}",
        f"{THEMES}: territories[0].neighbours[1]: `hill` {ELSEWHERE}",
    ),
    "a territory beside one that is nowhere": (
        THEMES,
        "{id: hill, neighbours: [shore]}",
        "{id: hill, neighbours: [shore, sea]}",
        f"{THEMES}: territories[0].neighbours[1]: `sea` {ELSEWHERE}",
    ),
    "a neighbour that isn't one the other way": (
        THEMES,
        "{id: shore, neighbours: [hill]}",
        "{id: shore}",
        f"{THEMES}: territories[0].neighbours[0]: `shore` doesn't name `hill`: let each name the other",
    ),
    "a territory without words": (
        THEMES_EN,
        "{hill: Hill, shore: Shore}",
        "{hill: Hill}",
        f"{THEMES_EN}: territories.shore: is missing: the structure has it, so add its text",
    ),
    "an example of an unknown theme": (
        WORKED,
        "theme: trees",
        "theme: seas",
        f"{WORKED}: theme: `seas` isn't a theme of the vocabulary: choose one of streets, trees",
    ),
    "a note of the example in no part": (
        WORKED,
        "part: table, cell: north/now",
        "part: tables, cell: north/now",
        f"{WORKED}: notes[0].part: `tables` isn't a part of this exercise: choose one of table, pile, asked",
    ),
    "a note of the example in no cell": (
        WORKED,
        "cell: north/now",
        "cell: north/then",
        (
            f"{WORKED}: notes[0].cell: `north/then` isn't a cell of `table`: "
            "choose one of north/now, north/later, south/now, south/later"
        ),
    ),
    "a note of the example twice": (
        WORKED,
        "id: tree",
        "id: bench",
        f"{WORKED}: notes[1].id: `bench` is already in this list: keep one or rename it",
        f"{WORKED_EN}: notes.tree: isn't in the structure: remove it or correct its name",
        f"{WORKED_ES}: notes.tree: isn't in the structure: remove it or correct its name",
    ),
    "two answers to one question": (
        WORKED,
        "cell: how",
        "cell: why",
        f"{WORKED}: notes: `how` finds no room in `why` of `asked`: remove it",
    ),
    "a value that its field can't hold": (
        WORKED,
        "width: 2",
        "width: 9",
        f"{WORKED}: notes[2].values.width: `9` doesn't fit its field, a scale: correct it",
    ),
    "words among the values": (
        WORKED,
        "{mood: good}",
        "{mood: good, note: A bench}",
        f"{WORKED}: notes[0].values.note: `note` isn't a field to choose in or to number here: choose one of mood",
    ),
    "a note without its words": (
        WORKED_EN,
        "  tree: {note: A tree}\n",
        "",
        f"{WORKED_EN}: notes.tree: is missing: the structure has it, so add its text",
    ),
    "a choice among the words": (
        WORKED_EN,
        "tree: {note: A tree}",
        "tree: {note: A tree, mood: bad}",
        f"{WORKED_EN}: notes.tree.mood: `mood` isn't a field for words here: choose one of note",
    ),
    "a note without its first words": (
        WORKED_EN,
        "anna: {name: A card}",
        "anna: {}",
        f"{WORKED_EN}: notes.anna.name: is missing: a note begins with it",
    ),
    "words that are too long": (
        WORKED_EN,
        "anna: {name: A card}",
        f"anna: {{name: {'A' * 81}}}",
        f"{WORKED_EN}: notes.anna.name: is too long for its field: write at most 80 characters",
    ),
    "an example that is not done": (
        WORKED_EN,
        "one two three four five six seven eight nine ten",
        "one two",
        f"{WORKED_EN}: notes: the check `answers` isn't met: complete the example or change the check",
    ),
    "an example that contradicts itself": (
        WORKED,
        "{width: 2, height: 1}",
        "{width: 5, height: 1}",
        f"{WORKED_EN}: notes: {ASKED}",
        f"{WORKED_ES}: notes: {ASKED}",
    ),
    "a first field that is not asked": (
        CANVAS,
        "{id: note, kind: text}",
        "{id: note, kind: text, asked: false}",
        f"{CANVAS}: parts[0].fields[0].asked: must be asked: a note is its first field",
    ),
    "a check of what is not asked": (
        CANVAS,
        "options: [good, bad]}",
        "options: [good, bad], asked: false}",
        f"{CANVAS}: checks[2].where.given: `mood` isn't a field of `table`: choose one of note",
        f"{CANVAS}: checks[3].where.chosen: `mood` isn't a field of `table`: choose one of note",
        f"{CANVAS}: checks[5].has.given: `mood` isn't a field of `table`: choose one of note",
    ),
    "an exercise in a course that is replaced": (
        CANVAS,
        "id: canvas",
        "id: canvas\nreplaced_by: canvas-2",
        f"{COURSE}: modules[0].activities[1].exercise: `canvas` is replaced: place `canvas-2`",
        f"{CANVAS}: replaced_by: `canvas-2` isn't another exercise: name the one that took its place",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_reported_with_its_file_and_place(
    swap: Swap, problems: Problems, mistake: tuple[str, ...]
) -> None:
    file, old, new, *reported = mistake
    swap(file, old, new)

    assert problems() == sorted(reported)


@pytest.mark.parametrize("file", ["exercises/canvas/example.es.yaml", "vocabulary/es.yaml"])
def test_what_stands_beside_is_due_in_the_languages_of_the_course(tree: Path, problems: Problems, file: str) -> None:
    (tree / file).unlink()

    assert problems() == [f"{file}: is missing: add this file, since the course `basics` is in this language"]


@pytest.mark.parametrize("name", ["canvas/example.ed.yaml", "canvas/exemple.yaml"])
def test_a_file_of_another_name_is_reported(tree: Path, problems: Problems, name: str) -> None:
    (tree / "exercises" / name).touch()

    advice = "isn't known here: name a text by its language, one of en, es, pt, el, ar, fr, or remove the file"
    assert problems() == [f"exercises/{name}: {advice}"]


def test_an_exercise_that_is_replaced_is_in_no_course_and_stays(swap: Swap, tree: Path) -> None:
    (tree / "exercises/canvas").rename(tree / "exercises/canvas-2")
    old = tree / "exercises/canvas"
    old.mkdir()
    for file in ("exercise.yaml", "en.yaml", "es.yaml"):
        (old / file).write_text((tree / "exercises/canvas-2" / file).read_text(encoding="utf-8"), encoding="utf-8")
    swap(CANVAS, "id: canvas", "id: canvas\nreplaced_by: canvas-2")
    swap("exercises/canvas-2/exercise.yaml", "id: canvas", "id: canvas-2")
    swap(COURSE, "exercise: canvas", "exercise: canvas-2")

    curriculum = load(tree)

    assert curriculum.exercise("canvas").replaced_by == "canvas-2"


def test_an_example_is_told_in_each_language(tree: Path) -> None:
    example = load(tree).exercise("canvas").example

    assert example
    told = example.told(example.texts["en"])
    assert [(note.id, note.cell, dict(note.values)) for note in told][:2] == [
        ("bench", "north/now", {"note": "A bench", "mood": "good"}),
        ("tree", "south/later", {"note": "A tree", "mood": "bad"}),
    ]


POINTING = """\
theme: streets
notes:
  - {id: ring, part: way, cell: before, values: {actors: [user, family], leads-to: wait}}
  - {id: wait, part: way, cell: at-the-door}
"""


def test_an_example_ticks_several_options_and_points_at_its_own_notes(tmp_path: Path) -> None:
    parts = lanes.curriculum(tmp_path).exercise("service-walk").parts

    def findings(source: str) -> list[tuple[str, str]]:
        return list(parse("example.yaml", source, WorkedStructure).findings(parts))

    assert findings(POINTING) == []
    assert findings(POINTING.replace("leads-to: wait", "leads-to: ring")) == [
        ("notes[0].values.leads-to", "`ring` isn't another note of this part: choose one of wait")
    ]
    assert findings(POINTING.replace("[user, family]", "[user, cat]")) == [
        ("notes[0].values.actors", "`['user', 'cat']` doesn't fit its field, a choices: correct it")
    ]


@pytest.mark.parametrize("folder", ["vocabulary", "exercises/canvas/example"])
def test_a_curriculum_may_do_without(tree: Path, swap: Swap, folder: str) -> None:
    for path in tree.glob(f"{folder}*"):
        _remove(path)
    if folder == "vocabulary":
        swap(CANVAS, "themes: [streets]\n", "")
        for path in tree.glob("exercises/canvas/example*"):
            _remove(path)

    curriculum = load(tree)

    assert (curriculum.vocabulary.themes == ()) is (folder == "vocabulary")
    assert curriculum.exercise("canvas").example is None


def _remove(path: Path) -> None:
    for inner in path.iterdir() if path.is_dir() else ():
        inner.unlink()
    path.rmdir() if path.is_dir() else path.unlink()
