"""What a printed export is made of, from above to below: plain values, as they are kept and as typst reads them.

Every text in them is data. `paper.typ` says how each looks; it never takes a text for anything but letters.
"""

from collections.abc import Sequence
from typing import TypeAlias

from lti_tool.exports.letters import Run, isolated, run, runs

Json: TypeAlias = "str | int | Sequence[Json] | dict[str, Json] | Run | Sequence[Run] | None"
Block: TypeAlias = dict[str, Json]
EXERCISE, WORK, SECTION = 1, 2, 3
"""Levels of headings."""
MOST_ON_ONE_PAGE = 2500
"""Characters of a note, with what they are kept in, that are never torn apart."""
ENDS_BY_ITSELF = ("?", "؟", ";", "\u037e", ":", "!", ".", "…")
"""How a label ends behind which no colon stands; in Greek a question ends with a semicolon."""


def heading(level: int, text: str, language: str) -> Block:
    """Head what comes."""
    return {"is": "heading", "level": level, "text": run(text, language)}


def line(text: str, language: str, *, quiet: bool = False) -> Block:
    """Say a sentence."""
    return {"is": "line", "text": run(text, language), "quiet": quiet}


def labelled(label: str, value: str, language: str) -> Block:
    """Say one thing of what the label names, in one line: names and numbers keep their own direction."""
    named = label if label.endswith(ENDS_BY_ITSELF) else f"{label}:"
    return {"is": "labelled", "label": run(named, language), "value": isolated(value)}


def prose(label: str | None, text: str, language: str, written_in: str) -> Block:
    """Give what somebody wrote, paragraph by paragraph, below its label if it has one."""
    return {"is": "prose", "label": run(label, language) if label else None, "text": runs(text, written_in)}


def note(words: str, written_in: str, *, number: int | None = None, more: Sequence[Block] = ()) -> Block:
    """Give a note: its first words, and what else stands at it; a short one stays on one page."""
    shown = runs(words, written_in)
    is_short = len(words) + len(str(more)) < MOST_ON_ONE_PAGE
    return {"is": "note", "number": number, "words": shown, "more": list(more), "breaks": not is_short}


def said(by: str, language: str, text: str, written_in: str, *, replies: Sequence[Block] = ()) -> Block:
    """Give what somebody said of something, below who it was and when, and what was answered."""
    return {"is": "said", "by": run(by, language), "text": runs(text, written_in), "replies": list(replies)}


def picture(name: str, caption: str, written_in: str) -> Block:
    """Show a photo, by the name under which its file comes along; what is to be seen on it is said, too."""
    return {"is": "picture", "name": name, "caption": runs(caption, written_in), "alt": caption}


def chart(caption: str, language: str, table: Sequence[Sequence[str]], *, mirrors: bool = True) -> Block:
    """Draw cards as a map: rows from above, of which the first cell names the row; the last row names the columns.

    It begins at the side where the script does, unless it doesn't mirror.
    """
    cells = [[isolated(cell) if cell else "" for cell in row] for row in table]
    return {"is": "chart", "caption": run(caption, language), "table": cells, "mirrors": mirrors}


def turn() -> Block:
    """Begin a new page, if this one holds anything."""
    return {"is": "turn"}
