"""What an export's PDF says, and how it looks."""

import io
from collections.abc import Sequence

from PIL import Image
from pypdf import PdfReader

from lti_tool.exports import pdf
from lti_tool.exports.blocks import Block
from lti_tool.exports.letters import run


def words_of(made: bytes) -> str:
    """Read all that a PDF says, its lines joined by spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


def printed(*blocks: Block, language: str = "en") -> bytes:
    """Make a PDF of blocks."""
    return pdf.typeset(run("Title", language), blocks, {})


def looks(*blocks: Block, language: str = "en") -> Image.Image:
    """Make a picture of a page, in shades of grey, where 0 is black."""
    return Image.open(io.BytesIO(pdf.typeset(run("Title", language), blocks, {}, "png"))).convert("L")


def ink(page: Image.Image) -> Sequence[int]:
    """Give from where to where there is ink above the foot of a page: left, top, right and bottom."""
    body = page.crop((0, 0, page.width, int(page.height * 0.9)))
    found = body.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert found, "the page is empty"
    return found
