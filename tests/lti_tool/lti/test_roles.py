"""Roles: who teaches, who learns, and who does neither; every role of LTI 1.3, written down a second time."""

import pytest

from lti_tool.lti.roles import ROLES, Role, role_in_course

LIS = "http://purl.imsglobal.org/vocab/lis/v2"
COURSE = f"{LIS}/membership"
SYSTEM, INSTITUTION = f"{LIS}/system/person", f"{LIS}/institution/person"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"

TRAINERS = """
    Administrator Administrator/Administrator
    ContentDeveloper ContentDeveloper/ContentDeveloper ContentDeveloper/ContentExpert
    Instructor Instructor/ExternalInstructor Instructor/Grader Instructor/GuestInstructor Instructor/Lecturer
    Instructor/PrimaryInstructor Instructor/SecondaryInstructor Instructor/TeachingAssistant
    Instructor/TeachingAssistantGroup Instructor/TeachingAssistantOffering Instructor/TeachingAssistantSection
    Instructor/TeachingAssistantSectionAssociation Instructor/TeachingAssistantTemplate
    Manager Manager/AreaManager Manager/CourseCoordinator Manager/Manager
"""
TRAINEES = """
    Learner Learner/ExternalLearner Learner/GuestLearner Learner/Instructor Learner/Learner Learner/NonCreditLearner
    Member Member/Member
"""
GUESTS = """
    Administrator/Developer Administrator/ExternalDeveloper Administrator/ExternalSupport
    Administrator/ExternalSystemAdministrator Administrator/Support Administrator/SystemAdministrator
    ContentDeveloper/ExternalContentExpert ContentDeveloper/Librarian
    Manager/ExternalObserver Manager/Observer
    Mentor Mentor/Advisor Mentor/Auditor Mentor/ExternalAdvisor Mentor/ExternalAuditor
    Mentor/ExternalLearningFacilitator Mentor/ExternalMentor Mentor/ExternalReviewer Mentor/ExternalTutor
    Mentor/LearningFacilitator Mentor/Mentor Mentor/Reviewer Mentor/Tutor
    Officer Officer/Chair Officer/Communications Officer/Secretary Officer/Treasurer Officer/Vice-Chair
"""
SYSTEM_ROLES = "Administrator None AccountAdmin Creator SysAdmin SysSupport User"
INSTITUTION_ROLES = """
    Administrator Faculty Guest None Other Staff Student
    Alumni Instructor Learner Member Mentor Observer ProspectiveStudent
"""


def _in_course(names: str) -> list[str]:
    """Write principal roles in both forms, and sub-roles in their only one."""
    forms = []
    for name in names.split():
        principal, _, sub_role = name.partition("/")
        forms += [f"{COURSE}/{principal}#{sub_role}"] if sub_role else [f"{COURSE}#{name}", name]
    return forms


EXPECTED = {
    **dict.fromkeys(_in_course(TRAINERS), Role.TRAINER),
    **dict.fromkeys(_in_course(TRAINEES), Role.TRAINEE),
    **dict.fromkeys(_in_course(GUESTS), Role.GUEST),
    **dict.fromkeys([f"{SYSTEM}#{name}" for name in SYSTEM_ROLES.split()], Role.GUEST),
    **dict.fromkeys([f"{INSTITUTION}#{name}" for name in INSTITUTION_ROLES.split()], Role.GUEST),
    TEST_USER: Role.GUEST,
    f"{LIS}/person#Administrator": Role.GUEST,
}


def test_every_role_of_the_standard_is_in_the_table_and_nothing_else_is() -> None:
    assert dict(ROLES) == EXPECTED


@pytest.mark.parametrize(("uri", "role"), EXPECTED.items(), ids=EXPECTED)
def test_a_role_alone_grants_what_it_means(uri: str, role: Role) -> None:
    assert role_in_course([uri]) is role


@pytest.mark.parametrize(
    ("uris", "role"),
    [
        ([f"{COURSE}#Learner", f"{COURSE}#Instructor"], Role.TRAINER),
        ([f"{COURSE}#Mentor", f"{COURSE}#Learner"], Role.TRAINEE),
        ([f"{SYSTEM}#Administrator", f"{COURSE}#Learner"], Role.TRAINEE),
        ([f"{INSTITUTION}#Instructor", "Learner"], Role.TRAINEE),
        ([TEST_USER, f"{COURSE}#Learner"], Role.TRAINEE),
        ([TEST_USER, f"{COURSE}#Instructor"], Role.TRAINER),
        ([f"{COURSE}#Wizard", f"{COURSE}#Learner"], Role.TRAINEE),
    ],
)
def test_the_strongest_role_in_the_course_counts_and_no_role_outside_of_it(uris: list[str], role: Role) -> None:
    assert role_in_course(uris) is role


@pytest.mark.parametrize(
    ("uris", "role"),
    [
        ([f"{COURSE}#Manager", f"{COURSE}/Manager#Observer"], Role.GUEST),
        (["Manager", f"{COURSE}/Manager#Observer"], Role.GUEST),
        ([f"{COURSE}/Manager#ExternalObserver", f"{COURSE}#Manager", "Manager"], Role.GUEST),
        ([f"{COURSE}#Manager", f"{COURSE}/Manager#Observer", f"{COURSE}/Manager#AreaManager"], Role.TRAINER),
        ([f"{COURSE}#Manager", f"{COURSE}/Manager#Observer", f"{COURSE}#Instructor"], Role.TRAINER),
        ([f"{COURSE}#Manager", f"{COURSE}/Manager#Observer", f"{COURSE}#Learner"], Role.TRAINEE),
        ([f"{COURSE}#Instructor", f"{COURSE}/Learner#Instructor"], Role.TRAINER),
        ([f"{COURSE}#Learner", f"{COURSE}/Learner#Instructor"], Role.TRAINEE),
        ([f"{COURSE}#Instructor", f"{COURSE}/Instructor#TeachingAssistant"], Role.TRAINER),
        ([f"{COURSE}#Instructor", f"{COURSE}/Instructor#Unknown"], Role.TRAINER),
    ],
)
def test_a_sub_role_takes_the_place_of_the_principal_role_that_stands_beside_it(uris: list[str], role: Role) -> None:
    assert role_in_course(uris) is role


@pytest.mark.parametrize(
    "uri",
    [
        f"{COURSE}#instructor",
        f"{COURSE}#Instructor#Learner",
        f"{COURSE}#Instructor ",
        f"{COURSE}X#Instructor",
        f"{COURSE}#",
        f"{COURSE}/Instructor#Unknown",
        f"{COURSE}/Instructor#",
        f"{COURSE}/Instructor",
        f"{COURSE}/#Instructor",
        COURSE.replace("http:", "https:") + "#Instructor",
        "http://evil.example/vocab/lis/v2/membership#Instructor",
        "urn:lti:role:ims/lis/Instructor",
        "TeachingAssistant",
        "instructor",
        "",
    ],
)
def test_what_is_no_role_of_the_standard_grants_nothing(uri: str) -> None:
    assert role_in_course([uri]) is Role.GUEST


def test_who_has_no_role_is_a_guest() -> None:
    assert role_in_course([]) is Role.GUEST
