"""Whose a workspace is: one person's, one group's, the course's, or a trainer's trial."""

import re
from dataclasses import dataclass
from enum import StrEnum


class OwnerKind(StrEnum):
    """What can own a workspace."""

    PERSON = "person"
    GROUP = "group"
    COURSE = "course"
    TRIAL = "trial"
    """A trainer who tries an exercise as a trainee would; nothing of it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose a workspace is, within a course and an exercise."""

    kind: OwnerKind
    id: int | None = None
    """Of the person, the group or the trainer; the course has one canvas, and needs none."""

    @property
    def is_shared(self) -> bool:
        """Whether several people have it."""
        return self.kind in (OwnerKind.GROUP, OwnerKind.COURSE)

    @property
    def is_alone(self) -> bool:
        """Whether one person works there alone; what a trainer tries is no work."""
        return self.kind is OwnerKind.PERSON

    @property
    def is_trial(self) -> bool:
        """Whether a trainer only tries the exercise there."""
        return self.kind is OwnerKind.TRIAL

    @property
    def is_course(self) -> bool:
        """Whether it is everybody's in the course."""
        return self.kind is OwnerKind.COURSE

    @property
    def group_id(self) -> int | None:
        """Whose it is, where it is a group's."""
        return self.id if self.kind is OwnerKind.GROUP else None

    @property
    def can_be_left(self) -> bool:
        """Whether somebody who was in it may be so no more, and is told that, where anybody else hears of nothing."""
        return self.kind is OwnerKind.GROUP

    def __str__(self) -> str:
        """Write it as the database does."""
        return self.kind.value if self.id is None else f"{self.kind}/{self.id}"


COURSE = Owner(kind=OwnerKind.COURSE)


def person(person_id: int) -> Owner:
    """Name a person as owner."""
    return Owner(kind=OwnerKind.PERSON, id=person_id)


def group(group_id: int) -> Owner:
    """Name a group as owner."""
    return Owner(kind=OwnerKind.GROUP, id=group_id)


def trial(person_id: int) -> Owner:
    """Name a trainer's trial as owner."""
    return Owner(kind=OwnerKind.TRIAL, id=person_id)


def read(text: str) -> Owner | None:
    """Read an owner that was written as text; nothing where it is none."""
    kind, slash, number = text.partition("/")
    if kind == OwnerKind.COURSE and not slash:
        return COURSE
    if kind in (OwnerKind.PERSON, OwnerKind.GROUP, OwnerKind.TRIAL) and _is_number(number):
        return Owner(kind=OwnerKind(kind), id=int(number))
    return None


def _is_number(text: str) -> bool:
    return re.fullmatch("[1-9][0-9]{0,8}", text) is not None
