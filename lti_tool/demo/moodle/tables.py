"""The miniature's tables: the part of Moodle's that an LTI tool can notice."""

from typing import Annotated, Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from lti_tool.demo.moodle.spelling import Spelt

Id = Annotated[int, mapped_column(primary_key=True)]
CourseId = Annotated[int, mapped_column(ForeignKey("course.id"), index=True)]
UserId = Annotated[int, mapped_column(ForeignKey("user.id"), index=True)]

NEVER_REUSED = {"sqlite_autoincrement": True}
"""The id of a row that was deleted is not given again, as in Moodle's databases."""

SITE_COURSE = 1
"""Moodle's front page is course 1, so the first real course is 2."""
GENERAL = 0
"""The position of the section that stands above all that are numbered."""
GUEST = 1
ADMIN = 2


class Base(DeclarativeBase):
    """The miniature's own metadata, apart from the tool's."""


class SiteKey(Base):
    """The key pair that signs id_tokens and registration tokens."""

    __tablename__ = "site_key"
    kid: Mapped[str] = mapped_column(primary_key=True)
    private_pem: Mapped[str]


class User(Base):
    """Somebody with an account."""

    __tablename__ = "user"
    __table_args__ = (Index("user_address", text("lower(email)")), NEVER_REUSED)
    id: Mapped[Id]
    username: Mapped[Spelt] = mapped_column(unique=True)
    firstname: Mapped[str]
    lastname: Mapped[str]
    email: Mapped[Spelt] = mapped_column(index=True)
    lang: Mapped[str] = mapped_column(default="en")
    timezone: Mapped[str] = mapped_column(default="99")
    """An IANA name, or Moodle's `99`: the site's own zone."""
    idnumber: Mapped[Spelt] = mapped_column(default="", index=True)
    auth: Mapped[str] = mapped_column(default="manual")
    """How they sign in; nobody signs in with `nologin`, and no mail is sent to them."""
    suspended: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    rights: Mapped[str] = mapped_column(default="webservice/rest:use")
    """What somebody may do in the whole site who is no administrator: Moodle's capabilities, one a line."""
    assigns: Mapped[str] = mapped_column(default="")
    """Short names of the roles that they may give to others, one a line; the right to assign alone is not enough."""

    @property
    def fullname(self) -> str:
        """The name as Moodle shows it."""
        return f"{self.firstname} {self.lastname}"


class Course(Base):
    """A course; what LTI calls a context."""

    __tablename__ = "course"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    shortname: Mapped[Spelt]
    fullname: Mapped[str]
    idnumber: Mapped[Spelt] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    startdate: Mapped[int] = mapped_column(default=0)
    enddate: Mapped[int] = mapped_column(default=0)
    """0: never; it closes nothing."""
    automatic_end: Mapped[bool] = mapped_column(default=True)
    """Whether a course in weeks ends with the last of them, whatever somebody says."""
    original_id: Mapped[int | None]
    """The course that this one is a copy of."""
    category_id: Mapped[int] = mapped_column(default=1)
    format: Mapped[str] = mapped_column(default="topics")
    lang: Mapped[str] = mapped_column(default="")
    """Empty: everybody sees it in their own."""
    visible: Mapped[int] = mapped_column(default=1)
    enablecompletion: Mapped[int] = mapped_column(default=1)
    groupmode: Mapped[int] = mapped_column(default=0)
    manual_enrolment: Mapped[bool] = mapped_column(default=True)
    """False: the enrolment method is switched off."""
    welcome: Mapped[str] = mapped_column(default="noreply")
    """Who mails those who are enrolled: one of the settings' `Welcome`."""


class Section(Base):
    """A named part of a course's page."""

    __tablename__ = "section"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    course_id: Mapped[CourseId]
    position: Mapped[int]
    name: Mapped[str]
    """Empty: it has none yet."""
    visible: Mapped[bool] = mapped_column(default=True)
    """False: only those who teach see it."""

    @property
    def title(self) -> str:
        """What stands over it."""
        return self.name or ("General" if self.position == GENERAL else "New section")


class Enrolment(Base):
    """A person's place in a course."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("course_id", "user_id"),)
    id: Mapped[Id]
    course_id: Mapped[CourseId]
    user_id: Mapped[UserId]
    role: Mapped[str]
    """The one that counts here: `editingteacher`, `teacher` (non-editing), `student`, or empty when all were taken."""
    more_roles: Mapped[str] = mapped_column(default="")
    """Further ones, with spaces between them."""
    by_hand: Mapped[bool] = mapped_column(default=True)
    otherwise: Mapped[bool] = mapped_column(default=False)
    """Whether they are in by another method too, such as self-enrolment; what follows is of the one by hand."""
    suspended: Mapped[bool] = mapped_column(default=False)
    time_start: Mapped[int] = mapped_column(default=0)
    time_end: Mapped[int] = mapped_column(default=0)
    """Seconds since 1970; 0: none. The miniature keeps dates and lets everybody in all the same."""

    @property
    def roles(self) -> list[str]:
        """All of them."""
        return [role for role in (self.role, *self.more_roles.split()) if role]

    @roles.setter
    def roles(self, roles: list[str]) -> None:
        self.role, self.more_roles = (roles or [""])[0], " ".join(roles[1:])


class Group(Base):
    """A group within a course."""

    __tablename__ = "group"
    id: Mapped[Id]
    course_id: Mapped[CourseId]
    name: Mapped[Spelt]
    idnumber: Mapped[Spelt] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    description_format: Mapped[int] = mapped_column(default=1)


class GroupMember(Base):
    """One person in one group."""

    __tablename__ = "group_member"
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)


class Tool(Base):
    """An external tool as registered; its id is the deployment id."""

    __tablename__ = "tool"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    icon: Mapped[str] = mapped_column(default="")
    base_url: Mapped[str]
    domain: Mapped[str] = mapped_column(index=True)
    client_id: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(default=False)
    """False is Moodle's *pending*: the administrator has not activated it."""
    login_url: Mapped[str]
    redirect_uris: Mapped[str]
    """One a line."""
    keyset_url: Mapped[str]
    custom_parameters: Mapped[str] = mapped_column(default="")
    """`key=value`, one a line."""
    deep_linking: Mapped[bool] = mapped_column(default=False)
    deep_linking_url: Mapped[str] = mapped_column(default="")
    grade_sync: Mapped[int] = mapped_column(default=0)
    """0 none, 1 the activity's own line item, 2 line items too; above 0 the tool accepts grades."""
    memberships: Mapped[bool] = mapped_column(default=False)
    send_name: Mapped[bool] = mapped_column(default=False)
    send_email: Mapped[bool] = mapped_column(default=False)


class CourseModule(Base):
    """An activity's place in a course; its id (cmid) differs from the activity's own."""

    __tablename__ = "course_module"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    course_id: Mapped[CourseId]
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"))
    kind: Mapped[str]
    """Moodle's module name: `lti` or `forum`."""
    instance: Mapped[int]
    """The activity's own id among its kind."""
    place: Mapped[int] = mapped_column(default=0)
    """Where it stands in its section, from 1; 0: behind all that have a place, since nobody moved anything since."""
    visible: Mapped[bool] = mapped_column(default=True)
    """False: only those who teach see it."""


def page_order() -> tuple[Any, Any, Any]:
    """Order activities as their section has them: what was never moved comes last, as it was made."""
    return CourseModule.place == 0, CourseModule.place, CourseModule.id


class Activity(Base):
    """An external tool placed in a course; its id is the resource link id."""

    __tablename__ = "activity"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    course_id: Mapped[CourseId]
    name: Mapped[str]
    intro: Mapped[str] = mapped_column(default="")
    tool_id: Mapped[int | None]
    """The tool by its id, which stays when the tool is deleted; None: matched by address."""
    tool_url: Mapped[str] = mapped_column(default="")
    icon: Mapped[str] = mapped_column(default="")
    custom_parameters: Mapped[str] = mapped_column(default="")


class GradeItem(Base):
    """A column of the gradebook."""

    __tablename__ = "grade_item"
    __table_args__ = NEVER_REUSED
    id: Mapped[Id]
    course_id: Mapped[CourseId]
    activity_id: Mapped[int | None]
    """The activity it belongs to; None: it stands alone (Moodle's `manual`)."""
    name: Mapped[str]
    grade_max: Mapped[float]
    locked: Mapped[bool] = mapped_column(default=False)


class LineItem(Base):
    """What LTI knows of a column (Moodle's `ltiservice_gradebookservices`)."""

    __tablename__ = "line_item"
    item_id: Mapped[int] = mapped_column(primary_key=True)
    """The column's, which may be deleted: Moodle clears such rows away once a day, the miniature never."""
    course_id: Mapped[CourseId]
    tool_id: Mapped[int]
    """0: not known, in a course that was restored from another site."""
    activity_id: Mapped[int | None]
    resource_id: Mapped[str] = mapped_column(default="")
    tag: Mapped[str] = mapped_column(default="")
    review_url: Mapped[str] = mapped_column(default="")
    """Empty: no submission review; `DEFAULT`: at the tool's own address."""
    review_custom: Mapped[str] = mapped_column(default="")


class Grade(Base):
    """A person's grade in a column."""

    __tablename__ = "grade"
    __table_args__ = (UniqueConstraint("item_id", "user_id"),)
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("grade_item.id", ondelete="CASCADE"))
    user_id: Mapped[UserId]
    final: Mapped[float | None]
    maximum: Mapped[float]
    feedback: Mapped[str | None]
    modified: Mapped[int | None]
    """Seconds since 1970; None: nothing graded."""
    overridden: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)


class GradeHistory(Base):
    """Every score that was accepted, in the order they came (Moodle's `grade_grades_history`)."""

    __tablename__ = "grade_history"
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("grade_item.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    final: Mapped[float | None]
    timestamp: Mapped[int]
    """The score's own, in seconds since 1970."""


class LaunchHint(Base):
    """A launch that was begun; used up by the answer."""

    __tablename__ = "launch_hint"
    launch_id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    """The browser session in which it was begun."""
    course_id: Mapped[CourseId]
    tool_id: Mapped[int]
    module_id: Mapped[int | None]
    section_id: Mapped[int | None]
    """Where what is chosen by deep linking will go."""
    message_type: Mapped[str]
    for_user: Mapped[str] = mapped_column(default="")


class AccessToken(Base):
    """What a tool shows when it calls a service."""

    __tablename__ = "access_token"
    token: Mapped[str] = mapped_column(primary_key=True)
    tool_id: Mapped[int]
    scopes: Mapped[str]
    expires: Mapped[int]
