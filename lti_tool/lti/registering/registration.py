"""Dynamic registration: a platform's administrator pastes one URL, sees what will be asked for, and agrees.

Source: LTI Dynamic Registration 1.0; what Moodle reads of it is in its own registration helper.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import PlatformAnswered, PlatformError, RegistrationRefused
from lti_tool.lti import registry
from lti_tool.lti.addresses import origin
from lti_tool.lti.identifiers import Identifier
from lti_tool.lti.launch import headers, limits
from lti_tool.lti.launch.views import launch_url
from lti_tool.lti.platform import roster
from lti_tool.lti.platform.http import PlatformSession, get_json, json_of
from lti_tool.lti.registering import invitations
from lti_tool.lti.registry import Granted
from lti_tool.lti.tables import InvitationRow

blueprint = Blueprint("registration", __name__)

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
NAME = "MedTOWN"
DESCRIPTION = "Co-production exercises and a community of practice"
SCOPES = (
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
    "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
    "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    roster.SCOPE,
)
CUSTOM = {
    "group_ids": "$Moodle.Person.userGroupIds",
    "context_history": "$Context.id.history",
    "timezone": "$Person.address.timezone",
}
"""Everything at once: a registration that asked for too little has to be made again by hand."""

Address = Annotated[str, StringConstraints(max_length=2_000, pattern=r'^[!"$-~]+$')]
"""Visible ASCII (RFC 3986) without a fragment, which no endpoint has (RFC 6749, 3.1 and 3.2)."""
Issuer = Annotated[str, StringConstraints(max_length=255, pattern=r'^[!"$->@-~]+$')]
"""The same without a query (OpenID Connect Core, 2)."""
Audience = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]+$")]

TOKEN_USED = lazy_gettext(
    "Moodle did not accept the registration: its permission lasts one hour and works once. "
    "Go back to Manage tools, paste the URL again and press “Add LTI Advantage”."
)
UNREADABLE = lazy_gettext(
    "The Moodle site did not answer as a learning platform should. Check that the tool can reach it over the "
    "network, then paste the URL again."
)
ELSEWHERE = lazy_gettext("The Moodle site's addresses do not belong together. Nothing was registered.")


class PlatformConfiguration(BaseModel):
    """What a platform says about itself at its `openid_configuration` address."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: Issuer
    authorization_endpoint: Address
    token_endpoint: Address
    jwks_uri: Address
    registration_endpoint: Address
    authorization_server: Audience | None = None

    def is_at(self, url: str) -> bool:
        """Tell whether what was read at an address is the issuer's own, and so are all its addresses.

        Two Moodles may share a host, each in a folder of its own: neither may speak for the other.
        """
        addresses = (self.authorization_endpoint, self.token_endpoint, self.jwks_uri, self.registration_endpoint)
        one_origin = {origin(address) for address in (url, self.issuer, *addresses)} == {origin(self.issuer)} != {None}
        return one_origin and url.startswith(self.issuer.rstrip("/") + "/") and ".." not in unquote(url)


class _ToolConfiguration(BaseModel):
    deployment_id: Identifier


class _Answer(BaseModel):
    client_id: Identifier
    tool: _ToolConfiguration = Field(alias=TOOL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the administrator's Moodle handed over with the URL."""

    invitation: InvitationRow
    configuration_url: str
    token: str
    """Empty where the platform needs none."""


@blueprint.get("/lti/register")
def ask() -> ResponseReturnValue:
    """Show the administrator what will be registered; nothing is changed yet."""
    limits.count_registration()
    offer = _offer()
    platform = _platform(offer)
    known = registry.is_known(platform.issuer)
    return render_template("lti/register.html", platform=platform, offer=request.args, known=known)


@blueprint.post("/lti/register")
def register() -> ResponseReturnValue:
    """Register with the platform, keep what it answers, and say what to press next."""
    limits.count_registration()
    offer = _offer()
    platform = _platform(offer)
    invitations.require_usable_by(offer.invitation, platform.issuer)
    answer = _post_registration(platform, offer.token)  # before anything is written: nobody waits for the platform
    site = registry.site(platform.issuer)
    invitations.bind(offer.invitation, site, now())
    granted = _granted(platform, answer)
    approved = offer.invitation.approves and registry.may_be_approved_by_invitation(site, granted)
    kept = registry.grant(site, granted, approved=approved, now=now())
    db.session.commit()
    return render_template("lti/registered.html", new=kept.new, state=kept.state, issuer=platform.issuer)


def _offer() -> Offer:
    given = request.values
    invitation = invitations.find(given.get("invitation", ""), now())
    url, token = given.get("openid_configuration", ""), given.get("registration_token", "")
    if not url:
        raise RegistrationRefused("registration_incomplete", advice=ONLY_FROM_MOODLE)
    headers.allow_framing_by(url)
    return Offer(invitation=invitation, configuration_url=url, token=token)


ONLY_FROM_MOODLE = lazy_gettext(
    "This address works only from inside Moodle. Paste it under Site administration > Plugins > External tool > "
    "Manage tools, as the tool URL, and press “Add LTI Advantage”."
)


def _platform(offer: Offer) -> PlatformConfiguration:
    """Read the platform's configuration; it must stand under the issuer's address, and every endpoint on its host."""
    try:
        platform = PlatformConfiguration.model_validate(get_json(platform_session(), offer.configuration_url))
    except (PlatformError, ValidationError) as error:
        raise RegistrationRefused("configuration_unreadable", advice=UNREADABLE) from error
    if not platform.is_at(offer.configuration_url):
        raise RegistrationRefused("configuration_elsewhere", advice=ELSEWHERE)
    return platform


def _post_registration(platform: PlatformConfiguration, token: str) -> _Answer:
    """Send the registration; a platform may do without a token."""
    permission = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        response = platform_session().post(
            platform.registration_endpoint,
            json=tool_registration(),
            headers={**permission, "Accept": "application/json"},
        )
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            raise RegistrationRefused("registration_token", advice=TOKEN_USED)
        if not response.ok:
            raise PlatformAnswered(response.status_code, platform.registration_endpoint)
        return _Answer.model_validate(json_of(response))
    except (PlatformError, ValueError) as error:
        raise RegistrationRefused("registration_answer", advice=UNREADABLE) from error


def tool_registration() -> dict[str, object]:
    """Describe the tool as a platform wants to read it."""
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": public_address("lti.login"),
        "redirect_uris": [launch_url()],
        "client_name": NAME,
        "jwks_uri": public_address("lti.key_set"),
        "logo_uri": public_address("static", filename="icon.svg"),
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(SCOPES),
        TOOL: {
            "domain": urlsplit(launch_url()).netloc,
            "description": DESCRIPTION,
            "target_link_uri": launch_url(),
            "claims": ["iss", "sub", "name", "given_name", "family_name", "email"],
            "custom_parameters": CUSTOM,
            "messages": [
                {"type": "LtiResourceLinkRequest"},
                {"type": "LtiDeepLinkingRequest", "target_link_uri": launch_url()},
            ],
        },
    }


def public_address(endpoint: str, **values: Any) -> str:
    """Give the address under which platforms reach one of our endpoints."""
    public_url: str = current_app.config["PUBLIC_URL"]
    return public_url + url_for(endpoint, **values)


def _granted(platform: PlatformConfiguration, answer: _Answer) -> Granted:
    return Granted(
        client_id=answer.client_id,
        deployment_id=answer.tool.deployment_id,
        authorization_endpoint=platform.authorization_endpoint,
        token_endpoint=platform.token_endpoint,
        token_audience=platform.authorization_server,
        jwks_uri=platform.jwks_uri,
    )


def platform_session() -> PlatformSession:
    """Open a bounded session to platforms, with this application's rules."""
    return PlatformSession(allow_private=current_app.config["ALLOW_PRIVATE_PLATFORMS"])


def invite(public_url: str, *, approves: bool, lasts: timedelta, now: datetime) -> str:
    """Make an invitation and give the URL to paste in Moodle; only its hash is kept."""
    secret = invitations.add(approves=approves, expires_at=now + lasts)
    return f"{public_url}/lti/register?invitation={secret}"
