"""Tokens that the platform did not sign, or not as it must, or that are no tokens at all."""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from tests.lti_tool.platform import GONE, Claims, Platform, encoded, public_jwk, sign, signing_key
from tests.spec.known_bad_launch.refusing import CONTEXT, LENGTH_ADVICE, assert_refused, begun

Forge = Callable[[Claims], str]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _with_a_mac(claims: Claims) -> str:
    """Sign with the platform's public key as if it were a shared secret."""
    public = signing_key("platform-key").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{encoded({'alg': 'HS256', 'kid': 'platform-key'})}.{encoded(claims)}"
    return f"{signed}.{encoded(hmac.digest(public, signed.encode(), hashlib.sha256))}"


def _with_another_hash(claims: Claims, name: str = "RS512") -> str:
    signed = f"{encoded({'alg': name, 'kid': 'platform-key'})}.{encoded(claims)}"
    return f"{signed}.{encoded(signing_key('platform-key').sign(signed.encode(), PKCS1v15(), SHA512()))}"


def _with_another_body(claims: Claims) -> str:
    head, _, signature = sign(claims).split(".")
    return f"{head}.{encoded({**claims, 'sub': '6'})}.{signature}"


def _with_another_last_letter(claims: Claims) -> str:
    """Change the bits of the signature's last letter that stand for nothing."""
    token = sign(claims)
    return token[:-1] + LETTERS[LETTERS.index(token[-1]) + 1]


def _with_padding(claims: Claims) -> str:
    token = sign(claims)
    return token + "=" * (-len(token.rsplit(".", 1)[1]) % 4)


def _said_twice(claims: Claims) -> str:
    """Sign a body that names its nonce twice, the right one last."""
    return sign(f'{{"nonce": "another", {json.dumps(claims)[1:]}'.encode())


def _said_twice_inside(claims: Claims) -> str:
    return sign(json.dumps(claims).replace(f'"{CONTEXT}": {{', f'"{CONTEXT}": {{"id": "3", ').encode())


def _with_no_number(claims: Claims) -> bytes:
    """Write a body with what Python calls a number and JSON doesn't (RFC 8259, 6)."""
    return json.dumps({**claims, "grade": float("nan")}).encode()


def _header_said_twice(claims: Claims) -> str:
    head = encoded(b'{"alg": "none", "alg": "RS256", "kid": "platform-key"}')
    return f"{head}.{sign(claims).split('.', 1)[1]}"


def _unsigned(body: bytes) -> Forge:
    """Put a body under another one's signature: nothing of it may be read."""

    def forge(claims: Claims) -> str:
        head, _, signature = sign(claims).split(".")
        return f"{head}.{encoded(body)}.{signature}"

    return forge


ANOTHER_KEY: dict[str, object] = {
    "jwk": {"kty": "RSA"},
    "jku": "http://localhost/keys",
    "x5u": "http://localhost/certificates",
    "x5c": ["MIIB"],
    "x5t": "AA",
}

FORGED: dict[str, tuple[Forge, str]] = {
    "unsigned": (lambda claims: f"{encoded({'alg': 'none', 'kid': 'platform-key'})}.{encoded(claims)}.", "header_alg"),
    "unsigned, in other letters": (
        lambda claims: f"{encoded({'alg': 'nOnE', 'kid': 'platform-key'})}.{encoded(claims)}.",
        "header_alg",
    ),
    "signed with the public key as a secret": (_with_a_mac, "header_alg"),
    "signed with another algorithm": (_with_another_hash, "header_alg"),
    "named RS256, signed with another hash": (
        lambda claims: _with_another_hash(claims, "RS256"),
        "token_InvalidSignatureError",
    ),
    "the algorithm in small letters": (lambda claims: sign(claims, alg="rs256"), "header_alg"),
    "a list of algorithms": (lambda claims: sign(claims, alg=["RS256"]), "header_alg"),
    "no algorithm named": (lambda claims: sign(claims, alg=GONE), "header_alg"),
    "no key named": (lambda claims: sign(claims, kid=GONE), "header_kid"),
    "a key id that is empty": (lambda claims: sign(claims, kid=""), "header_kid"),
    "a key id that is a number": (lambda claims: sign(claims, kid=7), "header_kid"),
    "a key id that is a list": (lambda claims: sign(claims, kid=["platform-key"]), "header_kid"),
    "another kind of token": (lambda claims: sign(claims, typ="at+jwt"), "header_typ"),
    "a kind that is a number": (lambda claims: sign(claims, typ=5), "header_typ"),
    "an extension that must be understood": (lambda claims: sign(claims, crit=["exp"], exp=1), "header_crit"),
    "a list of no extensions": (lambda claims: sign(claims, crit=[]), "header_crit"),
    "a body that is not encoded": (lambda claims: sign(claims, b64=False), "header_b64"),
    "a header that says a name twice": (_header_said_twice, "token_malformed"),
    "a body that says a name twice": (_said_twice, "token_malformed"),
    "a claim that says a name twice": (_said_twice_inside, "token_malformed"),
    "a number that JSON does not know": (lambda claims: sign(_with_no_number(claims)), "token_malformed"),
    "an unknown key id": (lambda claims: sign(claims, key="another", kid="another"), "kid_unknown"),
    "another key under the platform's id": (lambda claims: sign(claims, key="another"), "token_InvalidSignatureError"),
    "a key of its own in the header": (
        lambda claims: sign(claims, key="another", **{**ANOTHER_KEY, "jwk": public_jwk("another")}),
        "token_InvalidSignatureError",
    ),
    "a body changed after signing": (_with_another_body, "token_InvalidSignatureError"),
    "a signature of nothing": (lambda claims: sign(claims).rsplit(".", 1)[0] + ".", "token_InvalidSignatureError"),
    "a signature cut short": (lambda claims: sign(claims)[:-2], "token_InvalidSignatureError"),
    "a signature written another way": (_with_another_last_letter, "token_malformed"),
    "a signature with padding": (_with_padding, "token_malformed"),
    "a space after it": (lambda claims: sign(claims) + " ", "token_malformed"),
    "a line's end after it": (lambda claims: sign(claims) + "\r\n", "token_malformed"),
    "a space before it": (lambda claims: " " + sign(claims), "token_malformed"),
    "letters that are not base64": (lambda claims: sign(claims).replace(".", "!.", 1), "token_malformed"),
    "letters that are not ASCII": (lambda claims: sign(claims).replace(".", "é.", 1), "token_malformed"),
    "no third part": (lambda claims: sign(claims).rsplit(".", 1)[0], "token_malformed"),
    "four parts": (lambda claims: sign(claims) + ".AA", "token_malformed"),
    "five parts, as if encrypted": (
        lambda claims: ".".join([encoded({"alg": "RSA-OAEP", "enc": "A256GCM"}), "AA", "AA", encoded(claims), "AA"]),
        "token_malformed",
    ),
    "parts that are empty": (lambda _: "..", "token_malformed"),
    "JSON instead of parts": (lambda claims: json.dumps({"payload": encoded(claims)}), "token_malformed"),
    "no token": (lambda _: "", "token_malformed"),
    "no JSON": (lambda _: sign(b"no"), "token_malformed"),
    "no JSON as header": (lambda _: "bm8.e30.e30", "token_malformed"),
    "not UTF-8": (lambda _: sign(bytes([255, 254])), "token_malformed"),
    "not UTF-8 as header": (lambda _: f"{encoded(bytes([255, 254]))}.e30.", "token_malformed"),
    "UTF-16": (lambda claims: sign(json.dumps(claims).encode("utf-16")), "token_malformed"),
    "a list as header": (lambda claims: f"{encoded([])}.{encoded(claims)}.", "token_malformed"),
    "a list as body": (lambda _: sign([]), "token_malformed"),
    "a text as body": (lambda _: sign("claims"), "token_malformed"),
    "nested deeper than Python reads": (lambda _: sign(b"[" * 40_000), "token_malformed"),
    "nested deeper than Python reads, in a claim that we don't know": (
        lambda claims: sign(f'{{"x": {"[" * 20_000}{"]" * 20_000}, {json.dumps(claims)[1:]}'.encode()),
        "token_malformed",
    ),
    "a number with more digits than Python reads": (
        lambda claims: sign(f'{{"x": {"9" * 5_000}, {json.dumps(claims)[1:]}'.encode()),
        "token_malformed",
    ),
    "a header that is over-long": (lambda claims: sign(claims, x5c=["x" * 20_000]), "token_malformed"),
    "a body that is no JSON, which nobody signed": (_unsigned(b"no"), "token_InvalidSignatureError"),
    "a body that would take long to read, which nobody signed": (
        _unsigned(b"[" + b"{}," * 100_000 + b"{}]"),
        "token_InvalidSignatureError",
    ),
}


@pytest.mark.parametrize(("forge", "reason"), FORGED.values(), ids=FORGED)
def test_a_token_that_the_platform_did_not_sign_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, forge: Forge, reason: str
) -> None:
    login = begun(app, platform)

    answer = login.launch(forge(platform.claims(app, login.nonce)))

    assert_refused(answer, caplog, reason)


def test_a_token_that_is_over_long_is_refused_and_the_page_says_what_to_shorten(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    answer = login.launch(sign(platform.claims(app, login.nonce, name="x" * 600_000)))

    assert_refused(answer, caplog, "token_too_long", advice=LENGTH_ADVICE)


GOOD_HEADERS: dict[str, dict[str, object]] = {
    "no kind": {"typ": GONE},
    "the kind in small letters": {"typ": "jwt"},
    "the kind in full": {"typ": "application/jwt"},
    "what is known to say nothing of a signature": {"zip": "DEF", "cty": "JWT"},
    "an encoded body": {"b64": True},
    "a key of its own beside the platform's": ANOTHER_KEY,
}


@pytest.mark.parametrize("header", GOOD_HEADERS.values(), ids=GOOD_HEADERS)
def test_a_header_that_says_nothing_wrong_is_let_in(
    sqlite_app: Flask, platform: Platform, header: dict[str, Any]
) -> None:
    login = begun(sqlite_app, platform)

    answer = login.launch(sign(platform.claims(sqlite_app, login.nonce), **header))

    assert answer.status_code == 303, answer.text


def test_what_is_secret_is_neither_in_the_log_nor_on_the_page(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    refused, let_in = begun(app, platform), begun(app, platform)
    bad, good = sign(platform.claims(app, "x")), sign(platform.claims(app, let_in.nonce))

    answer = refused.launch(bad)
    let_in.launch(good)

    secrets: list[Any] = [refused.state, refused.nonce, let_in.state, let_in.nonce, *bad.split("."), *good.split(".")]
    assert [secret for secret in secrets if secret in caplog.text + answer.text] == []
    assert "Trainee" not in caplog.text + answer.text
