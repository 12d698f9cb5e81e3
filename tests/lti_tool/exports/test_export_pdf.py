import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from lti_tool.exports import blocks, pdf
from lti_tool.exports.blocks import Block
from lti_tool.exports.letters import run
from tests.lti_tool.exports.paper import ink, looks, printed, words_of

MARKUP = (
    '#read("/etc/hostname")',
    '#include "data.json"',
    '#import "@preview/cetz:0.2.0": *',
    "$ x^2 / y $",
    "*bold* _slanted_ `raw`",
    "@label <label> // a remark /* and one */",
    "= No heading",
    "- no list + nor this",
    "back\\slash \\u{41} \\",
    '#eval("1+1") #sys.inputs ~ -- --- ...',
    "\"quoted\" and 'quoted'",
)
EVERYWHERE: tuple[Callable[[str], Block], ...] = (
    lambda text: blocks.heading(2, text, "en"),
    lambda text: blocks.line(text, "en"),
    lambda text: blocks.labelled(text, "value", "en"),
    lambda text: blocks.labelled("label", text, "en"),
    lambda text: blocks.prose("label", text, "en", "es"),
    lambda text: blocks.note(text, "en", number=1),
    lambda text: blocks.said("Ana", "en", text, "en"),
    lambda text: blocks.said(text, "en", "words", "en"),
    lambda text: blocks.picture("missing.jpg", text, "en"),
    lambda text: blocks.chart(text, "en", [["", "1"], ["2", text]]),
)
"""Each kind of block, with a text at each place of it."""


@pytest.mark.parametrize("text", MARKUP)
def test_what_people_write_is_printed_as_they_wrote_it_wherever_it_stands(text: str) -> None:
    found = words_of(printed(*(place(text) for place in EVERYWHERE)))

    assert found.count(text) == len(EVERYWHERE) + 1  # the last one stands in a caption, and in a cell


def test_a_title_is_printed_as_it_was_written() -> None:
    found = words_of(pdf.typeset(run(MARKUP[0], "en"), [blocks.line("words", "en")], {}))

    assert MARKUP[0] in found


def test_nothing_is_read_of_the_machine_even_if_the_page_asked_for_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asking = tmp_path / "asking.typ"
    asking.write_text(f'#read("{asking}")')
    monkeypatch.setattr(pdf, "PAGE", asking)

    with pytest.raises(Exception, match="not found"):
        printed()


def test_only_our_fonts_are_used_so_that_it_looks_the_same_everywhere() -> None:
    made = printed(blocks.line("Needs Ανάγκες الحاجات 你 😀", "en"), blocks.note("bold العربية", "en"))

    fonts = {
        str(font["/BaseFont"]).split("+")[1]
        for page in PdfReader(io.BytesIO(made)).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())  # type: ignore[index]  # PDF is untyped
    }

    assert fonts == {f"{face}-{weight}" for face in ("NotoSans", "NotoNaskhArabic") for weight in ("Regular", "Bold")}


def test_a_letter_that_our_fonts_do_not_have_is_a_box_and_does_not_vanish() -> None:
    _, _, before, _ = ink(looks(blocks.line("x", "en")))

    for missing in ("你", "😀"):
        _, _, after, _ = ink(looks(blocks.line(f"x{missing}", "en")))
        assert after > before + 5, missing


def test_arabic_begins_at_the_right_and_greek_at_the_left_in_a_page_of_either() -> None:
    for language in ("en", "ar"):
        arabic, greek = (
            looks(blocks.line(text, "en"), language=language) for text in ("مرحبا بالعالم", "Γειά σου κόσμε")
        )

        assert ink(arabic)[0] > arabic.width / 2, language
        assert ink(greek)[2] < greek.width / 2, language


def test_arabic_letters_are_joined() -> None:
    apart, joined = ("ك\u200cت\u200cب", "كتب")

    wide, narrow = (ink(looks(blocks.line(text, "ar"))) for text in (apart, joined))

    assert wide[2] - wide[0] > narrow[2] - narrow[0]


def test_a_name_and_its_number_keep_their_direction_in_a_line_of_another() -> None:
    kept_apart_by_hand = blocks.labelled("اسم", "\u2066Ana (12)!\u2069", "ar")

    assert looks(blocks.labelled("اسم", "Ana (12)!", "ar")) == looks(kept_apart_by_hand)


def test_it_is_a4_tells_its_title_and_language_and_has_tags_and_numbers() -> None:
    many = [blocks.note(f"note {number}", "es") for number in range(60)]
    reader = PdfReader(io.BytesIO(pdf.typeset(run("Matriz", "es"), [blocks.heading(1, "Ana", "es"), *many], {})))

    root: Any = reader.trailer["/Root"].get_object()

    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.metadata
    assert reader.metadata.title == "Matriz"
    assert root["/Lang"] == "es"
    assert root["/MarkInfo"]["/Marked"]
    assert [outline["/Title"] for outline in reader.outline] == ["Ana"]  # type: ignore[call-overload]  # no list of lists here
    assert f"1 / {len(reader.pages)}" in words_of_page(reader, 0)
    assert f"2 / {len(reader.pages)}" in words_of_page(reader, 1)


def words_of_page(reader: PdfReader, number: int) -> str:
    """Read what a page says."""
    return " ".join(reader.pages[number].extract_text().split())


def test_a_photo_is_shown_and_one_that_is_none_keeps_nothing_from_being_set() -> None:
    image = io.BytesIO()
    Image.new("RGB", (300, 200), "black").save(image, "JPEG")
    shown: list[Block] = [blocks.picture("one.jpg", "the wall", "en"), blocks.picture("two.jpg", "broken", "en")]

    made = pdf.typeset(run("Title", "en"), shown, {"one.jpg": image.getvalue(), "two.jpg": b"no photo"})

    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages[0].images) == 1
    assert "the wall" in words_of(made)
    assert "broken" in words_of(made)
