"""Files of people that aren't UTF-8: no guess is ever read."""

from pathlib import Path

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.source.people import read_people
from tests.moodle_sync.people_files import COURSES, TODAY, problems

GREEK = "username,firstname,lastname\nbo,Bo,I\neleni,Ελένη,Παπαδοπούλου\n"
ARABIC = "username,firstname,lastname\namal,أمل,حداد\n"
SPANISH = "username,firstname,lastname\nana,Begoña,García\n"
NAMES = {GREEK: ("eleni", "Ελένη"), ARABIC: ("amal", "أمل"), SPANISH: ("ana", "Begoña")}
WRITTEN = [
    (GREEK, "cp1253"),
    (GREEK, "iso8859_7"),
    (GREEK, "utf-16"),
    (ARABIC, "cp1256"),
    (ARABIC, "iso8859_6"),
    (SPANISH, "cp1252"),
    (SPANISH, "mac_roman"),
    (SPANISH, "cp850"),
    (SPANISH, "utf-16-le"),
]


def written(folder: Path, text: str, encoding: str, name: str = "people.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_without_an_encoding_it_is_refused_and_the_right_reading_is_shown(
    tmp_path: Path, text: str, encoding: str
) -> None:
    (said,) = problems(tmp_path, text.encode(encoding))

    first, *readings = said.splitlines()
    assert first.startswith("people.csv: isn't UTF-8: ")
    assert [line for line in readings if line.endswith(text.splitlines()[-1])], said


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_what_the_refusal_says_to_write_reads_it(tmp_path: Path, text: str, encoding: str) -> None:
    (said,) = problems(tmp_path, text.encode(encoding))
    line = next(line for line in said.splitlines() if line.endswith(text.splitlines()[-1]))
    advised = line.split('"')[1]

    people = read_people(written(tmp_path, text, encoding), COURSES, TODAY, advised)

    username, firstname = NAMES[text]
    assert people.people[username].firstname == firstname
    assert people.warnings == ()


def test_every_reading_is_shown_once_with_what_to_write(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, SPANISH.encode("cp1252"))

    first, *readings = said.splitlines()
    assert first == (
        "people.csv: isn't UTF-8: find the reading of its line 2 that is right, and write what stands before it at the "
        "top of the configuration, or say moodle-sync --encoding with its name; or save the file as UTF-8"
    )
    assert readings[0] == '    encoding = "cp1252" reads: ana,Begoña,García'
    assert len({line.split(" reads: ")[1] for line in readings}) == len(readings) > 4


def test_keys_are_refused_as_columns_are(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, "- username: eleni\n  firstname: Ελένη\n".encode("cp1253"), "people.yaml")

    assert '    encoding = "cp1253" reads: firstname: Ελένη' in said.splitlines()


def test_keys_are_read_in_the_encoding_that_is_said(tmp_path: Path) -> None:
    file = written(tmp_path, "- username: eleni\n  firstname: Ελένη\n", "cp1253", "people.yaml")

    assert read_people(file, COURSES, TODAY, "cp1253").people["eleni"].firstname == "Ελένη"


def test_a_file_of_another_encoding_than_is_said_is_refused_with_its_readings(tmp_path: Path) -> None:
    file = written(tmp_path, "username,firstname\nana,\x81\n", "latin-1")

    with pytest.raises(InputRefused, match=r'^people\.csv: isn\'t cp1253: (.|\n)*encoding = "cp1256" reads: ana,پ'):
        read_people(file, COURSES, TODAY, "cp1253")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_that_was_saved_as_utf_8_since_then_is_not_read_as_what_is_said(tmp_path: Path, mark: str) -> None:
    file = written(tmp_path, mark + GREEK, "utf-8")

    with pytest.raises(InputRefused) as refused:
        read_people(file, COURSES, TODAY, "cp1253")

    first, *readings = str(refused.value).splitlines()
    assert first == "people.csv: is UTF-8, and not cp1253, as is said: take the encoding out"
    assert readings == ['    encoding = "utf-8" reads: eleni,Ελένη,Παπαδοπούλου']


@pytest.mark.parametrize("encoding", ["cp1253", "utf-8", "UTF8", "latin-1"])
def test_plain_letters_read_alike_whatever_is_said(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, "username\nana\n", "ascii")

    assert list(read_people(file, COURSES, TODAY, encoding).people) == ["ana"]


def test_a_line_that_tells_the_encodings_apart_is_shown_and_cut(tmp_path: Path) -> None:
    long = "x" * 500
    text = f"username,firstname\nana,é\nbo,{long}ş{long}\n"

    (said,) = problems(tmp_path, text.encode("cp1254"))

    assert "its line 3 " in said
    assert f'    encoding = "cp1254" reads: {long[:50]}ş{long[:49]}' in said.splitlines()


@pytest.mark.parametrize("data", [b"username\nana\0\n", b"u\0s", b"\xff\xfe\x00\xd8"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    said = "people.csv: isn't text in any encoding that is known here: save it as UTF-8"

    assert problems(tmp_path, data) == [said]
