"""The form of a platform's token: three canonical parts whose JSON can be read in one way only, and a header we know.

Stricter than PyJWT and pylti1p3, which skip characters that aren't base64 and take the last of two equal names.
Source: RFC 7515 (2, 4 and 5.2), RFC 7519 (4), RFC 8725 (3).
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Annotated, Literal, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from flask_babel import lazy_gettext
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from lti_tool.errors import LaunchRefused

LONGEST_TOKEN = 700_000
"""Characters. Moodle's own tokens have about three thousand, and an activity's whole description besides: of 40,000
emoji each takes twelve letters of JSON, and so sixteen here."""
LONGEST_HEADER = 16_000
"""Characters; there is room for a certificate and those that vouch for it."""
TOO_LONG = lazy_gettext(
    "Moodle sent more about this activity than the tool can take. Its description is probably very long: ask your "
    "trainer to shorten it."
)


class UnverifiedHeader(BaseModel):
    """What a header must say; keys and their addresses in it (`jwk`, `jku`, `x5c`, `x5u`) are never looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    alg: Literal["RS256"]
    kid: Annotated[str, StringConstraints(min_length=1)]
    typ: Annotated[str, StringConstraints(pattern="(?i)^(application/)?jwt$")] | None = None
    crit: None = None
    """Extensions that must be understood: we understand none."""
    b64: Literal[True] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedToken:
    """The parts of a token; the signature is still to be checked."""

    header: UnverifiedHeader
    body: str
    signed: bytes
    signature: bytes

    def is_signed_with(self, key: RSAPublicKey) -> bool:
        """Check the signature as RS256 wants it (RFC 7518, 3.3), whatever the header says."""
        try:
            key.verify(self.signature, self.signed, PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True

    def claims(self) -> dict[str, object]:
        """Read the body, once somebody we know has signed it: what a stranger wrote may take long to read.

        Raises:
            LaunchRefused: it is no object of JSON.
        """
        try:
            return _object(self.body)
        except (ValueError, RecursionError) as error:
            raise LaunchRefused("token_malformed") from error


def read(unverified_token: str) -> UnverifiedToken:
    """Take a token apart, and read no more of it than says who signed it.

    Raises:
        LaunchRefused: it is too long, it is no token, or its header is not one that we accept.
    """
    if len(unverified_token) > LONGEST_TOKEN:
        raise LaunchRefused("token_too_long", advice=TOO_LONG)
    try:
        head, body, end = unverified_token.split(".")
        header, signature = _object(head[:LONGEST_HEADER]), _octets(end)
        signed = f"{head}.{body}".encode("ascii")
    except (ValueError, RecursionError) as error:
        raise LaunchRefused("token_malformed") from error
    try:
        known = UnverifiedHeader.model_validate(header)
    except ValidationError as error:
        raise LaunchRefused("header_" + str(error.errors()[0]["loc"][0])) from None
    return UnverifiedToken(header=known, body=body, signed=signed, signature=signature)


def _octets(part: str) -> bytes:
    octets = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if urlsafe_b64encode(octets).rstrip(b"=") != part.encode():
        msg = "not the one way to write these bytes"
        raise ValueError(msg)
    return octets


def _object(part: str) -> dict[str, object]:
    document = json.loads(_octets(part).decode(), object_pairs_hook=_unique, parse_constant=_refuse)
    if not isinstance(document, dict):
        msg = "not an object"
        raise ValueError(msg)  # noqa: TRY004 - like everything else that is wrong with a token
    return document


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = "a name stands twice in an object"
        raise ValueError(msg)
    return found


def _refuse(constant: str) -> NoReturn:
    msg = f"{constant} is not JSON"
    raise ValueError(msg)
