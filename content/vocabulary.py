"""The words that exercises, units and later the community share: today the themes of demonstrative actions."""

from collections.abc import Iterator, Mapping, Sequence

from content.findings import Finding, matched, repeated, under, unknown
from content.shape import Shape, Slug, Title


class VocabularyText(Shape):
    """The words in one language."""

    themes: Mapping[str, Title]


class VocabularyStructure(Shape):
    """What `themes.yaml` holds, in the order in which they are offered."""

    themes: tuple[Slug, ...] = ()

    def findings(self) -> Iterator[Finding]:
        """Find themes that stand twice."""
        yield from repeated("themes[{}]", self.themes)

    def wording(self, text: VocabularyText) -> Iterator[Finding]:
        """Compare the themes with their words."""
        yield from under("themes", matched(self.themes, text.themes))

    def strangers(self, themes: Sequence[str], key: str) -> Iterator[Finding]:
        """Find themes of an exercise or a unit that the vocabulary doesn't have; `key` has a place for the index."""
        for index, theme in enumerate(themes):
            yield from unknown(key.format(index), theme, self.themes, "a theme of the vocabulary")
        yield from repeated(key, themes)


class Vocabulary(VocabularyStructure):
    """The vocabulary with its words, by language."""

    texts: Mapping[str, VocabularyText]


NO_VOCABULARY = Vocabulary(texts={})
"""What a curriculum has that brings none."""
