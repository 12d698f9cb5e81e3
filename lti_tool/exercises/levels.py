"""Levels that are chosen of a rubric's criteria: pure decisions."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from content.model import Exercise
from content.rubric import Criterion
from content.text import pick

Levels: TypeAlias = Mapping[str, str]
"""A level by its criterion; of a criterion that isn't there none is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A level with its words as they were when it was chosen: the content may say it otherwise since, or no more."""

    criterion: str
    level: str
    title: str
    """The criterion's."""
    words: str
    """The level's."""
    language: str


def gone(rubric: Sequence[Criterion], levels: Levels) -> Set[str]:
    """Name the criteria whose level a rubric has no more."""
    there = {(criterion.id, level) for criterion in rubric for level in criterion.levels}
    return {criterion for criterion, level in levels.items() if (criterion, level) not in there}


def worded(exercise: Exercise, levels: Levels, language: str) -> Sequence[Chosen]:
    """Give the words of levels in the order of the rubric, in a language or the nearest; what is gone has none."""
    written_in, text = pick(exercise.texts, language)
    return [
        Chosen(
            criterion=one.id,
            level=levels[one.id],
            title=text.rubric[one.id].title,
            words=text.rubric[one.id].levels[levels[one.id]],
            language=written_in,
        )
        for one in exercise.rubric
        if levels.get(one.id) in one.levels
    ]
