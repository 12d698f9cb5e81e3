"""A filled needs matrix: 24 notes about an invented neighbourhood, for pictures, weights and tests.

The neighbourhood, Las Eras, is a hill of 1960s blocks above an old town. Nothing in it is about a real place or person.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from lti_tool.exercises.rules import Draft, Note

EXERCISE = "needs-matrix"


class Written(NamedTuple):
    """One note of the matrix as its author wrote it; what was left open is empty."""

    cell: str
    satisfier: str
    effect: str = ""
    state: str = ""


MATRIX = (
    Written(
        "subsistence/having", "The health centre halfway up the hill, with one nurse since March", "singular", "poverty"
    ),
    Written(
        "subsistence/doing", "The kitchen of the school cooks for forty people in August too", "synergic", "wealth"
    ),
    Written(
        "subsistence/interacting", "Six blocks without a lift: who can't take the stairs stays in", state="poverty"
    ),
    Written("protection/being", "Neighbours on the stairs notice when shutters stay down", "synergic", "wealth"),
    Written(
        "protection/having",
        "Cameras at the square: people feel watched, and the lamps on the steps are still broken",
        "pseudo",
        "poverty",
    ),
    Written(
        "protection/doing", "The tenants' union reads eviction letters with people on Mondays", "synergic", "wealth"
    ),
    Written("affection/being", "Grandmothers who take in the children of the late shift", "inhibiting", "wealth"),
    Written("affection/doing", "Sunday walks of the widows' group, always with somebody new", "synergic", "wealth"),
    Written("affection/interacting", "No bench on the whole way up from the bus stop", state="poverty"),
    Written("understanding/having", "The form for heating aid exists online only, in one language", state="poverty"),
    Written("understanding/doing", "Two pupils explain letters of the council to their whole stairway", "inhibiting"),
    Written("understanding/interacting", "The library van, every second Thursday by the chapel", "singular", "wealth"),
    Written(
        "participation/having",
        "The district council hears residents for ten minutes, after it has decided",
        "pseudo",
        "poverty",
    ),
    Written("participation/doing", "The assembly of the allotments shares out water by lot", "synergic", "wealth"),
    Written(
        "participation/interacting", "Meetings at six in the evening, when home carers are at work", state="poverty"
    ),
    Written("leisure/having", "The sports ground, locked unless a club has paid", "singular", "poverty"),
    Written("leisure/interacting", "The wall under the plane trees after work, with cards and coffee", "synergic"),
    Written("creation/being", "People here mend before they buy, and show how", "synergic", "wealth"),
    Written(
        "creation/doing",
        "Idea: the repair evening becomes a cooperative that looks after the lifts and ramps of the blocks",
        "synergic",
    ),
    Written("identity/being", "Pride in having built the upper street themselves", "singular", "wealth"),
    Written("identity/doing", "A television series made the hill famous for a crime", "violator", "poverty"),
    Written("identity/interacting", "The feast in September, cooked by the four oldest families only", "inhibiting"),
    Written("freedom/having", "A bus pass that ends at nine in the evening", "inhibiting", "poverty"),
    Written(
        "freedom/interacting", "The back room of the bakery, where girls can be among themselves", "synergic", "wealth"
    ),
)

ANSWERS: Mapping[str, str] = {
    "start/community": (
        "Las Eras, about nine hundred people in sixty blocks on the hill. I grew up here and work with the tenants' "
        "union. I hear little from people who came in the last two years and from those who don't leave their flats."
    ),
    "reflection/blanks": (
        "Leisure has nothing under being and doing, creation nothing under having. I think young people know places "
        "that I don't; I could ask at the wall under the plane trees and at the repair evening."
    ),
    "reflection/synergy": (
        "The sports ground helps only those who pay. If the key were held by the school kitchen and the clubs, "
        "children, the widows' group and the feast could use it. Whoever lives beside it should have a say."
    ),
    "reflection/next-step": (
        "On the first Monday of next month I bring the notes about the stairs to the union, and ask two people "
        "who can't go down to say what they would change first."
    ),
}


def drafts() -> Iterator[Draft]:
    """Give the whole sample as a page would save it: the matrix first, then the answers."""
    for written in MATRIX:
        values = {"satisfier": written.satisfier, "effect": written.effect, "state": written.state}
        yield _draft("matrix", written.cell, {field: value for field, value in values.items() if value})
    for place, answer in ANSWERS.items():
        part, cell = place.split("/")
        yield _draft(part, cell, {"answer": answer})


def notes() -> Iterator[Note]:
    """Give the whole sample as it is once it is saved."""
    for draft in drafts():
        yield Note(
            id=draft.id, part=draft.part, cell=draft.cell, values=draft.values, version=1, language=draft.language
        )


def _draft(part: str, cell: str, values: Mapping[str, str]) -> Draft:
    note_id = str(uuid5(NAMESPACE_URL, f"{part}/{cell}"))
    return Draft(id=note_id, part=part, cell=cell, values=values, version=0, language="en")
