"""What must hold for units' diagrams: each drawing is named, shown, and worded in every language."""

from collections.abc import Iterator, Mapping

from content import diagram
from content.diagram import DiagramText
from content.findings import Finding, matched, under
from content.folder import Folder
from content.markdown import DIAGRAM, Block, blocks_in
from content.model import UnitStructure, UnitText
from content.problem import ContentError, Problem
from content.source import parse

UnitFolder = Folder[UnitStructure, UnitText]


def check_drawings(units: Mapping[str, UnitFolder], drawings: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Compare drawings with the structures that name them, and with the blocks that word them."""
    for slug, unit in units.items():
        if unit.structure:
            yield from _file_problems(unit, unit.structure.diagrams, drawings[slug])
            for language, text in unit.texts.items():
                yield from _text_problems(unit.text_file(language), text, drawings[slug], unit.structure.diagrams)


def _file_problems(unit: UnitFolder, named: tuple[str, ...], drawn: Mapping[str, str]) -> Iterator[Problem]:
    for name in named:
        if name not in drawn:
            yield Problem(f"{unit.path}/{name}.svg", "", "is missing: the unit names this diagram")
    for name, source in drawn.items():
        if name not in named:
            yield Problem(f"{unit.path}/{name}.svg", "", "isn't named under the unit's diagrams: name it or remove it")
        yield from (Problem(f"{unit.path}/{name}.svg", *finding) for finding in diagram.findings(source))


def _text_problems(file: str, text: UnitText, drawn: Mapping[str, str], named: tuple[str, ...]) -> Iterator[Problem]:
    blocks = {block.name: block for block in blocks_in(text.body) if block.kind == DIAGRAM}
    yield from (Problem(file, *finding) for finding in under("body.diagrams", matched(named, blocks)))
    for name, block in blocks.items():
        if name in drawn:
            yield from (Problem(file, *finding) for finding in _word_findings(block, diagram.labels(drawn[name])))


def _word_findings(block: Block, places: tuple[str, ...]) -> Iterator[Finding]:
    try:
        words = parse("", block.text, DiagramText)
    except ContentError as error:
        yield from ((f"body.diagrams.{block.name}.{one.key}".rstrip("."), one.message) for one in error.problems)
        return
    yield from under(f"body.diagrams.{block.name}.labels", matched(places, words.labels))
