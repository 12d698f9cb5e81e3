"""The tool's own keys: encrypted at rest, published before they sign and after, loaded once, one active at any time."""

import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from types import FrameType
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import ConfigurationError, RotationRefused
from lti_tool.lti.keys import tool_keys
from lti_tool.lti.keys.tables import KeyState, ToolKeyRow
from lti_tool.lti.keys.tool_keys import PUBLISHED_AFTER, PUBLISHED_BEFORE
from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.platform import access_tokens
from lti_tool.lti.platform.grades import Score, send_score
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PlacementRow
from tests.lti_tool.entering import LINE_ITEM, Client, enter_course
from tests.lti_tool.platform import Platform, json_answer, signing_key
from tests.lti_tool.ticking import Ticker

ACTIVE, NEXT, RETIRING = KeyState.ACTIVE, KeyState.NEXT, KeyState.RETIRING
PASSPHRASE = b"a passphrase for tests"


def kids() -> dict[str, KeyState]:
    """Give the state of each key that is there."""
    return {row.kid: row.state for row in tool_keys.all_keys()}


def published() -> list[str]:
    return [entry["kid"] for entry in tool_keys.key_set()["keys"]]


def at_once(app: Flask, act: Callable[[], object], times: int = 6) -> list[object]:
    """Do something in as many threads as close together as can be; give what each got or met."""
    together = Barrier(times)

    def run(_: int) -> object:
        with app.app_context():
            together.wait(timeout=30)
            try:
                found = act()
                db.session.commit()
            except RotationRefused as refused:
                return refused
            return found

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


# Made


def test_an_active_and_a_next_key_are_made_where_there_is_none(app: Flask) -> None:
    with app.app_context():
        assert list(kids().values()) == [ACTIVE, NEXT]


def test_keys_that_are_there_are_kept(app: Flask) -> None:
    with app.app_context():
        before = kids()

        tool_keys.ensure_keys(now())

        assert kids() == before


def test_a_lone_active_key_gets_one_to_follow_it(app: Flask) -> None:
    with app.app_context():
        db.session.execute(delete(ToolKeyRow).where(ToolKeyRow.state == NEXT))
        [active] = kids()

        tool_keys.ensure_keys(now())

        assert list(kids().values()) == [ACTIVE, NEXT]
        assert active in kids()


def test_no_next_key_is_made_under_another_passphrase(sqlite_app: Flask) -> None:
    tool_keys.init_app(sqlite_app, "another passphrase")

    with sqlite_app.app_context():
        db.session.execute(delete(ToolKeyRow).where(ToolKeyRow.state == NEXT))
        with pytest.raises(ConfigurationError, match="KEYS_PASSPHRASE does not open"):
            tool_keys.ensure_keys(now())

        assert list(kids().values()) == [ACTIVE]


def test_of_many_that_make_the_first_keys_at_once_one_does(app: Flask) -> None:
    with app.app_context():
        db.session.execute(delete(ToolKeyRow))
        db.session.commit()

    at_once(app, lambda: tool_keys.ensure_keys(now()))

    with app.app_context():
        assert list(kids().values()) == [ACTIVE, NEXT]


@pytest.mark.parametrize("state", [ACTIVE, NEXT])
def test_the_database_holds_no_second_key_of_a_state(app: Flask, state: KeyState) -> None:
    with app.app_context():
        db.session.add(ToolKeyRow(kid="second", encrypted_pem=b"", public_jwk={}, created_at=now(), state=state))

        with pytest.raises(IntegrityError):
            db.session.flush()


# Kept secret, and opened once


def test_every_key_is_encrypted_at_rest(app: Flask) -> None:
    with app.app_context():
        pems = [row.encrypted_pem for row in tool_keys.all_keys()]

    assert len(pems) == 2
    assert all(pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----") for pem in pems)


def test_what_is_signed_can_be_read_with_the_published_key_set(app: Flask) -> None:
    with app.app_context():
        key = tool_keys.signing_key()
        token = jwt.encode({"sub": "5"}, key.private_key, "RS256", {"kid": key.kid})
        key_set = jwt.PyJWKSet.from_dict(tool_keys.key_set())

    assert jwt.decode(token, key_set[key.kid], ["RS256"]) == {"sub": "5"}


def test_a_key_is_opened_once_even_by_many_at_once(app: Flask) -> None:
    opened = at_once(app, tool_keys.signing_key)

    assert len({id(key) for key in opened}) == 1


def test_another_passphrase_does_not_open_the_key(sqlite_app: Flask) -> None:
    tool_keys.init_app(sqlite_app, "another passphrase")

    with sqlite_app.app_context(), pytest.raises(ConfigurationError, match="KEYS_PASSPHRASE does not open"):
        tool_keys.signing_key()


def test_without_a_key_the_command_that_makes_one_is_named(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        db.session.execute(delete(ToolKeyRow))

        with pytest.raises(ConfigurationError, match="Run: lti-tool migrate"):
            tool_keys.signing_key()


def test_a_key_of_another_kind_is_refused(sqlite_app: Flask) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE))
    with sqlite_app.app_context():
        db.session.execute(update(ToolKeyRow).values(encrypted_pem=pem))

        with pytest.raises(ConfigurationError, match="is not an RSA key"):
            tool_keys.signing_key()


@contextmanager
def watching_for_pems() -> Iterator[list[str]]:
    """Note each time that this thread has the library parse a PEM; watched from outside, nothing is replaced."""
    parsed: list[str] = []

    def watch(_: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and "load_pem" in called.__name__:
            parsed.append(called.__name__)

    sys.setprofile(watch)
    try:
        yield parsed
    finally:
        sys.setprofile(None)


def send_grade(app: Flask, platform: Platform) -> str:
    """Send a score as the worker does; give the client assertion that it was let in with."""
    trainee = enter_course(app, issuer=platform.origin)
    assert trainee.placement_id
    platform.answers["/mod/lti/token.php"] = json_answer({"access_token": "opaque"})
    platform.answers[LINE_ITEM.replace("?type_id=1", "/scores")] = json_answer({})
    with app.app_context():
        access_tokens.forget_all(1)
        placement = db.session.get_one(PlacementRow, trainee.placement_id)
        placement.confirmed_url = placement.asked_claim = placement.line_item_url
        db.session.commit()
        send_score(trainee.placement_id, trainee.person_id, Score(given=1, maximum=1, at=now()))
    return parse_qs(platform.bodies[-2].decode())["client_assertion"][0]


def hand_back(app: Flask, platform: Platform) -> str:
    """Choose an activity; give the signed answer."""
    settings = DeepLinking(return_url=f"{platform.origin}/return", accept_multiple=True, data=None)
    trainer: Client = enter_course(app, issuer=platform.origin, role=Role.TRAINER, deep_linking=settings)
    found = re.search(r'name="JWT" value="([^"]+)"', trainer.post("pick", activity=["exercise/needs-matrix"]).text)
    assert found
    return found[1]


SIGNERS = pytest.mark.parametrize("sign", [send_grade, hand_back])
Sign = Callable[[Flask, Platform], str]


@SIGNERS
def test_no_pem_is_parsed_for_a_signature(sqlite_app: Flask, platform: Platform, sign: Sign) -> None:
    sign(sqlite_app, platform)

    with watching_for_pems() as parsed:
        sign(sqlite_app, platform)

    assert parsed == []


def test_a_pem_that_is_parsed_for_a_signature_would_be_seen() -> None:
    pem = signing_key("platform-key").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    with watching_for_pems() as parsed:
        jwt.encode({}, pem, "RS256")

    assert parsed == ["load_pem_private_key"]


@SIGNERS
def test_a_running_process_signs_with_the_new_key_after_a_rotation(
    sqlite_app: Flask, platform: Platform, sign: Sign
) -> None:
    before = jwt.get_unverified_header(sign(sqlite_app, platform))["kid"]
    with sqlite_app.app_context():
        tool_keys.rotate(now(), at_once=True)
        db.session.commit()

    after = jwt.get_unverified_header(sign(sqlite_app, platform))["kid"]

    with sqlite_app.app_context():
        assert [kids()[before], kids()[after]] == [RETIRING, ACTIVE]


# Rotated


@pytest.fixture
def ripe(app: Flask, ticker: Ticker) -> Iterator[Flask]:
    """Give an application whose next key is known to every platform by now, and work in it."""
    ticker.move(seconds=PUBLISHED_BEFORE.total_seconds())
    with app.app_context():
        yield app


def test_the_next_key_becomes_active_the_active_one_retires_and_a_new_one_is_next(ripe: Flask) -> None:
    active, following = kids()

    tool_keys.rotate(now())

    after = kids()
    assert [after[active], after[following]] == [RETIRING, ACTIVE]
    assert sorted(after.values()) == [ACTIVE, NEXT, RETIRING]
    assert tool_keys.signing_key().kid == following


def test_the_old_key_is_published_until_nothing_that_it_signed_is_good(ripe: Flask, ticker: Ticker) -> None:
    old, _ = kids()
    tool_keys.rotate(now())
    seen = []

    for seconds in (0, PUBLISHED_AFTER.total_seconds() - 1, 1):
        ticker.move(seconds=seconds)
        seen.append((old in published(), len(published())))

    assert seen == [(True, 3), (True, 3), (False, 2)]


def test_the_old_key_outlives_what_pylti1p3_signs() -> None:
    longest = timedelta(minutes=10)

    assert longest + timedelta(minutes=15) < PUBLISHED_AFTER


def test_the_active_key_is_published_first(ripe: Flask) -> None:
    tool_keys.rotate(now())

    assert published()[0] == tool_keys.signing_key().kid


def test_keys_that_retired_are_forgotten_at_the_next_rotation(ripe: Flask, ticker: Ticker) -> None:
    old, _ = kids()
    tool_keys.rotate(now())
    ticker.move(seconds=PUBLISHED_BEFORE.total_seconds())

    tool_keys.rotate(now())

    assert old not in kids()
    assert sorted(kids().values()) == [ACTIVE, NEXT, RETIRING]


def test_a_next_key_that_platforms_may_not_know_yet_is_not_used(app: Flask, ticker: Ticker) -> None:
    ticker.move(seconds=PUBLISHED_BEFORE.total_seconds() - 1)
    with app.app_context():
        before = kids()

        with pytest.raises(RotationRefused, match="may not know the next key before"):
            tool_keys.rotate(now())

        assert kids() == before


def test_it_is_used_where_there_is_no_time_to_wait(app: Flask) -> None:
    with app.app_context():
        _, following = kids()

        tool_keys.rotate(now(), at_once=True)

        assert tool_keys.signing_key().kid == following


def test_rotating_under_another_passphrase_changes_nothing(ripe: Flask) -> None:
    before = kids()
    tool_keys.init_app(ripe, "another passphrase")

    with pytest.raises(ConfigurationError, match="KEYS_PASSPHRASE does not open"):
        tool_keys.rotate(now())

    assert kids() == before


def test_of_many_rotations_at_once_each_happens_whole_or_not_at_all(app: Flask) -> None:
    with app.app_context():
        before = set(kids())

    done = at_once(app, lambda: tool_keys.rotate(now(), at_once=True))

    rotations = done.count(None)
    with app.app_context():
        states = list(kids().values())
    assert rotations >= 1
    assert states == [ACTIVE, NEXT] + [RETIRING] * rotations
    with app.app_context():
        assert len(set(kids()) - before) == rotations


# Revoked


def test_after_a_revocation_nothing_of_the_old_keys_is_left(app: Flask) -> None:
    with app.app_context():
        before = set(kids())

        tool_keys.revoke(now())

        assert list(kids().values()) == [ACTIVE, NEXT]
        assert before.isdisjoint(kids())
        assert tool_keys.signing_key().kid in published()


def test_a_lost_passphrase_can_be_replaced(app: Flask) -> None:
    tool_keys.init_app(app, "another passphrase")

    with app.app_context():
        tool_keys.revoke(now())

        assert tool_keys.signing_key().kid in published()


def test_of_many_revocations_and_rotations_at_once_one_active_and_one_next_key_come_out(app: Flask) -> None:
    turns = iter([True, False] * 3)

    done = at_once(app, lambda: tool_keys.revoke(now()) if next(turns) else tool_keys.rotate(now(), at_once=True))

    with app.app_context():
        states = list(kids().values())
    assert None in done
    assert [state for state in states if state is not RETIRING] == [ACTIVE, NEXT]
