"""What Moodle refuses, changes in silence, or shows to nobody is named before anything is sent."""

from pathlib import Path

import pytest

from moodle_sync.source.people import read_people
from tests.moodle_sync.people_files import COURSES, TODAY, problems, read

ZERO_WIDTH = "\u200b"
ADVICE = "isn't an e-mail address that Moodle takes"
COMMON = f"{ADVICE}: it must be like name@example.org, without accents, spaces or two dots in a row"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"ana{ZERO_WIDTH}@example.org", COMMON),
        ("ana@example.org.", COMMON),
        ("em..3@example.org", COMMON),
        ("añá@example.org", COMMON),
        (".ana@example.org", COMMON),
        ("ana.@example.org", COMMON),
        ("ana@localhost", COMMON),
        ("ana@192.168.0.1", COMMON),
        ("ana@-example.org", COMMON),
        ("ana@example-.org", COMMON),
        ("ana@exa_mple.org", COMMON),
        ("ana@example..org", COMMON),
        ("ana(work)@example.org", COMMON),
        (f"{'x' * 65}@example.org", COMMON),
        (f"ana@{'x' * 64}.org", COMMON),
        (f"ana@{'x' * 60}.{'x' * 60}.org", COMMON),
        ("ana@españa.es", f"{ADVICE}: write ana@xn--espaa-rta.es"),
        (f"ana@example{ZERO_WIDTH}.org", f"{ADVICE}: write ana@example.org"),
    ],
)
def test_an_address_that_moodle_refuses_is_a_mistake(tmp_path: Path, address: str, said: str) -> None:
    assert problems(tmp_path, f"username,email\nana,{address}\n") == [f'people.csv: line 2, email: "{address}" {said}']


@pytest.mark.parametrize(
    "address",
    [
        "ana@example.org",
        "Ana.Ruiz+moodle@mail.Example.org",
        "o'neill@example.org",
        "a!#$%&'*+-/=?^_`{|}~b@example.org",
        "ana@xn--espaa-rta.es",
        "ana@exa--mple.xn--p1ai",
        "1@2.com",
        f"{'x' * 64}@example.org",
    ],
)
def test_an_address_that_moodle_takes_is_fine(tmp_path: Path, address: str) -> None:
    assert read(tmp_path, f"username,email\nana,{address}\n").people["ana"].email == address


@pytest.mark.parametrize("column", ["firstname", "lastname", "idnumber", "cohort1", "group1", "profile_field_city"])
@pytest.mark.parametrize("text", [ZERO_WIDTH, "\ufeff\u00ad", "\u3164", "\u2800"])
def test_a_cell_of_nothing_visible_is_a_mistake(tmp_path: Path, column: str, text: str) -> None:
    header, row = f"username,course1,role1,{column}", f"ana,TOT,student,x{text}"
    seen = read_people(_written(tmp_path, f"{header}\n{row}\n"), COURSES, TODAY)

    said = problems(tmp_path, f"{header}\n{row.replace('x', '')}\n")

    assert seen.people
    wrong = "holds nothing that can be seen: write it, or empty it to leave alone what is there"
    assert said == [f"people.csv: line 2, {column}: {wrong}"]


@pytest.mark.parametrize("column", ["firstname", "lastname", "cohort1", "group1"])
@pytest.mark.parametrize("name", ["O&#039;Brien", "Tom &amp; Co", "Ben&iacute;tez"])
def test_a_sign_that_is_spelled_out_as_on_web_pages_is_a_mistake(tmp_path: Path, column: str, name: str) -> None:
    (said,) = problems(tmp_path, f"username,course1,role1,{column}\nana,TOT,student,{name}\n")

    written = name[name.index("&") : name.index(";") + 1]
    assert said == (
        f'people.csv: line 2, {column}: "{name}" holds {written}, which Moodle shows as another sign in some places: '
        "write the sign itself"
    )


@pytest.mark.parametrize("column", ["firstname", "lastname", "cohort1", "group1"])
def test_an_ampersand_is_no_mistake(tmp_path: Path, column: str) -> None:
    assert read(tmp_path, f"username,course1,role1,{column}\nana,TOT,student,Q&A & more; R&D;\n").people


def _written(folder: Path, text: str) -> Path:
    file = folder / "people.csv"
    file.write_text(text, encoding="utf-8")
    return file
