"""One action of each kind."""

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    AddSection,
    Change,
    ChangeCourse,
    ChangePerson,
    ChangeTerm,
    CreateCategory,
    CreateCohort,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
    RemoveCohortMember,
    RemoveMember,
    RemoveRole,
    Suspend,
    Unenrol,
)
from moodle_sync.things.cohort_member import CohortMembership
from moodle_sync.things.enrolment import Term
from tests.moodle_sync.examples import ANA, CATEGORY, COURSE, GROUP, LEARNS, MEMBER

TERM = Term(start=1, end=2, suspended=True)
COHORT_MEMBER = CohortMembership(cohort="c1", person="ana")
EVERY_ACTION: list[Action] = [
    CreateCategory(CATEGORY),
    CreateCourse(COURSE),
    ChangeCourse("tot", (Change("fullname", "Old", "New"),)),
    AddSection("tot", 3),
    NameSection("tot", 1, "Needs"),
    CreatePerson(ANA),
    ChangePerson("ana", (Change("profile_field_city", "", "Túnez"),)),
    Enrol(LEARNS, TERM),
    AddRole("tot", "ana", "teacher"),
    ChangeTerm("tot", "ana", "student", None, TERM),
    CreateGroup(GROUP),
    AddMember(MEMBER),
    CreateCohort("c1"),
    AddCohortMember(COHORT_MEMBER),
    RemoveRole("tot", "ana", "teacher"),
    RemoveMember(MEMBER),
    RemoveCohortMember(COHORT_MEMBER),
    Suspend("tot", "ana", "student", TERM, TERM),
    Unenrol("tot", "ana"),
]
