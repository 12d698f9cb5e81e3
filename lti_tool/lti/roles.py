"""Which of the tool's roles a person has in the course, from LTI's role URIs.

Source: LTI 1.3 core, appendix A.2. Only context roles count: who administers a site or belongs to an institution has no
part in a course by that. The short form (`Learner`) exists for context roles and not for their sub-roles.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

VOCABULARY = "http://purl.imsglobal.org/vocab"
MEMBERSHIP = f"{VOCABULARY}/lis/v2/membership"


class Role(StrEnum):
    """What a person may do on the pages of one launch."""

    TRAINER = "trainer"
    TRAINEE = "trainee"
    GUEST = "guest"


ROLES: Mapping[str, Role] = {
    "Administrator": Role.TRAINER,
    f"{MEMBERSHIP}#Administrator": Role.TRAINER,
    f"{MEMBERSHIP}/Administrator#Administrator": Role.TRAINER,
    f"{MEMBERSHIP}/Administrator#Developer": Role.GUEST,
    f"{MEMBERSHIP}/Administrator#ExternalDeveloper": Role.GUEST,
    f"{MEMBERSHIP}/Administrator#ExternalSupport": Role.GUEST,
    f"{MEMBERSHIP}/Administrator#ExternalSystemAdministrator": Role.GUEST,
    f"{MEMBERSHIP}/Administrator#Support": Role.GUEST,
    f"{MEMBERSHIP}/Administrator#SystemAdministrator": Role.GUEST,
    "ContentDeveloper": Role.TRAINER,
    f"{MEMBERSHIP}#ContentDeveloper": Role.TRAINER,
    f"{MEMBERSHIP}/ContentDeveloper#ContentDeveloper": Role.TRAINER,
    f"{MEMBERSHIP}/ContentDeveloper#ContentExpert": Role.TRAINER,
    f"{MEMBERSHIP}/ContentDeveloper#ExternalContentExpert": Role.GUEST,
    f"{MEMBERSHIP}/ContentDeveloper#Librarian": Role.GUEST,
    "Instructor": Role.TRAINER,
    f"{MEMBERSHIP}#Instructor": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#ExternalInstructor": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#Grader": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#GuestInstructor": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#Lecturer": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#PrimaryInstructor": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#SecondaryInstructor": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#TeachingAssistant": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#TeachingAssistantGroup": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#TeachingAssistantOffering": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#TeachingAssistantSection": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#TeachingAssistantSectionAssociation": Role.TRAINER,
    f"{MEMBERSHIP}/Instructor#TeachingAssistantTemplate": Role.TRAINER,
    "Learner": Role.TRAINEE,
    f"{MEMBERSHIP}#Learner": Role.TRAINEE,
    f"{MEMBERSHIP}/Learner#ExternalLearner": Role.TRAINEE,
    f"{MEMBERSHIP}/Learner#GuestLearner": Role.TRAINEE,
    f"{MEMBERSHIP}/Learner#Instructor": Role.TRAINEE,
    f"{MEMBERSHIP}/Learner#Learner": Role.TRAINEE,
    f"{MEMBERSHIP}/Learner#NonCreditLearner": Role.TRAINEE,
    "Mentor": Role.GUEST,
    f"{MEMBERSHIP}#Mentor": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#Advisor": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#Auditor": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#ExternalAdvisor": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#ExternalAuditor": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#ExternalLearningFacilitator": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#ExternalMentor": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#ExternalReviewer": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#ExternalTutor": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#LearningFacilitator": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#Mentor": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#Reviewer": Role.GUEST,
    f"{MEMBERSHIP}/Mentor#Tutor": Role.GUEST,
    "Manager": Role.TRAINER,
    f"{MEMBERSHIP}#Manager": Role.TRAINER,
    f"{MEMBERSHIP}/Manager#AreaManager": Role.TRAINER,
    f"{MEMBERSHIP}/Manager#CourseCoordinator": Role.TRAINER,
    f"{MEMBERSHIP}/Manager#ExternalObserver": Role.GUEST,
    f"{MEMBERSHIP}/Manager#Manager": Role.TRAINER,
    f"{MEMBERSHIP}/Manager#Observer": Role.GUEST,
    "Member": Role.TRAINEE,
    f"{MEMBERSHIP}#Member": Role.TRAINEE,
    f"{MEMBERSHIP}/Member#Member": Role.TRAINEE,
    "Officer": Role.GUEST,
    f"{MEMBERSHIP}#Officer": Role.GUEST,
    f"{MEMBERSHIP}/Officer#Chair": Role.GUEST,
    f"{MEMBERSHIP}/Officer#Communications": Role.GUEST,
    f"{MEMBERSHIP}/Officer#Secretary": Role.GUEST,
    f"{MEMBERSHIP}/Officer#Treasurer": Role.GUEST,
    f"{MEMBERSHIP}/Officer#Vice-Chair": Role.GUEST,
    f"{VOCABULARY}/lis/v2/system/person#AccountAdmin": Role.GUEST,
    f"{VOCABULARY}/lis/v2/system/person#Administrator": Role.GUEST,
    f"{VOCABULARY}/lis/v2/system/person#Creator": Role.GUEST,
    f"{VOCABULARY}/lis/v2/system/person#None": Role.GUEST,
    f"{VOCABULARY}/lis/v2/system/person#SysAdmin": Role.GUEST,
    f"{VOCABULARY}/lis/v2/system/person#SysSupport": Role.GUEST,
    f"{VOCABULARY}/lis/v2/system/person#User": Role.GUEST,
    f"{VOCABULARY}/lti/system/person#TestUser": Role.GUEST,  # comes beside the role that is being tried
    f"{VOCABULARY}/lis/v2/institution/person#Administrator": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Alumni": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Faculty": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Guest": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Instructor": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Learner": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Member": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Mentor": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#None": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Observer": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Other": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#ProspectiveStudent": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Staff": Role.GUEST,
    f"{VOCABULARY}/lis/v2/institution/person#Student": Role.GUEST,
    f"{VOCABULARY}/lis/v2/person#Administrator": Role.GUEST,  # of LTI 2; what Moodle says in its roster
}
"""Every role of LTI 1.3. A trainer reads and grades everybody's work, so only who teaches, runs or writes the course is
one; who supports it technically, keeps its library, observes it or mentors a few of its people is a guest."""


def role_in_course(uris: Iterable[str]) -> Role:
    """Choose the strongest role that the URIs grant in the course.

    A platform names the principal role beside a sub-role, so a sub-role that we know takes its principal's place: who
    is Manager and Manager#Observer observes.
    """
    given = {uri for uri in uris if uri in ROLES}
    found = {ROLES[uri] for uri in given - {form for uri in given for form in _principal(uri)}}
    return next((role for role in (Role.TRAINER, Role.TRAINEE) if role in found), Role.GUEST)


def _principal(uri: str) -> tuple[str, ...]:
    """Give both forms of the role that a sub-role refines; nothing for the others."""
    if not uri.startswith(f"{MEMBERSHIP}/"):
        return ()
    name = uri.removeprefix(f"{MEMBERSHIP}/").split("#")[0]
    return name, f"{MEMBERSHIP}#{name}"
