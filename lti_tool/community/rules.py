"""What a post or reply may hold, who may do what with it, and what a save does: pure decisions."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

LONGEST_TITLE = 150
LONGEST_TEXT = 10_000
LONGEST_REASON = 500
WORKING_LANGUAGES = frozenset({"ar", "el", "en", "es", "fr", "pt"})
"""The languages of the six countries, whether or not the interface speaks them."""


class PostKind(StrEnum):
    """What a post is for."""

    NEED = "need"
    DOUBT = "doubt"
    TOOL = "tool"
    EXPERIENCE = "experience"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who is asking: which course they came from, and whether they teach it."""

    person_id: int
    course_id: int
    is_trainer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote something; Moodle may withhold the name."""

    person_id: int
    name: str | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A post or reply as a form sends it; a reply has neither kind nor title."""

    id: str
    text: str
    language: str
    kind: str = ""
    title: str = ""
    version: int = 0
    """The version that the text grew from; 0 for what the server hasn't seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What a post and a reply have in common."""

    id: str
    author: Author
    course_id: int
    """The course it was written in: its trainers look after it."""
    text: str
    language: str
    version: int
    created_at: datetime
    edited_at: datetime | None
    is_deleted: bool
    hidden_reason: str | None
    """Why a trainer hid it; nothing where nobody did."""
    is_nameless: bool = False
    """Whether its author is named to the course's trainers alone."""

    @property
    def is_up(self) -> bool:
        """Whether everybody in the community can read it."""
        return not self.is_deleted and self.hidden_reason is None

    @property
    def thread(self) -> str:
        """Name the post that this is, or stands under."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Piece):
    """An answer to a post."""

    post_id: str
    helped: bool
    """Whether it was named as the one that answered the need."""

    @property
    def thread(self) -> str:
        """Name the post that this stands under."""
        return self.post_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Piece):
    """A doubt, tool, experience or need."""

    kind: PostKind
    title: str
    answered_at: datetime | None
    active_at: datetime
    """When it was written, or its newest reply that can be read."""
    replies: int
    """How many replies everybody can read."""
    details: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_answered(self) -> bool:
        """Whether it is a need that found its answer."""
        return self.kind is PostKind.NEED and self.answered_at is not None

    @property
    def is_open_need(self) -> bool:
        """Whether somebody still waits for help."""
        return self.kind is PostKind.NEED and self.answered_at is None and self.is_up


# Who may do what


def moderates(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader teaches the course that this was written in."""
    return reader.is_trainer and reader.course_id == piece.course_id


def can_read(reader: Reader, piece: Piece) -> bool:
    """Tell whether the words are shown; a hidden piece is shown to its author and its trainers."""
    is_theirs = is_author(reader, piece) or moderates(reader, piece)
    return piece.is_up or (is_theirs and not piece.is_deleted)


def can_open(reader: Reader, post: Post) -> bool:
    """Tell whether there is anything to see: a post that is gone keeps its place for its replies."""
    return can_read(reader, post) or post.replies > 0


def is_author(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader wrote it."""
    return reader.person_id == piece.author.person_id


def can_edit(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may change or delete it."""
    return is_author(reader, piece) and not piece.is_deleted


def can_moderate(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may hide it or bring it back."""
    return moderates(reader, piece) and not piece.is_deleted


def can_mark(reader: Reader, post: Piece) -> bool:
    """Tell whether the reader may say that the need is answered, or that it isn't."""
    is_need = isinstance(post, Post) and post.kind is PostKind.NEED
    return is_need and (can_edit(reader, post) or can_moderate(reader, post))


# What a save does


class Verdict(StrEnum):
    """What became of a draft: it is there, something else is, or there is nothing left that it could join."""

    SAVED = "saved"
    CONFLICT = "conflict"
    CLOSED = "closed"


def judge(saved: Piece, draft: Draft) -> Verdict:
    """Compare a draft with what is saved; nobody's words are overwritten in silence."""
    if saved.is_deleted:
        return Verdict.CLOSED
    is_current = says_the_same(saved, draft) or saved.version == draft.version
    return Verdict.SAVED if is_current else Verdict.CONFLICT


def says_the_same(saved: Piece, draft: Draft) -> bool:
    """Tell whether a draft changes nothing."""
    heading = (saved.kind, saved.title) if isinstance(saved, Post) else ("", "")
    return (*heading, saved.text, saved.language) == (draft.kind, draft.title, draft.text, draft.language)


# What is wrong with a draft


class Field(StrEnum):
    """What a form asks for."""

    KIND = "kind"
    TITLE = "title"
    TEXT = "text"
    LANGUAGE = "language"
    REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a field: too long by these lengths, else missing."""

    field: Field
    length: int = 0
    limit: int = 0


def tidy(text: str) -> str:
    """Trim what was typed, and drop what no keyboard writes and a database may refuse."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")).strip()


def tidy_line(text: str) -> str:
    """Write what was typed in one line."""
    return " ".join(tidy(text).split())


def post_problems(draft: Draft, languages: Collection[str]) -> Iterator[Problem]:
    """Go through what keeps a tidied post from being published."""
    if draft.kind not in list(PostKind):
        yield Problem(field=Field.KIND)
    yield from length_problems(Field.TITLE, draft.title, LONGEST_TITLE)
    yield from reply_problems(draft, languages)


def reply_problems(draft: Draft, languages: Collection[str]) -> Iterator[Problem]:
    """Go through what keeps a tidied reply from being published."""
    yield from length_problems(Field.TEXT, draft.text, LONGEST_TEXT)
    if draft.language not in languages:
        yield Problem(field=Field.LANGUAGE)


def length_problems(field: Field, text: str, limit: int) -> Iterator[Problem]:
    """Tell whether a text is missing or too long."""
    if not text:
        yield Problem(field=field)
    elif len(text) > limit:
        yield Problem(field=field, length=len(text), limit=limit)


def is_id(text: str) -> bool:
    """Tell whether a text is the id that a form of ours makes."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
