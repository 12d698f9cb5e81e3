"""Which words of a text went and which came, in any script: pure, and never more work than is allowed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, takewhile
from typing import NamedTuple

MOST_WORK = 500_000
"""Steps of one comparison, of which a slow machine takes some ten million a second."""
KEPT_AROUND = 12
"""Words that stay on either side of what changed, where a long stretch between is left out."""
LONG = 200
"""Words from which on difflib leaves out those that make more than one in a hundred."""
UNSPACED = ("THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts beside the wide ones that put no spaces between words: their letters are compared one by one."""


FIRST_UNSPACED = "\u0e00"
"""Before it, Unicode has only scripts that put spaces between words."""
CHUNK = re.compile(r"\S+\s*|\s+")
COST_OF_READING = 2
"""Steps that it takes to read a character."""


class Fate(StrEnum):
    """What became of a stretch of a text."""

    SAME = "same"
    GONE = "gone"
    CAME = "came"
    LEFT_OUT = "left_out"
    """It is the same, and too long to be shown again."""


class Piece(NamedTuple):
    """A stretch of a text."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two texts, as pieces in reading order; none where they say the same."""

    pieces: Sequence[Piece] = ()
    work: int = 0
    """The steps that it took."""
    is_whole: bool = False
    """Whether both stand whole, one after the other, since finding the words would have been too much work."""


class _Char(StrEnum):
    SPACE = "space"
    JOINED = "joined"
    LETTER = "letter"
    ALONE = "alone"


class _Block(NamedTuple):
    """As many words that both have: where they stand in each."""

    before: int
    after: int
    size: int


def compare(before: str, after: str, most: int = MOST_WORK) -> Compared:
    """Compare two texts word by word; space alone makes no difference, nor does how a letter is put together."""
    old, new = (unicodedata.normalize("NFC", text) for text in (before, after))
    if old.split() == new.split():
        return Compared()
    work = COST_OF_READING * (len(old) + len(new))
    if work > most:
        return _whole(old, new, work=0)
    return _compared(_written(old), _written(new), work, most)


def _compared(old: Sequence[str], new: Sequence[str], work: int, most: int) -> Compared:
    a, b = ([word.strip() for word in written] for written in (old, new))
    if a == b:
        return Compared(work=work)
    start = _alike(a, b)
    end = _alike(a[start:][::-1], b[start:][::-1])
    blocks, steps = _blocks(a[start : len(a) - end], b[start : len(b) - end], most - work)
    if blocks is None:
        return _whole("".join(old), "".join(new), work=work + steps)
    middle = [_Block(start + block.before, start + block.after, block.size) for block in blocks]
    found = [_Block(0, 0, start), *middle, _Block(len(a) - end, len(b) - end, end)]
    return Compared(pieces=tuple(_pieces(old, new, found)), work=work + steps)


def _whole(old: str, new: str, work: int) -> Compared:
    both = (Piece(Fate.GONE, old), Piece(Fate.CAME, new))
    return Compared(pieces=tuple(piece for piece in both if piece.text), work=work, is_whole=bool(old and new))


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """Count the words with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _blocks(a: Sequence[str], b: Sequence[str], most: int) -> tuple[Sequence[_Block] | None, int]:
    """Find what both have, as difflib does, with a count of the steps; none where there would be too many."""
    matcher = SequenceMatcher(None, a, b)
    steps = [0, *accumulate(1 + times for times in _looked_at(a, b))]
    ranges, found, work = [(0, len(a), 0, len(b))], list[_Block](), 0
    while ranges:
        a_from, a_to, b_from, b_to = ranges.pop()
        if a_from == a_to or b_from == b_to:
            continue
        work += steps[a_to] - steps[a_from]
        if work > most:
            return None, most
        block = _Block(*matcher.find_longest_match(a_from, a_to, b_from, b_to))
        if block.size:
            found.append(block)
            ranges.append((a_from, block.before, b_from, block.after))
            ranges.append((block.before + block.size, a_to, block.after + block.size, b_to))
    return sorted(found), work


def _looked_at(a: Sequence[str], b: Sequence[str]) -> Iterator[int]:
    """Tell at how many places difflib looks for each word: of a long text it leaves out the most frequent ones."""
    most = len(b) // 100 + 1 if len(b) >= LONG else len(b)
    counts = Counter(b)
    yield from (counts[word] if counts[word] <= most else 0 for word in a)


def _pieces(old: Sequence[str], new: Sequence[str], found: Sequence[_Block]) -> Iterator[Piece]:
    """Put what went and what came between what stayed."""
    a = b = 0
    for block in _joined(found):
        if gone := "".join(old[a : block.before]):
            yield Piece(Fate.GONE, gone)
        if came := "".join(new[b : block.after]):
            yield Piece(Fate.CAME, came)
        a, b = block.before + block.size, block.after + block.size
        same = [max(words, key=len) for words in zip(old[block.before : a], new[block.after : b], strict=True)]
        yield from _shortened(same, block.before + block.after > 0, a < len(old) or b < len(new))


def _joined(found: Sequence[_Block]) -> Iterator[_Block]:
    """Make one block of those that touch; an empty one stays at the end, where the texts do."""
    joined: list[_Block] = []
    for block in found:
        last = joined[-1] if joined else None
        if last and (last.before + last.size, last.after + last.size) == (block.before, block.after):
            joined[-1] = last._replace(size=last.size + block.size)
        else:
            joined.append(block)
    yield from joined


def _shortened(same: Sequence[str], *is_inside: bool) -> Iterator[Piece]:
    """Leave out the middle of a long stretch, or what is far from the only change beside it."""
    before, after = (KEPT_AROUND if inside else 0 for inside in is_inside)
    if len(same) <= before + after + KEPT_AROUND:
        if same:
            yield Piece(Fate.SAME, "".join(same))
        return
    if before:
        yield Piece(Fate.SAME, "".join(same[:before]))
    yield Piece(Fate.LEFT_OUT, "".join(same[before : len(same) - after]))
    if after:
        yield Piece(Fate.SAME, "".join(same[len(same) - after :]))


# Words of any script


def _written(text: str) -> Sequence[str]:
    """Divide a text into words and signs, each with the space behind it."""
    return [word for chunk in CHUNK.findall(text) for word in _divided(chunk)]


def _divided(chunk: str) -> Sequence[str]:
    """Divide what stands between spaces; most of it is one plain word, which is seen at once."""
    bare = chunk.rstrip()
    if bare.isalnum() and max(bare) < FIRST_UNSPACED:
        return [chunk]
    words, last = [""], _Char.JOINED
    for char in chunk:
        kind = _kind(char)
        if kind is _Char.ALONE or (kind is _Char.LETTER and last is not _Char.LETTER):
            words.append("")
        words[-1] += char
        last = last if kind is _Char.JOINED else kind
    return [word for word in words if word]


@lru_cache(maxsize=4096)
def _kind(char: str) -> _Char:
    if char.isspace():
        return _Char.SPACE
    category = unicodedata.category(char)[0]
    if category in "MC":
        return _Char.JOINED
    if category not in "LN" or unicodedata.east_asian_width(char) in "WF":
        return _Char.ALONE
    return _Char.ALONE if unicodedata.name(char, "").startswith(UNSPACED) else _Char.LETTER
