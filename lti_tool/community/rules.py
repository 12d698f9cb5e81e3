"""What a post or reply may hold, who may do what with it, and what a save does: pure decisions."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

LONGEST_TITLE = 150
LONGEST_TEXT = 10_000
LONGEST_REASON = 500
MOST_URGENT = 2
"""Of a need that waits for help."""
LONGEST_SUMMARY = 200
MOST_TAGS = 5
WORKING_LANGUAGES = frozenset({"ar", "el", "en", "es", "fr", "pt"})
"""The languages of the six countries, whether or not the interface speaks them."""


class PostKind(StrEnum):
    """What a post is for."""

    NEED = "need"
    DOUBT = "doubt"
    TOOL = "tool"
    EXPERIENCE = "experience"

    @property
    def takes_help(self) -> bool:
        """Whether others offer help, some of it is accepted, and what came of it closes it."""
        return self is PostKind.NEED

    @property
    def can_be_answered(self) -> bool:
        """Whether a reply can answer it."""
        return self in (PostKind.NEED, PostKind.DOUBT)


TAKE_HELP = tuple(kind for kind in PostKind if kind.takes_help)
CAN_BE_ANSWERED = tuple(kind for kind in PostKind if kind.can_be_answered)


class State(StrEnum):
    """How far a need or a doubt is."""

    OPEN = "open"
    OFFERED = "offered"
    """Somebody offers help, and nobody's is accepted yet."""
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    """Closed by the reply that answered it."""
    CLOSED = "closed"
    """Closed, with a word on what came of it."""
    HELD = "held"
    """Closed, and what came of it still held a while later."""


ENDED = (State.CLOSED, State.HELD)
"""How far a need gets with an outcome."""


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
    is_nameless: bool = False
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What was typed in the fields of any kind, by their names; empty ones aren't there."""
    tags: tuple[str, ...] = ()
    """Words of the vocabulary, in the order of the alphabet."""
    territory: str | None = None
    summary: str = ""
    """The whole in one line, in another language."""
    summary_language: str = ""
    of: str = ""
    """What a translation is of, as `fingerprint` tells it."""

    @property
    def said(self) -> object:
        """Give everything that somebody may change, for comparing."""
        words = (self.text, self.language, self.is_nameless)
        heading = (self.kind, self.title, dict(self.details), self.tags, self.territory)
        return (*words, *heading, self.summary, self.summary_language, self.of)


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
    is_by_trainer: bool = False
    """Whether its author taught that course then, as the platform said."""

    @property
    def is_up(self) -> bool:
        """Whether everybody in the community can read it."""
        return not self.is_deleted and self.hidden_reason is None

    @property
    def thread(self) -> str:
        """Name the post that this is, or stands under."""
        return self.id

    @property
    def headed(self) -> "Post | None":
        """Give what is a post, or was one, with what only posts have."""
        return None

    @property
    def draft(self) -> Draft:
        """Give what is saved as a form would send it."""
        return drafted(self)


def drafted(piece: Piece) -> Draft:
    """Give what every piece has as a form would send it."""
    return Draft(
        id=piece.id, text=piece.text, language=piece.language, version=piece.version, is_nameless=piece.is_nameless
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Piece):
    """An answer to a post."""

    post_id: str
    helped: bool
    """Whether it was named as the one that answered the need or the doubt."""
    was: "Post | None" = None
    """The post that it was before a trainer merged it into this one, in the words that it has now."""

    @property
    def headed(self) -> "Post | None":
        """Give what was a post with what only posts have."""
        return self.was

    @property
    def draft(self) -> Draft:
        """Give what is saved as a form would send it."""
        return self.was.draft if self.was else drafted(self)

    @property
    def is_the_answer(self) -> bool:
        """Whether it counts as that: nobody can look up a hidden one."""
        return self.helped and self.is_up

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
    stage: State = State.OPEN
    """How far its offers and its outcome bring it; counts in a need only."""
    active_at: datetime
    """When it was written, or its newest reply or offer that can be read."""
    replies: int
    """How many replies everybody can read."""
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    tags: tuple[str, ...] = ()
    territory: str | None = None
    summary: str | None = None
    summary_language: str | None = None
    locked_reason: str | None = None
    """Why a trainer lets nobody write under it; nothing where nobody did."""
    is_pinned: bool = False
    """Whether it stands at the top of the list."""

    @property
    def headed(self) -> "Post | None":
        """Give itself."""
        return self

    @property
    def takes_replies(self) -> bool:
        """Whether others may still write under it."""
        return self.is_up and self.locked_reason is None

    @property
    def draft(self) -> Draft:
        """Give what is saved as a form would send it."""
        return replace(
            drafted(self),
            kind=str(self.kind),
            title=self.title,
            details=self.details,
            tags=self.tags,
            territory=self.territory,
            summary=self.summary or "",
            summary_language=self.summary_language or "",
        )

    @property
    def is_answered(self) -> bool:
        """Whether it is a need or a doubt that found its answer."""
        return self.kind.can_be_answered and self.answered_at is not None

    @property
    def is_open_need(self) -> bool:
        """Whether somebody still waits for help, or for what they accepted to arrive."""
        return self.kind.takes_help and self.answered_at is None and self.is_up

    @property
    def state(self) -> State | None:
        """How far it is; tools and experiences wait for nothing."""
        if not self.kind.can_be_answered:
            return None
        takes_help = self.kind.takes_help
        if self.answered_at is None:
            return self.stage if takes_help and self.stage not in ENDED else State.OPEN
        return self.stage if takes_help and self.stage in ENDED else State.ANSWERED

    @property
    def urgency(self) -> int:
        """How far up it stands in the list: needs that wait, needs whose help is accepted, all the rest."""
        if not self.is_open_need:
            return 0
        return 1 if self.state is State.ACCEPTED else MOST_URGENT


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


def sees_author(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader learns who wrote it: of a nameless piece only its author and its course's trainers do."""
    return not piece.is_nameless or is_author(reader, piece) or moderates(reader, piece)


def stays_nameless(post: Piece, author_id: int) -> bool:
    """Tell whether what somebody writes under a post must be nameless: under their own one, it would name them."""
    return post.is_nameless and post.author.person_id == author_id


def writing_under(post: Piece, reader: Reader) -> Reader:
    """Tell as whom somebody writes under a post: under their own nameless one as in its course.

    The trainers of another course, from which they may come meanwhile, would learn whose the post is.
    """
    if not stays_nameless(post, reader.person_id):
        return reader
    return replace(reader, course_id=post.course_id, is_trainer=post.is_by_trainer)


def can_edit(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may change or delete it."""
    return is_author(reader, piece) and not piece.is_deleted


def can_moderate(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may hide it or bring it back."""
    return moderates(reader, piece) and not piece.is_deleted


def can_mark(reader: Reader, post: Piece) -> bool:
    """Tell whether the reader may say what answered the need or the doubt, or that nothing did."""
    asks = isinstance(post, Post) and post.kind.can_be_answered
    return asks and (can_edit(reader, post) or can_moderate(reader, post))


def can_close(reader: Reader, post: Piece) -> bool:
    """Tell whether the reader may accept help for a need and say what came of it."""
    return isinstance(post, Post) and post.kind.takes_help and can_mark(reader, post)


def can_offer(reader: Reader, post: Post) -> bool:
    """Tell whether the reader may offer help: to a need of somebody else's, while it waits."""
    return post.is_open_need and post.takes_replies and not is_author(reader, post)


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


def filled_in(saved: Piece, draft: Draft) -> Draft:
    """Leave what a form didn't ask for as it is: it was made when the piece was a reply, and is a post by now."""
    if draft.kind or not saved.draft.kind:
        return draft
    words = {name: getattr(draft, name) for name in ("text", "language", "version", "is_nameless")}
    return replace(saved.draft, **words)


def says_the_same(saved: Piece, draft: Draft) -> bool:
    """Tell whether a draft changes nothing."""
    return saved.draft.said == draft.said


# What is wrong with a draft


class Field(StrEnum):
    """What a form asks for."""

    KIND = "kind"
    TITLE = "title"
    TEXT = "text"
    LANGUAGE = "language"
    REASON = "reason"
    TAGS = "tags"
    SUMMARY = "summary"
    SUMMARY_LANGUAGE = "summary_language"
    AVAILABLE = "available"
    HELD = "held"
    WHY = "why"
    WORDS = "words"
    POST = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a field: too long by these lengths, else missing or none of what it takes.

    The field is one of `Field`, or one of a kind's own.
    """

    field: str
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
    yield from _summary_problems(draft, languages)
    if len(draft.tags) > MOST_TAGS:
        yield Problem(field=Field.TAGS)


def _summary_problems(draft: Draft, languages: Collection[str]) -> Iterator[Problem]:
    if draft.summary:
        yield from length_problems(Field.SUMMARY, draft.summary, LONGEST_SUMMARY)
        if draft.summary_language not in languages or draft.summary_language == draft.language:
            yield Problem(field=Field.SUMMARY_LANGUAGE)


def reply_problems(draft: Draft, languages: Collection[str]) -> Iterator[Problem]:
    """Go through what keeps a tidied reply from being published."""
    yield from length_problems(Field.TEXT, draft.text, LONGEST_TEXT)
    if draft.language not in languages:
        yield Problem(field=Field.LANGUAGE)


def length_problems(field: str, text: str, limit: int) -> Iterator[Problem]:
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
