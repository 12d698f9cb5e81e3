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
