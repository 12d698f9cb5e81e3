"""What a trainer looks at in a piece of work: criteria, each with levels that tell what can be seen in it.

They describe the work and never people; no level is worth points.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, TypeAlias

from pydantic import Field

from content.findings import Finding, matched, repeated, under
from content.shape import Line, Shape, Slug, Title


class Criterion(Shape):
    """Something to look at, and its levels from a beginning to what is done well."""

    id: Slug
    levels: Annotated[tuple[Slug, ...], Field(min_length=2, max_length=5)]


class CriterionText(Shape):
    """A criterion in one language: a name of a few words, and for each level what can be seen in the work."""

    title: Title
    levels: Mapping[str, Line]


Rubric: TypeAlias = Annotated[tuple[Criterion, ...], Field(max_length=6)]


def rubric_findings(rubric: Sequence[Criterion]) -> Iterator[Finding]:
    """Find criteria that stand twice, and levels that stand twice in one of them."""
    yield from repeated("rubric[{}].id", [criterion.id for criterion in rubric])
    for index, criterion in enumerate(rubric):
        yield from repeated(f"rubric[{index}].levels[{{}}]", criterion.levels)


def rubric_wording(rubric: Sequence[Criterion], texts: Mapping[str, CriterionText]) -> Iterator[Finding]:
    """Compare the criteria and their levels with their words."""
    yield from under("rubric", matched([criterion.id for criterion in rubric], texts))
    for criterion in rubric:
        if criterion.id in texts:
            yield from under(f"rubric.{criterion.id}.levels", matched(criterion.levels, texts[criterion.id].levels))
