"""Names for several languages: spans, one for each, of which Moodle's filter shows one, and all else shows all."""

import re

MULTILANG = re.compile(r'<span lang="([a-zA-Z0-9_-]+)" class="multilang">([^<]*)</span>')


def without_languages(text: str) -> str:
    """Take the spans out: all texts are left, one after the other."""
    return MULTILANG.sub(r"\2", text)


def in_language(text: str, language: str) -> str:
    """Choose the text of a language, or else the first one; what is no more than one span isn't touched."""
    texts = dict(MULTILANG.findall(text))
    if len(texts) > 1 and not MULTILANG.sub("", text):
        return str(texts.get(language) or next(iter(texts.values())))
    return without_languages(text)
