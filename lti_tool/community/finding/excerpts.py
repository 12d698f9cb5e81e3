"""The stretch of a text in which something was found, with the words that were: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lti_tool.community.finding.folding import folded, folded_with_places
from lti_tool.community.finding.rules import Word

BEFORE = 60
"""Letters that stand before the first word that was found."""
LENGTH = 240
CUT = "…"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A piece of a text: a word that was found, or what stands around it."""

    text: str
    is_found: bool


def marked(text: str, words: Sequence[Word]) -> Sequence[Stretch]:
    """Split a whole text at the words that were found in it."""
    return list(_split(text, _spans(text, words), (0, len(text))))


def excerpt(text: str, words: Sequence[Word]) -> Sequence[Stretch]:
    """Give a stretch of a text around the first of the words that stand in it, else its beginning."""
    line = " ".join(text.split())
    spans = _spans(line, words)
    shown = _window(line, spans[0][0] if spans else 0)
    before, after = CUT if shown[0] else "", CUT if shown[1] < len(line) else ""
    return [
        *([Stretch(text=before, is_found=False)] if before else []),
        *_split(line, spans, shown),
        *([Stretch(text=after, is_found=False)] if after else []),
    ]


def _window(line: str, first: int) -> Span:
    """Choose what is shown, from a word's beginning to a word's end."""
    start = max(line.rfind(" ", 0, max(0, first - BEFORE)) + 1, first - LENGTH // 2)
    if len(line) - start <= LENGTH:
        return start, len(line)
    end = line.rfind(" ", start, start + LENGTH)
    return start, end if end > first else start + LENGTH


def _split(text: str, spans: Sequence[Span], shown: Span) -> Iterator[Stretch]:
    done, end = shown
    for start, stop in spans:
        if done <= start and stop <= end:
            if done < start:
                yield Stretch(text=text[done:start], is_found=False)
            yield Stretch(text=text[start:stop], is_found=True)
            done = stop
    if done < end:
        yield Stretch(text=text[done:end], is_found=False)


def _spans(text: str, words: Sequence[Word]) -> Sequence[Span]:
    """Give the places of the whole words of a text in which one of those stands, in their order."""
    flat, places = folded_with_places(text)
    searched = f" {flat} "
    found = {span for word in words for stretch in word.stretches for span in _of(searched, stretch)}
    return [(places[start], _whole(text, places[end - 1] + 1)) for start, end in sorted(found)]


def _of(searched: str, stretch: str) -> Iterator[Span]:
    """Go through the words in which a stretch stands; the searched text has one space more in front."""
    at = searched.find(stretch)
    while at >= 0:
        letter = at + len(stretch) - len(stretch.lstrip())
        end = searched.index(" ", letter)
        yield searched.rfind(" ", 0, letter), end - 1
        at = searched.find(stretch, end)


def _whole(text: str, end: int) -> int:
    """Take along the marks that belong to the last letter."""
    while end < len(text) and not folded(text[end]):
        end += 1
    return end
