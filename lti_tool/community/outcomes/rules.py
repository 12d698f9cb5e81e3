"""What came of a need, and whether it still held a while later: pure decisions."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lti_tool.community import rules
from lti_tool.community.posts import Draft, Piece, Post, Reader
from lti_tool.community.rules import Verdict
from lti_tool.community.typed import LONGEST_TEXT, Field, Problem

ASKED_AFTER = timedelta(days=30)


class Held(StrEnum):
    """Whether what came of a need still held when its owner was asked."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDraft(Draft):
    """The answer to the question whether it held, as its form sends it."""

    held: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What its owner said a while later; the text may be empty."""

    held: Held
    text: str
    language: str
    said_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Piece):
    """What came of a need."""

    post_id: str
    reopened_at: datetime | None
    """When the need was opened again, which leaves the text where it is."""
    credited: Sequence[str]
    """The offers that were accepted when the need was opened again."""
    later: Later | None
    dismissed_at: datetime | None
    """When its owner didn't want to be asked."""

    @property
    def thread(self) -> str:
        """Name the need that this stands under."""
        return self.post_id

    @property
    def is_current(self) -> bool:
        """Whether it is the one that closes the need."""
        return self.reopened_at is None


def is_due(reader: Reader, post: Post, outcome: Outcome, now: datetime) -> bool:
    """Tell whether the need's owner is asked now whether it still holds."""
    is_unsaid = outcome.later is None and outcome.dismissed_at is None
    return can_say(reader, post, outcome) and is_unsaid and now - outcome.created_at >= ASKED_AFTER


def can_say(reader: Reader, post: Post, outcome: Outcome) -> bool:
    """Tell whether the reader may say how it held: the need's owner, while this outcome closes the need."""
    is_closed = outcome.is_current and post.kind.takes_help
    return is_closed and rules.can_edit(reader, post)


def failed(outcome: Outcome) -> bool:
    """Tell whether the need is there again."""
    return outcome.is_current and outcome.later is not None and outcome.later.held is Held.NO


def judge_later(saved: Outcome, draft: HeldDraft) -> Verdict:
    """Compare an answer that was sent with the one that is saved, if any: nothing is overwritten in silence."""
    if not saved.is_current:
        return Verdict.CLOSED
    later = saved.later
    is_new = later is None or saved.version == draft.version
    return Verdict.SAVED if is_new or says_the_same(later, draft) else Verdict.CONFLICT


def says_the_same(later: Later | None, draft: HeldDraft) -> bool:
    """Tell whether an answer changes nothing."""
    return later is not None and (later.held, later.text, later.language) == (draft.held, draft.text, draft.language)


def later_problems(draft: HeldDraft, languages: Collection[str]) -> Iterator[Problem]:
    """Go through what keeps a tidied answer from being saved; a text is welcome, not asked for."""
    if draft.held not in list(Held):
        yield Problem(field=Field.HELD)
    if len(draft.text) > LONGEST_TEXT:
        yield Problem(field=Field.TEXT, length=len(draft.text), limit=LONGEST_TEXT)
    if draft.language not in languages:
        yield Problem(field=Field.LANGUAGE)
