"""Which platforms and deployments are known, and whether they may be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask_babel import lazy_gettext
from pylti1p3.deployment import Deployment
from pylti1p3.registration import Registration
from pylti1p3.request import Request
from pylti1p3.tool_config.abstract import ToolConfAbstract
from sqlalchemy import ColumnElement, bindparam, func, select

from lti_tool.database import db, found_or_added
from lti_tool.errors import LaunchRefused
from lti_tool.lti.addresses import origins
from lti_tool.lti.statements import run
from lti_tool.lti.tables import DeploymentRow, RegistrationRow, SiteRow, State

MOST_WAITING = 50
"""Deployments of one registration that wait for approval; a platform can't fill the table with more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What a platform granted: a client id with its first deployment, and where to reach the platform."""

    client_id: str
    deployment_id: str
    authorization_endpoint: str
    token_endpoint: str
    token_audience: str | None
    jwks_uri: str

    @property
    def endpoints(self) -> Mapping[str, str | None]:
        """Where to reach the platform, and so whose signatures we believe."""
        return {
            "authorization_endpoint": self.authorization_endpoint,
            "token_endpoint": self.token_endpoint,
            "token_audience": self.token_audience,
            "jwks_uri": self.jwks_uri,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What a login and its launch need to know of a registration."""

    id: int
    site_id: int
    issuer: str
    client_id: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    state: State
    added_origins: Sequence[str]

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the platform may be, as `RegistrationRow.origins`."""
        return origins(self.issuer, self.token_endpoint, *self.added_origins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a grant: the registration's number, whether it may be used, and whether it is new."""

    number: int
    state: State
    new: bool


WAITING = lazy_gettext(
    "This Moodle site is registered, but whoever runs the tool has not approved it yet. "
    "Ask your administrator to have it approved."
)
SUSPENDED = lazy_gettext("Whoever runs the tool has suspended it for this Moodle site. Ask your administrator.")
UNKNOWN = lazy_gettext("This Moodle site is not registered with the tool. Ask your administrator to register it.")
AMBIGUOUS = lazy_gettext(
    "This Moodle site has registered the tool more than once, and did not say which one this activity belongs to. "
    "Ask your administrator."
)
REFUSALS = {State.PENDING: WAITING, State.SUSPENDED: SUSPENDED, State.REMOVED: UNKNOWN}

COLUMNS = (
    RegistrationRow.id,
    RegistrationRow.site_id,
    SiteRow.issuer,
    RegistrationRow.client_id,
    RegistrationRow.authorization_endpoint,
    RegistrationRow.token_endpoint,
    RegistrationRow.jwks_uri,
    RegistrationRow.state,
    RegistrationRow.added_origins,
)
"""Where `Registered` is read from."""

# Every login and launch asks these, and writing a statement costs more than running it: each is written once.
_OF_ISSUER = (
    select(*COLUMNS)
    .join(RegistrationRow.site)
    .where(SiteRow.issuer == bindparam("issuer"), RegistrationRow.state != State.REMOVED)
    .limit(2)
)
_OF_CLIENT = _OF_ISSUER.where(RegistrationRow.client_id == bindparam("client_id"))
_DEPLOYMENT = select(DeploymentRow.id, DeploymentRow.state).where(
    DeploymentRow.registration_id == bindparam("registration_id"),
    DeploymentRow.deployment_id == bindparam("deployment_id"),
)


def site(issuer: str) -> SiteRow:
    """Give the site of an issuer, new or known."""
    return found_or_added(SiteRow, {"issuer": issuer}, {})


def is_known(issuer: str) -> bool:
    """Tell whether a site was ever registered."""
    return db.session.scalar(select(SiteRow.id).filter_by(issuer=issuer)) is not None


def may_be_approved_by_invitation(site: SiteRow, granted: Granted) -> bool:
    """Tell whether an invitation is enough to believe these addresses.

    It is for the addresses of a registration that is in use, and for a site that has no registration and where nobody
    came from. Else somebody who holds an invitation, and can put files on another site, could make us believe in keys
    of their own for that site's people.
    """
    listed = db.session.scalars(select(RegistrationRow).filter_by(site_id=site.id).where(_is_listed())).all()
    if not listed:
        return site.people == 0
    in_use = [row for row in listed if row.state is State.ACTIVE]
    return any(not _changes(row, granted.endpoints) for row in in_use)


def grant(site: SiteRow, granted: Granted, *, approved: bool, now: datetime) -> Kept:
    """Keep a new registration, or bring a known one up to date in place.

    Addresses that change without approval wait for it: whoever writes them says whose signatures we believe.
    """
    state = State.ACTIVE if approved else State.PENDING
    key = {"site_id": site.id, "client_id": granted.client_id}
    known = db.session.scalar(select(RegistrationRow.id).filter_by(**key).where(_is_listed()))
    registration = found_or_added(RegistrationRow, key, {**granted.endpoints, "state": state, "created_at": now})
    _bring_up_to_date(registration, granted.endpoints, approved=approved)
    deployment = found_or_added(
        DeploymentRow,
        {"registration_id": registration.id, "deployment_id": granted.deployment_id},
        {"state": state},
    )
    _come_back(registration, deployment)
    if approved:
        _approve(registration, deployment)
    state = registration.state if registration.state is not State.ACTIVE else deployment.state
    return Kept(number=registration.id, state=state, new=known is None)


def _is_listed() -> ColumnElement[bool]:
    return RegistrationRow.state != State.REMOVED


def _bring_up_to_date(registration: RegistrationRow, endpoints: Mapping[str, str | None], *, approved: bool) -> None:
    changed = _changes(registration, endpoints)
    for name, value in changed.items():
        setattr(registration, name, value)
    if changed and not approved and registration.state is State.ACTIVE:
        registration.state = State.PENDING


def _changes(registration: RegistrationRow, endpoints: Mapping[str, str | None]) -> Mapping[str, str | None]:
    return {name: value for name, value in endpoints.items() if getattr(registration, name) != value}


def _come_back(*rows: RegistrationRow | DeploymentRow) -> None:
    """Let what was removed wait for approval as if it were new."""
    for row in rows:
        row.state = State.PENDING if row.state is State.REMOVED else row.state


def _approve(*rows: RegistrationRow | DeploymentRow) -> None:
    """Approve what waits; what was suspended stays so until the command line says otherwise."""
    for row in rows:
        row.state = State.ACTIVE if row.state is State.PENDING else row.state


def find_registration(issuer: str, client_id: str | None) -> Registered:
    """Give the registration that may be used; without a client id the issuer must have just one.

    Raises:
        LaunchRefused: unknown, ambiguous, waiting for approval or suspended.
    """
    query = _OF_ISSUER if client_id is None else _OF_CLIENT
    rows = run(query, {"issuer": issuer, "client_id": client_id}).mappings().all()
    if not rows:
        raise LaunchRefused("registration_unknown", advice=UNKNOWN)
    if len(rows) > 1:
        raise LaunchRefused("registration_ambiguous", advice=AMBIGUOUS)
    registration = Registered(**rows[0])
    require_active(registration.state, "registration")
    return registration


def usable_deployment(registration_id: int, deployment_id: str) -> int:
    """Give the number of a deployment that may be used; one that is met for the first time is kept, and waits.

    Raises:
        LaunchRefused: waiting for approval, suspended, or unknown while too many wait.
    """
    found = run(_DEPLOYMENT, {"registration_id": registration_id, "deployment_id": deployment_id}).one_or_none()
    row = found if found and found.state is not State.REMOVED else _kept_waiting(registration_id, deployment_id)
    require_active(row.state, "deployment")
    return int(row.id)


def _kept_waiting(registration_id: int, deployment_id: str) -> DeploymentRow:
    """Keep a deployment for whoever approves it, in a transaction of its own: its launch is refused."""
    of_it = DeploymentRow.registration_id == registration_id
    waiting = select(func.count()).where(of_it, DeploymentRow.state == State.PENDING)
    if (db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise LaunchRefused("deployment_unknown", advice=UNKNOWN)
    key = {"registration_id": registration_id, "deployment_id": deployment_id}
    row = found_or_added(DeploymentRow, key, {"state": State.PENDING})
    _come_back(row)
    db.session.commit()
    return row


def require_active(state: State, what: str) -> None:
    """Let only what is approved and not suspended go on.

    Raises:
        LaunchRefused: with a page that says whom to ask.
    """
    if state is not State.ACTIVE:
        raise LaunchRefused("_".join((what, state)), status=HTTPStatus.FORBIDDEN, advice=REFUSALS[state])


def as_pylti(row: RegistrationRow) -> Registration:
    """Put a registration into pylti1p3's own form, without any key."""
    return fill(Registration(), row)


def fill(registration: Registration, row: RegistrationRow) -> Registration:
    """Fill pylti1p3's own form of a registration."""
    registration.set_issuer(row.site.issuer).set_client_id(row.client_id)
    registration.set_auth_login_url(row.authorization_endpoint).set_auth_token_url(row.token_endpoint)
    registration.set_key_set_url(row.jwks_uri)
    if row.token_audience:
        registration.set_auth_audience(row.token_audience)
    return registration


class Registry(ToolConfAbstract[Request]):
    """pylti1p3's view of one registration, the one that the login began with."""

    def __init__(self, registration: Registered) -> None:
        self._registration = registration

    def check_iss_has_one_client(self, iss: str) -> bool:
        """Say that client ids always count."""
        return False

    def check_iss_has_many_clients(self, iss: str) -> bool:
        """Say that client ids always count."""
        return True

    def find_registration_by_params(self, iss: str, client_id: str, *_: object, **__: object) -> Registration:
        """Give the login's registration; that the message is of its issuer is checked with the claims."""
        return Registration().set_issuer(self._registration.issuer).set_client_id(self._registration.client_id)

    def find_deployment_by_params(
        self, iss: str, deployment_id: str, client_id: str, *_: object, **__: object
    ) -> Deployment | None:
        """Never used: the verifier looks the deployment up itself."""
        raise NotImplementedError

    def find_registration_by_issuer(self, iss: str, *_: object, **__: object) -> Registration:
        """Never used: client ids always count."""
        raise NotImplementedError

    def find_deployment(self, iss: str, deployment_id: str) -> Deployment | None:
        """Never used: client ids always count."""
        raise NotImplementedError
