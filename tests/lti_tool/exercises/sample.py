"""A filled needs matrix: 24 notes about an invented neighbourhood, for pictures, weights and tests.

The neighbourhood, Las Eras, is a hill of 1960s blocks above an old town. Nothing in it is about a real place or person.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from content.fields.field import Value
from lti_tool.exercises.rules import Draft, Note

EXERCISE = "needs-matrix"
Values: TypeAlias = Mapping[str, Value]


class Written(NamedTuple):
    """One note of the matrix as its author wrote it; only what is synergic helps other needs."""

    cell: str
    satisfier: str
    effect: str
    others: tuple[str, ...] = ()


MATRIX = (
    Written("subsistence/having", "The health centre halfway up the hill, with one nurse since March", "singular"),
    Written(
        "subsistence/doing",
        "The kitchen of the school cooks for forty people in August too",
        "synergic",
        ("protection", "affection"),
    ),
    Written("subsistence/interacting", "Six blocks without a lift: who can't take the stairs stays in", "hindrance"),
    Written("protection/being", "Neighbours on the stairs notice when shutters stay down", "synergic", ("affection",)),
    Written(
        "protection/having",
        "Cameras at the square: people feel watched, and the lamps on the steps are still broken",
        "pseudo",
    ),
    Written(
        "protection/doing",
        "The tenants' union reads eviction letters with people on Mondays",
        "synergic",
        ("understanding", "participation"),
    ),
    Written("affection/being", "Grandmothers who take in the children of the late shift", "inhibiting"),
    Written(
        "affection/doing",
        "Sunday walks of the widows' group, always with somebody new",
        "synergic",
        ("leisure", "identity"),
    ),
    Written("affection/interacting", "No bench on the whole way up from the bus stop", "hindrance"),
    Written("understanding/having", "The form for heating aid exists online only, in one language", "hindrance"),
    Written("understanding/doing", "Two pupils explain letters of the council to their whole stairway", "inhibiting"),
    Written("understanding/interacting", "The library van, every second Thursday by the chapel", "singular"),
    Written(
        "participation/having", "The district council hears residents for ten minutes, after it has decided", "pseudo"
    ),
    Written(
        "participation/doing",
        "The assembly of the allotments shares out water by lot",
        "synergic",
        ("subsistence", "understanding"),
    ),
    Written("participation/interacting", "Meetings at six in the evening, when home carers are at work", "hindrance"),
    Written("leisure/having", "The sports ground, locked unless a club has paid", "inhibiting"),
    Written(
        "leisure/interacting",
        "The wall under the plane trees after work, with cards and coffee",
        "synergic",
        ("affection", "identity"),
    ),
    Written("creation/being", "People here mend before they buy, and show how", "synergic", ("understanding",)),
    Written(
        "creation/doing",
        "Idea: the repair evening becomes a cooperative that looks after the lifts and ramps of the blocks",
        "synergic",
        ("participation", "freedom"),
    ),
    Written("identity/being", "Pride in having built the upper street themselves", "singular"),
    Written("identity/doing", "A television series made the hill famous for a crime", "violator"),
    Written("identity/interacting", "The feast in September, cooked by the four oldest families only", "inhibiting"),
    Written("freedom/having", "A bus pass that ends at nine in the evening", "inhibiting"),
    Written(
        "freedom/interacting",
        "The back room of the bakery, where girls can be among themselves",
        "synergic",
        ("protection", "affection"),
    ),
)


class Judged(NamedTuple):
    """How a need as a whole is met, and why."""

    need: str
    why: str
    state: str


NEEDS = (
    Judged("subsistence", "There is food and a nurse, for whoever can take the stairs.", "mixed"),
    Judged("protection", "Neighbours and the union look after people; the cameras don't.", "mixed"),
    Judged("affection", "Whoever leaves the flat finds company within a week.", "wealth"),
    Judged("understanding", "What the council writes reaches few without help.", "poverty"),
    Judged("participation", "People decide on water, and on nothing that the council pays for.", "poverty"),
    Judged("creation", "Mending is a habit on every stairway.", "wealth"),
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
    """Give the whole sample as a page would save it: the matrix first, then the needs and the answers."""
    for written in MATRIX:
        chosen: Values = {"others": list(written.others)} if written.others else {}
        yield _draft("matrix", written.cell, {"satisfier": written.satisfier, "effect": written.effect, **chosen})
    for judged in NEEDS:
        yield _draft("needs", f"{judged.need}/whole", {"why": judged.why, "state": judged.state})
    for place, answer in ANSWERS.items():
        part, cell = place.split("/")
        yield _draft(part, cell, {"answer": answer})


def notes() -> Iterator[Note]:
    """Give the whole sample as it is once it is saved."""
    for draft in drafts():
        yield Note(
            id=draft.id, part=draft.part, cell=draft.cell, values=draft.values, version=1, language=draft.language
        )


def _draft(part: str, cell: str, values: Values) -> Draft:
    note_id = str(uuid5(NAMESPACE_URL, f"{part}/{cell}"))
    return Draft(id=note_id, part=part, cell=cell, values=values, version=0, language="en")
