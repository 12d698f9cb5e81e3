"""Which of the tool's roles a person has in the course, from LTI's role URIs.

Source: LTI 1.3 core, appendix A.2 (context roles); platforms may send the short form of a context role.
"""

from collections.abc import Iterable
from enum import StrEnum

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"


class Role(StrEnum):
    """What a person may do on the pages of one launch."""

    TRAINER = "trainer"
    TRAINEE = "trainee"
    GUEST = "guest"


CONTEXT_ROLES = {
    "Administrator": Role.TRAINER,
    "ContentDeveloper": Role.TRAINER,
    "Instructor": Role.TRAINER,
    "Manager": Role.TRAINER,
    "Learner": Role.TRAINEE,
    "Member": Role.TRAINEE,
    "Mentor": Role.GUEST,
    "Officer": Role.GUEST,
}


def role_in_course(uris: Iterable[str]) -> Role:
    """Choose the strongest role that the URIs grant in the course; system and institution roles don't count."""
    found = {CONTEXT_ROLES.get(_context_role(uri), Role.GUEST) for uri in uris}
    return next((role for role in (Role.TRAINER, Role.TRAINEE) if role in found), Role.GUEST)


def _context_role(uri: str) -> str:
    if uri.startswith(f"{MEMBERSHIP}#"):
        return uri.removeprefix(f"{MEMBERSHIP}#")
    if uri.startswith(f"{MEMBERSHIP}/"):  # a sub-role: …/membership/Instructor#TeachingAssistant
        return uri.removeprefix(f"{MEMBERSHIP}/").split("#")[0]
    return uri if "/" not in uri and "#" not in uri else ""
