"""A file for spreadsheets holds what was written, and nothing in it is worked out."""

import csv
import io

import pytest

from lti_tool import spreadsheet


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "=HYPERLINK(A1;B1)"]
)
def test_what_a_spreadsheet_would_work_out_is_text(cell: str) -> None:
    assert spreadsheet.defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ana", "Ana = Bea", "Ελένη", "مريم", "1-2", "–"])
def test_what_it_would_not_work_out_stays_as_it_is(cell: str) -> None:
    assert spreadsheet.defused(cell) == cell


def test_a_file_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    assert spreadsheet.written([["Ελένη"]]).encode().startswith(b"\xef\xbb\xbf")


def test_cells_come_back_as_they_were_whatever_is_in_them() -> None:
    rows = [["Name", "State"], ['مريم, "ليلى"', "two\nlines"], ["Ελένη;Νίκος", "done"]]

    file = spreadsheet.written(rows).removeprefix(spreadsheet.BYTE_ORDER_MARK)

    assert list(csv.reader(io.StringIO(file, newline=""))) == rows
