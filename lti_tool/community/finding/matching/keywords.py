"""The words of a need that say what it is about, each with the beginning that its other forms share: pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lti_tool.community.finding.folding import folded
from lti_tool.community.finding.rules import is_arabic, without_article

MOST = 6
SHORTEST = 5
SHORTEST_ARABIC = 4
LONGEST_STEM = 7
SAYING_NOTHING = """
about after again because before being could doing every first going great having house making might other
people please really should since something still their there these thing things think those under until using
wants where which while whose within without would years algun alguna algunas alguien algunos antes aunque
cuando cualquier desde donde durante entre estamos estas estos gente hacer hacia hasta mucho muchas muchos
mientras nosotras nosotros nuestra nuestras nuestro nuestros otras otros personas porque puede pueden quien
quienes quiere queremos sobre tambien tenemos tiene todas todos ainda alguem algum alguns antes como estamos
fazer mesmo muito muitas muitos nossa nossas nosso nossos outras outros pessoas podem porque quando queremos
quem sobre tambem temos alors aussi autre autres avant avons beaucoup besoin cette comme depuis entre etait
etions etre faire leurs mais meme notre nous parce pendant personnes plusieurs pour pouvons quand quelqu quelque
quelques sommes tous toute toutes tres votre vous αλλα αλλο αλλοι αλλουσ αυτα αυτεσ αυτη αυτο αυτοσ αυτουσ γιατι
ειμαι ειμαστε ειναι εχουμε θελουμε καθε κανει κανουμε καποια καποιοσ κατι μετα μπορει μπορουμε οπωσ οταν πολλα
πολλεσ πολυ πρεπει πριν τωρα الذي التي الذين ايضا اكثر بعد بعض بين خلال ذلك عند عندما عندنا غير قبل كانت كثير
كذلك كيف لدينا لكن ليس مثل معنا منذ نحتاج نريد هذا هذه هناك يمكن
"""
COMMON = frozenset(SAYING_NOTHING.split())
"""Folded words that are long and say nothing of what a text is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A word as it stands in the need, and the folded stretch by which it is looked for."""

    shown: str
    stem: str


def keywords(title: str, text: str) -> Sequence[Keyword]:
    """Choose the words to look for: those of the title first, then the longest of the text; each stem once."""
    of_text = sorted(_telling(text), key=lambda word: -len(word.stem))
    found: dict[str, Keyword] = {}
    for word in (*_telling(title), *of_text):
        found.setdefault(word.stem, word)
    return list(found.values())[:MOST]


def _telling(text: str) -> Iterator[Keyword]:
    for shown in re.findall(r"[^\W_]+", text.replace("\\u0640", "")):
        word = without_article(folded(shown).strip())
        shortest = SHORTEST_ARABIC if is_arabic(word) else SHORTEST
        if len(word) >= shortest and " " not in word and not word.isdigit() and not COMMON & {word, folded(shown)}:
            yield Keyword(shown=shown, stem=stem(word))


def stem(word: str) -> str:
    """Leave out what a word's other forms end with; no dictionary, so that it serves every language alike."""
    return word[: min(LONGEST_STEM, max(SHORTEST_ARABIC, len(word) - 2))]
