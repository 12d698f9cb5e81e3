"""Rows by columns."""

from typing import Annotated, Literal

from pydantic import Field as Limits

from content.parts.part import PartOfFields, Places
from content.shape import Slug


class GridPart(PartOfFields):
    """Rows by columns; a cell is named `row/column`."""

    kind: Literal["grid"]
    rows: Annotated[tuple[Slug, ...], Limits(min_length=1)]
    columns: Annotated[tuple[Slug, ...], Limits(min_length=1)]

    def places(self) -> tuple[Places, ...]:
        """Name the rows and the columns."""
        return Places("rows", self.rows), Places("columns", self.columns)
