"""The strict verifier: pylti1p3's launch with what it leaves out, and the only maker of a `Launch`.

pylti1p3 says what is checked when; overridden here are the parts in which it would accept what must be refused or
refuse what must be accepted: the state and nonce (one record, used once), the issuer and audience, the platform's keys
(cached, bounded), the signature (RS256 only), the deployment, which it looks up before anybody knows that it is text,
and what each message needs. The token's form is `tokens.py`'s affair; the claims' own rules are the table in
`claims.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, cast

from flask_babel import lazy_gettext
from pydantic import ValidationError
from pylti1p3.cookie import CookieService
from pylti1p3.exception import LtiException
from pylti1p3.message_launch import MessageLaunch, TLaunchData
from pylti1p3.request import Request
from pylti1p3.session import SessionService

from lti_tool.clock import now
from lti_tool.errors import LaunchRefused, PlatformError
from lti_tool.lti import registry
from lti_tool.lti.addresses import is_at
from lti_tool.lti.launch import tokens
from lti_tool.lti.launch.authors import CLAIMS
from lti_tool.lti.launch.claims import (
    DeepLinking,
    Expected,
    Launch,
    Message,
    UnverifiedClaims,
    UnverifiedResourceLink,
    broken_rule,
)
from lti_tool.lti.platform.key_sets import KeySets
from lti_tool.lti.registry import Registered, Registry
from lti_tool.lti.roles import role_in_course

LONGEST_TEXT = 255
LONGEST_URL = 2_000
GRADE_SERVICES = "https://purl.imsglobal.org/spec/lti-ags/scope/"
"""What the rights to them begin with (LTI-AGS 2.0): a token for gradebooks opens nothing else."""
MOST_COPIES = 20
"""Of a course's history that are kept."""
MOST_GROUPS = 100
"""Of a person that are kept."""
GROUP_ID = re.compile("[1-9][0-9]{0,9}")
NO_COURSE = lazy_gettext(
    "Moodle did not say which course this activity is in, and all work here belongs to a course. Open the activity "
    "from the page of a course; if it is not on one, ask your trainer to add it there."
)
ADVICE = {"claim_context": NO_COURSE}
"""What helps against a claim that we need and that a platform may leave out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A login that was just used up by the browser that began it."""

    registration: Registered
    nonce: str
    target_link_uri: str


class _NoRequest(Request):
    """The request is the views' affair; pylti1p3 reads nothing of it."""

    @property
    def session(self) -> Mapping[str, object]:
        return {}

    def is_secure(self) -> bool:
        return True

    def get_param(self, key: str) -> str:
        return ""


class _NoCookies(CookieService):
    """Cookies are the views' affair; pylti1p3 neither reads nor sets any."""

    def get_cookie(self, name: str) -> str | None:
        return None

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        """Set nothing."""


class _StrictLaunch(MessageLaunch[_NoRequest, Registry, SessionService, _NoCookies]):
    def __init__(self, id_token: str, login: Login, key_sets: KeySets) -> None:
        request = _NoRequest()
        super().__init__(
            request,
            Registry(login.registration),
            SessionService(request),
            _NoCookies(),
            requests_session=key_sets.session,  # nothing is asked with it, but without one a new one is made
        )
        self._login = login
        self._key_sets = key_sets
        self._unread = id_token

    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)

    def get_iss(self) -> str:
        """Give the login's issuer; that the message is of this issuer is checked with the claims."""
        return self._login.registration.issuer

    def get_client_id(self) -> str:
        """Give the login's client id; that it is in the audience is checked with the claims."""
        return self._login.registration.client_id

    def validate_state(self) -> Self:
        """Do nothing: the login record was used up before the token was looked at."""
        return self

    def validate_jwt_format(self) -> Self:
        """Take the token apart, more strictly than pylti1p3 does; its body is left for later."""
        self._token = tokens.read(self._unread)
        return self

    def validate_nonce(self) -> Self:
        """Do nothing: the nonce is held against the login record with the other claims."""
        return self

    def validate_jwt_signature(self) -> Self:
        """Check the signature with the platform's own key, RS256 only, and read what it is of.

        Times are checked with the other claims.
        """
        if not self._is_signed():
            raise LaunchRefused("token_InvalidSignatureError")
        self._jwt["body"] = cast("TLaunchData", self._token.claims())
        return self

    def _is_signed(self) -> bool:
        """Look at the signature; where it fails, the platform may have put a new key under an old id.

        Then its key set is asked again, seldom.
        """
        address, kid = self._login.registration.jwks_uri, self._token.header.kid
        key = self._key_sets.find(address, kid)
        if key is None:
            raise LaunchRefused("kid_unknown")
        if self._token.is_signed_with(key):
            return True
        other = self._key_sets.find_other(address, kid, key)
        return other is not None and self._token.is_signed_with(other)

    def validate_deployment(self) -> Self:
        """Hold the shape of what was signed, then its claims, against our own rules; then look the deployment up."""
        self.claims = UnverifiedClaims.model_validate(self._jwt["body"])
        if broken := broken_rule(self.claims, _expected(self._login)):
            raise LaunchRefused("rule_" + broken)
        self.deployment_id = registry.usable_deployment(self._login.registration.id, self.claims.deployment_id)
        return self

    def validate_message(self) -> Self:
        """Do nothing: what each message needs stands in our own rules; pylti1p3 wants more, which nobody needs."""
        return self

    def save_launch_data(self) -> Self:
        """Do nothing: the launch has a table of its own."""
        return self


def verify(unverified_token: str, login: Login, key_sets: KeySets) -> Launch:
    """Turn a platform's message into a launch, or refuse it.

    Raises:
        LaunchRefused: with the reason for the log; never with anything of the token.
    """
    message = _StrictLaunch(unverified_token, login, key_sets)
    try:
        message.validate()
    except ValidationError as error:
        problem = _first_problem(error)
        raise LaunchRefused(problem, advice=ADVICE.get(problem)) from None
    except LtiException as error:
        reason = f"token_{type(error).__name__}"
        raise LaunchRefused(reason) from error
    except PlatformError as error:
        raise LaunchRefused("key_set_unreadable") from error
    return _launch_from(message.claims, login, message.deployment_id)


def _first_problem(error: ValidationError) -> str:
    return "claim_" + str(error.errors(include_input=False)[0]["loc"][0]).rsplit("/", 1)[-1]


def _expected(login: Login) -> Expected:
    return Expected(
        issuer=login.registration.issuer,
        origins=login.registration.origins,
        client_id=login.registration.client_id,
        nonce=login.nonce,
        target_link_uri=login.target_link_uri,
        now=now(),
    )


def _launch_from(claims: UnverifiedClaims, login: Login, deployment_id: int) -> Launch:
    """Make a launch of claims that the verifier has just found to be true."""
    custom = _known_custom(claims.custom)
    link = _opened(claims)
    return Launch(
        registration_id=login.registration.id,
        deployment_id=deployment_id,
        site_id=login.registration.site_id,
        sub=claims.sub,
        name=_kept(claims.name),
        email=_kept(claims.email),
        role=role_in_course(claims.roles),
        message=claims.message,
        context_id=claims.context.id,
        course_title=_kept(claims.context.title),
        resource_link_id=link.id if link else None,
        title=_kept(link.title) if link else None,
        activity=_kept(custom.get("activity")),
        locale=_kept(claims.presentation.locale),
        timezone=_kept(custom.get("timezone")),
        return_url=_of_platform(claims.presentation.return_url, login),
        line_item_url=_kept(claims.endpoint.lineitem, LONGEST_URL),
        line_items_url=_kept(claims.endpoint.lineitems, LONGEST_URL),
        scopes=tuple(scope for scope in claims.endpoint.scope if scope.startswith(GRADE_SERVICES)),
        context_history=_history(custom.get("context_history")),
        group_ids=_group_ids(custom.get("group_ids")),
        for_sub=_reviewed(claims),
        memberships_url=_of_platform(claims.memberships_url, login),
        deep_linking=_answer_to(claims),
    )


def _kept(text: str | None, longest: int = LONGEST_TEXT) -> str | None:
    """Leave out what no database keeps (NUL and half characters), and what is longer than its column."""
    whole = (text or "").replace("\0", "").encode(errors="ignore").decode()
    return whole.strip()[:longest] or None


def _of_platform(url: str | None, login: Login) -> str | None:
    """Leave out an address that isn't the platform's own: a teacher may have written it."""
    return _kept(url, LONGEST_URL) if is_at(url, login.registration.origins) else None


def _history(text: str | None) -> tuple[str, ...]:
    """Read the courses that this one is a copy of, the nearest first."""
    ids = (text or "").replace("\0", "").split(",")
    return tuple(one.strip()[:LONGEST_TEXT] for one in ids if one.strip())[:MOST_COPIES]


def _group_ids(text: str | None) -> tuple[str, ...] | None:
    """Read the numbers of the groups that the person is in; an empty text says none, and what holds none says nothing.

    Moodle writes numbers with commas, and an empty text for who is in no group (`lti_calculate_custom_parameter`).
    """
    if text is None:
        return None
    entries = [entry.strip() for entry in text.split(",")]
    numbers = [entry for entry in entries if GROUP_ID.fullmatch(entry)]
    if any(entries) and not numbers:
        return None
    return tuple(dict.fromkeys(numbers))[:MOST_GROUPS]


def _opened(claims: UnverifiedClaims) -> UnverifiedResourceLink | None:
    """Give the activity's place in the course; choosing activities opens none, whatever place it is done from."""
    return None if claims.message is Message.DEEP_LINKING else claims.resource_link


def _reviewed(claims: UnverifiedClaims) -> str | None:
    """Name whose work is to be reviewed; in other messages the claim means nothing."""
    is_review = claims.message is Message.SUBMISSION_REVIEW
    return claims.for_user.user_id if claims.for_user and is_review else None


def _known_custom(custom: Mapping[str, str]) -> dict[str, str]:
    """Leave out what has no author's row, and variables that the platform did not know: they stay as literal text."""
    return {name: value for name, value in custom.items() if f"custom.{name}" in CLAIMS and not value.startswith("$")}


def _answer_to(claims: UnverifiedClaims) -> DeepLinking | None:
    """Say where a choice goes; in other messages the claim means nothing, and nobody looked where it leads."""
    settings = claims.deep_linking
    if settings is None or claims.message is not Message.DEEP_LINKING:
        return None
    return DeepLinking(
        return_url=settings.deep_link_return_url, accept_multiple=settings.accept_multiple, data=settings.data
    )
