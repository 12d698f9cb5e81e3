"""What a page is told of how far an exercise is: a pure choice of what everybody may know."""

from collections.abc import Mapping
from datetime import datetime

from lti_tool.exercises import access
from lti_tool.exercises.access import Situation


def told(situation: Situation, now: datetime) -> Mapping[str, object]:
    """Tell a page how far the exercise is; `now` goes with it, since a phone's clock may be wrong."""
    stage = situation.stage
    return {
        "version": stage.version,
        "now": now.isoformat(),
        "home": access.home(situation, now),
        "together": situation.are_together(now),
        "frozen": stage.frozen_at is not None,
        "step": stage.step,
        "step_ends_at": stage.step_ends_at.isoformat() if stage.step_ends_at else None,
        "message": stage.message,
        "message_language": stage.message_language,
        "shows_names": stage.shows_names,
    }
