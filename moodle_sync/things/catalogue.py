"""All that a sync knows, one line for each kind of thing: orders and files follow it."""

from typing import Final

from moodle_sync.things.action import Action
from moodle_sync.things.activities import ACTIVITY
from moodle_sync.things.categories import CATEGORY
from moodle_sync.things.cohort_member import COHORT_MEMBER
from moodle_sync.things.cohorts import COHORT
from moodle_sync.things.copying import COPY
from moodle_sync.things.courses import COURSE
from moodle_sync.things.enrolment import ENROLMENT
from moodle_sync.things.filling import FILL
from moodle_sync.things.group import GROUP
from moodle_sync.things.grouped import GROUPED_GROUP
from moodle_sync.things.grouping import GROUPING
from moodle_sync.things.kept import KEPT
from moodle_sync.things.leaving import LEAVING
from moodle_sync.things.membership import MEMBERSHIP
from moodle_sync.things.person import PERSON
from moodle_sync.things.role import ROLE
from moodle_sync.things.sectioning import SECTION
from moodle_sync.things.term import TERM
from moodle_sync.things.thing import Thing

THINGS: Final[tuple[Thing, ...]] = (
    CATEGORY,
    COPY,
    COURSE,
    FILL,
    SECTION,
    ACTIVITY,
    PERSON,
    ENROLMENT,
    ROLE,
    TERM,
    GROUP,
    MEMBERSHIP,
    COHORT,
    COHORT_MEMBER,
    GROUPING,
    GROUPED_GROUP,
    LEAVING,
    KEPT,
)
"""Each before what builds on it."""
ACTIONS: Final[tuple[type[Action], ...]] = tuple(
    kind for takes in (False, True) for thing in THINGS for kind in thing.actions if kind.takes is takes
)
"""In the order in which a plan holds them: what takes something away comes last."""
