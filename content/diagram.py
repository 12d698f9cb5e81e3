"""A unit's diagrams: shapes in an SVG file, whose words stand in each language's text, so that one drawing serves all.

A place for words is an empty `foreignObject` with `data-label`; pages wrap the words in it. For a text that runs from
the right the drawing is turned over, as in a mirror: what comes first stands where such a reader begins.
"""

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree as ET

from content.findings import Finding
from content.shape import Shape, Slug, Text, Title
from content.text import direction

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset({"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "foreignObject"})
LABEL = "data-label"
ATTRIBUTES = frozenset(
    "viewBox d x y x1 y1 x2 y2 cx cy r rx ry width height points transform class".split()  # noqa: SIM905 - a list of names
) | {LABEL}
WORDS = f"{SVG}foreignObject"
PLACE = re.compile(r"@label:([a-z0-9-]+)@")


class DiagramText(Shape):
    """A diagram's words in one language: its title, what it shows in whole sentences, and the words in it."""

    title: Title
    text: Text
    labels: dict[Slug, Title]


def findings(source: str) -> Iterator[Finding]:
    """Find what a drawing must not hold: the page shows it as it is."""
    root = _root(source)
    if root is None:
        yield "", "isn't SVG without a document type: save it as plain SVG"
        return
    if not root.get("viewBox"):
        yield "", "has no viewBox: add one, so that it fits any page"
    if set(root.iter(WORDS)) - set(root):
        yield (
            "",
            "holds words within a group: put each `foreignObject` straight into `svg`, so that they can be mirrored",
        )
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name not in ELEMENTS:
            yield "", f"`{name}` isn't allowed in a drawing: use shapes, and `foreignObject` with `{LABEL}` for words"
        for attribute in sorted(set(element.keys()) - ATTRIBUTES):
            yield "", f"`{attribute}` of `{name}` isn't allowed in a drawing: remove it"
        if (element.text or "").strip():
            yield "", f"`{name}` holds words: give it a `{LABEL}`, and write them in the languages' texts"


def labels(source: str) -> tuple[str, ...]:
    """Name the places for words, in their order."""
    root = _root(source)
    return () if root is None else tuple(found for one in root.iter() if (found := one.get(LABEL)))


def filled(source: str, text: DiagramText, language: str) -> str:
    """Give a drawing with its words, as HTML holds it, in the direction of the words' language."""
    root = _root(source)
    if root is None:
        return ""
    if direction(language) == "rtl":
        _mirror(root)
    for element in root.iter():
        if name := element.get(LABEL):
            element.text = f"@label:{name}@"
    ET.register_namespace("", SVG.strip("{}"))
    words = {name: f'<div class="label" dir="auto">{escape(words)}</div>' for name, words in text.labels.items()}
    return PLACE.sub(lambda place: words.get(place[1], ""), ET.tostring(root, encoding="unicode"))


def _mirror(root: ET.Element) -> None:
    """Turn the shapes over, and move the places for words to where their shapes are now."""
    start, _, width, _ = (float(number) for number in root.get("viewBox", "0 0 0 0").replace(",", " ").split())
    ends = 2 * start + width
    for one in root:
        if one.tag == WORDS:
            one.set("x", f"{ends - float(one.get('x', 0)) - float(one.get('width', 0)):g}")
        else:
            one.set("transform", f"translate({ends:g} 0) scale(-1 1) {one.get('transform', '')}".rstrip())


def _root(source: str) -> ET.Element | None:
    if "<!" in source:
        return None
    try:
        root = ET.fromstring(source)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError:
        return None
    return root if root.tag == f"{SVG}svg" else None
