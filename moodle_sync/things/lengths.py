"""How long the names of courses and sections may be, which a site's version decides."""

from collections.abc import Iterator
from typing import Final

from moodle_sync.multilang import in_languages, languages_of, told
from moodle_sync.things.course_settings import Course

FULLNAME: Final = ((2024111500, 1333), (0, 254))
"""Since which version a course's full name may have so many characters; Moodle's own numbers."""
SECTION: Final = ((2025051600, 1333), (0, 255))
"""The same of a section's name."""
MARKS: Final = len(in_languages({"en": "", "ar": "."})) // 2
NEWEST: Final = 9_999_999_999
"""What is too long for it is too long for every Moodle."""


def too_long(course: Course, version: int) -> str | None:
    """Say which names of a course a site would refuse, and what to do."""
    said = [*_fullname(course, _most(FULLNAME, version)), *_sections(course, _most(SECTION, version))]
    if not said:
        return None
    several = languages_of(course.fullname) or any(map(languages_of, course.sections))
    advice = f"each language takes {MARKS} beside its text: name fewer, or shorten it" if several else "shorten it"
    return f"{'; '.join(said)}; {advice}"


def _fullname(course: Course, most: int) -> Iterator[str]:
    if len(course.fullname) > most:
        yield f"its full name has {len(course.fullname):,} characters, and Moodle takes {most:,}"


def _sections(course: Course, most: int) -> Iterator[str]:
    long = [name for name in course.sections if len(name) > most]
    if long:
        longest = max(long, key=len)
        others = f" (and {len(long) - 1} more are too long)" if long[1:] else ""
        named = f'its section "{told(longest)}"'
        yield f"the name of {named} has {len(longest):,} characters{others}, and Moodle takes {most:,}"


def _most(limits: tuple[tuple[int, int], ...], version: int) -> int:
    return next(most for since, most in limits if version >= since)
