"""Calls to a platform's services: with a token that all processes share, and with errors of our own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import uuid4

from flask import current_app
from pydantic import BaseModel, Field, ValidationError
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.service_connector import ServiceConnector, TServiceConnectorResponse

from lti_tool.database import db
from lti_tool.errors import (
    AccessRefused,
    ForeignAddress,
    PlatformAnswered,
    PlatformRemoved,
    PlatformUnreachable,
    TokenUnseen,
)
from lti_tool.lti import registry
from lti_tool.lti.addresses import is_at, origin
from lti_tool.lti.keys.signing import sign
from lti_tool.lti.platform import access_tokens
from lti_tool.lti.platform.access_tokens import Access, Granted
from lti_tool.lti.platform.http import PlatformSession, json_of, place
from lti_tool.lti.tables import RegistrationRow, State

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LASTS = 60
USUAL = 3_600
"""Seconds that a token lasts where its platform doesn't say."""
LONGEST = 86_400
NO_LONGER_TAKEN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
"""What platforms answer to a token that is over: most the first, some the second, which may mean missing rights too."""


class _TokenAnswer(BaseModel):
    """What a token endpoint answers (RFC 6749, section 5.1)."""

    access_token: Annotated[str, Field(min_length=1, max_length=10_000)]
    expires_in: Annotated[int, Field(ge=0, le=LONGEST)] = USUAL
    scope: object = None

    def grants(self, scopes: Sequence[str]) -> bool:
        """Tell whether all is granted that was asked for, as an answer that names no scopes says too."""
        return not isinstance(self.scope, str) or set(scopes) <= set(self.scope.split())


class Connector(ServiceConnector):
    """pylti1p3's connector to one registration's platform, with the tokens of `access_tokens`."""

    def __init__(self, row: RegistrationRow) -> None:
        self._session = PlatformSession(allow_private=current_app.config["ALLOW_PRIVATE_PLATFORMS"])
        super().__init__(registry.as_pylti(row), self._session)
        self._number = row.id
        self._origins = row.origins
        self._client_id = row.client_id
        self._token_endpoint = row.token_endpoint
        self._audience = row.token_audience or row.token_endpoint
        self._access: Access | None = None
        self._has_all_rights = False

    def get_access_token(self, scopes: Sequence[str]) -> str:
        """Give the token that is kept, or ask for one."""
        self._access = access_tokens.get(self._number, scopes, partial(self._ask, scopes))
        return self._access.token

    def make_service_request(
        self, scopes: Sequence[str], url: str, *args: Any, **kwargs: Any
    ) -> TServiceConnectorResponse:
        """Call a service of the platform; where it no longer takes a kept token, once more with a new one."""
        self._require_own(url)
        try:
            return self._requested(scopes, url, *args, **kwargs)
        except LtiServiceException as error:
            access = self._access
            if error.response.status_code not in NO_LONGER_TAKEN or access is None or access.is_new:
                raise
        access_tokens.forget(self._number, scopes, access)
        return self._requested(scopes, url, *args, **kwargs)

    def _requested(self, scopes: Sequence[str], url: str, *args: Any, **kwargs: Any) -> TServiceConnectorResponse:
        """Call a service once, and notice that its platform does not see the token which it has just given."""
        try:
            return super().make_service_request(scopes, url, *args, **kwargs)
        except LtiServiceException as error:
            is_unauthorized = error.response.status_code == HTTPStatus.UNAUTHORIZED
            if is_unauthorized and self._access and self._access.is_new and self._has_all_rights:
                raise TokenUnseen(place(url)) from error
            raise

    def take_answers_of(self, most_bytes: int) -> None:
        """Read longer answers than others, where that is expected."""
        self._session.largest = most_bytes

    def _require_own(self, url: str) -> None:
        """Keep the access token at home: an address may come from a claim that a teacher wrote."""
        if not is_at(url, self._origins):
            msg = f"{origin(url)} isn't known as a place of registration {self._number}; see `platforms origins`"
            raise ForeignAddress(msg)

    def _ask(self, scopes: Sequence[str]) -> Granted:
        """Ask the platform for a token.

        No refusal is final: Moodle's 400 may mean that it could not read our key set just then.
        """
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self._assertion(),
            "scope": " ".join(sorted(scopes)),
        }
        db.session.rollback()  # reading our key began a transaction; none is held while the platform is asked
        response = self._requests_session.post(self._token_endpoint, data=form)
        if not response.ok:
            error = PlatformUnreachable if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else AccessRefused
            msg = f"{place(self._token_endpoint)} gave no access: {response.status_code}"
            raise error(msg, retry_after=response.headers.get("Retry-After"))
        answer = _TokenAnswer.model_validate(json_of(response))
        self._has_all_rights = answer.grants(scopes)
        return Granted(token=answer.access_token, lasts=timedelta(seconds=answer.expires_in))

    def _assertion(self) -> str:
        """Sign who we are."""
        claims = {"iss": self._client_id, "sub": self._client_id, "aud": self._audience, "jti": str(uuid4())}
        return sign(claims, lasts=ASSERTION_LASTS)


def connect(row: RegistrationRow) -> Connector:
    """Give a way to the services of a registration's platform; nothing is sent yet.

    Raises:
        PlatformRemoved: the registration was removed.
        AccessRefused: it isn't approved, or no longer; its addresses may be anybody's.
    """
    if row.state is State.REMOVED:
        msg = f"registration {row.id} was removed; open the activity in Moodle, then send the score again"
        raise PlatformRemoved(msg)
    if row.state is not State.ACTIVE:
        msg = f"registration {row.id} is {row.state}"
        raise AccessRefused(msg)
    return Connector(row)


@contextmanager
def translated() -> Iterator[None]:
    """Turn pylti1p3's errors, and those of an answer that is not what it should be, into ours."""
    try:
        yield
    except LtiServiceException as error:
        response = error.response
        raise PlatformAnswered(
            response.status_code,
            place(response.url),
            empty=response.text.strip() == "[]",
            retry_after=response.headers.get("Retry-After"),
        ) from error
    except ValidationError as error:
        raise PlatformUnreachable(type(error).__name__) from None  # its text would hold the answer
    except (LtiException, ValueError, ArithmeticError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PlatformUnreachable(type(error).__name__) from error
