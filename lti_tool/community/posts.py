"""What a post or reply is, who wrote it, and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

MOST_URGENT = 2
"""Of a need that waits for help."""


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
