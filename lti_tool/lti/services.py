"""What every call of a platform's services needs: a registration that may be used, our signature, an access token."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import current_app
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector

from lti_tool.errors import PlatformAnswered, PlatformRemoved, PlatformUnreachable
from lti_tool.lti import keys, registry
from lti_tool.lti.http import PlatformSession, place
from lti_tool.lti.tables import RegistrationRow, State


def connect(registration: RegistrationRow, session: PlatformSession, scopes: Sequence[str]) -> ServiceConnector:
    """Give a connector that holds an access token for these scopes.

    Raises:
        PlatformRemoved: the registration was removed; nothing was sent.
        PlatformUnreachable: it isn't in use, or the platform gave no token.
    """
    _require_in_use(registration)
    connector = ServiceConnector(_signing(registration), session)
    _ask_for_access(connector, scopes)
    return connector


def new_session() -> PlatformSession:
    """Give a session for the calls of one task."""
    return PlatformSession(allow_private=current_app.config["ALLOW_PRIVATE_PLATFORMS"])


def _require_in_use(registration: RegistrationRow) -> None:
    """Send nothing to a platform that isn't approved, or no longer: its addresses may be anybody's."""
    if registration.state is State.REMOVED:
        msg = f"registration {registration.id} was removed; open the activity in Moodle, then send the score again"
        raise PlatformRemoved(msg)
    if registration.state is not State.ACTIVE:
        msg = f"registration {registration.id} is {registration.state}"
        raise PlatformUnreachable(msg)


def _ask_for_access(connector: ServiceConnector, scopes: Sequence[str]) -> None:
    """Get the access token, which the connector keeps.

    No refusal is final: Moodle's 400 may mean that it could not read our key set just then.
    """
    try:
        connector.get_access_token(scopes)
    except LtiServiceException as error:
        msg = f"{place(error.response.url)} gave no access: {error.response.status_code}"
        raise PlatformUnreachable(msg) from error


class _SigningRegistration(Registration):
    """A registration with the tool's loaded key; parsing a PEM for every signature costs 50 ms."""

    def __init__(self, kid: str) -> None:
        self._kid = kid

    def get_kid(self) -> str:
        return self._kid


def _signing(row: RegistrationRow) -> Registration:
    key = keys.signing_key()
    registration = registry.fill(_SigningRegistration(key.kid), row)
    return registration.set_tool_private_key(key.private_key)  # type: ignore[arg-type]  # PyJWT takes the loaded key


@contextmanager
def translated() -> Iterator[None]:
    """Turn what pylti1p3 raises into the tool's own errors.

    Raises:
        PlatformAnswered: an error status.
        PlatformUnreachable: an answer that can't be read.
    """
    try:
        yield
    except LtiServiceException as error:
        raise PlatformAnswered(error.response.status_code, place(error.response.url)) from error
    except (LtiException, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PlatformUnreachable(type(error).__name__) from error
