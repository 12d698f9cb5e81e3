"""A file is what is in it, whatever its name says, and one that lies is refused."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lti_tool.community.files import names
from lti_tool.community.files.kinds import TYPES
from lti_tool.community.files.rules import LARGEST, LARGEST_PICTURE, Content, Problem, Refused
from lti_tool.community.files.taking import take
from tests.lti_tool.community.files.attaching import PARTS, PDF, PLAIN, archive, document
from tests.lti_tool.community.files.attaching import TYPES as OPEN
from tests.lti_tool.exercises.photos.photographing import HEIC, MAKER, PLACE, claiming, photo, talkative

OFFICE = sorted({*PARTS, *OPEN})


def problem(sent: bytes, name: str) -> Problem | None:
    try:
        take(sent, name)
    except Refused as refused:
        return refused.problem
    return None


@pytest.mark.parametrize("suffix", OFFICE)
def test_documents_are_kept_as_they_are(suffix: str) -> None:
    taken = take(document(suffix), f"Our plan.{suffix.upper()}")

    assert (taken.name, taken.content) == (f"Our plan.{suffix}", document(suffix))
    assert TYPES[suffix].startswith("application/vnd.")
    assert take(document(suffix), "Our plan").name == f"Our plan.{suffix}"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("a.pdf", PDF),
        ("a.txt", PLAIN),
        ("a.csv", "\ufeffА;Б\r\n".encode()),
        ("a.md", b"# A"),
        ("a.csv", b"a\xf1o;\x80"),
    ],
)
def test_papers_and_texts_are_kept_as_they_are(name: str, sent: bytes) -> None:
    taken = take(sent, name)

    assert (taken.name, taken.content, taken.width) == (name, sent, None)


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif")])
def test_pictures_are_painted_anew(kind: str, suffix: str) -> None:
    taken = take(photo(kind=kind), f"wall.{suffix}")

    assert (taken.name, taken.width, taken.height) == ("wall.jpg", 400, 200)
    for kept in (taken.content, taken.small or b""):
        assert Image.open(BytesIO(kept)).format == "JPEG"


def test_of_a_picture_nothing_is_kept_but_what_is_to_be_seen() -> None:
    taken = take(talkative(), "wall.jpg")

    for kept in (taken.content, taken.small or b""):
        assert MAKER.encode() not in kept
        assert PLACE.encode() not in kept


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("a.pdf", photo()),
        ("a.jpg", PDF),
        ("a.png", b"<p>x"),
        ("a.docx", document("xlsx")),
        ("a.odt", document("docx")),
        ("a.txt", PDF),
        ("a.pdf", b"text"),
        ("a.csv", photo(kind="PNG")),
    ],
)
def test_a_name_that_says_another_kind_is_a_lie(name: str, sent: bytes) -> None:
    assert problem(sent, name) is Problem.LIES


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("a.exe", b"MZ\x90\0"),
        ("a.pdf", b"MZ\x90\0"),
        ("a.txt", b"MZ\x90\0"),
        ("a.html", b"<p>x</p>"),
        ("a.txt", b" \n<!DOCTYPE html><script>alert(1)</script>"),
        ("a.txt", b"\xef\xbb\xbf<svg onload=alert(1)>"),
        ("a.svg", b"<svg/>"),
        ("a.md", b"<?xml version='1.0'?><svg/>"),
        ("a.txt", b"#!/bin/sh"),
        ("a.txt", b"{\\rtf1}"),
        ("a.txt", b"words\0"),
        ("a.txt", b"words\x1b[31m"),
        ("a.zip", archive({"a.txt": b"x"})),
        ("a.docx", archive({"a.txt": b"x"})),
        ("a.odt", archive({"mimetype": b"application/epub+zip"})),
        ("a.odt", archive({"mimetype": b"x" * 1000})),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.docm", document("docx")),
        ("", b"\x7fELF"),
    ],
)
def test_other_kinds_are_refused(name: str, sent: bytes) -> None:
    assert problem(sent, name) is Problem.OTHER_KIND


@pytest.mark.parametrize(
    ("name", "sent", "refused"),
    [
        ("a.txt", b"", Problem.EMPTY),
        ("a.docx", b"PK\x03\x04 and no more", Problem.BROKEN),
        ("a.odt", archive({}), Problem.OTHER_KIND),
        ("a.docx", document("docx", "word/vbaProject.bin"), Problem.PROGRAM),
        ("a.ods", document("ods", "Basic/Standard/Module1.xml"), Problem.PROGRAM),
        ("a.odp", document("odp", "Scripts/python/a.py"), Problem.PROGRAM),
        ("a.txt", b"a" * (LARGEST + 1), Problem.TOO_LARGE),
        ("a.jpg", photo() + b"\0" * LARGEST_PICTURE, Problem.PICTURE_TOO_LARGE),
        ("a.jpg", photo()[:300], Problem.BROKEN),
        ("a.png", claiming(20_000, 20_000), Problem.TOO_MANY_PIXELS),
        ("a.heic", HEIC, Problem.HEIC),
    ],
)
def test_what_is_wrong_with_a_file_is_said(name: str, sent: bytes, refused: Problem) -> None:
    assert problem(sent, name) is refused


def test_a_picture_that_stays_too_heavy_is_refused() -> None:
    noise = BytesIO()
    Image.effect_noise((2000, 2000), 200).save(noise, "JPEG", quality=80)

    assert problem(noise.getvalue(), "a.jpg") is Problem.TOO_MANY_PIXELS


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.docx", "a.odt", "a.txt", "a.jpg", "a.gif", "a"]))
def test_whatever_comes_is_taken_or_refused(sent: bytes, name: str) -> None:
    with suppress(Refused):
        assert isinstance(take(sent, name), Content)


@pytest.mark.parametrize(
    "begins", [b"PK\x03\x04", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]
)
@given(rest=st.binary(max_size=200))
def test_whatever_begins_like_a_file_is_taken_or_refused(begins: bytes, rest: bytes) -> None:
    assert problem(begins + rest, "a") in {Problem.BROKEN, Problem.OTHER_KIND, Problem.TOO_MANY_PIXELS, None}


# Names


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.txt", "plan.txt"),
        ("خطة العمل.TXT", "خطة العمل.txt"),
        ("C:\\Users\\ana\\plan.txt", "plan.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
        ('a"b\r\nc<d>.txt', "a_bc_d_.txt"),
        (".txt", "txt.txt"),
        ("...", "txt.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
        ("a. txt ", "a.txt"),
        ("کتاب\u200cها.txt", "کتاب\u200cها.txt"),
    ],
)
def test_a_name_keeps_what_it_says_and_nothing_that_misleads(given: str, kept: str) -> None:
    assert take(PLAIN, given).name == kept


@given(st.text())
def test_every_name_becomes_one(given: str) -> None:
    stem, suffix = names.parts_of(given)
    name = names.named(stem, "txt")

    assert name.endswith(".txt")
    assert 5 <= len(name) <= names.LONGEST
    assert not set('\\/:*?"<>|\r\n\0') & {*name, *suffix}
