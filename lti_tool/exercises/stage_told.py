"""What a page is told of how far an exercise is, whether it is shown, asks, or follows: a pure choice."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from lti_tool.exercises import access, modes
from lti_tool.exercises.access import Situation
from lti_tool.exercises.modes import Shut, Stage

Told: TypeAlias = Mapping[str, object]
"""As JSON has it; moments are texts in UTC."""


def told(situation: Situation, now: datetime) -> Told:
    """Tell a person how far the exercise is; `now` goes with it, since a phone's clock may be wrong."""
    stage, dates = situation.stage, situation.arrangement.dates
    return {
        "version": stage.version,
        "now": _text(now),
        "home": access.home(situation, now),
        "together": situation.are_together(now),
        "frozen": stage.frozen_at is not None,
        "refusal": _shut(situation, now),
        "step": stage.step,
        "step_ends_at": _text(stage.step_ends_at),
        "changes_at": _text(modes.changes_at(dates, now)),
        "message": _message(stage),
        "shows_names": stage.shows_names,
    }


def _shut(situation: Situation, now: datetime) -> Shut | None:
    """Tell what keeps everybody from writing; a trainer goes on."""
    return None if situation.is_trainer else modes.shut(situation.arrangement.dates, situation.stage, now)


def _message(stage: Stage) -> Told | None:
    if not stage.message:
        return None
    return {"text": stage.message, "language": stage.message_language, "at": _text(stage.message_at)}


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds") if moment else None
