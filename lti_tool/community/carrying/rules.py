"""What of a canvas may become a post, whose it must be, and what the post begins as: pure decisions."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lti_tool.community.posts import PostKind
from lti_tool.community.typed import tidy_line
from lti_tool.community.writing.quoting import as_words
from lti_tool.exercises.owners import Owner
from lti_tool.lti.roles import Role

LONGEST_SUGGESTED_TITLE = 80


# Whose work may be brought


def may_carry(owner: Owner, person_id: int, role: Role, members: Collection[int] = ()) -> bool:
    """Tell whether somebody may bring the work of a workspace: trainees their own, or propose it to their group.

    `members` are those who are in the group now. What is the whole course's nobody can bring: all would have to agree.
    """
    if role is not Role.TRAINEE:
        return False
    return (owner.is_alone and owner.id == person_id) or (owner.group_id is not None and person_id in members)


def kinds(*, is_handed_in: bool) -> Sequence[PostKind]:
    """Name what the work may become: it is an experience once it is handed in."""
    return (PostKind.NEED, PostKind.EXPERIENCE) if is_handed_in else (PostKind.NEED,)


# Where it may go


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An activity in Moodle that opens a community of the site."""

    slug: str
    course_id: int
    url: str | None
    """Moodle's page of it, where that has an address."""
    role: Role | None
    """The person's in that course; nothing where they never came to it, or are gone from it."""
    came_at: datetime | None
    is_member: bool
    """Whether the person has been in that community."""

    @property
    def is_open(self) -> bool:
        """Whether it let the person in before, and still would as far as anybody knows."""
        return self.is_member and self.role in (Role.TRAINEE, Role.TRAINER) and self.came_at is not None


def door(doors: Sequence[Door], course_id: int, role: Role) -> Door | None:
    """Choose the one by which somebody who works in a course writes in a community: nobody writes where they can't go.

    One in the same course opens, or else the newest by which they went in before. The newest placements come last.
    """
    here = [one for one in doors if one.course_id == course_id]
    if here:
        return replace(max(reversed(here), key=lambda one: one.is_member), role=role)
    known = [(one.came_at, one) for one in doors if one.is_open and one.came_at]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def door_to_try(doors: Sequence[Door]) -> Door | None:
    """Choose one in a course that the person came to, by which they have never gone in."""
    return next((one for one in reversed(doors) if one.came_at and one.role in (Role.TRAINEE, Role.TRAINER)), None)


# What the post begins as


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one note says: its first words, and what stands below them, each with its label."""

    words: str
    more: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is taken of one place of a canvas."""

    heading: str
    said: Sequence[Said]
    is_answer: bool
    """Whether the place has one answer."""


def text(passages: Sequence[Passage]) -> str:
    """Write what was taken as CommonMark, which its author goes on with."""
    return "\n\n".join(f"**{as_words(passage.heading)}**\n\n{_body(passage)}" for passage in passages)


def _body(passage: Passage) -> str:
    if passage.is_answer:
        return "\n\n".join(said.words for said in passage.said)
    return "\n".join(line for said in passage.said for line in _listed(said))


def _listed(said: Said) -> Iterator[str]:
    yield "- " + said.words.replace("\n", "\n  ")
    for label, words in said.more:
        yield f"  - {as_words(label)}: " + words.replace("\n", "\n    ")


def title(passages: Sequence[Passage]) -> str:
    """Suggest a title: the first words that were taken."""
    line = tidy_line(passages[0].said[0].words) if passages else ""
    if len(line) <= LONGEST_SUGGESTED_TITLE:
        return line
    kept, _, cut = line[:LONGEST_SUGGESTED_TITLE].rpartition(" ")
    return f"{kept or cut}…"


def language(written: Collection[str], known: Collection[str], own: str) -> str:
    """Suggest the language in which most of it is written, else the person's own."""
    counts = Counter(one for one in written if one in known)
    return counts.most_common(1)[0][0] if counts else own
