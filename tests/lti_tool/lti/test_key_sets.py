"""Platforms' key sets: kept, fetched again when there is a reason, and never trusted beyond RSA of a fair length."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from flask import Flask

from lti_tool import clock
from lti_tool.errors import PlatformError
from lti_tool.lti.http import PlatformSession
from lti_tool.lti.key_sets import FETCH_AGAIN_AFTER, KEPT_FOR, KeySets
from tests.lti_tool.signing import Answer, Platform, json_answer, public_jwk, signing_key
from tests.lti_tool.ticking import Ticker


@pytest.fixture(autouse=True)
def ticking(ticker: Ticker) -> Iterator[Flask]:
    """Run each test in an application that has nothing but a clock."""
    app = Flask(__name__)
    clock.init_app(app, ticker)
    with app.app_context():
        yield app


@pytest.fixture
def key_sets() -> KeySets:
    return KeySets(PlatformSession(allow_private=True))


def test_a_key_is_found_by_its_id(platform: Platform, key_sets: KeySets) -> None:
    found = key_sets.find(f"{platform.origin}/keys", "platform-key")

    assert found is not None
    assert found.public_numbers() == signing_key("platform-key").public_key().public_numbers()


def test_a_key_set_is_fetched_once_an_hour(platform: Platform, key_sets: KeySets, ticker: Ticker) -> None:
    for seconds in (0, KEPT_FOR - 1, 1):
        ticker.move(seconds=seconds)
        key_sets.find(f"{platform.origin}/keys", "platform-key")

    assert len(platform.asked) == 2


def test_an_unknown_key_makes_us_look_again_no_more_than_once_a_minute(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    counts = []

    for seconds in (0, 1, FETCH_AGAIN_AFTER - 2, 1):
        ticker.move(seconds=seconds)
        assert key_sets.find(f"{platform.origin}/keys", "unknown") is None
        counts.append(len(platform.asked))

    assert counts == [1, 1, 1, 2]


def test_a_key_that_was_taken_back_is_forgotten(platform: Platform, key_sets: KeySets, ticker: Ticker) -> None:
    key_sets.find(f"{platform.origin}/keys", "platform-key")
    platform.answers["/keys"] = json_answer({"keys": [public_jwk("another")]})

    ticker.move(seconds=KEPT_FOR)

    assert key_sets.find(f"{platform.origin}/keys", "platform-key") is None


def test_one_platforms_key_is_not_anothers(platform: Platform, key_sets: KeySets) -> None:
    platform.answers["/others"] = json_answer({"keys": [public_jwk("another")]})
    key_sets.find(f"{platform.origin}/keys", "platform-key")

    assert key_sets.find(f"{platform.origin}/others", "platform-key") is None


def test_many_launches_at_once_ask_once(platform: Platform, key_sets: KeySets, ticking: Flask) -> None:
    meeting = Barrier(2)

    class Holding(dict[str, Answer]):
        """Holds an answer back until a second request comes, or for a moment where none does."""

        def get(self, path: str, default: object = None) -> Answer:
            with suppress(BrokenBarrierError):
                meeting.wait(timeout=0.3)
            return self[path]

    platform.answers = Holding(platform.answers)

    def find(_: int) -> bool:
        with ticking.app_context():
            return key_sets.find(f"{platform.origin}/keys", "platform-key") is not None

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(find, range(8)))

    assert found == [True] * 8
    assert len(platform.asked) == 1


def test_a_key_set_that_could_not_be_read_is_asked_for_again(platform: Platform, key_sets: KeySets) -> None:
    good, platform.answers["/keys"] = platform.answers["/keys"], Answer(body=b"", status=503)
    with pytest.raises(PlatformError):
        key_sets.find(f"{platform.origin}/keys", "platform-key")

    platform.answers["/keys"] = good

    assert key_sets.find(f"{platform.origin}/keys", "platform-key") is not None


UNUSABLE: dict[str, object] = {
    "too short": public_jwk("short", kid="bad"),
    "a secret": {"kty": "oct", "kid": "bad", "k": "c2VjcmV0"},
    "another kind": {"kty": "EC", "kid": "bad", "crv": "P-256", "x": "AA", "y": "AA"},
    "without a number": {"kty": "RSA", "kid": "bad", "e": "AQAB"},
    "a number that is none": {"kty": "RSA", "kid": "bad", "n": 5, "e": "AQAB"},
    "an exponent of one": public_jwk("platform-key", kid="bad", e="AQ"),
    "no object": "bad",
    "nothing": None,
    "an id that is a number": public_jwk("platform-key", kid=7),
}


@pytest.mark.parametrize("entry", UNUSABLE.values(), ids=UNUSABLE)
def test_a_key_that_cannot_be_used_does_not_keep_others_from_being_used(
    platform: Platform, key_sets: KeySets, entry: object
) -> None:
    platform.answers["/keys"] = json_answer({"keys": [entry, public_jwk("platform-key")]})

    found = [key_sets.find(f"{platform.origin}/keys", kid) is not None for kid in ("bad", "platform-key")]

    assert found == [False, True]


@pytest.mark.parametrize("document", [[], {}, {"keys": None}, {"keys": {}}, "keys", None])
def test_a_document_without_a_list_of_keys_is_refused(platform: Platform, key_sets: KeySets, document: object) -> None:
    platform.answers["/keys"] = json_answer(document)

    with pytest.raises(PlatformError, match="has no list of keys"):
        key_sets.find(f"{platform.origin}/keys", "platform-key")
