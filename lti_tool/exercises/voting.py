"""Votes on notes: who has how many, what a vote does, and what is shown of them; pure decisions.

Those vote whose canvas it is, as long as a ballot is open, be it frozen or not: a facilitator stops the writing first.
A trainer doesn't vote: with a vote of their own they could make up the number from which secret votes are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as by_default
from datetime import datetime
from enum import StrEnum

from lti_tool.exercises import access
from lti_tool.exercises.access import Elsewhere, Refusal, Situation
from lti_tool.exercises.owners import Owner
from lti_tool.groups.rules import Group

MOST_EACH = 10
ENOUGH = 3
"""People who must have voted at a canvas before its secret votes are shown: of two, each knows what the other did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a trainer says when they open a ballot."""

    part: str | None
    """Whose notes are voted on; all parts' where none is named."""
    each: int
    """Votes that everybody has, over all notes of their canvas; several may go to one."""
    is_secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One round of votes, in all workspaces of an exercise in a course."""

    id: int
    number: int
    terms: Terms
    is_open: bool

    def is_about(self, part: str) -> bool:
        """Tell whether the notes of a part are voted on."""
        return self.terms.part in (None, part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """How many of their votes somebody wants a note to have."""

    ballot: int
    """The ballot's number."""
    person_id: int
    note_id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How the votes at one canvas stand; never who gave them."""

    voters: int = 0
    by_note: Mapping[str, int] = by_default(default_factory=dict)


class Verdict(StrEnum):
    """What becomes of a vote."""

    COUNTED = "counted"
    SAME = "same"
    """Sent a second time, or no other than before."""
    TOO_MANY = "too_many"
    CLOSED = "closed"
    NO_NOTE = "no_note"
    """The note is gone, or isn't voted on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a vote, and how many the person can still give after it."""

    verdict: Verdict
    left: int = 0


def refusal(situation: Situation, owner: Owner, group: Group | None, now: datetime) -> Refusal | None:
    """Tell what keeps a person from voting at a canvas, whether or not a ballot is open.

    On one's own there is nobody to agree with.
    """
    if situation.is_trainer or not owner.is_shared:
        return Elsewhere.NOT_YOURS
    thawed = replace(situation, stage=replace(situation.stage, frozen_at=None))
    return access.refusal(thawed, owner, group, now)


def decide(ballot: Ballot, part: str | None, given: Mapping[str, int], vote: Vote) -> Decision:
    """Decide about somebody's votes on a note of a part; `given` are theirs on all notes that are still there."""
    left = left_of(ballot, given)
    if not ballot.is_open:
        return Decision(verdict=Verdict.CLOSED, left=left)
    if part is None or not ballot.is_about(part):
        return Decision(verdict=Verdict.NO_NOTE, left=left)
    more = vote.number - given.get(vote.note_id, 0)
    if more == 0:
        return Decision(verdict=Verdict.SAME, left=left)
    if more > left:
        return Decision(verdict=Verdict.TOO_MANY, left=left)
    return Decision(verdict=Verdict.COUNTED, left=left_of(ballot, {**given, vote.note_id: vote.number}))


def left_of(ballot: Ballot, given: Mapping[str, int]) -> int:
    """Count the votes that a person can still give."""
    return max(ballot.terms.each - sum(given.values()), 0)


def shown(ballot: Ballot, tally: Tally) -> Mapping[str, int] | None:
    """Give what everybody may know of the votes at a canvas; nothing while they are secret, or too few to be."""
    if ballot.terms.is_secret and (ballot.is_open or tally.voters < ENOUGH):
        return None
    return tally.by_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a ballot stands at one canvas, for one person."""

    ballot: Ballot
    given: Mapping[str, int]
    """The person's own votes."""
    totals: Mapping[str, int] | None
    """Everybody's, where they may be shown."""
    may_vote: bool

    @property
    def left(self) -> int:
        """Count the votes that the person can still give."""
        return left_of(self.ballot, self.given)

    @property
    def takes_votes(self) -> bool:
        """Whether the person can vote now."""
        return self.may_vote and self.ballot.is_open


def told(standing: Standing | None) -> Mapping[str, object] | None:
    """Tell an open page how the votes stand; the page gives the ballot's number back with each vote."""
    if standing is None:
        return None
    ballot = standing.ballot
    return {
        "ballot": ballot.number,
        "part": ballot.terms.part,
        "each": ballot.terms.each,
        "secret": ballot.terms.is_secret,
        "open": ballot.is_open,
        "votes": standing.takes_votes,
        "left": standing.left,
        "mine": dict(standing.given),
        "totals": None if standing.totals is None else dict(standing.totals),
    }
