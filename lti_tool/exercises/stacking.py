"""Alike notes of a cell under a heading: what a save of it does; pure decisions.

The heading has versions as a note's words have. Which notes lie under it conflicts with nobody: a page says which it
wants put there and which taken away, and what others did meanwhile with other notes stays.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.exercises.rules import Verdict

LONGEST_HEADING = 200
FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A heading over alike notes of one cell."""

    id: str
    part: str
    cell: str
    heading: str
    language: str
    version: int
    is_apart: bool = False
    """Whether it was taken apart; the notes stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A stack as a page wants it saved."""

    stack: Stack
    """With the version that the page's heading grew from; 0 for a stack that the server hasn't seen."""
    put: Set[str] = frozenset()
    """Notes that are to come under the heading, by their ids."""
    take: Set[str] = frozenset()
    """Notes that are to go away from it."""


class ProblemKind(StrEnum):
    """Why a stack can't be saved."""

    NO_HEADING = "no_heading"
    TOO_LONG = "too_long"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a draft; `saved` is the stack as it stood before."""

    draft: Draft
    verdict: Verdict
    saved: Stack | None = None
    problem: ProblemKind | None = None

    @property
    def is_open(self) -> bool:
        """Whether the draft still waits for the person, since it wasn't saved."""
        return self.verdict in (Verdict.CONFLICT, Verdict.REFUSED)

    @property
    def is_written(self) -> bool:
        """Whether anything is to be written."""
        return self.verdict in (Verdict.NEW, Verdict.CHANGED)

    @property
    def version(self) -> int:
        """The heading's version after the decision was carried out."""
        if self.saved is None:
            return 1
        return self.saved.version + (not _is_same(self.saved, self.draft.stack))


def decide(saved: Stack | None, draft: Draft, here: Mapping[str, str | None]) -> Decision:
    """Decide about a draft; `here` is each written note of the cell with the stack in which it lies."""
    draft = _to_do(draft, here)
    if problem := _problem(saved, draft, here):
        return Decision(draft=draft, verdict=Verdict.REFUSED, saved=saved, problem=problem)
    return Decision(draft=draft, verdict=_judge(saved, draft), saved=saved)


def _to_do(draft: Draft, here: Mapping[str, str | None]) -> Draft:
    """Leave out notes that are gone or elsewhere by now, and those that lie where they should."""
    stack_id = draft.stack.id
    inside = {note_id for note_id, where in here.items() if where == stack_id}
    if draft.stack.is_apart:
        return Draft(stack=draft.stack, take=inside)
    return Draft(stack=draft.stack, put=(draft.put & here.keys()) - inside, take=draft.take & inside)


def _problem(saved: Stack | None, draft: Draft, here: Mapping[str, str | None]) -> ProblemKind | None:
    if draft.stack.is_apart:
        return None
    if not draft.stack.heading:
        return ProblemKind.NO_HEADING
    if len(draft.stack.heading) > LONGEST_HEADING:
        return ProblemKind.TOO_LONG
    return ProblemKind.TOO_FEW if saved is None and len(draft.put) < FEWEST else None


def _judge(saved: Stack | None, draft: Draft) -> Verdict:
    if saved is None:
        return Verdict.NOTHING if draft.stack.is_apart else Verdict.NEW
    if _is_same(saved, draft.stack):
        return Verdict.CHANGED if draft.put or draft.take else Verdict.SAME
    return Verdict.CHANGED if saved.version == draft.stack.version else Verdict.CONFLICT


def _is_same(saved: Stack, wanted: Stack) -> bool:
    if saved.is_apart or wanted.is_apart:
        return saved.is_apart and wanted.is_apart
    return saved.heading == wanted.heading


def told(stack: Stack) -> Mapping[str, object]:
    """Tell an open page what became of a stack."""
    return {
        "id": stack.id,
        "part": stack.part,
        "cell": stack.cell,
        "heading": stack.heading,
        "language": stack.language,
        "apart": stack.is_apart,
    }
