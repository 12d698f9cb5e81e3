"""Why a post fits a need, and whether that is enough: pure, and without a number that anybody sees."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MANY_WORDS = 3
"""Words in common that are enough by themselves."""


class Sort(StrEnum):
    """What a post and a need have in common."""

    METHOD = "method"
    THEME = "theme"
    TERRITORY = "territory"
    NEIGHBOUR = "neighbour"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What matching has to know of the words that posts are tagged with."""

    methods: Collection[str] = ()
    neighbours: Mapping[str, Collection[str]]
    """By territory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a post is about."""

    tags: Collection[str] = ()
    """Themes and methods."""
    territory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing in common: names of the vocabulary, or words."""

    sort: Sort
    names: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A post that fits, and why."""

    post_id: str
    active_at: datetime
    reasons: Sequence[Reason]

    @property
    def rank(self) -> tuple[int, int, datetime, str]:
        """Tell which of two fits better: by sorts of reasons, then by all that is in common, then by age."""
        return len(self.reasons), sum(len(reason.names) for reason in self.reasons), self.active_at, self.post_id


def reasons(need: Traits, other: Traits, words: Sequence[str], vocabulary: Vocabulary) -> Sequence[Reason]:
    """Name what a post and a need have in common; `words` of the need occur in the post."""
    shared = sorted(set(need.tags) & set(other.tags))
    near = vocabulary.neighbours.get(need.territory or "", ())
    place = [other.territory] if other.territory else []
    found = {
        Sort.METHOD: [tag for tag in shared if tag in vocabulary.methods],
        Sort.THEME: [tag for tag in shared if tag not in vocabulary.methods],
        Sort.TERRITORY: place if other.territory == need.territory else [],
        Sort.NEIGHBOUR: place if other.territory in near else [],
        Sort.WORDS: words,
    }
    return [Reason(sort=sort, names=names) for sort, names in found.items() if names]


def is_enough(found: Sequence[Reason]) -> bool:
    """Tell whether the reasons are worth showing: two sorts of them, or one that is strong by itself."""
    return len(found) > 1 or any(_is_strong(reason) for reason in found)


def _is_strong(reason: Reason) -> bool:
    return reason.sort is Sort.METHOD or (reason.sort is Sort.WORDS and len(reason.names) >= MANY_WORDS)
