"""Every claim that the verifier reads: missing, and of each JSON type that it is not.

The rows are held against the verifier's own model, so that a claim added there without a row here is noticed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, get_args

import pytest
from flask import Flask
from pydantic import BaseModel

from lti_tool.lti.launch.claims import UnverifiedClaims
from tests.lti_tool.platform import AGS, DL, LTI, Claims, Platform, sign
from tests.spec.known_bad_launch.refusing import CONTEXT, CUSTOM, LINK, PRESENTATION, assert_refused, begun

FOR_USER = f"{LTI}for_user"
ROSTER = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
"""An extra: where it is malformed, the launch is let in without it."""
Path = tuple[str, ...]
TEXT, NUMBER, TEXTS, OBJECT, FLAG, NULL = "text", "number", "list of texts", "object of texts", "flag", "null"

VALUES: Mapping[str, tuple[object, ...]] = {
    TEXT: ("text",),
    NUMBER: (5, 5.5),
    TEXTS: (["text"],),
    OBJECT: ({"name": "text"},),
    FLAG: (True,),
    NULL: (None,),
}
NEVER: tuple[object, ...] = ([5], [None], [["text"]])
"""No claim is one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a claim may be, and why a message without it is refused, where it is."""

    path: Path
    types: tuple[str, ...]
    missing: str | None
    identifies: bool
    """Whether it names something that is kept, so that it may be neither empty nor too long."""

    @property
    def wrong(self) -> list[object]:
        """Give values of every other type."""
        others = chain.from_iterable(values for name, values in VALUES.items() if name not in self.types)
        return [*others, *NEVER]

    @property
    def reason(self) -> str:
        """Name the claim as the log does."""
        return "claim_" + _name(self.path[:1])


def _name(path: Path) -> str:
    return ".".join(name.rsplit("/", 1)[-1] for name in path)


def _optional(*path: str, of: tuple[str, ...], rule: str | None = None) -> Row:
    """Write the row of a claim that may be missing, or that only some messages must have, by a rule."""
    return Row(path=path, types=of, missing=rule, identifies=False)


def _needed(*path: str, of: tuple[str, ...], identifies: bool = False) -> Row:
    return Row(path=path, types=of, missing="claim_" + _name(path[:1]), identifies=identifies)


def _identifying(*path: str, of: tuple[str, ...] = (TEXT,)) -> Row:
    return _needed(*path, of=of, identifies=True)


ROWS = [
    _identifying("iss"),
    _identifying("aud", of=(TEXT, TEXTS)),
    _optional("azp", of=(TEXT, NULL)),
    _identifying("sub"),
    _needed("exp", of=(NUMBER,)),
    _needed("iat", of=(NUMBER,)),
    _optional("nbf", of=(NUMBER, NULL)),
    _identifying("nonce"),
    _optional("name", of=(TEXT, NULL)),
    _optional("email", of=(TEXT, NULL)),
    _needed(f"{LTI}message_type", of=(TEXT,)),
    _needed(f"{LTI}version", of=(TEXT,)),
    _identifying(f"{LTI}deployment_id"),
    _needed(f"{LTI}target_link_uri", of=(TEXT,)),
    _needed(f"{LTI}roles", of=(TEXTS,)),
    _needed(CONTEXT, of=(OBJECT,)),
    _identifying(CONTEXT, "id"),
    _optional(CONTEXT, "title", of=(TEXT, NULL)),
    _optional(LINK, of=(OBJECT, NULL), rule="rule_resource_link"),
    _identifying(LINK, "id"),
    _optional(LINK, "title", of=(TEXT, NULL)),
    _optional(PRESENTATION, of=(OBJECT,)),
    _optional(PRESENTATION, "locale", of=(TEXT, NULL)),
    _optional(PRESENTATION, "return_url", of=(TEXT, NULL)),
    _optional(CUSTOM, of=(OBJECT,)),
    _optional(CUSTOM, "activity", of=(TEXT,)),
    _optional(AGS, of=(OBJECT,)),
    _optional(AGS, "scope", of=(TEXTS,)),
    _optional(AGS, "lineitem", of=(TEXT, NULL)),
    _optional(AGS, "lineitems", of=(TEXT, NULL)),
    _optional(FOR_USER, of=(OBJECT, NULL), rule="rule_for_user"),
    _identifying(FOR_USER, "user_id"),
    _optional(DL, of=(OBJECT, NULL), rule="rule_deep_linking_settings"),
    _needed(DL, "deep_link_return_url", of=(TEXT,)),
    _needed(DL, "accept_types", of=(TEXTS,)),
    _optional(DL, "accept_multiple", of=(FLAG,)),
    _optional(DL, "data", of=(TEXT, NULL)),
]


def _claims_read(model: type[BaseModel], inside: Path = ()) -> Iterator[Path]:
    """List the claims of the verifier's model, each with the claims that it stands in."""
    for name, field in model.model_fields.items():
        path = (*inside, field.alias or name)
        yield path
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _claims_read(part, path)


def test_every_claim_that_is_read_has_its_row() -> None:
    rows = {row.path for row in ROWS if row.path[0] != CUSTOM or len(row.path) == 1}

    assert rows == {path for path in _claims_read(UnverifiedClaims) if path[0] != ROSTER}


def _message(app: Flask, platform: Platform, nonce: str, path: Path) -> Claims:
    """Write a good message in which a claim stands."""
    write = {DL: platform.deep_linking_claims, FOR_USER: platform.review_claims}.get(path[0], platform.claims)
    claims = write(app, nonce)
    return {"azp": claims["aud"], "nbf": claims["iat"], **claims}


def _holder(claims: Claims, path: Path) -> dict[str, Any]:
    for name in path[:-1]:
        claims = claims[name]
    return claims


@pytest.mark.parametrize("row", [row for row in ROWS if row.missing], ids=lambda row: _name(row.path))
def test_a_message_without_a_claim_that_it_needs_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, row: Row
) -> None:
    login = begun(sqlite_app, platform)
    claims = _message(sqlite_app, platform, login.nonce, row.path)
    del _holder(claims, row.path)[row.path[-1]]

    answer = login.launch(sign(claims))

    assert_refused(answer, caplog, row.missing or "")


@pytest.mark.parametrize("row", [row for row in ROWS if not row.missing], ids=lambda row: _name(row.path))
def test_a_message_without_a_claim_that_may_be_missing_is_let_in(
    sqlite_app: Flask, platform: Platform, row: Row
) -> None:
    login = begun(sqlite_app, platform)
    claims = _message(sqlite_app, platform, login.nonce, row.path)
    _holder(claims, row.path).pop(row.path[-1], None)

    answer = login.launch(sign(claims))

    assert answer.status_code == 303, answer.text


WRONG = [(row, value) for row in ROWS for value in row.wrong]


@pytest.mark.parametrize(
    ("row", "value"), WRONG, ids=[f"{_name(row.path)} is {json.dumps(value)}" for row, value in WRONG]
)
def test_a_claim_of_a_wrong_type_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, row: Row, value: object
) -> None:
    login = begun(sqlite_app, platform)
    claims = _message(sqlite_app, platform, login.nonce, row.path)
    _holder(claims, row.path)[row.path[-1]] = value

    answer = login.launch(sign(claims))

    assert_refused(answer, caplog, row.reason)


TOO_MUCH = {"longer than any id": "x" * 256, "a NUL": "5\0", "half a character": "\ud800", "nothing": ""}
IDS = [row for row in ROWS if row.identifies]


@pytest.mark.parametrize("value", TOO_MUCH.values(), ids=TOO_MUCH)
@pytest.mark.parametrize("row", IDS, ids=lambda row: _name(row.path))
def test_an_id_that_no_database_keeps_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, row: Row, value: str
) -> None:
    login = begun(sqlite_app, platform)
    claims = _message(sqlite_app, platform, login.nonce, row.path)
    _holder(claims, row.path)[row.path[-1]] = value

    answer = login.launch(sign(claims))

    assert_refused(answer, caplog, row.reason)
