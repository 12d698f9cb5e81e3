"""The words that exercises, units and the community share: themes of demonstrative actions, methods, territories."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field

from content.findings import Finding, matched, repeated, under, unknown
from content.shape import Shape, Slug, Title


class Method(Shape):
    """A way of working that somebody can have practice in."""

    id: Slug
    exercises: tuple[Slug, ...] = ()
    """The exercises that practise it."""


class Territory(Shape):
    """Where people work."""

    id: Slug
    neighbours: tuple[Slug, ...] = ()
    """Territories that are near enough for help and experience to travel; each names the other."""


class VocabularyText(Shape):
    """The words in one language."""

    themes: Mapping[str, Title]
    methods: Mapping[str, Title] = Field(default_factory=dict)
    territories: Mapping[str, Title] = Field(default_factory=dict)


class VocabularyStructure(Shape):
    """What `themes.yaml` holds, in the order in which they are offered."""

    themes: tuple[Slug, ...] = ()
    methods: tuple[Method, ...] = ()
    territories: tuple[Territory, ...] = ()

    @property
    def tags(self) -> Sequence[str]:
        """Name the themes and the methods, which stand side by side where something is tagged."""
        return [*self.themes, *(method.id for method in self.methods)]

    @property
    def places(self) -> Sequence[str]:
        """Name the territories."""
        return [territory.id for territory in self.territories]

    def findings(self) -> Iterator[Finding]:
        """Find words that stand twice, and territories that aren't each other's neighbours."""
        yield from repeated("themes[{}]", self.themes)
        methods = [method.id for method in self.methods]
        yield from repeated("methods[{}].id", methods)
        for index, method in enumerate(methods):
            if method in self.themes:
                yield f"methods[{index}].id", f"`{method}` is a theme too: call it otherwise"
        yield from repeated("territories[{}].id", self.places)
        for index, territory in enumerate(self.territories):
            yield from under(f"territories[{index}]", self._strange_neighbours(territory))

    def _strange_neighbours(self, territory: Territory) -> Iterator[Finding]:
        near = {one.id: one.neighbours for one in self.territories}
        for index, name in enumerate(territory.neighbours):
            if name == territory.id or name not in near:
                others = [place for place in self.places if place != territory.id]
                yield from unknown(f"neighbours[{index}]", name, others, "another territory of the vocabulary")
            elif territory.id not in near[name]:
                yield f"neighbours[{index}]", f"`{name}` doesn't name `{territory.id}`: let each name the other"
        yield from repeated("neighbours[{}]", territory.neighbours)

    def strange_exercises(self, exercises: Sequence[str]) -> Iterator[Finding]:
        """Find exercises of methods that the curriculum doesn't have."""
        for index, method in enumerate(self.methods):
            for at, name in enumerate(method.exercises):
                yield from unknown(f"methods[{index}].exercises[{at}]", name, exercises, "an exercise")

    def wording(self, text: VocabularyText) -> Iterator[Finding]:
        """Compare the vocabulary with its words."""
        yield from under("themes", matched(self.themes, text.themes))
        yield from under("methods", matched([method.id for method in self.methods], text.methods))
        yield from under("territories", matched(self.places, text.territories))

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
