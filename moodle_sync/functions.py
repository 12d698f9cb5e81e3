"""The functions of Moodle's web services that a sync calls, and the parts of their replies that it reads.

All of them exist in Moodle 4.5, 5.1 and 5.2.
"""

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Json, TypeAdapter

T = TypeVar("T")


class Reply(BaseModel):
    """A piece of an answer; keys that a sync doesn't read are left aside."""

    model_config = ConfigDict(frozen=True)


Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
"""A text that Moodle may give as null."""


class NamedFunction(Reply):
    """A function that the token's service has."""

    name: str


class SiteInfo(Reply):
    """Who the token belongs to, and what its service has."""

    sitename: str
    username: str
    userid: int
    release: Text = ""
    userissiteadmin: bool = False
    functions: tuple[NamedFunction, ...]


class CategoryReply(Reply):
    """A category; `parent` is 0 at the top."""

    id: int
    name: str
    idnumber: Text = ""
    parent: int


class CourseReply(Reply):
    """A course; `enrollmentmethods` names those that are switched on, or is None where the function doesn't say."""

    id: int
    shortname: str
    fullname: str
    idnumber: Text = ""
    categoryid: int
    format: str = ""
    enrollmentmethods: tuple[str, ...] | None = None


class CoursesReply(Reply):
    """The courses that were found."""

    courses: tuple[CourseReply, ...]


class SectionReply(Reply):
    """A section: `number` 0 is the general one; `rawtitle` is empty until it is named.

    A `component` says that it is a part of an activity.
    """

    id: int
    number: int
    rawtitle: Text = ""
    component: str | None = None


class StateReply(Reply):
    """A course as its own editor sees it."""

    section: tuple[SectionReply, ...]


class RoleReply(Reply):
    """A role that somebody has in a course."""

    roleid: int
    shortname: str


class FieldReply(Reply):
    """One of the site's own profile fields, with what somebody has in it."""

    shortname: str
    value: Text = ""


class UserReply(Reply):
    """An account, as far as the token may see it; None is what the function doesn't tell."""

    id: int
    username: Text = ""
    firstname: Text = ""
    lastname: Text = ""
    email: Text = ""
    idnumber: Text = ""
    lang: str | None = None
    auth: str | None = None
    suspended: bool | None = None
    customfields: tuple[FieldReply, ...] = ()
    """Moodle leaves out those that are empty."""
    roles: tuple[RoleReply, ...] = ()


class CohortReply(Reply):
    """A cohort."""

    id: int
    name: str
    idnumber: Text = ""


class CohortsReply(Reply):
    """The cohorts that were found."""

    cohorts: tuple[CohortReply, ...]


class CohortMembersReply(Reply):
    """Who is in a cohort."""

    cohortid: int
    userids: tuple[int, ...]


class GroupReply(Reply):
    """A group of a course."""

    id: int
    name: str


class MembersReply(Reply):
    """Who is in a group."""

    groupid: int
    userids: tuple[int, ...]


class CreatedReply(Reply):
    """Something new; they come in the order of the request."""

    id: int


class WarningReply(Reply):
    """A row that was left out."""

    itemid: int = 0
    warningcode: str
    message: str


class Written(Reply):
    """What a write answered, as far as it says anything."""

    created: tuple[CreatedReply, ...] | None = None
    """The new things, in the order of the request."""
    warnings: tuple[WarningReply, ...] = ()
    """The rows that were left out; the others are done."""


@dataclass(frozen=True, slots=True)
class Named:
    """A function's name, whether it changes anything, and the rights that it takes."""

    name: str
    writes: bool
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Function(Named, Generic[T]):
    """A function with what it answers."""

    reply: TypeAdapter[T]


def _reads(name: str, reply: TypeAdapter[T], *rights: str) -> Function[T]:
    return Function(name, writes=False, rights=rights, reply=reply)


def _writes(name: str, reply: TypeAdapter[Written], *rights: str) -> Function[Written]:
    return Function(name, writes=True, rights=rights, reply=reply)


def _as_created(value: object) -> object:
    return {"created": value if isinstance(value, list) else "no list"}


def _as_nothing(value: object) -> object:
    return {} if value is None else "something"


def _as_unread(_value: object) -> object:
    return {}


_WARNINGS = TypeAdapter(Written)
_CREATED: TypeAdapter[Written] = TypeAdapter(Annotated[Written, BeforeValidator(_as_created)])
_NOTHING: TypeAdapter[Written] = TypeAdapter(Annotated[Written, BeforeValidator(_as_nothing)])
_UNREAD: TypeAdapter[Written] = TypeAdapter(Annotated[Written, BeforeValidator(_as_unread)])

GET_SITE_INFO = _reads("core_webservice_get_site_info", TypeAdapter(SiteInfo))
GET_CATEGORIES = _reads(
    "core_course_get_categories",
    TypeAdapter(tuple[CategoryReply, ...]),
    "moodle/category:manage",
    "moodle/category:viewhiddencategories",
)
GET_COURSES = _reads(
    "core_course_get_courses_by_field",
    TypeAdapter(CoursesReply),
    "moodle/course:view",
    "moodle/course:viewhiddencourses",
)
GET_ALL_COURSES = _reads(
    "core_course_get_courses",
    TypeAdapter(tuple[CourseReply, ...]),
    "moodle/course:view",
    "moodle/course:viewhiddencourses",
)
GET_STATE: Function[StateReply] = _reads("core_courseformat_get_state", TypeAdapter(Json[StateReply]))
GET_ENROLLED = _reads(
    "core_enrol_get_enrolled_users",
    TypeAdapter(tuple[UserReply, ...]),
    "moodle/course:viewparticipants",
    "moodle/course:useremail",
    "moodle/user:viewdetails",
    "moodle/site:accessallgroups",
)
GET_GROUPS = _reads("core_group_get_course_groups", TypeAdapter(tuple[GroupReply, ...]), "moodle/course:managegroups")
GET_MEMBERS = _reads(
    "core_group_get_group_members", TypeAdapter(tuple[MembersReply, ...]), "moodle/course:managegroups"
)
GET_USERS = _reads(
    "core_user_get_users_by_field",
    TypeAdapter(tuple[UserReply, ...]),
    "moodle/user:viewdetails",
    "moodle/user:viewalldetails",
    "moodle/site:viewuseridentity",
)
SEARCH_COHORTS = _reads("core_cohort_search_cohorts", TypeAdapter(CohortsReply), "moodle/cohort:view")
GET_COHORT_MEMBERS = _reads(
    "core_cohort_get_cohort_members", TypeAdapter(tuple[CohortMembersReply, ...]), "moodle/cohort:view"
)
CREATE_CATEGORIES = _writes("core_course_create_categories", _CREATED, "moodle/category:manage")
CREATE_COURSES = _writes("core_course_create_courses", _CREATED, "moodle/course:create")
UPDATE_COURSES = _writes(
    "core_course_update_courses",
    _WARNINGS,
    "moodle/course:update",
    "moodle/course:changecategory",
    "moodle/course:changefullname",
    "moodle/course:changeshortname",
    "moodle/course:changeidnumber",
)
UPDATE_SECTIONS = _writes("core_courseformat_update_course", _UNREAD, "moodle/course:update")
NAME_SECTION = _writes("core_update_inplace_editable", _UNREAD, "moodle/course:update")
CREATE_USERS = _writes("core_user_create_users", _CREATED, "moodle/user:create")
UPDATE_USERS = _writes("core_user_update_users", _WARNINGS, "moodle/user:update")
ENROL = _writes("enrol_manual_enrol_users", _NOTHING, "enrol/manual:enrol")
ASSIGN_ROLES = _writes("core_role_assign_roles", _NOTHING, "moodle/role:assign")
CREATE_GROUPS = _writes("core_group_create_groups", _CREATED, "moodle/course:managegroups")
ADD_MEMBERS = _writes("core_group_add_group_members", _NOTHING, "moodle/course:managegroups")
UNENROL = _writes("enrol_manual_unenrol_users", _NOTHING, "enrol/manual:unenrol")
UNASSIGN_ROLES = _writes("core_role_unassign_roles", _NOTHING, "moodle/role:assign")
REMOVE_MEMBERS = _writes("core_group_delete_group_members", _NOTHING, "moodle/course:managegroups")
CREATE_COHORTS = _writes("core_cohort_create_cohorts", _CREATED, "moodle/cohort:manage")
ADD_COHORT_MEMBERS = _writes("core_cohort_add_cohort_members", _WARNINGS, "moodle/cohort:assign")
REMOVE_COHORT_MEMBERS = _writes("core_cohort_delete_cohort_members", _NOTHING, "moodle/cohort:assign")

FUNCTIONS: tuple[Named, ...] = (
    GET_SITE_INFO,
    GET_CATEGORIES,
    GET_COURSES,
    GET_ALL_COURSES,
    GET_STATE,
    GET_ENROLLED,
    GET_GROUPS,
    GET_MEMBERS,
    GET_USERS,
    SEARCH_COHORTS,
    GET_COHORT_MEMBERS,
    CREATE_CATEGORIES,
    CREATE_COURSES,
    UPDATE_COURSES,
    UPDATE_SECTIONS,
    NAME_SECTION,
    CREATE_USERS,
    UPDATE_USERS,
    ENROL,
    ASSIGN_ROLES,
    CREATE_GROUPS,
    ADD_MEMBERS,
    UNENROL,
    UNASSIGN_ROLES,
    REMOVE_MEMBERS,
    CREATE_COHORTS,
    ADD_COHORT_MEMBERS,
    REMOVE_COHORT_MEMBERS,
)
"""What the external service needs."""
