"""Sites, who and what is on them, and the ways in: invitations, logins and launches."""

from enum import StrEnum

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, String, UniqueConstraint, func, literal
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, Hash, Key, Long, Moment, Short
from lti_tool.lti.addresses import origins
from lti_tool.lti.names import END_ISOLATE, ISOLATE, Told
from lti_tool.lti.roles import Role

LARGEST_GRADE = 100
"""Moodle's highest maximum grade as shipped."""
FORMER = 0
"""The number of everybody who was erased: their rows stay, since others' work names them, and say nothing of them."""


class State(StrEnum):
    """Whether a registration or a deployment may be used."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"
    """Kept only because placements point to it: not listed, not usable, and waiting again if it registers again."""


class SiteRow(Base):
    """One Moodle, known by its issuer; people and courses belong to it and outlive any registration."""

    __tablename__ = "sites"

    id: Mapped[Key]
    issuer: Mapped[Short] = mapped_column(unique=True)
    people: Mapped[int] = mapped_column(default=0)
    """How many people were numbered so far; "Participant 12" comes from here."""


class RegistrationRow(Base):
    """One tool entry in a Moodle: a site and a client id."""

    __tablename__ = "registrations"
    __table_args__ = (UniqueConstraint("site_id", "client_id"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    client_id: Mapped[Short]
    authorization_endpoint: Mapped[Long]
    token_endpoint: Mapped[Long]
    token_audience: Mapped[Long | None]
    """What the platform wants as `aud` of a client assertion, where not the token endpoint."""
    jwks_uri: Mapped[Long]
    state: Mapped[State]
    created_at: Mapped[Moment]
    largest_grade: Mapped[int] = mapped_column(default=LARGEST_GRADE)
    """The site's highest maximum grade, which no message tells: Moodle drops activities that ask for more."""
    added_origins: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Where the platform is besides its issuer and token endpoint, as an administrator said."""
    site: Mapped[SiteRow] = relationship(lazy="joined")

    @property
    def origins(self) -> tuple[str, ...]:
        """The only places that get an access token, may frame our pages, and get answers."""
        return origins(self.site.issuer, self.token_endpoint, *self.added_origins)


class DeploymentRow(Base):
    """One deployment of a registration; Moodle has one per tool entry, other platforms several."""

    __tablename__ = "deployments"
    __table_args__ = (UniqueConstraint("registration_id", "deployment_id"),)

    id: Mapped[Key]
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    deployment_id: Mapped[Short]
    state: Mapped[State]


class InvitationRow(Base):
    """Permission to register, made by the command line; only its hash is kept."""

    __tablename__ = "invitations"

    id: Mapped[Key]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    approves: Mapped[bool]
    """Whether what is registered with it may be used at once."""
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    """Bound to the first site that used it."""
    expires_at: Mapped[Moment]


class PersonRow(Base):
    """One account of a site, known by its `sub`."""

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("site_id", "sub"),
        Index("ix_people_chosen_key", "site_id", "chosen_key", unique=True),
    )

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    sub: Mapped[Short]
    number: Mapped[int]
    """Counts up within the site; stands in for a name that Moodle withholds."""
    name: Mapped[Short | None]
    email: Mapped[Short | None]
    """Both as the newest registration says them that says any."""
    mailed_since: Mapped[Moment | None]
    """Since when some feature needs the address; where none does, it isn't kept here."""
    names: Mapped[list[Told]] = mapped_column(JSON, default=list)
    """What each registration says of both, the newest first."""
    chosen_name: Mapped[Short | None]
    """What they want to be called; there only where no registration says a name."""
    chosen_key: Mapped[Short | None]
    """The same as it is compared: no two people of a site choose names that are alike."""
    locale: Mapped[Short | None]
    timezone: Mapped[Short | None]
    language: Mapped[Short | None]
    """What they chose to read here, whatever the platform's locale is."""
    seen_at: Mapped[Moment]
    """When they first came; each course's attendance tells their newest launch."""

    @hybrid_property
    def called(self) -> str | None:
        """How they are called: as the platform says, else as they chose, isolated; `display_name` writes it."""
        if self.name or not self.chosen_name:
            return self.name
        return f"{ISOLATE}{self.chosen_name}{END_ISOLATE}"

    @called.inplace.expression
    @classmethod
    def _called(cls) -> ColumnElement[str | None]:
        return func.coalesce(cls.name, literal(ISOLATE) + cls.chosen_name + literal(END_ISOLATE))


class CourseRow(Base):
    """One course of a site, known by its context id."""

    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("site_id", "context_id"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    context_id: Mapped[Short]
    title: Mapped[Long | None]
    history: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Context ids of the courses that it is a copy of, the nearest first."""
    language: Mapped[Short | None]
    """In which trainers last had activities named there."""


class PlacementRow(Base):
    """One activity on a course's page, known by its resource link.

    Launches say where its grades may go; the worker alone says where they go.
    """

    __tablename__ = "placements"
    __table_args__ = (UniqueConstraint("course_id", "resource_link_id"),)

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    resource_link_id: Mapped[Short]
    activity: Mapped[Short | None]
    """What its newest launch opened; a page goes by its own launch."""
    title: Mapped[Long | None]
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    line_item_url: Mapped[Long | None]
    """What the newest launch claims; a browser or a teacher may have written it, so that nothing is sent there."""
    line_items_url: Mapped[Long | None]
    """The course's list of line items."""
    confirmed_url: Mapped[Long | None]
    """The line item that the platform itself says is this link's: the only one that gets scores."""
    has_no_line_item: Mapped[bool] = mapped_column(default=False)
    """Whether the platform was asked in vain: the activity isn't graded."""
    asked_claim: Mapped[Long | None]
    """The claim that stood there when the platform was asked."""
    asked_at: Mapped[Moment | None]
    scopes: Mapped[list[str]] = mapped_column(JSON)


class HandedBackRow(Base):
    """An activity that a trainer chose for a course; whether the platform made one of it is not known."""

    __tablename__ = "handed_back"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    activity: Mapped[Short] = mapped_column(primary_key=True)
    handed_back_at: Mapped[Moment]


class RosterAddressRow(Base):
    """Where a course's roster is, and which registration may read it, as the newest launch with one said."""

    __tablename__ = "roster_addresses"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    url: Mapped[Long]


class AttendanceRow(Base):
    """A person's newest launch in a course; it outlives the launch, which is forgotten after a while."""

    __tablename__ = "attendances"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[Role]
    seen_at: Mapped[Moment]
    group_ids: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The platform's numbers of the groups that they are in, as the newest launch that said any."""


class LoginRow(Base):
    """A login under way: state, nonce, registration, target and browser in one record, used up once."""

    __tablename__ = "logins"
    __table_args__ = (
        Index("ix_logins_expires_at", "expires_at"),
        Index("ix_logins_address_hash", "address_hash", "expires_at"),
    )

    state_hash: Mapped[Hash] = mapped_column(primary_key=True)
    nonce: Mapped[Short]
    browser_hash: Mapped[Hash]
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    target_link_uri: Mapped[Long]
    login_hint: Mapped[Long]
    message_hint: Mapped[Long | None]
    expires_at: Mapped[Moment]
    address_hash: Mapped[Hash] = mapped_column(default="")
    """Of the client's address, keyed; bounds how many logins one address leaves unfinished."""
    is_awaited: Mapped[bool] = mapped_column(default=False)
    """Whether a page of ours began it in a tab of its own, and waits in the platform's frame for what is chosen."""


class AttemptsRow(Base):
    """How often an address tried what is limited, since its window began."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_ends_at", "ends_at"),)

    limit: Mapped[str] = mapped_column(String(32), primary_key=True)
    address_hash: Mapped[Hash] = mapped_column(primary_key=True)
    number: Mapped[int]
    ends_at: Mapped[Moment]


class LaunchRow(Base):
    """One verified entry and its session: who, where, in which role, until when."""

    __tablename__ = "launches"
    __table_args__ = (Index("ix_launches_ends_at", "ends_at"),)

    id: Mapped[Short] = mapped_column(primary_key=True)
    secret_hash: Mapped[Hash]
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placements.id"))
    activity: Mapped[Short | None]
    """What it opens, empty where that is nothing; missing where a version before this one took the launch."""
    role: Mapped[Role]
    locale: Mapped[Short | None]
    timezone: Mapped[Short | None]
    return_url: Mapped[Long | None]
    deep_linking: Mapped[dict[str, str | bool | None] | None] = mapped_column(JSON)
    for_sub: Mapped[Short | None]
    """Whose work the platform asks to review; whether there is such a person is not known."""
    email: Mapped[Short | None]
    """What it told; kept with the launch, and with the person only where some feature needs it."""
    began_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    person: Mapped[PersonRow] = relationship(lazy="joined")
    course: Mapped[CourseRow] = relationship(lazy="joined")
    placement: Mapped[PlacementRow | None] = relationship(lazy="joined")
    registration: Mapped[RegistrationRow] = relationship(lazy="joined")
    deployment: Mapped[DeploymentRow] = relationship(lazy="joined")

    @property
    def reads(self) -> str | None:
        """The code of the language that the person reads: the one they chose, else what the platform says."""
        return self.person.language or self.locale
