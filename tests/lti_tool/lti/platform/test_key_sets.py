"""Platforms' key sets: kept, fetched again when there is a reason, and never trusted beyond RSA of a fair length."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError, Event

import pytest
from flask import Flask

from lti_tool import clock
from lti_tool.errors import PlatformError
from lti_tool.lti.platform.http import PlatformSession
from lti_tool.lti.platform.key_sets import FETCH_AGAIN_AFTER, KEPT_FOR, TRUSTED_FOR, KeySets
from tests.lti_tool.platform import (
    Answer,
    Platform,
    encoded,
    json_answer,
    public_jwk,
    signing_key,
)
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


class Slow(dict[str, Answer]):
    """Answers of a platform that holds its key set back until it is let go."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        super().__init__(answers)
        self.wanted, self.let_go = Event(), Event()
        self.waited_for = False

    def get(self, path: str, default: object = None) -> Answer:
        if path == "/keys":
            self.wanted.set()
            self.waited_for = not self.let_go.wait(timeout=10)
        return self[path]


@contextmanager
def somebody_waiting_for(kid: str, platform: Platform, key_sets: KeySets, app: Flask) -> Iterator[Slow]:
    """Let another thread look for a key, and go on while the platform takes its time."""
    platform.answers = slow = Slow(platform.answers)

    def find() -> None:
        with app.app_context():
            key_sets.find(f"{platform.origin}/keys", kid)

    with ThreadPoolExecutor(1) as pool:
        finding = pool.submit(find)
        slow.wanted.wait(timeout=10)
        try:
            yield slow
        finally:
            slow.let_go.set()
        finding.result()


def test_a_known_key_does_not_wait_for_somebody_elses_unknown_one(
    platform: Platform, key_sets: KeySets, ticker: Ticker, ticking: Flask
) -> None:
    key_sets.find(f"{platform.origin}/keys", "platform-key")
    ticker.move(seconds=FETCH_AGAIN_AFTER)

    with somebody_waiting_for("unknown", platform, key_sets, ticking) as slow:
        found = key_sets.find(f"{platform.origin}/keys", "platform-key")

    assert found is not None
    assert not slow.waited_for


def test_while_a_key_set_is_read_again_its_keys_go_on_being_known(
    platform: Platform, key_sets: KeySets, ticker: Ticker, ticking: Flask
) -> None:
    key_sets.find(f"{platform.origin}/keys", "platform-key")
    ticker.move(seconds=KEPT_FOR)

    with somebody_waiting_for("platform-key", platform, key_sets, ticking) as slow:
        found = key_sets.find(f"{platform.origin}/keys", "platform-key")

    assert found is not None
    assert not slow.waited_for


def test_one_platforms_slowness_is_not_anothers(platform: Platform, key_sets: KeySets, ticking: Flask) -> None:
    platform.answers["/others"] = platform.answers["/keys"]

    with somebody_waiting_for("platform-key", platform, key_sets, ticking) as slow:
        found = key_sets.find(f"{platform.origin}/others", "platform-key")

    assert found is not None
    assert not slow.waited_for


# A platform that does not answer

UNREADABLE = Answer(body=b"", status=503)


def test_a_key_set_that_could_not_be_read_is_asked_for_again_after_a_minute(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    good, platform.answers["/keys"] = platform.answers["/keys"], UNREADABLE
    with pytest.raises(PlatformError):
        key_sets.find(f"{platform.origin}/keys", "platform-key")

    platform.answers["/keys"] = good
    ticker.move(seconds=FETCH_AGAIN_AFTER)

    assert key_sets.find(f"{platform.origin}/keys", "platform-key") is not None


def test_within_the_minute_the_reason_is_repeated_without_asking(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    platform.answers["/keys"] = UNREADABLE

    for seconds in (0, FETCH_AGAIN_AFTER - 1):
        ticker.move(seconds=seconds)
        with pytest.raises(PlatformError, match="/keys answered 503"):
            key_sets.find(f"{platform.origin}/keys", "platform-key")

    assert len(platform.asked) == 1


def test_keys_are_trusted_for_a_day_while_the_platform_does_not_answer(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    key_sets.find(f"{platform.origin}/keys", "platform-key")
    platform.answers["/keys"] = UNREADABLE
    found = []

    for seconds in (KEPT_FOR, 1, TRUSTED_FOR - KEPT_FOR - 2):
        ticker.move(seconds=seconds)
        found.append(key_sets.find(f"{platform.origin}/keys", "platform-key") is not None)

    assert found == [True] * 3
    assert len(platform.asked) == 3


def test_after_a_day_without_an_answer_no_key_is_trusted(platform: Platform, key_sets: KeySets, ticker: Ticker) -> None:
    key_sets.find(f"{platform.origin}/keys", "platform-key")
    platform.answers["/keys"] = UNREADABLE
    ticker.move(seconds=TRUSTED_FOR)

    with pytest.raises(PlatformError, match="/keys answered 503"):
        key_sets.find(f"{platform.origin}/keys", "platform-key")


def test_an_unknown_key_of_a_platform_that_does_not_answer_is_no_unknown_key(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    key_sets.find(f"{platform.origin}/keys", "platform-key")
    platform.answers["/keys"] = UNREADABLE
    ticker.move(seconds=FETCH_AGAIN_AFTER)

    with pytest.raises(PlatformError, match="/keys answered 503"):
        key_sets.find(f"{platform.origin}/keys", "unknown")


def test_a_key_set_that_could_not_be_read_is_logged_without_its_query(
    platform: Platform, key_sets: KeySets, caplog: pytest.LogCaptureFixture
) -> None:
    platform.answers["/keys"] = UNREADABLE

    with pytest.raises(PlatformError):
        key_sets.find(f"{platform.origin}/keys?words=secret", "platform-key")

    assert caplog.messages == [f"A key set could not be read: {platform.origin}/keys answered 503"]


# A new key under an old id


def test_a_key_that_took_anothers_place_is_found_after_a_minute(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    failed = key_sets.find(f"{platform.origin}/keys", "platform-key")
    assert failed
    platform.answers["/keys"] = json_answer({"keys": [public_jwk("another", kid="platform-key")]})
    found = []

    for seconds in (FETCH_AGAIN_AFTER - 1, 1):
        ticker.move(seconds=seconds)
        found.append(key_sets.find_other(f"{platform.origin}/keys", "platform-key", failed))

    assert found == [None, signing_key("another").public_key()]


def test_signatures_that_do_not_fit_make_us_ask_no_more_than_once_a_minute(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    failed = key_sets.find(f"{platform.origin}/keys", "platform-key")
    assert failed
    counts = []

    for seconds in (0, FETCH_AGAIN_AFTER, 1, FETCH_AGAIN_AFTER - 2, 1):
        ticker.move(seconds=seconds)
        assert key_sets.find_other(f"{platform.origin}/keys", "platform-key", failed) is None
        counts.append(len(platform.asked))

    assert counts == [1, 2, 2, 2, 3]


def test_a_key_whose_successor_is_known_already_is_not_asked_for(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    failed = signing_key("another").public_key()
    found = key_sets.find(f"{platform.origin}/keys", "platform-key")
    ticker.move(seconds=FETCH_AGAIN_AFTER)

    assert key_sets.find_other(f"{platform.origin}/keys", "platform-key", failed) == found
    assert len(platform.asked) == 1


def test_a_platform_that_does_not_answer_has_no_other_key(
    platform: Platform, key_sets: KeySets, ticker: Ticker
) -> None:
    failed = key_sets.find(f"{platform.origin}/keys", "platform-key")
    assert failed
    platform.answers["/keys"] = UNREADABLE
    ticker.move(seconds=FETCH_AGAIN_AFTER)

    assert key_sets.find_other(f"{platform.origin}/keys", "platform-key", failed) is None


# What a key set may hold

UNUSABLE: dict[str, object] = {
    "too short": public_jwk("short", kid="bad"),
    "a secret": {"kty": "oct", "kid": "bad", "k": "c2VjcmV0"},
    "another kind": {"kty": "EC", "kid": "bad", "crv": "P-256", "x": "AA", "y": "AA"},
    "without a number": {"kty": "RSA", "kid": "bad", "e": "AQAB"},
    "a number that is none": {"kty": "RSA", "kid": "bad", "n": 5, "e": "AQAB"},
    "too long": public_jwk("platform-key", kid="bad", n=encoded(b"\xff" * 2048)),
    "an exponent of one": public_jwk("platform-key", kid="bad", e="AQ"),
    "an exponent of three": public_jwk("platform-key", kid="bad", e="Aw"),
    "an even exponent": public_jwk("platform-key", kid="bad", e=encoded(b"\1\0\2")),
    "an exponent of 65 bits": public_jwk("platform-key", kid="bad", e=encoded(b"\1\0\0\0\0\0\0\0\1")),
    "for encryption": public_jwk("platform-key", kid="bad", use="enc"),
    "for signing only": public_jwk("platform-key", kid="bad", key_ops=["sign"]),
    "operations that are no list": public_jwk("platform-key", kid="bad", key_ops="verify"),
    "for another algorithm": public_jwk("platform-key", kid="bad", alg="RS512"),
    "with its private part": public_jwk("platform-key", kid="bad", d="AQAB"),
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


USABLE: dict[str, dict[str, object]] = {
    "as Moodle writes it": {"alg": "RS256", "use": "sig"},
    "with a certificate": {"x5c": ["MIIB"], "x5t": "AA"},
    "with all operations": {"key_ops": ["sign", "verify"]},
    "with what it doesn't say as null": {"alg": None, "use": None, "key_ops": None, "d": None},
}


@pytest.mark.parametrize("extra", USABLE.values(), ids=USABLE)
def test_what_does_not_forbid_checking_a_signature_does_not_matter(
    platform: Platform, key_sets: KeySets, extra: dict[str, object]
) -> None:
    platform.answers["/keys"] = json_answer({"keys": [public_jwk("platform-key", **extra)]})

    assert key_sets.find(f"{platform.origin}/keys", "platform-key") == signing_key("platform-key").public_key()


def test_a_key_needs_to_say_no_more_than_its_numbers(platform: Platform, key_sets: KeySets) -> None:
    entry = public_jwk("platform-key")
    platform.answers["/keys"] = json_answer({"keys": [{name: entry[name] for name in ("kid", "kty", "n", "e")}]})

    assert key_sets.find(f"{platform.origin}/keys", "platform-key") is not None


def test_an_id_that_stands_for_two_keys_names_neither(platform: Platform, key_sets: KeySets) -> None:
    entries = [public_jwk("one", kid="twice"), public_jwk("another", kid="twice"), public_jwk("platform-key")]
    platform.answers["/keys"] = json_answer({"keys": entries})

    found = [key_sets.find(f"{platform.origin}/keys", kid) is not None for kid in ("twice", "platform-key")]

    assert found == [False, True]


@pytest.mark.parametrize("twin", [public_jwk("platform-key"), public_jwk("another", kid="platform-key", use="enc")])
def test_an_id_that_stands_for_one_usable_key_names_it(
    platform: Platform, key_sets: KeySets, twin: dict[str, object]
) -> None:
    platform.answers["/keys"] = json_answer({"keys": [public_jwk("platform-key"), twin]})

    assert key_sets.find(f"{platform.origin}/keys", "platform-key") == signing_key("platform-key").public_key()
