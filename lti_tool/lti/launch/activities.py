"""What can be placed in a course, looked at before, and opened by a launch: tables that the application fills."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Flask, current_app
from flask.typing import ResponseReturnValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One activity that the picker offers."""

    activity: str
    """Its kind and slug, such as `exercise/needs-matrix`: what identifies it in every copy of a course."""
    title: str
    summary: str
    language: str
    minutes: int | None
    """Nothing where the activity has no end."""
    score_maximum: int | None
    """Points of its line item; nothing where the activity isn't graded."""

    @property
    def kind(self) -> str:
        """The activity's kind, such as `exercise`."""
        return self.activity.split("/")[0]

    @property
    def slug(self) -> str:
        """Its name among the activities of its kind."""
        return self.activity.split("/")[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A module: activities that are often placed together."""

    id: str
    title: str
    summary: str
    language: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """A look at one activity from the picker, and what leads back there as it was."""

    activity: str
    chosen: tuple[str, ...]
    """The activities that are ticked meanwhile."""
    awaited: str | None
    """What the picker's addresses say where a page of ours in the platform's frame waits for the choice."""
    titles: str
    """The language that the activities' titles are to have in the course."""


Catalogue = Callable[[str], Sequence[Group]]
"""Gives what can be placed, in a language."""
Opener = Callable[[str], ResponseReturnValue]
"""Answers a launch with the activity of this slug; the session says who is asking."""

Previewer = Callable[[str, Looking], ResponseReturnValue]
"""Shows a trainer the activity of this slug as trainees see it, from the curriculum alone, with the way back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activities:
    """The application's activities."""

    catalogue: Catalogue
    openers: Mapping[str, Opener]
    reviewers: Mapping[str, Opener] = field(default_factory=dict)
    """What a submission review opens, for the kinds of activities in which something is handed in."""
    previewers: Mapping[str, Previewer] = field(default_factory=dict)
    """What the picker lets one look at, for the kinds that have something to see before they are placed."""


def init_app(app: Flask, activities: Activities) -> None:
    """Give the application its activities."""
    app.extensions["activities"] = activities


def activities() -> Activities:
    """Give this application's activities."""
    found: Activities = current_app.extensions["activities"]
    return found
