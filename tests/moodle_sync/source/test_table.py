"""Tables as other programs save them: what can be read is, and what it is is said."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.moodle_sync.people_files import problems, read

WORKBOOK = "is a workbook of a spreadsheet, and no text: save it as CSV, in Excel as CSV UTF-8"


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars"), (":", "colons")]
)
def test_other_separators_are_read_with_a_warning(tmp_path: Path, separator: str, name: str) -> None:
    people = read(tmp_path, "username,firstname\nana,Ana\n".replace(",", separator))

    assert people.people["ana"].firstname == "Ana"
    assert people.warnings == (f"people.csv: separated by {name}, not commas; read all the same.",)


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=;\r"])
def test_what_excel_is_told_of_the_separator_holds_here_too(tmp_path: Path, line: str) -> None:
    people = read(tmp_path, f"{line}\nusername;firstname\nana;Ana, or Anna\n")

    assert people.people["ana"].firstname == "Ana, or Anna"
    assert people.warnings == (
        "people.csv: begins with sep=;, which is meant for Excel; read all the same.",
        "people.csv: separated by semicolons, not commas; read all the same.",
    )


def test_it_holds_against_what_the_header_seems_to_say(tmp_path: Path) -> None:
    unknown = "isn't a column that moodle-sync manages: correct its name or take it out"
    assert problems(tmp_path, "sep=,\nusername;firstname\nana;Ana\n") == [
        "people.csv: line 2, username: is missing: add this column",
        f"people.csv: line 2, username;firstname: {unknown}",
    ]


def test_lines_are_counted_from_the_file_s_beginning(tmp_path: Path) -> None:
    assert problems(tmp_path, "sep=;\n\nusername;colour\nana;red\n") == [
        "people.csv: line 3, colour: isn't a column that moodle-sync manages: correct its name or take it out"
    ]
    assert problems(tmp_path, "sep=;\nusername;lang\n\nana;Spanish\n") == [
        'people.csv: line 4, lang: "Spanish" must be a language\'s code, such as es or pt_br'
    ]


@pytest.mark.parametrize("name", ["people.csv", "people.yaml"])
def test_a_workbook_is_called_what_it_is(tmp_path: Path, name: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as workbook:
        workbook.writestr("xl/workbook.xml", "<workbook/>")

    assert problems(tmp_path, data.getvalue(), name) == [f"{name}: {WORKBOOK}"]


def test_so_is_one_of_an_old_excel(tmp_path: Path) -> None:
    assert problems(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)) == [f"people.csv: {WORKBOOK}"]


def test_a_row_of_one_cell_has_one_cell(tmp_path: Path) -> None:
    assert problems(tmp_path, "username,lang\nana\n") == [
        "people.csv: line 2: has 1 cell under a header of 2: look for a missing or extra comma"
    ]


def test_the_separator_that_is_missing_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path, "username;lang\nana;es;x\n") == [
        "people.csv: line 2: has 3 cells under a header of 2: look for a missing or extra semicolon"
    ]
