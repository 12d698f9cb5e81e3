"""What somebody looks for, as words that must all occur: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.community.finding.folding import folded

LONGEST_QUERY = 200
MOST_WORDS = 10
SHORTEST = 3
"""Letters of the shortest stretch that the index knows, a space counting as one."""
LINE = " \n "
ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
"""The Arabic article with what is written onto its front, as folded text has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word that is looked for."""

    text: str
    """Folded."""

    @property
    def stretches(self) -> Sequence[str]:
        """Give the stretches of folded text of which one must occur; none is shorter than the index knows.

        A long word may stand within another; one of two letters begins one, and one of a single letter is a whole one.
        """
        if len(self.text) >= SHORTEST:
            return (self.text,)
        if len(self.text) == 1:
            return (f" {self.text} ",)
        begins = f" {self.text}"
        return (begins, f"ال{self.text}") if is_arabic(self.text) else (begins,)


def words_of(query: str) -> Sequence[Word]:
    """Read what was typed: each word once, without the article, and not too many."""
    found = dict.fromkeys(without_article(word) for word in folded(query[:LONGEST_QUERY]).split())
    return [Word(text=word) for word in found][:MOST_WORDS]


def without_article(word: str) -> str:
    """Leave out an Arabic word's article, so that the word is found without it too."""
    article = next((each for each in ARTICLES if word.startswith(each)), "")
    rest = word[len(article) :]
    return rest if len(rest) >= SHORTEST else word


def is_arabic(word: str) -> bool:
    """Tell whether a folded word is written in Arabic letters."""
    return all("\u0620" <= letter <= "\u06ff" for letter in word)


def indexed(texts: Sequence[str]) -> str:
    """Fold texts into one in which each word has a space on either side, and each text a line of its own."""
    return f" {LINE.join(folded(text) for text in texts)} "


def found_in(searched: str, words: Sequence[Word]) -> int:
    """Tell how many of the words occur in a folded text."""
    return sum(any(stretch in searched for stretch in word.stretches) for word in words)


def richest(searched: str, words: Sequence[Word]) -> int:
    """Tell which line of folded texts, counted from nought, has the most of the words."""
    counts = [found_in(line, words) for line in searched.split("\n")]
    return counts.index(max(counts))
