"""One action of each kind."""

from dataclasses import replace

from moodle_sync.things.action import Action
from moodle_sync.things.activity import MoveActivity, RenameActivity, ShowActivity
from moodle_sync.things.category import ChangeCategory, CreateCategory
from moodle_sync.things.change import Change
from moodle_sync.things.cohort import ChangeCohort, CreateCohort, Rest
from moodle_sync.things.cohort_member import AddCohortMember, CohortMembership, RemoveCohortMember
from moodle_sync.things.copying import CopyCourse, FinishCopy
from moodle_sync.things.course import ChangeCourse, CreateCourse
from moodle_sync.things.described_group import ChangeGroup
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.filling import FillCourse
from moodle_sync.things.group import CreateGroup
from moodle_sync.things.grouped import AssignGroup, Grouped, UnassignGroup
from moodle_sync.things.grouping import ChangeGrouping, CreateGrouping
from moodle_sync.things.leaving import Suspend, Unenrol
from moodle_sync.things.membership import AddMember, RemoveMember
from moodle_sync.things.person import ChangePerson, CreatePerson
from moodle_sync.things.role import AddRole, RemoveRole
from moodle_sync.things.section import AddSection, NameSection
from moodle_sync.things.section_changes import MoveSection, RenameSection, ShowSection
from moodle_sync.things.term import ChangeTerm, Term
from tests.moodle_sync.examples import ANA, CATEGORY, COURSE, GROUP, LEARNS, MEMBER

TERM = Term(start=1, end=2, suspended=True)
COHORT_MEMBER = CohortMembership(cohort="c1", person="ana")
GROUPED = Grouped(course="tot", grouping="regions", group="north")
EVERY_ACTION: list[Action] = [
    CreateCategory(CATEGORY),
    ChangeCategory("medtown", (Change("name", "Old", "New"),)),
    CopyCourse(replace(COURSE, template="TEMPLATE")),
    FinishCopy(replace(COURSE, template="TEMPLATE"), (("needs", "Needs"),)),
    CreateCourse(COURSE),
    ChangeCourse("tot", (Change("fullname", "Old", "New"),)),
    FillCourse("tot", "TEMPLATE"),
    AddSection("tot", 3),
    NameSection("tot", 1, "Needs"),
    RenameSection("tot", "needs", 41, "Needs", "What people need", "topics"),
    MoveSection("tot", "needs", "Needs", "policies", "Policies", order=("policies", "needs")),
    ShowSection("tot", "needs", "Needs", visible=False),
    RenameActivity("tot", 7, "Old", "New", 9),
    MoveActivity("tot", 7, "New", 8, "Other", 9, 10, 41, order="3:7 3:8"),
    ShowActivity("tot", 7, "New", visible=False, number=9),
    CreatePerson(ANA),
    ChangePerson("ana", (Change("profile_field_city", "", "Túnez"),)),
    Enrol(LEARNS, TERM),
    AddRole("tot", "ana", "teacher"),
    ChangeTerm("tot", "ana", "student", None, TERM),
    ChangeGroup("tot", "north", (Change("name", "Old", "New"),), "Old", 1),
    CreateGroup(GROUP),
    AddMember(MEMBER),
    CreateCohort("c1"),
    ChangeCohort("c1", (Change("name", "Old", "New"),), Rest(idnumber="c1", name="Old", category=0, format=1)),
    AddCohortMember(COHORT_MEMBER),
    CreateGrouping("tot", "regions", "Regions"),
    ChangeGrouping("tot", "regions", (Change("name", "Old", "New"),), "Old", "", 1),
    AssignGroup(GROUPED),
    RemoveRole("tot", "ana", "teacher"),
    RemoveMember(MEMBER),
    RemoveCohortMember(COHORT_MEMBER),
    UnassignGroup(GROUPED),
    Suspend("tot", "ana", "student", TERM, TERM),
    Unenrol("tot", "ana"),
]
