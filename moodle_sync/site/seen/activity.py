"""The activities of courses that have a template, as Moodle has them."""

from collections.abc import Mapping
from typing import Final

from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.activity import ACTIVITIES, Activity, as_activities
from moodle_sync.things.course import COURSES


def _things(sight: Sight) -> Mapping[str, tuple[Activity, ...]]:
    desired = sight.desired[COURSES]
    return {key: as_activities(course.state) for key, course in sight.found.courses.items() if desired[key].template}


ACTIVITY: Final[View] = view(ACTIVITIES, _things)
