"""The scripts that keep people's text, and the exercise page's style, use nothing that a phone of some years ago lacks.

Chrome 84, Firefox 90 and Safari 15 are the first that read these scripts; older ones have the page's links and forms.
"""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "lti_tool" / "static"
KEEPING = ("typed", "learning", "reviews")
"""Beside the exercise's, the scripts that keep what people write."""
SCRIPTS = sorted(
    [
        *STATIC.glob("exercises/**/*.js"),
        *(p for each in KEEPING for p in STATIC.glob(f"{each}/*.js")),
        STATIC / "keeping.js",
    ]
)
STYLES = sorted([STATIC / "medtown.css", *STATIC.glob("exercises/**/*.css")])
TOO_NEW = re.compile(
    r"AbortSignal\.|requestSubmit|\bsubmitter\b|randomUUID|:has\(|structuredClone|\.at\(|hasOwn|replaceAll|replaceChildren"
    r"|findLast|Promise\.any|\.to(Sorted|Reversed|Spliced)\(|(\?\?|\|\||&&)=|^await |static \{|#\w+ in |signal: true"
    r"|WeakRef|\.groupBy\(|checkVisibility|\.showModal\("
)
MOST_LINES = 150
EVERY_SCRIPT = sorted(STATIC.glob("**/*.js"))
EVERY_STYLE = sorted(STATIC.glob("**/*.css"))
OF_ONE_SIDE = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right)[\w-]*\s*:"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:float|clear|text-align|caption-side)\s*:\s*(?:left|right)"
    r"|\bto (?:left|right)\b|translateX\("
)
"""What a style says of left or right, where it should say start or end."""
KNOWS_A_SIDE = re.compile(
    r"(?i)style\.\w*(?:left|right)|\b(?:box|rect)\.(?:left|right)\b|scrollLeft|Arrow(?:Left|Right)|translateX"
)
"""What a script does with left or right."""


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(STATIC)))
def test_a_script_uses_nothing_that_older_browsers_lack(path: Path) -> None:
    found = [match.group() for match in TOO_NEW.finditer(path.read_text())]

    assert found == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_state_is_shown_by_has_alone(path: Path) -> None:
    assert re.findall(r":has\([^)]*:(?:checked|focus|invalid)", path.read_text()) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(STATIC)))
def test_a_script_says_what_it_is_for_and_is_small(path: Path) -> None:
    lines = path.read_text().splitlines()

    assert lines[0].startswith("// ")
    assert len(lines) < MOST_LINES


@pytest.mark.parametrize("path", EVERY_STYLE, ids=lambda path: str(path.relative_to(STATIC)))
def test_a_style_is_mirrored_by_itself_where_one_reads_from_the_right(path: Path) -> None:
    without_comments = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert OF_ONE_SIDE.findall(without_comments) == []


@pytest.mark.parametrize("path", EVERY_SCRIPT, ids=lambda path: str(path.relative_to(STATIC)))
def test_a_script_that_knows_a_side_asks_which_way_one_reads(path: Path) -> None:
    text = path.read_text()

    assert "rtl" in text or KNOWS_A_SIDE.findall(text) == []
