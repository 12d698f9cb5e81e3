"""What is kept of a photo: what is to be seen on it, upright and small, and nothing that it tells besides."""

from io import BytesIO

import pytest
from PIL import Image

from lti_tool.exercises.photos import pictures
from lti_tool.exercises.photos.pictures import LIGHT, MOST_STEPS, STEP
from lti_tool.exercises.photos.rules import Problem, Refused
from tests.lti_tool.exercises.photos.photographing import (
    COMMENT,
    HEIC,
    MAKER,
    PLACE,
    claiming,
    in_steps,
    photo,
    talkative,
    written,
)


def opened(kept: bytes) -> Image.Image:
    image = Image.open(BytesIO(kept))
    image.load()
    return image


def test_nothing_is_kept_of_who_took_it_and_where() -> None:
    sent = talkative()
    told = (MAKER.encode(), PLACE.encode(), COMMENT, b"Ana", b"Exif", b"ICC_PROFILE")
    assert all(word in sent for word in told)

    picture = pictures.read(sent)

    for kept in (picture.whole, picture.small):
        assert not [word for word in told if word in kept]
        assert not opened(kept).getexif()
        assert set(opened(kept).info) == {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


SIDES = {1: "left", 3: "right", 6: "top", 8: "bottom"}
"""Where what was on the left is to be seen, by how the phone was held."""


@pytest.mark.parametrize("orientation", SIDES)
def test_it_is_turned_as_the_phone_was_held(orientation: int) -> None:
    picture = pictures.read(talkative(orientation))

    is_turned = orientation in (6, 8)
    assert (picture.width, picture.height) == ((200, 400) if is_turned else (400, 200))
    image = opened(picture.whole)
    ends = {
        "left": (10, image.height // 2),
        "right": (image.width - 10, image.height // 2),
        "top": (image.width // 2, 10),
        "bottom": (image.width // 2, image.height - 10),
    }
    red, _, blue = image.getpixel(ends[SIDES[orientation]])  # type: ignore[misc]  # of an RGB image: three numbers
    assert red > 200
    assert blue < 100


@pytest.mark.parametrize(
    ("sent", "kept"), [((3000, 1500), (2000, 1000)), ((1500, 3000), (1000, 2000)), ((300, 150), (300, 150))]
)
def test_its_longer_side_has_at_most_two_thousand_pixels(sent: tuple[int, int], kept: tuple[int, int]) -> None:
    picture = pictures.read(photo(*sent))

    assert opened(picture.whole).size == (picture.width, picture.height) == kept


def test_the_small_one_is_light_whatever_is_to_be_seen() -> None:
    noise = Image.effect_noise((1200, 1200), 200).convert("RGB")

    picture = pictures.read(written(noise, quality=95))

    assert len(picture.small) <= LIGHT < len(picture.whole)
    assert max(opened(picture.small).size) <= 320


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "CMYK", "1"])
def test_what_phones_and_screens_make_is_read(kind: str, mode: str) -> None:
    image = Image.new("RGB", (40, 20), "white").convert(mode)
    if (kind, mode) in {("JPEG", "RGBA"), ("JPEG", "P"), ("PNG", "CMYK"), ("WEBP", "CMYK")}:
        image = image.convert("RGB")  # there is no such file

    kept = opened(pictures.read(written(image, kind)).whole)

    assert (kept.mode, kept.size) == ("RGB", (40, 20))
    assert min(kept.getpixel((20, 10))) > 250  # type: ignore[arg-type]  # of an RGB image: three numbers


def test_of_two_pictures_in_one_file_the_first_is_kept() -> None:
    two = written(Image.new("RGB", (40, 20), "red"), "MPO", save_all=True, append_images=[Image.new("RGB", (40, 20))])

    red, _, _ = opened(pictures.read(two).whole).getpixel((20, 10))  # type: ignore[misc]  # three numbers

    assert red > 200


def test_what_can_be_seen_through_is_white() -> None:
    clear = Image.new("RGBA", (40, 20), (0, 0, 0, 0))

    kept = opened(pictures.read(written(clear, "PNG")).whole)

    assert kept.getpixel((20, 10)) == (255, 255, 255)


REFUSED = {
    "nothing": (b"", Problem.MISSING),
    "a HEIC file": (HEIC, Problem.HEIC),
    "a GIF": (photo(kind="GIF"), Problem.OTHER_KIND),
    "a TIFF": (photo(kind="TIFF"), Problem.OTHER_KIND),
    "a page": (b"<svg onload='alert(1)'></svg>", Problem.OTHER_KIND),
    "half of a photo": (photo(2000, 2000, color="red")[:9000], Problem.BROKEN),
    "a PNG that is huge once it is unpacked": (claiming(5000, 5000), Problem.TOO_MANY_PIXELS),
    "a PNG that Pillow itself warns of": (claiming(10_000, 10_000), Problem.TOO_MANY_PIXELS),
    "a PNG that Pillow itself refuses": (claiming(50_000, 50_000), Problem.TOO_MANY_PIXELS),
    "a JPEG in steps that is unpacked whole": (in_steps(5000, 5000), Problem.TOO_MANY_PIXELS),
    "a JPEG of endless steps": (photo() + STEP * MOST_STEPS, Problem.TOO_MANY_PIXELS),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_photo_or_takes_too_much_is_refused_with_its_reason(case: str) -> None:
    sent, problem = REFUSED[case]

    with pytest.raises(Refused) as refused:
        pictures.read(sent)

    assert refused.value.problem is problem
