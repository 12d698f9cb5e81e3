"""Names and summaries in several languages, as Moodle's filter for multi-language content takes them.

The filter shows of spans that follow each other the one in the reader's language, or the first; without it Moodle shows
them all. It reads no span that stands alone, and of names Moodle cuts all spans out where anything else begins with <.
"""

import re
from collections.abc import Collection, Mapping, Set
from typing import Final

from moodle_sync.sameness import same

SPAN: Final = re.compile(r'<span(?=[^>]*\sclass="multilang")\s[^>]*?lang="([a-zA-Z0-9_-]+)"[^>]*>([^<]*)</span>\s*')
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


def told(written: str) -> str:
    """Write a text for a line: its main language, and in how many it is."""
    texts = languages_of(written)
    return f"{next(iter(texts.values()))} (in {len(texts)} languages)" if texts else written


def told_apart(before: str, after: str) -> tuple[str, str]:
    """Write two texts for a line; where the main language doesn't tell what differs, the others."""
    old, new = languages_of(before), languages_of(after)
    if told(before) != told(after) or before == after:
        return told(before), told(after)
    others = [lang for lang in {**old, **new} if old.get(lang) != new.get(lang)]
    if not others:
        return before, after
    return _listed(old, others), _listed(new, others)


def _listed(texts: Mapping[str, str], languages: Collection[str]) -> str:
    return ", ".join(f"{lang}: {texts[lang]}" for lang in languages if lang in texts)
