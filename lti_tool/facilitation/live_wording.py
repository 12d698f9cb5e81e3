"""What the trainer's page says of a group, in words."""

from datetime import datetime

from flask_babel import format_timedelta, gettext

from content.model import ExerciseText
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.facilitation.overview import Line
from lti_tool.facilitation.screens import Sight
from lti_tool.groups import wording as groups


def name_of(line: Line, arrangement: Arrangement) -> str:
    """Name a line of the overview."""
    if line.party.group is not None:
        return groups.name_of(line.party.group)
    if line.party.platform_id is not None:
        number = line.party.platform_id
        return str(gettext("A group that nobody has come from yet (in Moodle: %(number)s)", number=number))
    if arrangement.mode is Mode.GROUP:
        return str(gettext("In no group, or in several"))
    return str(gettext("The whole course") if arrangement.mode is Mode.COURSE else gettext("Everybody, each alone"))


def since(line: Line, now: datetime) -> str:
    """Say how long ago something was written last."""
    if line.changed_at is None:
        return str(gettext("Nothing yet"))
    return str(format_timedelta(line.changed_at - now, granularity="minute", add_direction=True))


def sight(sight: Sight, text: ExerciseText) -> str:
    """Name what the presenter's view shows; a corner of the map by what its two scales say there."""
    words = text.parts[sight.part.id]
    if sight.corner is None:
        return words.name_of(sight.strip)
    sides = sight.corner.sides.items()
    return " · ".join(f"{words.fields[field].label}: {numbers[0]}–{numbers[-1]}" for field, numbers in sides)
