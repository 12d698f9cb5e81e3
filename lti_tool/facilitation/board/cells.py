"""Writes the board's cells: each that looks alike is laid out once, since a table has some thousand of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import get_template_attribute
from markupsafe import Markup

from lti_tool.facilitation.board import way, wording
from lti_tool.facilitation.board.rules import Cell, Choice, Row

FEW = 3
"""Columns with room for words."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the cells of rows that have one for each of these exercises."""

    choice: Choice
    exercises: Sequence[str]
    known: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)
    """What stands before and after a submission's number in cells that look alike."""

    def row(self, row: Row) -> Markup:
        """Write a row's cells, without its heading."""
        return Markup("".join([self._cell(column, cell) for column, cell in enumerate(row.cells)]))  # noqa: S704 - escaped below

    def _cell(self, column: int, cell: Cell | None) -> str:
        if cell is None or cell.submission_id is None:
            before, after = self._alike(None, cell)
            return before + after
        before, after = self._alike(column, cell)
        return f"{before}{cell.submission_id}{after}"

    def _alike(self, column: int | None, cell: Cell | None) -> tuple[str, str]:
        looks = (column, cell and cell.state, cell and cell.is_overdue)
        if looks not in self.known:
            before, _, after = self._laid_out(column, cell).partition(way.PLACE)
            self.known[looks] = before, after
        return self.known[looks]

    def _laid_out(self, column: int | None, cell: Cell | None) -> str:
        lay_out = get_template_attribute("facilitation/board/cell.html", "cell")
        href = None if column is None else way.to_work(self.exercises[column], self.choice)
        is_narrow = len(self.exercises) <= FEW
        return str(lay_out(cell.state if cell else "", wording.signs(cell), wording.told(cell), href, is_narrow))
