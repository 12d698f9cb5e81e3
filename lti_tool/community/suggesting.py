"""Which language a text looks like, by its script and by small words; pure, and only ever a suggestion."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

UNKNOWN = "?"
"""Another language than it says, and nobody knows which."""
SCRIPTS: Mapping[str, str] = {"ARABIC": "ar", "GREEK": "el"}
"""Scripts that one of our languages is written in."""
LATIN = "LATIN"
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"\S*(?:://|@)\S*")
FEWEST_WORDS = 3
"""Below this a script says little: a name, a title."""
FEWEST_SMALL_WORDS = 4
"""Small words of one language that make a text look like it."""
TIMES_AS_MANY = 3

TYPED: Mapping[str, str] = {
    "en": "the and of to is it that for with we have are you this not be from what how who our can",
    "es": "el los las y una del con es lo pero muy hay nuestro nuestra tenemos porque cómo qué esto",
    "fr": "le les des et est une pour avec dans nous vous pas qui sur du au ce nos sont mais être",
    "pt": "o os e uma da dos das não com em é ao pela são mas muito nosso nossa temos você como",
}
SMALL_WORDS = {language: frozenset(words.split()) for language, words in TYPED.items()}


def likely(text: str, chosen: str) -> str | None:
    """Say which language a text looks like, where that isn't the one that was chosen; nothing where it may well be."""
    words = WORD.findall(ADDRESS.sub(" ", text.casefold()))
    script = _script(words)
    if script is None:
        return None
    if script in SCRIPTS:
        return SCRIPTS[script] if SCRIPTS[script] != chosen else None
    if script == LATIN:
        found = _by_small_words(words, chosen)
        return found or (UNKNOWN if chosen in SCRIPTS.values() else None)
    return None


def _script(words: list[str]) -> str | None:
    """Name the script of most words: two in three."""
    counts = Counter(unicodedata.name(word[0], "?").split()[0] for word in words)
    script, count = counts.most_common(1)[0] if counts else ("", 0)
    return script if count >= FEWEST_WORDS and 3 * count >= 2 * len(words) else None


def _by_small_words(words: list[str], chosen: str) -> str | None:
    counts = {language: sum(word in small for word in words) for language, small in SMALL_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    own = counts.get(chosen, 0)
    known = chosen in counts or chosen in SCRIPTS.values()
    is_clear = counts[best] >= FEWEST_SMALL_WORDS and counts[best] >= TIMES_AS_MANY * own
    return best if known and is_clear and best != chosen else None
