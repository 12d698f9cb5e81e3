"""The parts of Moodle's answers that a sync reads."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Reply(BaseModel):
    """A piece of an answer; keys that a sync doesn't read are left aside."""

    model_config = ConfigDict(frozen=True)


Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
"""A text that Moodle may give as null."""


class CategoryReply(Reply):
    """A category; `parent` is 0 at the top."""

    id: int
    name: str
    idnumber: Text = ""
    parent: int
    description: str | None = None
    visible: bool | None = None

    @property
    def shows_idnumber(self) -> bool:
        """Tell whether the token may see it: an empty one is told as well."""
        return "idnumber" in self.model_fields_set


class FileReply(Reply):
    """A file, such as a course's image."""

    filename: str = ""


class FieldReply(Reply):
    """One of the site's own fields, with what somebody, or a course, has in it."""

    shortname: str
    value: Text = ""


class OptionReply(Reply):
    """A setting that only courses of a format have."""

    name: str
    value: Text | int = ""


class CourseReply(Reply):
    """A course; `enrollmentmethods` names those that are switched on, or is None where the function doesn't say."""

    id: int
    shortname: str
    fullname: str
    idnumber: Text = ""
    categoryid: int
    format: str = ""
    enddate: int | None = None
    startdate: int | None = None
    summary: str | None = None
    lang: str | None = None
    visible: bool | None = None
    enablecompletion: bool | None = None
    groupmode: int | None = None
    enrollmentmethods: tuple[str, ...] | None = None
    overviewfiles: tuple[FileReply, ...] = ()
    customfields: tuple[FieldReply, ...] = ()
    courseformatoptions: tuple[OptionReply, ...] = ()


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
    visible: bool = True
    component: str | None = None
    hassummary: bool = False
    hasrestrictions: bool = False
    cmlist: tuple[int, ...] = ()
    """The numbers of its activities, in their order."""


class ActivityReply(Reply):
    """An activity of a course; `module` says of which kind it is: `lti`, `forum`."""

    id: int
    name: Text = ""
    module: str
    sectionid: int
    visible: bool = True


class StateReply(Reply):
    """A course as its own editor sees it."""

    section: tuple[SectionReply, ...]
    cm: tuple[ActivityReply, ...] = ()
    """All activities, in any order."""


class RoleReply(Reply):
    """A role that somebody has in a course."""

    roleid: int
    shortname: str


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
    profileimageurl: Text = ""
    roles: tuple[RoleReply, ...] = ()


class StringReply(Reply):
    """A text of Moodle's own."""

    stringid: str


class CohortReply(Reply):
    """A cohort."""

    id: int
    name: str
    idnumber: Text = ""
    description: Text = ""
    descriptionformat: int = 1


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
    idnumber: Text = ""
    description: Text = ""
    descriptionformat: int = 1


class InGroupingReply(Reply):
    """A group in a grouping."""

    id: int


class GroupingReply(Reply):
    """A grouping of a course; `groups` is left out where there are none."""

    id: int
    name: str
    idnumber: Text = ""
    description: Text = ""
    descriptionformat: int = 1
    groups: tuple[InGroupingReply, ...] = ()


class MembersReply(Reply):
    """Who is in a group."""

    groupid: int
    userids: tuple[int, ...]
