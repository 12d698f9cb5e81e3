"""What a platform's message says: its shape, the rules it must keep, and the `Launch` that is made of it.

Source: LTI 1.3 core, LTI-AGS 2.0, LTI-DL 2.0, LTI-NRPS 2.0, OpenID Connect Core 3.1.3.7.
"""

import json
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

from lti_tool.lti.addresses import is_at
from lti_tool.lti.identifiers import Identifier
from lti_tool.lti.roles import Role

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
LEEWAY = 60
"""Seconds that the platform's clock may differ from ours."""
OLDEST = 600
"""Seconds after which an `iat` is too old, whatever `exp` says."""

Address = Annotated[str, StringConstraints(pattern=r"^[!-~]+$")]
"""What may be written as an address (RFC 3986): visible ASCII, so that it can be put into a page and a header."""
Moment = int | FiniteFloat
"""Seconds since 1970 (RFC 7519, 2); platforms may send fractions."""


class Message(StrEnum):
    """The messages that the tool answers."""

    RESOURCE_LINK = "LtiResourceLinkRequest"
    DEEP_LINKING = "LtiDeepLinkingRequest"
    SUBMISSION_REVIEW = "LtiSubmissionReviewRequest"


def _only_texts(value: object) -> object:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else value


Texts = Annotated[list[str], BeforeValidator(_only_texts)]
"""A list of which what isn't text is left out."""


def _as_texts(value: object) -> object:
    """Write numbers and flags as JSON does, and leave out what is no text even so."""
    if not isinstance(value, dict):
        return value
    plain = {name: one for name, one in value.items() if isinstance(one, str | int | float)}
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in plain.items()}


class _Claim(BaseModel):
    """Something that a platform says; what has a default isn't needed, and counts as absent where it is malformed."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)
    restricting: ClassVar[frozenset[str]] = frozenset()
    """What isn't needed, and yet refuses the message where it is malformed: it says when the message doesn't count."""

    @field_validator("*", mode="wrap")
    @classmethod
    def _do_without(cls, value: Any, validate: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        """Keep nobody out for the sake of what nobody needs; a claim may be anything."""
        try:
            return validate(value)
        except ValidationError:
            field = cls.model_fields[str(info.field_name)]
            if field.is_required() or info.field_name in cls.restricting:
                raise
            return field.get_default()


class UnverifiedContext(_Claim):
    """The course."""

    id: Identifier
    title: str | None = None


class UnverifiedResourceLink(_Claim):
    """The activity on the course's page."""

    id: Identifier
    title: str | None = None


class UnverifiedEndpoint(_Claim):
    """The grade service's addresses for this activity."""

    scope: Texts = []
    lineitem: str | None = None
    lineitems: str | None = None


class UnverifiedForUser(_Claim):
    """Whose work is to be reviewed."""

    user_id: Identifier


class UnverifiedRoster(_Claim):
    """Where the roster service of the course is."""

    context_memberships_url: str
    service_versions: Texts = []


class UnverifiedPresentation(_Claim):
    """How and in which language the platform shows the tool."""

    locale: str | None = None
    return_url: str | None = None


class UnverifiedDeepLinking(_Claim):
    """Where and how to answer with a choice of activities."""

    deep_link_return_url: Address
    accept_types: Texts
    accept_multiple: bool = False
    data: str | None = None


class UnverifiedClaims(_Claim):
    """The body of an id_token whose shape is right; nothing in it may be believed yet."""

    restricting = frozenset({"azp", "nbf"})

    iss: Identifier
    aud: Identifier | list[Identifier]
    azp: str | None = None
    sub: Identifier
    exp: Moment
    iat: Moment
    nbf: Moment | None = None
    nonce: Identifier
    name: str | None = None
    email: str | None = None
    message: Annotated[Message, Field(strict=False, alias=f"{LTI}message_type")]
    version: str = Field(alias=f"{LTI}version")
    deployment_id: Identifier = Field(alias=f"{LTI}deployment_id")
    target_link_uri: str = Field(alias=f"{LTI}target_link_uri")
    roles: Texts = Field(alias=f"{LTI}roles")
    context: UnverifiedContext = Field(alias=f"{LTI}context")
    resource_link: UnverifiedResourceLink | None = Field(None, alias=f"{LTI}resource_link")
    presentation: UnverifiedPresentation = Field(UnverifiedPresentation(), alias=f"{LTI}launch_presentation")
    custom: Annotated[dict[str, str], BeforeValidator(_as_texts)] = Field({}, alias=f"{LTI}custom")
    for_user: UnverifiedForUser | None = Field(None, alias=f"{LTI}for_user")
    endpoint: UnverifiedEndpoint = Field(
        UnverifiedEndpoint(), alias="https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
    )
    roster: UnverifiedRoster | None = Field(
        None, alias="https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
    )
    deep_linking: UnverifiedDeepLinking | None = Field(
        None, alias="https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
    )

    @property
    def audiences(self) -> list[str]:
        """`aud` as a list, whichever form it came in."""
        return [self.aud] if isinstance(self.aud, str) else self.aud

    @property
    def memberships_url(self) -> str | None:
        """The roster's address, where it speaks our version."""
        if self.roster is None or "2.0" not in self.roster.service_versions:
            return None
        return self.roster.context_memberships_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What our own record of the login says that the message must hold."""

    issuer: str
    origins: Container[str]
    """Where this platform may be."""
    client_id: str
    nonce: str
    target_link_uri: str
    now: datetime


Rule = Callable[[UnverifiedClaims, Expected], bool]

RULES: Mapping[str, Rule] = {
    "iss": lambda claims, expected: claims.iss == expected.issuer,
    "aud": lambda claims, expected: expected.client_id in claims.audiences,
    "azp": lambda claims, expected: (
        claims.azp == expected.client_id if len(claims.audiences) > 1 else claims.azp in (None, expected.client_id)
    ),
    "exp": lambda claims, expected: claims.exp > expected.now.timestamp() - LEEWAY,
    "iat_ahead": lambda claims, expected: claims.iat <= expected.now.timestamp() + LEEWAY,
    "iat_old": lambda claims, expected: claims.iat >= expected.now.timestamp() - OLDEST,
    "nbf": lambda claims, expected: claims.nbf is None or claims.nbf <= expected.now.timestamp() + LEEWAY,
    "nonce": lambda claims, expected: claims.nonce == expected.nonce,
    "version": lambda claims, _: claims.version == "1.3.0",
    "target_link_uri": lambda claims, expected: claims.target_link_uri == expected.target_link_uri,
    "resource_link": lambda claims, _: claims.resource_link is not None or claims.message is Message.DEEP_LINKING,
    "for_user": lambda claims, _: claims.for_user is not None or claims.message is not Message.SUBMISSION_REVIEW,
    "deep_linking_settings": lambda claims, expected: (
        claims.message is not Message.DEEP_LINKING or _can_answer(claims.deep_linking, expected)
    ),
}
"""Each claim's rule; the name of a broken one is the reason in the log. Who can write which stands in `authors`."""


def _can_answer(settings: UnverifiedDeepLinking | None, expected: Expected) -> bool:
    """Tell whether the signed answer would go to the platform, and to nobody else."""
    return (
        settings is not None
        and "ltiResourceLink" in settings.accept_types
        and is_at(settings.deep_link_return_url, expected.origins)
    )


def broken_rule(claims: UnverifiedClaims, expected: Expected) -> str | None:
    """Name the first rule that a message breaks."""
    return next((name for name, keeps in RULES.items() if not keeps(claims, expected)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepLinking:
    """Where the picker's answer goes."""

    return_url: str
    accept_multiple: bool
    data: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One verified entry: person, course, activity and role. Only the verifier makes it."""

    registration_id: int
    deployment_id: int
    site_id: int
    sub: str
    name: str | None
    email: str | None
    role: Role
    message: Message
    context_id: str
    course_title: str | None
    resource_link_id: str | None
    title: str | None
    activity: str | None
    locale: str | None
    timezone: str | None
    return_url: str | None
    line_item_url: str | None
    line_items_url: str | None
    scopes: tuple[str, ...]
    context_history: tuple[str, ...]
    """Ids of the courses that this one is a copy of, the nearest first."""
    group_ids: tuple[str, ...] | None
    """Numbers of the course's groups that the person is in; nothing where nobody said."""
    for_sub: str | None
    """Whose work the platform asks to review."""
    memberships_url: str | None
    deep_linking: DeepLinking | None
