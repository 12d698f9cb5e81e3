"""A piece of work with all that is exported of it: values alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from content.model import Exercise
from lti_tool.exercises.photos.rules import Photo
from lti_tool.exercises.rules import Note
from lti_tool.exercises.self_review.store import Said
from lti_tool.reviews.said import Comment, Release, by_note


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """When something was handed in, the how manieth time, and by whom, where several people share it."""

    number: int
    at: datetime
    is_late: bool
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The work at one moment, with the exercise as it was."""

    exercise: Exercise
    notes: Sequence[Note]
    handed_in: HandedIn | None = None
    """None of what stands on the canvas now."""
    self_said: Said | None = None
    """What those who handed it in said of it themselves."""
    photos: Sequence[Photo] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)
    """What is to be seen on the photos, by their digests, as far as they come along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One piece of work, for those who may read it."""

    name: str
    """Whose it is."""
    credited: Sequence[str]
    """Who gets the score of what was handed in last."""
    versions: Sequence[Version]
    """What stands there now first, if it is told, then what was handed in."""
    releases: Sequence[Release] = ()
    """The newest first."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """Who wrote a note, by its id, where the page tells it."""
    for_trainers: bool = False
    """Whether trainers read it, who are told marks and each other's names."""

    @property
    def remarks(self) -> Mapping[str, Sequence[tuple[Release, Comment]]]:
        """Gather what was said of each note, by its id, the newest first."""
        return by_note(self.releases)
