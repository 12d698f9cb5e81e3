"""The functions of Moodle's web services that a sync calls.

All of them exist in Moodle 4.5, 5.1 and 5.2.
"""

from dataclasses import dataclass, replace
from typing import Annotated, Generic, TypeVar

from pydantic import BeforeValidator, Json, TypeAdapter

from moodle_sync.webservice.replies import (
    CategoryReply,
    CohortMembersReply,
    CohortsReply,
    CourseReply,
    CoursesReply,
    GroupingReply,
    GroupReply,
    MembersReply,
    Reply,
    StateReply,
    StringReply,
    Text,
    UserReply,
)

T = TypeVar("T")


class NamedFunction(Reply):
    """A function that the token's service has."""

    name: str


class SiteInfo(Reply):
    """Who the token belongs to, and what its service has."""

    sitename: str
    siteurl: str
    """The address that the site itself says it has."""
    username: str
    userid: int
    release: Text = ""
    version: Text = ""
    """Such as 2024100706.00."""
    userissiteadmin: bool = False
    functions: tuple[NamedFunction, ...]

    @property
    def number(self) -> int:
        """Give the version as a number; 0 where the site doesn't say it."""
        whole = self.version.partition(".")[0]
        return int(whole) if whole.isdecimal() else 0


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
    filtered: bool = False
    """Whether texts are asked for as pages show them, and not as they are kept."""


def _reads(name: str, reply: TypeAdapter[T], *rights: str) -> Function[T]:
    return Function(name, writes=False, rights=rights, reply=reply)


def _writes(name: str, reply: TypeAdapter[Written], *rights: str) -> Function[Written]:
    return Function(name, writes=True, rights=rights, reply=reply)


def _as_created(value: object) -> object:
    return {"created": value if isinstance(value, list) else "no list"}


def _as_one(value: object) -> object:
    return {"created": [value]}


def _as_nothing(value: object) -> object:
    return {} if value is None else "something"


def _as_unread(_value: object) -> object:
    return {}


_WARNINGS = TypeAdapter(Written)
_CREATED: TypeAdapter[Written] = TypeAdapter(Annotated[Written, BeforeValidator(_as_created)])
_ONE: TypeAdapter[Written] = TypeAdapter(Annotated[Written, BeforeValidator(_as_one)])
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
GET_SHOWN_COURSES = replace(GET_COURSES, filtered=True)
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
GET_STRINGS = _reads("core_get_component_strings", TypeAdapter(tuple[StringReply, ...]))
CREATE_CATEGORIES = _writes("core_course_create_categories", _CREATED, "moodle/category:manage")
UPDATE_CATEGORIES = _writes("core_course_update_categories", _NOTHING, "moodle/category:manage")
CREATE_COURSES = _writes("core_course_create_courses", _CREATED, "moodle/course:create")
UPDATE_COURSES = _writes(
    "core_course_update_courses",
    _WARNINGS,
    "moodle/course:update",
    "moodle/course:changecategory",
    "moodle/course:changefullname",
    "moodle/course:changeshortname",
    "moodle/course:changeidnumber",
    "moodle/course:changesummary",
    "moodle/course:visibility",
    "moodle/course:setforcedlanguage",
)
# Without the rights to configure and to take people along, Moodle refuses the option that leaves them out; without
# those to see activities a copy that is half full looks whole.
DUPLICATE_COURSE = _writes(
    "core_course_duplicate_course",
    _ONE,
    "mod/lti:view",
    "moodle/course:create",
    "moodle/course:viewhiddenactivities",
    "moodle/backup:backupcourse",
    "moodle/backup:configure",
    "moodle/backup:userinfo",
    "moodle/restore:restorecourse",
)
UPDATE_SECTIONS = _writes(
    "core_courseformat_update_course",
    _UNREAD,
    "moodle/course:update",
    "moodle/course:movesections",
    "moodle/course:sectionvisibility",
)
IMPORT_COURSE = _writes(
    "core_course_import_course", _NOTHING, "moodle/backup:backuptargetimport", "moodle/restore:restoretargetimport"
)
UPDATE_ACTIVITIES = _writes(
    "core_courseformat_update_course", _UNREAD, "moodle/course:activityvisibility", "moodle/course:manageactivities"
)
NAME_ACTIVITY = _writes("core_update_inplace_editable", _UNREAD, "moodle/course:manageactivities")
NAME_SECTION = _writes("core_update_inplace_editable", _UNREAD, "moodle/course:update")
CREATE_USERS = _writes("core_user_create_users", _CREATED, "moodle/user:create")
UPDATE_USERS = _writes("core_user_update_users", _WARNINGS, "moodle/user:update")
ENROL = _writes("enrol_manual_enrol_users", _NOTHING, "enrol/manual:enrol")
ASSIGN_ROLES = _writes("core_role_assign_roles", _NOTHING, "moodle/role:assign")
CREATE_GROUPS = _writes("core_group_create_groups", _CREATED, "moodle/course:managegroups")
UPDATE_GROUPS = _writes("core_group_update_groups", _NOTHING, "moodle/course:managegroups")
ADD_MEMBERS = _writes("core_group_add_group_members", _NOTHING, "moodle/course:managegroups")
UNENROL = _writes("enrol_manual_unenrol_users", _NOTHING, "enrol/manual:unenrol")
UNASSIGN_ROLES = _writes("core_role_unassign_roles", _NOTHING, "moodle/role:assign")
REMOVE_MEMBERS = _writes("core_group_delete_group_members", _NOTHING, "moodle/course:managegroups")
GET_COURSE_GROUPINGS = _reads(
    "core_group_get_course_groupings", TypeAdapter(tuple[GroupingReply, ...]), "moodle/course:managegroups"
)
GET_GROUPINGS = _reads("core_group_get_groupings", TypeAdapter(tuple[GroupingReply, ...]), "moodle/course:managegroups")
CREATE_GROUPINGS = _writes("core_group_create_groupings", _CREATED, "moodle/course:managegroups")
UPDATE_GROUPINGS = _writes("core_group_update_groupings", _NOTHING, "moodle/course:managegroups")
ASSIGN_GROUPINGS = _writes("core_group_assign_grouping", _NOTHING, "moodle/course:managegroups")
UNASSIGN_GROUPINGS = _writes("core_group_unassign_grouping", _NOTHING, "moodle/course:managegroups")
CREATE_COHORTS = _writes("core_cohort_create_cohorts", _CREATED, "moodle/cohort:manage")
UPDATE_COHORTS = _writes("core_cohort_update_cohorts", _NOTHING, "moodle/cohort:manage")
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
    UPDATE_CATEGORIES,
    CREATE_COURSES,
    UPDATE_COURSES,
    UPDATE_SECTIONS,
    NAME_SECTION,
    CREATE_USERS,
    UPDATE_USERS,
    ENROL,
    ASSIGN_ROLES,
    CREATE_GROUPS,
    UPDATE_GROUPS,
    ADD_MEMBERS,
    UNENROL,
    UNASSIGN_ROLES,
    REMOVE_MEMBERS,
    GET_COURSE_GROUPINGS,
    GET_GROUPINGS,
    CREATE_GROUPINGS,
    UPDATE_GROUPINGS,
    ASSIGN_GROUPINGS,
    UNASSIGN_GROUPINGS,
    CREATE_COHORTS,
    UPDATE_COHORTS,
    ADD_COHORT_MEMBERS,
    REMOVE_COHORT_MEMBERS,
)
"""What the external service needs."""
COPYING: tuple[Named, ...] = (DUPLICATE_COURSE,)
"""What it needs besides, where courses come from templates."""
FILLING: tuple[Named, ...] = (IMPORT_COURSE,)
"""What it needs besides, where courses are filled from templates."""
COPIED: tuple[Named, ...] = (*COPYING, UPDATE_ACTIVITIES, NAME_ACTIVITY)
"""The same with what is used otherwise too, and takes more rights then."""
OPTIONAL: tuple[Named, ...] = (GET_STRINGS,)
"""What it may lack: then a check is left out. A function that is new in a release stands here."""
