"""What an offer of help holds, and what a save of it does: pure decisions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from lti_tool.community import rules
from lti_tool.community.posts import Draft, Piece
from lti_tool.community.rules import Verdict
from lti_tool.community.typed import Field, Problem, reply_problems

LONGEST_AVAILABLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft(Draft):
    """An offer as its form sends it."""

    available: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Piece):
    """What somebody can do about a need."""

    post_id: str
    available: str
    """When they can do it, in their words; may be empty."""
    accepted_at: datetime | None

    @property
    def thread(self) -> str:
        """Name the need that this stands under."""
        return self.post_id

    @property
    def is_accepted(self) -> bool:
        """Whether it counts as accepted: one that is hidden or gone doesn't."""
        return self.accepted_at is not None and self.is_up

    @property
    def is_other_than_accepted(self) -> bool:
        """Whether it was changed since it was accepted."""
        return self.accepted_at is not None and self.edited_at is not None and self.edited_at > self.accepted_at


def judge(saved: Offer, draft: OfferDraft) -> Verdict:
    """Compare an offer that was sent with the one that is saved."""
    verdict = rules.judge(saved, draft)
    would_overwrite = saved.available != draft.available and saved.version != draft.version
    return Verdict.CONFLICT if verdict is Verdict.SAVED and would_overwrite else verdict


def says_the_same(saved: Offer, draft: OfferDraft) -> bool:
    """Tell whether a draft changes nothing."""
    return saved.available == draft.available and rules.says_the_same(saved, draft)


def problems(draft: OfferDraft, languages: Collection[str]) -> Iterator[Problem]:
    """Go through what keeps a tidied offer from being published."""
    yield from reply_problems(draft, languages)
    length = len(draft.available)
    if length > LONGEST_AVAILABLE:
        yield Problem(field=Field.AVAILABLE, length=length, limit=LONGEST_AVAILABLE)
