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
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import contains_eager

from lti_tool.database import db, found, found_or_added
from lti_tool.errors import LaunchRefused
from lti_tool.lti.tables import DeploymentRow, RegistrationRow, SiteRow, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What a platform granted: a client id with its first deployment, and where to reach the platform."""

    client_id: str
    deployment_id: str
    authorization_endpoint: str
    token_endpoint: str
    token_audience: str | None
    jwks_uri: str


WAITING = lazy_gettext(
    "This Moodle site is registered, but whoever runs the tool has not approved it yet. "
    "Ask your administrator to have it approved."
)
SUSPENDED = lazy_gettext("Whoever runs the tool has suspended it for this Moodle site. Ask your administrator.")
UNKNOWN = lazy_gettext("This Moodle site is not registered with the tool. Ask your administrator to register it.")

# Every login asks these; like all that `found` asks, each is written once.
OF_ISSUER = (
    select(RegistrationRow)
    .join(RegistrationRow.site)
    .options(contains_eager(RegistrationRow.site))
    .where(SiteRow.issuer == bindparam("issuer"))
    .limit(2)
)
OF_CLIENT = OF_ISSUER.where(RegistrationRow.client_id == bindparam("client_id"))


def site(issuer: str) -> SiteRow:
    """Give the site of an issuer, new or known."""
    return found_or_added(SiteRow, {"issuer": issuer}, {})


def grant(site: SiteRow, granted: Granted, *, approved: bool, now: datetime) -> State:
    """Keep a new registration, or bring a known one up to date in place; tell whether it may be used.

    Addresses that change without approval wait for it: whoever writes them says whose signatures we believe.
    """
    state = State.ACTIVE if approved else State.PENDING
    endpoints = {
        "authorization_endpoint": granted.authorization_endpoint,
        "token_endpoint": granted.token_endpoint,
        "token_audience": granted.token_audience,
        "jwks_uri": granted.jwks_uri,
    }
    registration = found_or_added(
        RegistrationRow,
        {"site_id": site.id, "client_id": granted.client_id},
        {**endpoints, "state": state, "created_at": now},
    )
    _bring_up_to_date(registration, endpoints, approved=approved)
    deployment = found_or_added(
        DeploymentRow,
        {"registration_id": registration.id, "deployment_id": granted.deployment_id},
        {"state": state},
    )
    if approved:
        _approve(registration, deployment)
    return registration.state if registration.state is not State.ACTIVE else deployment.state


def _bring_up_to_date(registration: RegistrationRow, endpoints: Mapping[str, str | None], *, approved: bool) -> None:
    changed = {name: value for name, value in endpoints.items() if getattr(registration, name) != value}
    for name, value in changed.items():
        setattr(registration, name, value)
    if changed and not approved and registration.state is State.ACTIVE:
        registration.state = State.PENDING


def _approve(registration: RegistrationRow, deployment: DeploymentRow) -> None:
    """Approve what waits; what was suspended stays so until the command line says otherwise."""
    for row in (registration, deployment):
        row.state = State.ACTIVE if row.state is State.PENDING else row.state


def find_registration(issuer: str, client_id: str | None) -> RegistrationRow:
    """Give the registration that may be used; without a client id the issuer must have just one.

    Raises:
        LaunchRefused: unknown, ambiguous, waiting for approval or suspended.
    """
    query = OF_ISSUER if client_id is None else OF_CLIENT
    rows = db.session.scalars(query, {"issuer": issuer, "client_id": client_id}).all()
    if len(rows) != 1:
        raise LaunchRefused("registration_unknown", advice=UNKNOWN)
    require_active(rows[0].state, "registration")
    return rows[0]


def usable_deployment(registration: RegistrationRow, deployment_id: str) -> DeploymentRow:
    """Give a registration's deployment that may be used.

    Raises:
        LaunchRefused: unknown, waiting for approval or suspended.
    """
    row = find_deployment(registration, deployment_id)
    if row is None:
        raise LaunchRefused("deployment_unknown", advice=UNKNOWN)
    require_active(row.state, "deployment")
    return row


def find_deployment(registration: RegistrationRow, deployment_id: str) -> DeploymentRow | None:
    """Give a registration's deployment."""
    return found(DeploymentRow, {"registration_id": registration.id, "deployment_id": deployment_id})


def require_active(state: State, what: str) -> None:
    """Let only what is approved and not suspended go on.

    Raises:
        LaunchRefused: with a page that says whom to ask.
    """
    if state is State.PENDING:
        raise LaunchRefused(what + "_pending", status=HTTPStatus.FORBIDDEN, advice=WAITING)
    if state is State.SUSPENDED:
        raise LaunchRefused(what + "_suspended", status=HTTPStatus.FORBIDDEN, advice=SUSPENDED)


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

    def __init__(self, row: RegistrationRow) -> None:
        self.row = row

    def check_iss_has_one_client(self, iss: str) -> bool:
        """Say that client ids always count."""
        return False

    def check_iss_has_many_clients(self, iss: str) -> bool:
        """Say that client ids always count."""
        return True

    def find_registration_by_params(self, iss: str, client_id: str, *_: object, **__: object) -> Registration:
        """Give the login's registration; that the message is of its issuer is checked with the claims."""
        return as_pylti(self.row)

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


def registrations() -> Sequence[RegistrationRow]:
    """Give all registrations, oldest first."""
    return db.session.scalars(select(RegistrationRow).order_by(RegistrationRow.id)).all()


def set_state(registration_id: int, state: State) -> bool:
    """Approve or suspend a registration with its deployments; tell whether there is one."""
    registration = db.session.get(RegistrationRow, registration_id)
    if registration is None:
        return False
    registration.state = state
    of_it = DeploymentRow.registration_id == registration_id
    db.session.execute(update(DeploymentRow).where(of_it).values(state=state))
    return True
