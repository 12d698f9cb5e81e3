"""What of earlier exercises can be brought to a canvas, and what becomes of what was ticked; pure decisions.

Everybody brings what they wrote themselves; what a group or the course wrote comes to a canvas of the same group or of
the course. Nothing that is there is changed: where there is an answer, the one that is brought stands beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from content.brings import Bringing
from content.fields.field import Value
from content.model import Exercise
from content.parts.part import Part
from lti_tool.exercises import rules
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.places import MOST_EVER
from lti_tool.exercises.rules import Note
from lti_tool.groups.rules import Trouble

MOST_TICKED = 12
"""Notes of a longer pile are ticked by nobody but the person: few of them will be wanted."""

Origin = tuple[int, str]
"""A workspace, and a note in it."""
Coming = tuple[Origin, str]
"""A note, and the part to which it comes."""
Earlier = Mapping[str, Exercise]
"""Exercises by their slugs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A note of an earlier exercise, where it was written."""

    workspace_id: int
    exercise: str
    owner: Owner
    note: Note
    copied_from: Origin | None = None

    @property
    def origin(self) -> Origin:
        """Tell it from all others; in several workspaces there may be notes of the same id."""
        return self.workspace_id, self.note.id


class Standing(StrEnum):
    """Whether a note was brought before."""

    NEW = "new"
    HERE = "here"
    GONE = "gone"
    """It was, and was deleted here."""
    ALONE = "alone"
    """The person brought it to what they wrote alone, which may have come here since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A note that can be brought."""

    written: Written
    note: Note
    """As it will stand here; its id is still the earlier one's."""
    standing: Standing

    @property
    def key(self) -> str:
        """Name it in a form."""
        return f"{self.written.workspace_id}.{self.note.id}.{self.note.part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What comes from one workspace to one part: it is chosen from together."""

    bringing: Bringing
    owner: Owner
    """Whose workspace it comes from."""
    offers: Sequence[Offer]
    is_answer: bool
    """Whether it becomes an answer to a question."""

    def is_ticked(self, offer: Offer) -> bool:
        """Tell whether a note is ticked before the person has chosen."""
        is_short = self.is_answer or len(self.offers) <= MOST_TICKED
        return is_short and offer.standing is Standing.NEW

    @property
    def is_new(self) -> bool:
        """Whether nothing of it was ever brought: who chose once has left the rest."""
        return all(offer.standing is Standing.NEW for offer in self.offers)


def sources(owner: Owner, home: Owner | Trouble, own: Owner) -> tuple[Owner, ...]:
    """Name whose earlier work may come to a workspace of `owner`, by a person who writes at `home` now."""
    if owner == own:
        return (own,)
    return (own, owner) if owner == home and owner.is_shared else ()


# What is offered


def bundles(
    exercise: Exercise, earlier: Earlier, written: Sequence[Written], there: Mapping[Coming, Standing]
) -> Sequence[Bundle]:
    """Sort what was written by what it can become; `there` tells of what was brought before."""
    copied = {one.copied_from for one in written}
    originals = [one for one in written if one.origin not in copied]
    found = (
        Bundle(
            bringing=bringing,
            owner=owner,
            offers=list(_offers(exercise, earlier[bringing.exercise], bringing, its, there)),
            is_answer=exercise.part(bringing.to).notes_per_cell == 1,
        )
        for bringing in exercise.brings
        for owner, its in _by_owner(originals).items()
    )
    return [bundle for bundle in found if bundle.offers]


def _by_owner(written: Iterable[Written]) -> Mapping[Owner, Sequence[Written]]:
    found: defaultdict[Owner, list[Written]] = defaultdict(list)
    for one in written:
        found[one.owner].append(one)
    return found


def _offers(
    exercise: Exercise,
    earlier: Exercise,
    bringing: Bringing,
    written: Iterable[Written],
    there: Mapping[Coming, Standing],
) -> Iterator[Offer]:
    before, after = earlier.part(bringing.part), exercise.part(bringing.to)
    for one in written:
        is_there = (one.exercise, one.note.part) == (bringing.exercise, bringing.part)
        if is_there and bringing.is_meant(before, one.note):
            note = _as_here(bringing, before, after, one.note)
            if note is not None:
                yield Offer(written=one, note=note, standing=there.get((one.origin, after.id), Standing.NEW))


def _as_here(bringing: Bringing, before: Part, after: Part, note: Note) -> Note | None:
    """Make of a note what it will be here; nothing where it would have no first words, or no place."""
    cell = bringing.place(note.cell, after)
    values = dict(_values(bringing.pairs(before, after), after, note))
    if after.fields[0].id not in values or cell not in after.cells():
        return None
    return Note(id=note.id, part=after.id, cell=cell, values=values, version=1, language=note.language)


def _values(pairs: Mapping[str, str], after: Part, note: Note) -> Iterator[tuple[str, Value]]:
    """Give what fits; what was written under another edition of the exercise may not."""
    fields = {field.id: field for field in after.fields}
    for name, becomes in pairs.items():
        if name in note.values:
            value = fields[becomes].tidy(note.values[name])
            if value not in ("", []) and fields[becomes].misfit(value) is None:
                yield becomes, value


# What becomes of what was ticked


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowded:
    """For how many more notes there is room: in a part, or in the whole exercise."""

    left: int
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is written; each note by the id that it gets here."""

    copies: Mapping[str, Offer] = field(default_factory=dict)
    revived: Mapping[str, Offer] = field(default_factory=dict)
    """Answers to questions whose answer was deleted: what is there of it is written anew."""
    beside: Sequence[Offer] = ()
    crowded: Crowded | None = None


def decide(exercise: Exercise, bundles: Iterable[Bundle], ticked: Collection[str], here: Sequence[Note]) -> Decision:
    """Decide about what was ticked; `here` are the notes that the canvas has, deleted ones too."""
    chosen: dict[str, Offer] = {}
    for offer in (offer for bundle in bundles for offer in bundle.offers if offer.key in ticked):
        chosen.setdefault(offer.key, offer)  # it may be offered in two ways, and comes in the first
    wanted = [offer for offer in chosen.values() if offer.standing is not Standing.HERE]
    decision = _sorted(exercise, wanted, {note.id: note for note in here})
    crowded = _crowded(exercise, decision, here)
    return Decision(crowded=crowded) if crowded else decision


def _sorted(exercise: Exercise, chosen: Iterable[Offer], here: Mapping[str, Note]) -> Decision:
    """Let the first answer to a question that has none be it, and others stand beside."""
    taken = {(note.part, note.cell) for note in here.values() if note.values}
    copies: dict[str, Offer] = {}
    revived: dict[str, Offer] = {}
    beside: list[Offer] = []
    for offer in chosen:
        part, place = exercise.part(offer.note.part), (offer.note.part, offer.note.cell)
        note_id = rules.blank_id(part, offer.note.cell)
        if part.notes_per_cell == 1 and place in taken:
            beside.append(offer)
        else:
            (revived if note_id in here else copies)[note_id] = offer
            taken.add(place)
    return Decision(copies=copies, revived=revived, beside=beside)


def _crowded(exercise: Exercise, decision: Decision, here: Sequence[Note]) -> Crowded | None:
    written = Counter((note.part, note.cell) for note in here if note.values)
    added = [offer.note for offer in (*decision.copies.values(), *decision.revived.values())]
    for (part, cell), number in Counter((note.part, note.cell) for note in added).items():
        left = exercise.part(part).notes_per_cell - written[part, cell]
        if number > left:
            return Crowded(left=max(left, 0), part=part)
    left = max(min(exercise.most_notes - written.total(), MOST_EVER - len(here)), 0)
    return Crowded(left=left) if len(added) > left else None
