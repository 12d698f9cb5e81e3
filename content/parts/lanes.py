"""Lanes in an order, one beside the other: the steps of a service, the weeks of a plan."""

from typing import Annotated, Literal

from pydantic import Field as Limits

from content.parts.part import PartOfFields, Places
from content.shape import Slug


class LanesPart(PartOfFields):
    """Lanes in their order, each a cell named as the lane; a note may point at another by a field of that kind."""

    kind: Literal["lanes"]
    lanes: Annotated[tuple[Slug, ...], Limits(min_length=2)]

    def places(self) -> tuple[Places, ...]:
        """Name the lanes."""
        return (Places("lanes", self.lanes),)
