"""Which posts become one, and which replies become a post of their own: pure decisions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.community import rules
from lti_tool.community.posts import Piece, Post, PostKind, Reader, Reply
from lti_tool.community.typed import LONGEST_REASON, LONGEST_TITLE, Field, Problem, length_problems

SHORTEST_QUOTE = 12
"""Letters of a line that one text has from another: of fewer, both may have them by chance."""


class Obstacle(StrEnum):
    """What keeps a post from being merged into another."""

    NOWHERE = "nowhere"
    """There is no such post that everybody can read."""
    ITSELF = "itself"
    OTHERS = "others"
    """It was written in another course: others look after it."""
    LOCKED = "locked"
    ENDED = "ended"
    """The one that would be merged was closed, with a word on what came of it."""
    NO_HELP = "no_help"
    """Offers, outcomes or meetings stand under one, and the other is of a kind that takes none."""
    NAMELESS = "nameless"
    """The author of the other, who isn't named there, is named here: who read that would learn whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """What stands under a post that keeps it from some others."""

    is_ended: bool
    """Whether a word on what came of it closes it."""
    has_help: bool
    """Whether something does that stands under needs only."""
    named: Collection[int]
    """Who wrote there under their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reply is to become."""

    kind: str = ""
    title: str = ""
    along: Collection[str] = ()
    """The ids of the replies that go along."""
    reason: str = ""
    """Its author reads it."""


def can_merge(reader: Reader, post: Piece) -> bool:
    """Tell whether the reader may merge it into another: trainers of the course that it was written in."""
    return isinstance(post, Post) and rules.can_moderate(reader, post)


def can_split(reader: Reader, reply: Piece) -> bool:
    """Tell whether the reader may make it a post of its own."""
    return isinstance(reply, Reply) and rules.can_moderate(reader, reply)


def obstacle(reader: Reader, post: Post, target: Post | None, under: Under) -> Obstacle | None:
    """Tell what keeps a post from being merged into another."""
    if target is None or not target.is_up:
        return Obstacle.NOWHERE
    refused = {
        Obstacle.ITSELF: target.id == post.id,
        Obstacle.OTHERS: not rules.moderates(reader, target),
        Obstacle.LOCKED: target.locked_reason is not None,
        Obstacle.ENDED: under.is_ended,
        Obstacle.NO_HELP: under.has_help and not target.kind.takes_help,
        Obstacle.NAMELESS: target.is_nameless and target.author.person_id in under.named,
    }
    return next((each for each, is_so in refused.items() if is_so), None)


def takes_answer(post: Post, target: Post) -> bool:
    """Tell whether the answer of a merged post counts in the other: one person asked both, and everybody knows it."""
    is_one = post.author.person_id == target.author.person_id and not (post.is_nameless or target.is_nameless)
    return is_one and target.kind.can_be_answered and target.answered_at is None


def tells(reply: Reply, other: Reply) -> bool:
    """Tell whether another reply would tell under a nameless one who wrote that: the same person, by name."""
    return rules.stays_nameless(reply, other.author.person_id) and not other.is_nameless


def quotes(text: str, quoted: str) -> bool:
    """Tell whether a text quotes another: one of its quoted lines stands there."""
    lines = (line.lstrip().removeprefix(">").strip() for line in text.split("\n") if line.lstrip().startswith(">"))
    return any(len(line) >= SHORTEST_QUOTE and line.removesuffix(" …") in quoted for line in lines)


def split_problems(wanted: Wanted) -> Iterator[Problem]:
    """Go through what keeps a reply from becoming a post."""
    if wanted.kind not in list(PostKind):
        yield Problem(field=Field.KIND)
    yield from length_problems(Field.TITLE, wanted.title, LONGEST_TITLE)
    yield from length_problems(Field.REASON, wanted.reason, LONGEST_REASON)
