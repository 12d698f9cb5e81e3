"""Every claim that the verifier reads: missing, and of each JSON type that it is not.

What isn't needed keeps nobody out, whatever it is. The two exceptions restrict the token that they stand in.

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
from tests.spec.known_bad_launch.refusing import (
    ADVICE,
    CONTEXT,
    COURSE_ADVICE,
    CUSTOM,
    LINK,
    PRESENTATION,
    assert_refused,
    begun,
)

FOR_USER = f"{LTI}for_user"
ROSTER = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
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
"""No claim is one of these; in a list of texts they are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a claim may be, and why a message in which it is missing or malformed is refused, where it is."""

    path: Path
    types: tuple[str, ...]
    missing: str | None = None
    malformed: str | None = None
    identifies: bool = False
    """Whether it names something that is kept, so that it may be neither empty nor too long."""

    @property
    def advice(self) -> str:
        """Give the advice of the page that says so."""
        return COURSE_ADVICE if self.path[0] == CONTEXT else ADVICE

    @property
    def wrong(self) -> list[object]:
        """Give values of every other type."""
        others = chain.from_iterable(values for name, values in VALUES.items() if name not in self.types)
        return [*others, *(() if self.types == (TEXTS,) else NEVER)]


def _name(path: Path) -> str:
    return ".".join(name.rsplit("/", 1)[-1] for name in path)


def _optional(*path: str, of: tuple[str, ...]) -> Row:
    return Row(path=path, types=of)


def _restricting(*path: str, of: tuple[str, ...]) -> Row:
    """Write the row of a claim that may be missing, and says when a message doesn't count where it is there."""
    return Row(path=path, types=of, malformed="claim_" + _name(path[:1]))


def _of_some(*path: str, of: tuple[str, ...], rule: str, identifies: bool = False) -> Row:
    """Write the row of a claim that only some messages need, by a rule."""
    return Row(path=path, types=of, missing=rule, malformed=rule, identifies=identifies)


def _needed(*path: str, of: tuple[str, ...], identifies: bool = False) -> Row:
    reason = "claim_" + _name(path[:1])
    return Row(path=path, types=of, missing=reason, malformed=reason, identifies=identifies)


def _identifying(*path: str, of: tuple[str, ...] = (TEXT,)) -> Row:
    return _needed(*path, of=of, identifies=True)


LINK_RULE, FOR_USER_RULE, DL_RULE = "rule_resource_link", "rule_for_user", "rule_deep_linking_settings"

ROWS = [
    _identifying("iss"),
    _identifying("aud", of=(TEXT, TEXTS)),
    _restricting("azp", of=(TEXT, NULL)),
    _identifying("sub"),
    _needed("exp", of=(NUMBER,)),
    _needed("iat", of=(NUMBER,)),
    _restricting("nbf", of=(NUMBER, NULL)),
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
    _of_some(LINK, of=(OBJECT,), rule=LINK_RULE),
    _of_some(LINK, "id", of=(TEXT,), rule=LINK_RULE, identifies=True),
    _optional(LINK, "title", of=(TEXT, NULL)),
    _optional(PRESENTATION, of=(OBJECT,)),
    _optional(PRESENTATION, "locale", of=(TEXT, NULL)),
    _optional(PRESENTATION, "return_url", of=(TEXT, NULL)),
    _optional(CUSTOM, of=(OBJECT,)),
    _optional(CUSTOM, "activity", of=(TEXT,)),
    _optional(CUSTOM, "group_ids", of=(TEXT,)),
    _optional(AGS, of=(OBJECT,)),
    _optional(AGS, "scope", of=(TEXTS,)),
    _optional(AGS, "lineitem", of=(TEXT, NULL)),
    _optional(AGS, "lineitems", of=(TEXT, NULL)),
    _of_some(FOR_USER, of=(OBJECT,), rule=FOR_USER_RULE),
    _of_some(FOR_USER, "user_id", of=(TEXT,), rule=FOR_USER_RULE, identifies=True),
    _of_some(DL, of=(OBJECT,), rule=DL_RULE),
    _of_some(DL, "deep_link_return_url", of=(TEXT,), rule=DL_RULE),
    _of_some(DL, "accept_types", of=(TEXTS,), rule=DL_RULE),
    _optional(ROSTER, of=(OBJECT, NULL)),
    _optional(ROSTER, "context_memberships_url", of=(TEXT,)),
    _optional(ROSTER, "service_versions", of=(TEXTS,)),
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

    assert rows == set(_claims_read(UnverifiedClaims))


def _message(app: Flask, platform: Platform, nonce: str, path: Path) -> Claims:
    """Write a good message in which a claim stands."""
    write = {DL: platform.deep_linking_claims, FOR_USER: platform.review_claims}.get(path[0], platform.claims)
    claims = write(app, nonce)
    roster = {"context_memberships_url": f"{platform.origin}/roster", "service_versions": ["2.0"]}
    return {"azp": claims["aud"], "nbf": claims["iat"], ROSTER: roster, **claims}


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

    assert_refused(answer, caplog, row.missing or "", advice=row.advice)


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


def _wrong(rows: list[tuple[Row, object]]) -> pytest.MarkDecorator:
    names = [f"{_name(row.path)} is {json.dumps(value)}" for row, value in rows]
    return pytest.mark.parametrize(("row", "value"), rows, ids=names)


@_wrong([(row, value) for row, value in WRONG if row.malformed])
def test_a_needed_claim_of_a_wrong_type_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, row: Row, value: object
) -> None:
    login = begun(sqlite_app, platform)
    claims = _message(sqlite_app, platform, login.nonce, row.path)
    _holder(claims, row.path)[row.path[-1]] = value

    answer = login.launch(sign(claims))

    assert_refused(answer, caplog, row.malformed or "", advice=row.advice)


@_wrong([(row, value) for row, value in WRONG if not row.malformed])
def test_a_claim_of_a_wrong_type_that_nobody_needs_keeps_nobody_out(
    sqlite_app: Flask, platform: Platform, row: Row, value: object
) -> None:
    login = begun(sqlite_app, platform)
    claims = _message(sqlite_app, platform, login.nonce, row.path)
    _holder(claims, row.path)[row.path[-1]] = value

    answer = login.launch(sign(claims))

    assert answer.status_code == 303, answer.text


LISTS = [row for row in ROWS if row.types == (TEXTS,)]


@pytest.mark.parametrize("row", LISTS, ids=lambda row: _name(row.path))
def test_in_a_list_of_texts_what_is_no_text_is_left_out(sqlite_app: Flask, platform: Platform, row: Row) -> None:
    login = begun(sqlite_app, platform)
    claims = _message(sqlite_app, platform, login.nonce, row.path)
    holder, name = _holder(claims, row.path), row.path[-1]
    holder[name] = [5, None, *holder[name], ["text"]]

    answer = login.launch(sign(claims))

    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize("name", [LINK, FOR_USER, DL], ids=lambda name: _name((name,)))
@pytest.mark.parametrize("value", [5, None, [], {}, {"id": 5}], ids=json.dumps)
def test_what_only_other_messages_need_keeps_nobody_out(
    sqlite_app: Flask, platform: Platform, name: str, value: object
) -> None:
    login = begun(sqlite_app, platform)
    write = platform.deep_linking_claims if name == LINK else platform.claims

    answer = login.launch(sign(write(sqlite_app, login.nonce, **{name: value})))

    assert answer.status_code == 303, answer.text


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

    assert_refused(answer, caplog, row.malformed or "", advice=row.advice)
