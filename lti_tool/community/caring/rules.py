"""What members report, what trainers do about it, and how fast anybody writes: pure decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lti_tool.community import rules
from lti_tool.community.posts import Author, Piece, Post, Reader, Reply
from lti_tool.community.typed import LONGEST_REASON, Field, Problem

MOST_PINNED = 3
"""Posts at the top of a community's list; with more of them nobody would see what is new."""
NEW_FOR = timedelta(days=1)
"""How long somebody counts as new here: whoever comes to advertise does it at once."""
SPAN = timedelta(hours=1)
"""What is written within it counts together."""


class Why(StrEnum):
    """What is wrong with a piece that is reported."""

    PEOPLE = "people"
    """A real case of violence, or people's names."""
    HURTFUL = "hurtful"
    ADVERTISING = "advertising"
    PLACE = "place"
    OTHER = "other"


class Deed(StrEnum):
    """What was done to look after the community."""

    HID = "hid"
    SHOWED = "showed"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    MOVED = "moved"
    MERGED = "merged"
    """A post, into another."""
    SPLIT = "split"
    """A reply, into a post of its own."""
    LEFT = "left"
    """Reports were read, and the piece was left as it is."""


TOLD = (Deed.HID, Deed.LOCKED, Deed.MOVED, Deed.MERGED, Deed.SPLIT)
"""What its author reads on the list, until they have looked at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with a piece; the words may be empty."""

    why: Why
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Complaint):
    """A complaint, with whose it is: only the trainers of the course that the piece was written in learn that."""

    by: Author
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How much one person writes within a span."""

    posts: int
    replies: int
    """Offers included."""


NEWCOMERS = Limit(posts=5, replies=20)
"""Enough to introduce oneself and to answer a whole list; too little to fill it."""
MEMBERS = Limit(posts=20, replies=60)
"""More than anybody types in an hour: what goes beyond it was typed by no person."""


def limit_of(reader: Reader, joined_at: datetime | None, now: datetime) -> Limit:
    """Tell how much somebody may write; `joined_at` is when they first came in, and trainers are never new."""
    is_new = joined_at is None or now - joined_at < NEW_FOR
    return NEWCOMERS if is_new and not reader.is_trainer else MEMBERS


def can_report(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may report it: what everybody reads and others wrote; trainers act at once."""
    return piece.is_up and not rules.is_author(reader, piece) and not rules.moderates(reader, piece)


def can_leave(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may look at what was reported, and leave it: trainers of the course it was written in."""
    return rules.moderates(reader, piece)


def can_pin(reader: Reader, post: Piece) -> bool:
    """Tell whether the reader may put a post at the top of the list: what can't be read stays out of there."""
    return isinstance(post, Post) and post.is_up and rules.can_moderate(reader, post)


def can_lock(reader: Reader, post: Piece) -> bool:
    """Tell whether the reader may keep others from writing in a thread."""
    return isinstance(post, Post) and rules.can_moderate(reader, post)


def can_move(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may put it under another post."""
    return isinstance(piece, Reply) and rules.can_moderate(reader, piece)


def can_hold(reader: Reader, post: Post, reply: Piece) -> bool:
    """Tell whether a reply can be put under a post so that nobody learns who wrote that without their name.

    Their own reply would have to lose its name there, and who read it before would notice; a reader who isn't told who
    wrote the post must not find out by trying.
    """
    names_them = rules.stays_nameless(post, reply.author.person_id) and not reply.is_nameless
    return not post.is_nameless or (rules.sees_author(reader, post) and not names_them)


def report_problems(why: str, words: str) -> Iterator[Problem]:
    """Go through what keeps a tidied report from being sent."""
    if why not in list(Why):
        yield Problem(field=Field.WHY)
    if len(words) > LONGEST_REASON:
        yield Problem(field=Field.WORDS, length=len(words), limit=LONGEST_REASON)
