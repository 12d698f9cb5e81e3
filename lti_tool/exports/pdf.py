"""Sets an export as a PDF: values in, bytes out, and nothing else is read or fetched.

Typst can read files, so there are none to read: its page and its data are handed to it, its root is a folder that holds
this export's photos and nothing else, and is gone afterwards; its fonts are ours, and our page asks for no package. A
letter that our fonts don't have shows as a box.
"""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from PIL import Image

from lti_tool.exports.blocks import Block
from lti_tool.exports.letters import Run

PAGE = Path(__file__).parent / "paper.typ"
FONTS = Path(__file__).parent / "fonts"


def typeset(title: Run, blocks: Sequence[Block], pictures: Mapping[str, bytes], form: str = "pdf") -> bytes:
    """Make a PDF of what is to be said; `pictures` are JPEGs by the names that blocks call them by.

    As `png`, it is a picture of the only page.
    """
    readable = {name: image for name, image in pictures.items() if _is_picture(image)}
    data = {"title": title, "blocks": blocks, "pictures": list(readable)}
    given = {"main.typ": PAGE.read_bytes(), "data.json": json.dumps(data).encode()}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    with TemporaryDirectory() as root:
        for name, image in readable.items():
            (Path(root) / name).write_bytes(image)
        nowhere = str(Path(root) / "packages")
        made: bytes = typst.compile(  # type: ignore[call-overload]  # its types know of no files by name
            given, root=root, font_paths=fonts, format=form, package_path=nowhere, package_cache_path=nowhere
        )
    return made


def _is_picture(image: bytes) -> bool:
    """Tell whether a photo can be shown; one that can't keeps nobody's words from being set."""
    try:
        with Image.open(io.BytesIO(image), formats=["JPEG"]) as found:
            found.verify()
    except (OSError, SyntaxError, ValueError):
        return False
    return True
