"""What a dynamic registration asks for, and what is answered. Pure.

After Moodle's `registration_helper.php`: fields it ignores are ignored here, and its slips are kept.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

from lti_tool.demo.moodle.claims import FULL_SYNC, LINEITEM, LINEITEM_READ, MEMBERSHIPS, RESULT, SCORE
from lti_tool.demo.moodle.matching import domain_of
from lti_tool.demo.moodle.tables import Tool

TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"
REQUIRED = (
    "response_types",
    "initiate_login_uri",
    "redirect_uris",
    "client_name",
    "jwks_uri",
    "token_endpoint_auth_method",
    TOOL_CONFIGURATION,
)
NAME_CLAIMS = {"name", "given_name", "family_name"}
SIGNED = "private_key_jwt"
Json = Mapping[str, Any]


class RegistrationRefused(Exception):
    """A registration that Moodle refuses; the text is its answer's body."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def read_registration(payload: Json) -> dict[str, Any]:
    """Turn a tool's registration into the columns of `Tool`; a column that is left out stays as it was.

    Raises:
        RegistrationRefused: something that is needed is missing or wrong.
    """
    for name in REQUIRED:
        if not payload.get(name):
            _refuse(f"missing required attribute {name}")
    configuration: Json = payload[TOOL_CONFIGURATION]
    _check(payload, configuration)
    return {
        "name": payload["client_name"],
        "login_url": payload["initiate_login_uri"],
        "redirect_uris": "\n".join(payload["redirect_uris"]),
        "keyset_url": payload["jwks_uri"],
        **_addresses(configuration),
        **_optional("icon", payload.get("logo_uri")),
        **_optional("description", configuration.get("description")),
        **_deep_linking(configuration.get("messages") or []),
        **_rights(str(payload.get("scope") or "").split(" "), set(configuration.get("claims") or [])),
        "custom_parameters": _lines(configuration.get("custom_parameters") or {}),
    }


def write_registration(tool: Tool) -> dict[str, Any]:
    """Answer with the registration as it is kept; like Moodle's, its `scope` says too much."""
    configuration: dict[str, Any] = {
        "version": "1.3.0",
        "deployment_id": str(tool.id),
        "target_link_uri": tool.base_url,
        "domain": tool.domain,
        "description": tool.description,
        "claims": _claims_answer(tool),
    }
    if tool.deep_linking:
        message = {"type": "LtiDeepLinkingRequest", "target_link_uri": tool.deep_linking_url}
        configuration["messages"] = [{key: value for key, value in message.items() if value}]
    if tool.custom_parameters:
        configuration["custom_parameters"] = _cut_at_second_sign(tool.custom_parameters)
    return {
        "client_id": tool.client_id,
        "response_types": ["id_token"],
        "jwks_uri": tool.keyset_url,
        "initiate_login_uri": tool.login_url,
        "grant_types": ["client_credentials", "implicit"],
        "redirect_uris": tool.redirect_uris.split("\n"),
        "application_type": "web",
        "token_endpoint_auth_method": SIGNED,
        "client_name": tool.name,
        "logo_uri": tool.icon,
        "scope": " ".join(_scope_answer(tool)),
        TOOL_CONFIGURATION: configuration,
    }


def _check(payload: Json, configuration: Json) -> None:
    target = configuration.get("target_link_uri") or f"https://{configuration.get('domain')}"
    rules = {
        "missing_domain": bool(configuration.get("domain")),
        "domain_targetlinkuri_mismatch": domain_of(str(configuration.get("domain"))) == domain_of(target),
        "invalid_response_types": "id_token" in payload["response_types"],
        "invalid_redirect_uris": isinstance(payload["redirect_uris"], list),
        "invalid_token_endpoint_auth_method": payload["token_endpoint_auth_method"] == SIGNED,
        "invalid_application_type": payload.get("application_type") in (None, "", "web"),
    }
    for error, kept in rules.items():
        if not kept:
            _refuse(error)


def _addresses(configuration: Json) -> dict[str, str]:
    domain = configuration["domain"]
    return {
        "domain": domain_of(domain),
        "base_url": configuration.get("target_link_uri") or f"https://{domain}",
    }


def _deep_linking(messages: list[Json]) -> dict[str, Any]:
    asked = [message for message in messages if message.get("type") == "LtiDeepLinkingRequest"]
    if not asked:
        return {"deep_linking": False}
    return {"deep_linking": True, "deep_linking_url": asked[-1].get("target_link_uri", "")}


def _rights(scopes: list[str], claims: set[str]) -> dict[str, Any]:
    some = bool({SCORE, RESULT, LINEITEM_READ}.intersection(scopes))
    return {
        "grade_sync": FULL_SYNC if LINEITEM in scopes else int(some),
        "memberships": MEMBERSHIPS in scopes,
        "send_name": bool(NAME_CLAIMS & claims),
        "send_email": "email" in claims,
    }


def _lines(custom: Json) -> str:
    return "\n".join(f"{key}={value}" for key, value in custom.items())


def _optional(column: str, value: object) -> dict[str, object]:
    return {column: value} if value else {}


def _cut_at_second_sign(text: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in (line.split("=") for line in text.split("\n"))}


def _scope_answer(tool: Tool) -> list[str]:
    """Name the scopes; where some grade scope is given, all are said to be."""
    grades = [SCORE, RESULT, LINEITEM_READ, LINEITEM] if tool.grade_sync else []
    return [*grades, MEMBERSHIPS] if tool.memberships else grades


def _claims_answer(tool: Tool) -> list[str]:
    names = ["name", "family_name", "given_name"] if tool.send_name else []
    return ["sub", "iss", *names, *(["email"] if tool.send_email else [])]


def _refuse(message: str) -> NoReturn:
    raise RegistrationRefused(message)
