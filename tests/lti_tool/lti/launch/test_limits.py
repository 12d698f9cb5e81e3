"""Limits by client address: on what fails and on registrations, never on a launch that is good."""

from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti import registry
from lti_tool.lti.launch import limits, store
from lti_tool.lti.launch.limits import FAILED_LAUNCHES, REGISTRATIONS, Limit
from lti_tool.lti.launch.store import Begun
from lti_tool.lti.registering import registration
from lti_tool.lti.secrets import hashed
from lti_tool.lti.tables import AttemptsRow, LoginRow
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.making import PUBLIC_URL, close_app, make_app
from tests.lti_tool.platform import Platform, begin, json_answer, login_fields, public_jwk, sign
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements

CLASS = "203.0.113.9"
HOME = "198.51.100.1"


def client_at(app: Flask, address: str) -> FlaskClient:
    """Give a browser behind an address."""
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = address
    return browser


def fail(app: Flask, address: str = CLASS) -> TestResponse:
    """Send a launch that nobody began."""
    return client_at(app, address).post("/lti/launch", data={"state": "guessed"})


def hash_of(app: Flask, address: str) -> str:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        return limits.address_hash()


def use_up(app: Flask, limit: Limit, *, address: str = CLASS, left: int = 0) -> None:
    """Leave an address so many attempts."""
    address_hash = hash_of(app, address)
    with app.app_context():
        number = limit.most - left if left else limit.most + 1
        ends_at = now() + limit.within
        db.session.add(AttemptsRow(limit=limit.name, address_hash=address_hash, number=number, ends_at=ends_at))
        db.session.commit()


def launch(app: Flask, platform: Platform, address: str = CLASS, **header: str) -> TestResponse:
    login = begin(app, platform, client_at(app, address))
    return login.launch(sign(platform.claims(app, login.nonce), **header))


# Failures


def test_from_an_address_with_too_many_failures_a_failure_is_answered_by_429(app: Flask) -> None:
    answers = [fail(app) for _ in range(FAILED_LAUNCHES.most + 2)]

    assert [answer.status_code for answer in answers] == [400] * FAILED_LAUNCHES.most + [429, 429]
    assert answers[-1].headers["Retry-After"] == "600"
    assert "Too many attempts" in answers[-1].text
    assert "an attempt that Moodle confirms is never held back" in answers[-1].text


def test_an_address_above_the_limit_has_one_line_in_the_log(
    sqlite_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    use_up(sqlite_app, FAILED_LAUNCHES, left=1)
    fail(sqlite_app)
    caplog.clear()

    for _ in range(5):
        fail(sqlite_app)

    assert [record.getMessage() for record in caplog.records] == [
        "failed_launches: an address passed the limit; the last was state_unknown"
    ]
    assert CLASS not in caplog.text


def test_an_address_above_the_limit_costs_no_write(sqlite_app: Flask) -> None:
    use_up(sqlite_app, FAILED_LAUNCHES)

    with statements(sqlite_app) as sent:
        client_at(sqlite_app, CLASS).post("/lti/login", data={})

    assert [line.split()[0] for line in sent] == ["SELECT"]


@pytest.mark.parametrize("path", ["/lti/login", "/lti/continue?state=x"])
def test_every_step_of_the_way_in_counts(sqlite_app: Flask, path: str) -> None:
    use_up(sqlite_app, FAILED_LAUNCHES)

    assert client_at(sqlite_app, CLASS).get(path).status_code == 429


def test_a_good_launch_gets_in_from_an_address_with_any_number_of_failures(app: Flask, platform: Platform) -> None:
    platform.register(app)
    use_up(app, FAILED_LAUNCHES)

    answers = [fail(app), launch(app, platform), fail(app)]

    assert [answer.status_code for answer in answers] == [429, 303, 429]


def test_a_good_launch_neither_reads_nor_writes_a_limit(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app)
    launch(sqlite_app, platform)

    with statements(sqlite_app) as sent:
        answer = launch(sqlite_app, platform)

    assert answer.status_code == 303
    assert [line for line in sent if "attempts" in line] == []


@pytest.mark.parametrize(
    ("failed", "other", "status"),
    [
        (CLASS, CLASS, 429),
        (CLASS, HOME, 400),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 400),
        (f"::ffff:{CLASS}", CLASS, 429),
        (f"::ffff:{CLASS}", f"::ffff:{HOME}", 400),
        ("", "", 429),
        ("", CLASS, 400),
    ],
)
def test_an_address_of_version_six_counts_with_its_network_or_as_the_one_it_stands_for(
    sqlite_app: Flask, failed: str, other: str, status: int
) -> None:
    use_up(sqlite_app, FAILED_LAUNCHES, address=failed)

    assert fail(sqlite_app, other).status_code == status


def test_when_the_window_is_over_counting_begins_anew(app: Flask, ticker: Ticker) -> None:
    use_up(app, FAILED_LAUNCHES)
    ticker.move(minutes=9, seconds=59)
    before = fail(app)
    ticker.move(seconds=1)

    after = fail(app)

    assert (before.status_code, before.headers["Retry-After"], after.status_code) == (429, "1", 400)
    with app.app_context():
        assert db.session.scalars(select(AttemptsRow.number)).all() == [1]


def test_addresses_whose_window_is_over_are_forgotten(app: Flask, ticker: Ticker) -> None:
    fail(app, CLASS)
    ticker.move(minutes=10)

    fail(app, HOME)

    with app.app_context():
        assert db.session.scalars(select(AttemptsRow.address_hash)).all() == [hash_of(app, HOME)]


def test_all_processes_share_the_count(app: Flask, ticker: Ticker) -> None:
    use_up(app, FAILED_LAUNCHES, left=1)
    another = make_app(app.config["SQLALCHEMY_ENGINES"]["default"]["url"], ticker)

    answers = [fail(app), fail(another), fail(app)]

    close_app(another)
    assert [answer.status_code for answer in answers] == [400, 429, 429]


def test_who_waits_for_approval_is_no_stranger(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app, approved=False)

    answer = client_at(sqlite_app, CLASS).post("/lti/login", data=login_fields(platform))

    assert answer.status_code == 403
    with sqlite_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AttemptsRow)) == 0


def test_a_class_behind_an_address_with_too_many_failures_gets_in_with_its_platforms_new_key(
    sqlite_app: Flask, platform: Platform, ticker: Ticker
) -> None:
    platform.register(sqlite_app)
    launch(sqlite_app, platform)
    use_up(sqlite_app, FAILED_LAUNCHES)
    platform.answers["/keys"] = json_answer({"keys": [public_jwk("another")]})
    ticker.move(seconds=61)

    answer = launch(sqlite_app, platform, key="another", kid="another")

    assert answer.status_code == 303


def test_of_an_address_only_a_hash_is_kept_that_the_passphrase_keys(
    sqlite_app: Flask, platform: Platform, tmp_path_factory: pytest.TempPathFactory, ticker: Ticker
) -> None:
    platform.register(sqlite_app)
    fail(sqlite_app)
    client_at(sqlite_app, CLASS).post("/lti/login", data=login_fields(platform))
    with sqlite_app.app_context():
        kept = {db.session.scalars(select(row.address_hash)).one() for row in (AttemptsRow, LoginRow)}

    elsewhere = new_sqlite_database(tmp_path_factory.mktemp("other"))
    other = make_app(elsewhere, ticker, KEYS_PASSPHRASE="another passphrase")

    close_app(other)
    assert kept == {hash_of(sqlite_app, CLASS)}
    assert kept != {hash_of(other, CLASS)}
    assert CLASS not in str(kept)


# Registrations


def invited(app: Flask) -> str:
    with app.app_context():
        url = registration.invite(PUBLIC_URL, approves=True, lasts=timedelta(days=1), now=now())
        db.session.commit()
    return url


def register(app: Flask, platform: Platform, url: str, address: str = CLASS) -> TestResponse:
    offer = {"openid_configuration": platform.configuration_url, "registration_token": "token"}
    return client_at(app, address).post(url, data=offer)


def test_registrations_of_an_address_are_limited_before_any_work(app: Flask, platform: Platform) -> None:
    url = invited(app)
    use_up(app, REGISTRATIONS, left=1)

    answers = [register(app, platform, url), register(app, platform, url)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].headers["Retry-After"] == "3600"
    assert "Wait an hour" in answers[1].text
    assert len(platform.bodies) == 1
    assert register(app, platform, url, HOME).status_code == 200


def test_wrong_invitations_are_limited(sqlite_app: Flask) -> None:
    browser = client_at(sqlite_app, CLASS)

    answers = [browser.get("/lti/register?invitation=guessed").status_code for _ in range(REGISTRATIONS.most + 1)]

    assert answers == [400] * REGISTRATIONS.most + [429]


def test_failed_launches_and_registrations_are_counted_apart(sqlite_app: Flask) -> None:
    use_up(sqlite_app, REGISTRATIONS)

    assert fail(sqlite_app).status_code == 400


# Logins that nobody finishes


def login_row(app: Flask, name: str, address: str) -> LoginRow:
    address_hash = hash_of(app, address)
    with app.app_context():
        return LoginRow(
            state_hash=name,
            nonce="nonce",
            browser_hash="browser",
            registration_id=1,
            target_link_uri=PUBLIC_URL,
            login_hint="5",
            expires_at=now() + store.LOGIN_LASTS,
            address_hash=address_hash,
        )


def test_of_a_flood_of_logins_the_newest_are_kept(app: Flask, platform: Platform, ticker: Ticker) -> None:
    platform.register(app)
    flood = [login_row(app, f"flood {number}", CLASS) for number in range(store.MOST_LOGINS - 1)]
    oldest, elsewhere = login_row(app, "oldest", CLASS), login_row(app, "elsewhere", HOME)
    oldest.expires_at -= timedelta(seconds=1)
    elsewhere.expires_at -= timedelta(seconds=2)
    with app.app_context():
        db.session.add_all([*flood, oldest, elsewhere])
        db.session.commit()
    ticker.move(seconds=1)
    looks_after_the_others = next(state for state in map(str, count()) if hashed(state).startswith("0"))

    with app.app_context():
        login = Begun(
            nonce="nonce",
            browser_hash="browser",
            target_link_uri=PUBLIC_URL,
            login_hint="5",
            message_hint=None,
            is_awaited=False,
            registration=registry.find_registration(platform.origin, None),
        )
        store.add_login(looks_after_the_others, login, hash_of(app, CLASS), now())
        db.session.commit()
        kept = set(db.session.scalars(select(LoginRow.state_hash)))

    assert {"elsewhere", hashed(looks_after_the_others)} < kept
    assert "oldest" not in kept
    assert len(kept) == store.MOST_LOGINS + 1


def test_a_class_of_three_hundred_may_begin_at_once(app: Flask, platform: Platform, ticker: Ticker) -> None:
    platform.register(app)
    login = begin(app, platform, client_at(app, CLASS))
    with app.app_context():
        db.session.add_all(login_row(app, str(number), CLASS) for number in range(300))
        db.session.commit()
    ticker.move(seconds=1)
    begin(app, platform, client_at(app, CLASS))

    answer = login.launch(sign(platform.claims(app, login.nonce)))

    assert answer.status_code == 303
