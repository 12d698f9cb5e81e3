"""Diagrams of units: one drawing, its words in each language, and nothing in it that a page must not hold."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content import diagram
from content.diagram import DiagramText
from content.load import load

UNIT, EN, DRAWING = "units/reading/unit.yaml", "units/reading/en.md", "units/reading/circle.svg"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<circle class="soft" cx="4" cy="4" r="4"/><foreignObject data-label="all" x="1" y="1" width="7" height="7"/></svg>'
)
BLOCK = "```diagram circle\ntitle: A circle\ntext: All of it.\nlabels: {all: All}\n```\n"

PLACES = "`foreignObject` with `data-label` for words"

Problems = Callable[[], list[str]]


@pytest.fixture
def drawn(tree: Path) -> Path:
    """Add a diagram to the unit of a curriculum; give the curriculum's folder."""
    (tree / DRAWING).write_text(SVG, encoding="utf-8")
    (tree / UNIT).write_text("id: reading\nminutes: 5\ndiagrams: [circle]\n", encoding="utf-8")
    for language in ("en", "es"):
        file = tree / f"units/reading/{language}.md"
        file.write_text(file.read_text(encoding="utf-8") + "\n" + BLOCK, encoding="utf-8")
    return tree


def test_a_unit_holds_its_drawings(drawn: Path) -> None:
    assert load(drawn).unit("reading").drawings == {"circle": SVG}


def test_the_words_stand_in_their_places_as_text() -> None:
    words = DiagramText(title="T", text="T", labels={"all": "A < b"})

    filled = diagram.filled(SVG, words, "es")

    place = '<foreignObject data-label="all" x="1" y="1" width="7" height="7">'
    assert f'{place}<div class="label" dir="auto">A &lt; b</div>' in filled


def test_from_the_right_shapes_are_turned_over_and_words_stand_with_them() -> None:
    words = DiagramText(title="T", text="T", labels={"first": "A"})
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect x="10" y="5" width="30" height="9"/>'
        '<path d="M40 9 L60 9" transform="rotate(5)"/>'
        '<foreignObject data-label="first" x="10" y="5" width="30" height="9"/></svg>'
    )

    mirrored = diagram.filled(drawing, words, "ar")

    assert '<foreignObject data-label="first" x="60" y="5" width="30" height="9"><div' in mirrored
    assert 'x="10" y="5" width="30" height="9" transform="translate(100 0) scale(-1 1)"' in mirrored
    assert 'transform="translate(100 0) scale(-1 1) rotate(5)"' in mirrored
    assert "scale" not in diagram.filled(drawing, words, "el")


@pytest.mark.parametrize(
    "mistake",
    [
        (
            EN,
            "{all: All}",
            "{}",
            f"{EN}: body.diagrams.circle.labels.all: is missing: the structure has it, so add its text",
        ),
        (
            EN,
            "{all: All}",
            "{all: All, none: Nothing}",
            f"{EN}: body.diagrams.circle.labels.none: isn't in the structure: remove it or correct its name",
        ),
        (EN, "text: All of it.\n", "", f"{EN}: body.diagrams.circle.text: is missing: add it"),
        (
            EN,
            "```diagram circle",
            "```diagram ring",
            f"{EN}: body.diagrams.circle: is missing: the structure has it, so add its text",
        ),
        (UNIT, "[circle]", "[circle, ring]", "units/reading/ring.svg: is missing: the unit names this diagram"),
        (
            UNIT,
            "diagrams: [circle]",
            "",
            f"{DRAWING}: isn't named under the unit's diagrams: name it or remove it",
        ),
        (
            DRAWING,
            '<foreignObject data-label="all" x="1" y="1" width="7" height="7"/>',
            '<g><foreignObject data-label="all" x="1" y="1" width="7" height="7"/></g>',
            (
                f"{DRAWING}: holds words within a group: put each `foreignObject` straight into `svg`, "
                "so that they can be mirrored"
            ),
        ),
        (DRAWING, ' viewBox="0 0 9 9"', "", f"{DRAWING}: has no viewBox: add one, so that it fits any page"),
        (DRAWING, "</svg>", "", f"{DRAWING}: isn't SVG without a document type: save it as plain SVG"),
        (DRAWING, "<svg", "<!DOCTYPE svg><svg", f"{DRAWING}: isn't SVG without a document type: save it as plain SVG"),
        (
            DRAWING,
            'r="4"',
            'r="4" onclick="x()"',
            f"{DRAWING}: `onclick` of `circle` isn't allowed in a drawing: remove it",
        ),
        (
            DRAWING,
            "</svg>",
            "<script/></svg>",
            f"{DRAWING}: `script` isn't allowed in a drawing: use shapes, and {PLACES}",
        ),
        (
            DRAWING,
            "</svg>",
            "<g>All</g></svg>",
            f"{DRAWING}: `g` holds words: give it a `data-label`, and write them in the languages' texts",
        ),
    ],
)
def test_a_mistake_is_reported_with_its_place(drawn: Path, problems: Problems, mistake: tuple[str, ...]) -> None:
    file, old, new, problem = mistake
    text = (drawn / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (drawn / file).write_text(text.replace(old, new), encoding="utf-8")

    assert problem in problems()
