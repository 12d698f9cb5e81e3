"""Tables as files that spreadsheets open: comma-separated, and nothing in them is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel doesn't read a file as UTF-8."""
MIMETYPE = "text/csv"


def written(rows: Iterable[Sequence[str]]) -> str:
    """Write rows of cells, the first one with the headings."""
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    csv.writer(file).writerows([defused(cell) for cell in row] for row in rows)
    return file.getvalue()


def defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would work out: it then shows the cell as it was written."""
    begins = cell.startswith(FORMULAS) or cell.lstrip().startswith(FORMULAS)
    return f"'{cell}" if begins else cell
