"""What a role allows. Pure: no Flask, no SQL."""

from dataclasses import dataclass

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person#"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
LEGACY_ADMINISTRATOR = "http://purl.imsglobal.org/vocab/lis/v2/person#Administrator"


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's place in a course."""

    role: str
    """`editingteacher`, `teacher`, `student`, or empty for somebody who isn't enrolled."""
    is_admin: bool

    @property
    def may_view(self) -> bool:
        """Whether the course is open to them."""
        return bool(self.role) or self.is_admin

    @property
    def may_edit(self) -> bool:
        """Whether they place and remove activities."""
        return self.role == "editingteacher" or self.is_admin

    @property
    def may_grade(self) -> bool:
        """Whether they see everybody's grades; trainers who don't edit do too."""
        return self.may_edit or self.role == "teacher"


def launch_roles(standing: Standing, *, at_activity: bool) -> list[str]:
    """Name the roles of an id_token, sorted as Moodle sorts them.

    A teacher who doesn't edit is Instructor at an activity and Learner where there is none.
    """
    teaches = standing.may_grade if at_activity else standing.may_edit
    roles = [MEMBERSHIP + ("Instructor" if teaches else "Learner")]
    if standing.is_admin:
        roles += [SYSTEM + "Administrator", INSTITUTION + "Administrator"]
    return sorted(roles)


def raw_roles(standing: Standing, *, at_activity: bool) -> str:
    """Name the roles as `$Membership.role` gives them: LTI 1.1's short names."""
    teaches = standing.may_grade if at_activity else standing.may_edit
    roles = ["Instructor" if teaches else "Learner"]
    if standing.is_admin:
        roles += ["urn:lti:sysrole:ims/lis/Administrator", "urn:lti:instrole:ims/lis/Administrator"]
    return ",".join(roles)


def roster_roles(standing: Standing) -> list[str]:
    """Name the roles of the roster service: short ones."""
    roles = ["Instructor" if standing.may_edit else "Learner"]
    return [*roles, LEGACY_ADMINISTRATOR] if standing.is_admin else roles
