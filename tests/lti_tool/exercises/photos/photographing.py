"""Photos as phones make them, and as somebody makes them who means no good."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

PLACE = "36 deg 51 min north"
MAKER = "A phone of Ana's"
COMMENT = b"taken at the centre"


def photo(width: int = 400, height: int = 200, kind: str = "JPEG", color: str = "red", **told: Any) -> bytes:
    """Take a photo of one colour."""
    return written(Image.new("RGB", (width, height), color), kind, **told)


def written(image: Image.Image, kind: str = "JPEG", **told: Any) -> bytes:
    """Write an image as a file."""
    file = BytesIO()
    image.save(file, kind, **told)
    return file.getvalue()


def talkative(orientation: int = 1) -> bytes:
    """Take a photo that tells who took it, where and how the phone was held; red on its left, blue on its right."""
    image = Image.new("RGB", (400, 200), "red")
    image.paste("blue", (200, 0, 400, 200))
    exif = Image.Exif()
    exif[Base.Make] = MAKER
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSAreaInformation] = PLACE
    return written(image, exif=exif, comment=COMMENT, xmp=b"<x>Ana</x>", icc_profile=b"Ana's colours", dpi=(300, 300))


def claiming(width: int, height: int) -> bytes:
    """Make a PNG of some bytes that says it is that large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def in_steps(width: int, height: int) -> bytes:
    """Make a JPEG that gets sharper in steps, and says it is that large."""
    small = photo(16, 16, progressive=True)
    at = small.index(b"\xff\xc2") + 5
    return small[:at] + struct.pack(">HH", height, width) + small[at + 4 :]


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
