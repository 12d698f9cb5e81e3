"""The kinds of things that a sync knows, and what it holds of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Self, TypeVar, cast

K = TypeVar("K")
C = TypeVar("C")
K_co = TypeVar("K_co", covariant=True)
C_co = TypeVar("C_co", covariant=True)


@dataclass(frozen=True, slots=True, eq=False)
class Readable(Generic[K_co, C_co]):
    """A kind as far as reading goes, where what is read may be taken for something wider."""

    name: str
    """As people read it: `category`."""
    nothing: C_co
    """What a side holds that has none."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Readable[K, C]):
    """A kind of thing: what keys it has, and what a side of a sync holds of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one side of a sync holds of each kind."""

    things: Mapping[object, object] = field(default_factory=dict)
    """By kind; kinds of which there is nothing are left out."""

    def __getitem__(self, kind: Readable[K, C]) -> C:
        """Give what is held of a kind."""
        return cast("C", self.things.get(kind, kind.nothing))

    def beside(self, other: "Holding") -> Self:
        """Give the same with what another holds, of other kinds."""
        return replace(self, things={**self.things, **other.things})

    def having(self, kind: Kind[K, C], things: C) -> Self:
        """Give the same with other things of a kind."""
        others = {other: held for other, held in self.things.items() if other is not kind}
        return replace(self, things={**others, kind: things} if things else others)
