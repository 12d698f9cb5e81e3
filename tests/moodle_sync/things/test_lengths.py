"""Names that a site would refuse."""

from dataclasses import replace

import pytest

from moodle_sync.multilang import in_languages
from moodle_sync.things.course import Course
from moodle_sync.things.lengths import too_long
from tests.moodle_sync.examples import COURSE

BEFORE_5, IN_5_0, IN_5_1 = 2024100706, 2025041400, 2025100600
LONG = replace(COURSE, fullname="x" * 255)
SECTIONS = replace(COURSE, sections=("x" * 300, "y" * 256, "Needs"))
TWO = replace(COURSE, sections=(in_languages({"en": "N" * 100, "ar": "ح" * 100}),))
FULLNAME = "its full name has 255 characters, and Moodle takes 254; shorten it"
SECTION = (
    f'the name of its section "{"x" * 300}" has 300 characters (and 1 more are too long), and Moodle takes 255; '
    "shorten it"
)
LANGUAGES = (
    f'the name of its section "{"N" * 100} (in 2 languages)" has 282 characters, and Moodle takes 255; each language '
    "takes 41 beside its text: name fewer, or shorten it"
)


@pytest.mark.parametrize(
    ("course", "version", "said"),
    [
        (replace(COURSE, fullname="x" * 254, sections=("x" * 255,)), 0, None),
        (LONG, 0, FULLNAME),
        (LONG, BEFORE_5, FULLNAME),
        (LONG, IN_5_0, None),
        (SECTIONS, IN_5_0, SECTION),
        (SECTIONS, IN_5_1, None),
        (TWO, BEFORE_5, LANGUAGES),
        (TWO, IN_5_1, None),
    ],
)
def test_how_long_a_name_may_be_is_for_the_version_to_say(course: Course, version: int, said: str | None) -> None:
    assert too_long(course, version) == said
