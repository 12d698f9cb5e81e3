"""Names and summaries in several languages, as Moodle's filter for multi-language content takes them.

The filter shows of spans that follow each other the one in the reader's language, or the first; without it Moodle shows
them all. It reads no span that stands alone, and of names Moodle cuts all spans out where anything else begins with <.
"""

import re
from collections.abc import Collection, Mapping, Set
from typing import Final

from moodle_sync.sameness import same

SPAN: Final = re.compile(r'<span(?=[^>]*\sclass="multilang")\s[^>]*?lang="([a-zA-Z0-9_-]+)"[^>]*>([^<]*)</span>\s*')
UNLIMITED: Final = 1_000_000
PARAGRAPH: Final = re.compile(r"<p>(.*)</p>", re.DOTALL)


def in_languages(texts: Mapping[str, str]) -> str:
    """Write a text in several languages, the main one first; where it is the same in all of them, as it is."""
    if len(set(texts.values())) == 1:
        return next(iter(texts.values()))
    return "".join(f'<span lang="{lang}" class="multilang">{text}</span>' for lang, text in texts.items())


def languages_of(written: str) -> Mapping[str, str]:
    """Read the texts of each language; none where it is written for all."""
    inner = PARAGRAPH.sub(r"\1", written)
    return {} if not inner or SPAN.sub("", inner) else dict(SPAN.findall(inner))


def texts_of(written: str) -> Set[str]:
    """Give what a name reads as, in whatever language."""
    return {same(text) for text in languages_of(written).values()} or {same(written)}


def told(written: str, longest: int = UNLIMITED) -> str:
    """Write a text for a line: so many letters of its main language, and in how many it is."""
    texts = languages_of(written)
    if not texts:
        return _short(written, longest)
    return f"{_short(next(iter(texts.values())), longest)} (in {len(texts)} languages)"


def told_apart(before: str, after: str, longest: int = UNLIMITED) -> tuple[str, str]:
    """Write two texts for a line; where the main language doesn't tell what differs, the others."""
    old, new = languages_of(before), languages_of(after)
    others = [lang for lang in {**old, **new} if old.get(lang) != new.get(lang)]
    if told(before) != told(after) or not others:
        differ = told(before) != told(after) or before == after
        return (told(before, longest), told(after, longest)) if differ else (before, after)
    return _listed(old, others, longest), _listed(new, others, longest)


def _listed(texts: Mapping[str, str], languages: Collection[str], longest: int) -> str:
    return ", ".join(f"{lang}: {_short(texts[lang], longest)}" for lang in languages if lang in texts)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
