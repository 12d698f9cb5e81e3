"""Registration by hand, for platforms without dynamic registration and administrators who prefer it.

Source: Moodle 4.5's form for a preconfigured tool, whose labels and order these are.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from flask import current_app
from pydantic import BaseModel, ConfigDict, ValidationError

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import ConfigurationError, PlatformUnreachable
from lti_tool.lti import registry
from lti_tool.lti.addresses import origin, origins
from lti_tool.lti.identifiers import Identifier
from lti_tool.lti.launch.views import launch_url
from lti_tool.lti.platform.connections import allowed_addresses
from lti_tool.lti.platform.http import require_plain
from lti_tool.lti.registering import approval
from lti_tool.lti.registering.registration import CUSTOM, DESCRIPTION, NAME, Address, Audience, Issuer, public_address
from lti_tool.lti.registry import Granted, Kept
from lti_tool.lti.tables import RegistrationRow

WANTED_ADDRESS = "at most 2,000 characters, without blanks, line breaks and a fragment"
WANTED = {
    "issuer": "at most 255 characters, without blanks, line breaks, a query and a fragment",
    "client_id": "1 to 255 characters",
    "deployment_id": "1 to 255 characters",
    "token_audience": "1 to 2,000 characters",
}


class Typed(BaseModel):
    """What whoever runs the tool typed of a platform; endpoints left out are Moodle's under the issuer's address."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: Issuer
    client_id: Identifier
    deployment_id: Identifier
    authorization_endpoint: Address | None
    token_endpoint: Address | None
    jwks_uri: Address | None
    token_audience: Audience | None

    @property
    def granted(self) -> Granted:
        """Write it as what a platform grants."""
        moodle = self.issuer.rstrip("/") + "/mod/lti"
        return Granted(
            client_id=self.client_id,
            deployment_id=self.deployment_id,
            authorization_endpoint=self.authorization_endpoint or f"{moodle}/auth.php",
            token_endpoint=self.token_endpoint or f"{moodle}/token.php",
            token_audience=self.token_audience,
            jwks_uri=self.jwks_uri or f"{moodle}/certs.php",
        )


def add(**typed: str | None) -> Kept:
    """Keep a registration that was typed, or bring it up to date in place; it needs no approval.

    Endpoints that are named may stand on other hosts than the issuer: some platforms' do.

    Raises:
        ConfigurationError: naming what can't be used.
    """
    platform = _read(typed)
    for url in (platform.issuer, *_endpoints(platform.granted)):
        _require_usable(url)
    return registry.grant(registry.site(platform.issuer), platform.granted, approved=True, now=now())


def _read(typed: dict[str, str | None]) -> Typed:
    try:
        return Typed.model_validate(typed)
    except ValidationError as error:
        names = [str(problem["loc"][0]) for problem in error.errors(include_input=False)]
        wrong = ", ".join(f"{name} ({WANTED.get(name, WANTED_ADDRESS)})" for name in names)
        msg = f"This can't be used: {wrong}. Nothing was registered."
        raise ConfigurationError(msg) from None


def _endpoints(granted: Granted) -> Sequence[str]:
    return granted.authorization_endpoint, granted.token_endpoint, granted.jwks_uri


def slips(number: int) -> Sequence[str]:
    """Say what of a registration looks mistyped, though it may be meant so: platforms are known letter by letter."""
    row = db.session.get_one(RegistrationRow, number)
    others = {other.site.issuer for other in approval.registrations()} - {row.site.issuer}
    endpoints = (row.authorization_endpoint, row.token_endpoint, row.jwks_uri)
    return tuple(_slips(row.site.issuer, endpoints, sorted(others)))


def _slips(issuer: str, endpoints: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    if issuer.endswith("/"):
        yield f"{issuer} ends with a slash, which Moodle's Platform ID does not."
    if not issuer.startswith(origin(issuer) or ""):
        yield f"{issuer} has capital letters where it names the host."
    for elsewhere in sorted(set(origins(*endpoints)) - {origin(issuer)}):
        yield f"it is asked at another host, {elsewhere}."
    for other in others:
        if _bare(other) == _bare(issuer):
            yield f"{other} is known too, and nearly the same."


def _bare(issuer: str) -> str:
    """Leave out of an issuer what is easily mistaken."""
    return issuer.lower().partition("://")[2].removeprefix("www.").rstrip("/")


def _require_usable(url: str) -> None:
    private: bool = current_app.config["ALLOW_PRIVATE_PLATFORMS"]
    try:
        require_plain(url, allow_http=private)
        allowed_addresses(urlsplit(url).hostname or "", allow_private=private)
    except PlatformUnreachable as error:
        msg = f"{url} can't be used: {error}. Nothing was registered."
        raise ConfigurationError(msg) from error


def moodle_settings() -> Sequence[tuple[str, str]]:
    """Give what an administrator enters in Moodle, as labels and values; it takes a request's context."""
    launch, icon = launch_url(), public_address("static", filename="icon.svg")
    custom = "\n".join(f"{name}={value}" for name, value in CUSTOM.items())
    return (
        ("Tool name", NAME),
        ("Tool URL", launch),
        ("Tool description", DESCRIPTION),
        ("LTI version", "LTI 1.3"),
        ("Public key type", "Keyset URL"),
        ("Public keyset", public_address("lti.key_set")),
        ("Initiate login URL", public_address("lti.login")),
        ("Redirection URI(s)", launch),
        ("Custom parameters", custom),
        ("Tool configuration usage", "Show in activity chooser and as a preconfigured tool"),
        ("Default launch container", "Embed, without blocks"),
        ("Supports Deep Linking (Content-Item Message)", "ticked"),
        ("Content Selection URL", launch),
        ("Icon URL", icon),
        ("Secure icon URL", icon),
        ("IMS LTI Assignment and Grade Services", "Use this service for grade sync and column management"),
        (
            "IMS LTI Names and Role Provisioning",
            "Use this service to retrieve members' information as per privacy settings",
        ),
        ("Share launcher's name with tool", "Always"),
        ("Share launcher's email with tool", "Always"),
        ("Accept grades from the tool", "Always"),
    )
