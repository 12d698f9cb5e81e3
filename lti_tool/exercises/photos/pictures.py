"""Makes of what somebody sends a photo to be kept: smaller, upright, and without a word of who took it and where.

What is sent is a stranger's file. Its kind is one of few, its size is looked at before it is unpacked, and a process
unpacks one at a time, so that several at once need no more memory than one.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps
from PIL.Image import DecompressionBombError, DecompressionBombWarning, Resampling

from lti_tool.exercises.photos.rules import Problem, Refused

MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000, "GIF": 16_000_000}
"""By kind: a JPEG is unpacked at a fraction of its size. MPO is a JPEG with a second picture behind it."""
MOST_PIXELS_IN_STEPS = 16_000_000
"""Of a JPEG that gets sharper in steps, which is unpacked whole."""
MOST_STEPS = 400
"""Each costs a walk through the whole picture, however few bytes it has; real ones have ten."""
STEP = b"\xff\xda"
WIDEST = 2000
"""Pixels of the longer side."""
SMALL = ((320, 72), (320, 50), (240, 40), (160, 30))
"""Pixels of a thumbnail's longer side, and its quality: the first that is light enough."""
LIGHT = 30_000
"""Bytes of a thumbnail at most."""
QUALITY = 80
PHOTOS = ("JPEG", "PNG", "WEBP")
HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo as it is kept, as JPEG in two sizes."""

    digest: str
    """Of the whole one, which tells it from any other."""
    whole: bytes
    small: bytes
    width: int
    height: int


def read(sent: bytes, kinds: tuple[str, ...] = PHOTOS) -> Picture:
    """Make a photo of a file of one of these kinds; of one that moves it is the first picture.

    Raises:
        Refused: it isn't one, or one that would take too much to unpack.
    """
    if sent[4:8] == b"ftyp" and sent[8:12] in HEIC:
        raise Refused(Problem.HEIC)
    with _one_at_a_time, _reading():
        return _picture(_opened(sent, kinds))


@contextmanager
def _reading() -> Iterator[None]:
    """Say of a broken file that it is broken: Pillow raises what its kinds happen to stumble over."""
    try:
        yield
    except Refused:
        raise
    except (DecompressionBombError, DecompressionBombWarning) as error:
        raise Refused(Problem.TOO_MANY_PIXELS) from error
    except Exception as error:
        raise Refused(Problem.BROKEN) from error


def _opened(sent: bytes, kinds: tuple[str, ...]) -> Image.Image:
    """Read how large a picture is, and nothing of it yet."""
    try:
        image = Image.open(BytesIO(sent), formats=kinds)
    except OSError as error:
        raise Refused(Problem.OTHER_KIND if sent else Problem.MISSING) from error
    kind = image.format or ""
    most = MOST_PIXELS_IN_STEPS if image.info.get("progressive") else MOST_PIXELS[kind]
    if image.width * image.height > most or (kind in ("JPEG", "MPO") and sent.count(STEP) > MOST_STEPS):
        raise Refused(Problem.TOO_MANY_PIXELS)
    return image


def _picture(image: Image.Image) -> Picture:
    if image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGBA")
    image.thumbnail((WIDEST, WIDEST), Resampling.LANCZOS)
    upright = _bare(_turned(image))
    whole, small = _jpeg(upright, QUALITY), _light(upright)
    name = sha256(whole).hexdigest()
    return Picture(digest=name, whole=whole, small=small, width=upright.width, height=upright.height)


def _turned(image: Image.Image) -> Image.Image:
    """Turn it as the camera was held; what that is can't always be read."""
    with suppress(Exception):
        return ImageOps.exif_transpose(image)
    return image


def _bare(image: Image.Image) -> Image.Image:
    """Take nothing but what is to be seen; what can be seen through is white."""
    bare = Image.new("RGB", image.size, "white")
    bare.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return bare


def _light(image: Image.Image) -> bytes:
    made = b""
    for side, quality in SMALL:
        made = _jpeg(ImageOps.contain(image, (side, side)) if max(image.size) > side else image, quality)
        if len(made) <= LIGHT:
            break
    return made


def _jpeg(image: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()
