"""Who may ask whom to work on a need together, and where; pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lti_tool.community import rules
from lti_tool.community.posts import Author, Post, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An exercise of a course in which somebody who wrote a need is, and those who offered help and are there too."""

    course_id: int
    course: str | None
    exercise: str
    people: Sequence[Author]

    @property
    def key(self) -> str:
        """Name it in a form."""
        return f"{self.course_id}/{self.exercise}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A need on which people want to work together."""

    id: int
    post_id: str
    course_id: int
    exercise: str
    by: Author
    asked: Mapping[Author, bool | None] = field(default_factory=dict, hash=False)
    """What each says who is asked; nothing until they answered."""
    group_id: int | None = None
    is_open: bool = True
    is_nameless: bool = False
    """Whether the need doesn't show its author's name any more."""

    @property
    def agreed(self) -> Sequence[Author]:
        """Give those of whom the group would be made."""
        return [self.by, *(one for one, agrees in self.asked.items() if agrees)]

    @property
    def has_company(self) -> bool:
        """Whether anybody agreed: a trainer is asked from then on."""
        return any(self.asked.values())

    @property
    def is_going_on(self) -> bool:
        """Whether it is open, or became a group."""
        return self.is_open or self.group_id is not None

    def concerns(self, person_id: int) -> bool:
        """Tell whether somebody is asked, or asks: of a nameless need, a wish would tell who was asked whose it is."""
        asked = () if self.is_nameless else self.asked
        return person_id in {self.by.person_id, *(one.person_id for one in asked)}

    def answer(self, person_id: int) -> bool | None:
        """Give what somebody says who is asked."""
        return next((agrees for one, agrees in self.asked.items() if one.person_id == person_id), None)

    def asks(self, person_id: int) -> bool:
        """Tell whether somebody is asked."""
        return any(one.person_id == person_id for one in self.asked)


def has_asked(post: Post, wishes: Sequence[Wish]) -> bool:
    """Tell whether the author of a need asks people there already, be it under one that was merged into it."""
    is_theirs = [one.post_id == post.id or one.by.person_id == post.author.person_id for one in wishes if one.is_open]
    return any(is_theirs)


def may_ask(reader: Reader, post: Post) -> bool:
    """Tell whether somebody may ask for company: for a need of their own that waits.

    Under a nameless one nobody is asked: whoever came to the group would learn whose the need is.
    """
    return rules.is_author(reader, post) and post.is_open_need and post.takes_replies and not post.is_nameless


def ordered(choices: Sequence[Choice], practised: Mapping[str, Sequence[str]], tags: Sequence[str]) -> Sequence[Choice]:
    """Put the exercises first that practise a method or serve a theme that the need names."""
    return sorted(choices, key=lambda one: (not set(practised.get(one.exercise, ())) & set(tags), -len(one.people)))
