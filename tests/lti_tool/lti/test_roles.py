"""Roles: who teaches, who learns, and who does neither."""

import pytest

from lti_tool.lti.roles import Role, role_in_course

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"


@pytest.mark.parametrize(
    ("uris", "role"),
    [
        ([f"{MEMBERSHIP}#Instructor"], Role.TRAINER),
        ([f"{MEMBERSHIP}#Administrator"], Role.TRAINER),
        ([f"{MEMBERSHIP}#ContentDeveloper"], Role.TRAINER),
        ([f"{MEMBERSHIP}#Manager"], Role.TRAINER),
        ([f"{MEMBERSHIP}#Learner"], Role.TRAINEE),
        ([f"{MEMBERSHIP}#Member"], Role.TRAINEE),
        ([f"{MEMBERSHIP}#Mentor"], Role.GUEST),
        ([f"{MEMBERSHIP}#Officer"], Role.GUEST),
        ([f"{MEMBERSHIP}/Instructor#TeachingAssistant"], Role.TRAINER),
        ([f"{MEMBERSHIP}/Learner#GuestLearner"], Role.TRAINEE),
        (["Instructor"], Role.TRAINER),
        (["Learner"], Role.TRAINEE),
        ([f"{MEMBERSHIP}#Learner", f"{MEMBERSHIP}#Instructor"], Role.TRAINER),
        ([f"{SYSTEM}#Administrator", f"{MEMBERSHIP}#Learner"], Role.TRAINEE),
        ([f"{SYSTEM}#Administrator"], Role.GUEST),
        ([f"{INSTITUTION}#Instructor"], Role.GUEST),
        ([f"{INSTITUTION}#Administrator"], Role.GUEST),
        ([f"{MEMBERSHIP}#instructor"], Role.GUEST),
        ([f"{MEMBERSHIP}#Instructor#Learner"], Role.GUEST),
        ([f"{MEMBERSHIP}X#Instructor"], Role.GUEST),
        (["http://evil.example/vocab/lis/v2/membership#Instructor"], Role.GUEST),
        ([f"{MEMBERSHIP}#"], Role.GUEST),
        ([""], Role.GUEST),
        ([], Role.GUEST),
    ],
)
def test_the_strongest_role_in_the_course_counts_and_no_role_outside_of_it(uris: list[str], role: Role) -> None:
    assert role_in_course(uris) is role
