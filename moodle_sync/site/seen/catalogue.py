"""All kinds of things that are read from Moodle, one line each: what somebody should look at is told in this order."""

from typing import Final

from moodle_sync.site.seen.activity import ACTIVITY
from moodle_sync.site.seen.category import CATEGORY
from moodle_sync.site.seen.cohort import COHORT
from moodle_sync.site.seen.cohort_member import COHORT_MEMBER
from moodle_sync.site.seen.course import COURSE
from moodle_sync.site.seen.described_group import DESCRIBED_GROUP
from moodle_sync.site.seen.group import GROUP
from moodle_sync.site.seen.grouping import GROUPED_GROUP, GROUPING
from moodle_sync.site.seen.membership import MEMBERSHIP
from moodle_sync.site.seen.person import PERSON
from moodle_sync.site.seen.role import ROLE
from moodle_sync.site.seen.section import SECTION
from moodle_sync.site.seen.sight import View
from moodle_sync.site.seen.template import TEMPLATE

VIEWS: Final[tuple[View, ...]] = (
    CATEGORY,
    TEMPLATE,
    COURSE,
    SECTION,
    ACTIVITY,
    PERSON,
    ROLE,
    DESCRIBED_GROUP,
    GROUP,
    MEMBERSHIP,
    COHORT,
    COHORT_MEMBER,
    GROUPING,
    GROUPED_GROUP,
)
