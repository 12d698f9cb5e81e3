"""Settings: one table, and every mistake named at once."""

from pathlib import Path

import pytest

from lti_tool.config import Settings
from lti_tool.errors import ConfigurationError
from lti_tool.proxies import Trusted

REQUIRED = {"PUBLIC_URL": "https://tool.example.org", "KEYS_PASSPHRASE": "sixteen letters!"}


def read(**environment: str) -> Settings:
    return Settings.from_environment({**REQUIRED, **environment})


def test_what_is_left_out_has_its_default() -> None:
    settings = read()

    assert f"sqlite:///{Path.cwd() / 'medtown.sqlite3'}" == settings.DATABASE_URL
    assert f"sqlite:///{Path.cwd() / 'medtown-wakeups.sqlite3'}" == settings.WAKEUPS
    assert settings.CONTENT_DIR is None
    assert settings.TRANSLATIONS_DIR is None
    assert settings.DEFAULT_LANGUAGE == "en"
    assert settings.DEFAULT_TIMEZONE == "UTC"
    assert settings.ALLOW_PRIVATE_PLATFORMS is False
    assert settings.TRUSTED_PROXIES == Trusted()  # noqa: SIM300 - a setting isn't a constant


def test_every_missing_variable_is_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environment({"PATH": "/bin"})

    assert str(caught.value) == (
        "These environment variables need a value:\n  PUBLIC_URL: is not set\n  KEYS_PASSPHRASE: is not set"
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read(DEFAULT_LANGUAGE="", CONTENT_DIR="") == read()


def test_wrong_and_missing_variables_are_named_together() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environment({"KEYS_PASSPHRASE": "short", "DEFAULT_TIMEZONE": "Mars/Olympus"})

    assert str(caught.value) == (
        "These environment variables need a value:\n"
        "  PUBLIC_URL: is not set\n"
        "  KEYS_PASSPHRASE: must be at least 16 characters long\n"
        "  DEFAULT_TIMEZONE: must be a time zone's name, such as Europe/Madrid"
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://tool.example.org", "https://tool.example.org"),
        ("https://tool.example.org/", "https://tool.example.org"),
        ("https://tool.example.org:8443", "https://tool.example.org:8443"),
        ("https://Tool.Example.ORG", "https://tool.example.org"),
        ("https://tool.example.org:443", "https://tool.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_public_url_is_kept_as_browsers_write_an_origin(given: str, kept: str) -> None:
    settings = read(PUBLIC_URL=given)

    assert settings.PUBLIC_URL == kept  # noqa: SIM300 - a setting isn't a constant


@pytest.mark.parametrize(
    "url",
    [
        "tool.example.org",
        "https://",
        "https://tool.example.org/lti",
        "https://tool.example.org?x=1",
        "https://name:word@tool.example.org",
        "https://tool.example.org:port",
        "https://tool example.org",
        "https://[",
        "ftp://tool.example.org",
        "http://tool.example.org",
        "http://localhost.example.org",
    ],
)
def test_a_public_url_that_browsers_could_not_use_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="PUBLIC_URL: "):
        read(PUBLIC_URL=url)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite:///tool.sqlite3", f"sqlite:///{Path.cwd() / 'tool.sqlite3'}"),
        ("sqlite:////data/tool.sqlite3", "sqlite:////data/tool.sqlite3"),
        ("postgres://medtown@db/medtown", "postgresql+psycopg://medtown@db/medtown"),
        ("postgresql://medtown@db/medtown", "postgresql+psycopg://medtown@db/medtown"),
        ("postgresql+psycopg://medtown@db/medtown", "postgresql+psycopg://medtown@db/medtown"),
    ],
)
def test_postgresql_is_spoken_to_through_psycopg(given: str, kept: str) -> None:
    settings = read(DATABASE_URL=given)

    assert settings.DATABASE_URL == kept  # noqa: SIM300 - a setting isn't a constant


@pytest.mark.parametrize("url", ["medtown.sqlite3", "mysql://db/medtown", "oracle://db", "://", "sqlite+unknown:///x"])
def test_a_database_that_the_tool_does_not_speak_to_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(DATABASE_URL=url.replace("//db", "//name:pass-word@db"))

    assert "DATABASE_URL: must be sqlite:///… or postgresql://…" in str(caught.value)
    assert "pass-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("database", "given", "kept"),
    [
        ("sqlite:////data/tool.sqlite3", "", "sqlite:////data/tool-wakeups.sqlite3"),
        ("sqlite:////data/tool", "", "sqlite:////data/tool-wakeups"),
        ("sqlite://", "", f"sqlite:///{Path.cwd() / 'medtown-wakeups.sqlite3'}"),
        ("sqlite:///:memory:", "", f"sqlite:///{Path.cwd() / 'medtown-wakeups.sqlite3'}"),
        ("postgresql://db/medtown", "", f"sqlite:///{Path.cwd() / 'medtown-wakeups.sqlite3'}"),
        ("postgresql://db/medtown", "redis://cache:6379/1", "redis://cache:6379/1"),
        ("postgresql://db/medtown", "rediss://:word@cache/1", "rediss://:word@cache/1"),
        ("postgresql://db/medtown", "unix:///run/redis.sock", "unix:///run/redis.sock"),
        ("sqlite:////data/tool.sqlite3", "sqlite:///bell.sqlite3", f"sqlite:///{Path.cwd() / 'bell.sqlite3'}"),
    ],
)
def test_wake_ups_go_through_a_file_of_their_own_or_redis(database: str, given: str, kept: str) -> None:
    settings = read(DATABASE_URL=database, WAKEUPS=given)

    assert settings.WAKEUPS == kept  # noqa: SIM300 - a setting isn't a constant


@pytest.mark.parametrize(
    "given", ["sqlite:////data/tool.sqlite3", "cache:6379", "amqp://:pass-word@cache", "sqlite://"]
)
def test_wake_ups_that_could_not_work_are_refused_without_their_password(given: str) -> None:
    with pytest.raises(ConfigurationError, match="WAKEUPS: must be ") as caught:
        read(DATABASE_URL="sqlite:////data/tool.sqlite3", WAKEUPS=given)

    assert "pass-word" not in str(caught.value)


def test_a_wrong_database_is_named_alone() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(DATABASE_URL="mysql://db")

    assert "WAKEUPS" not in str(caught.value)


@pytest.mark.parametrize(("given", "kept"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_private_platforms_are_switched_by_a_yes_or_no(given: str, kept: bool) -> None:  # noqa: FBT001 - from a table
    assert read(ALLOW_PRIVATE_PLATFORMS=given).ALLOW_PRIVATE_PLATFORMS is kept


@pytest.mark.parametrize(
    ("given", "networks", "unix"),
    [
        ("127.0.0.1", ["127.0.0.1/32"], False),
        ("10.0.0.0/8, 172.16.0.0/12,::1", ["10.0.0.0/8", "172.16.0.0/12", "::1/128"], False),
        ("unix", [], True),
        ("unix,fd00::/8,", ["fd00::/8"], True),
    ],
)
def test_proxies_are_networks_and_the_word_unix(given: str, networks: list[str], unix: bool) -> None:  # noqa: FBT001 - from a table
    trusted = read(TRUSTED_PROXIES=given).TRUSTED_PROXIES

    assert ([str(network) for network in trusted.networks], trusted.unix) == (networks, unix)


@pytest.mark.parametrize("given", ["proxy.example.org", "10.0.0.1/8", "10.0.0.0/33", "*", "1", "127.0.0.1 ::1"])
def test_a_proxy_that_is_no_network_is_refused(given: str) -> None:
    with pytest.raises(ConfigurationError, match="TRUSTED_PROXIES: must be networks separated by commas"):
        read(TRUSTED_PROXIES=given)


def test_folders_are_paths() -> None:
    settings = read(CONTENT_DIR="/srv/curriculum", TRANSLATIONS_DIR="/srv/translations")

    found = [settings.CONTENT_DIR, settings.TRANSLATIONS_DIR]
    assert found == [Path("/srv/curriculum"), Path("/srv/translations")]


def test_the_passphrase_is_not_shown() -> None:
    assert REQUIRED["KEYS_PASSPHRASE"] not in repr(read())


def test_a_wrong_value_is_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(KEYS_PASSPHRASE="too short")

    assert "too short" not in str(caught.value)


@pytest.mark.parametrize(("name", "given"), [("METRICS_TOKEN", "fifteen letters"), ("LOG_FORMAT", "xml")])
def test_a_token_that_can_be_guessed_and_a_format_that_is_not_there_are_refused(name: str, given: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        read(**{name: given})


MAIL = {"MAIL_SERVER": "smtps://mail.example.org", "MAIL_FROM": "MedTOWN <community@example.org>"}


def test_mails_are_sent_where_a_server_and_a_sender_are_named() -> None:
    assert read(**MAIL).MAIL_SERVER == "smtps://mail.example.org"
    assert read().MAIL_SERVER == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"MAIL_FROM": ""},
        {"MAIL_SERVER": ""},
        {"MAIL_SERVER": "mail.example.org"},
        {"MAIL_SERVER": "https://mail.example.org"},
        {"MAIL_SERVER": "smtps://ana:secret@mail.example.org"},
        {"MAIL_SERVER": "smtps://mail.example.org/inbox"},
        {"MAIL_FROM": "MedTOWN"},
        {"MAIL_FROM": "community@example.org\nBcc: all@example.org"},
        {"MAIL_USER": "ana"},
        {"MAIL_PASSWORD": "secret"},
        {"MAIL_SERVER": "smtp://mail.example.org", "MAIL_USER": "ana", "MAIL_PASSWORD": "secret"},
    ],
)
def test_a_mail_setting_that_would_not_do_is_refused_and_its_password_never_shown(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="MAIL_") as refused:
        read(**{**MAIL, **wrong})

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "least"),
    [("KEEP_LAUNCHES_DAYS", 1), ("KEEP_MAILS_DAYS", 1), ("KEEP_DELIVERIES_DAYS", 30), ("KEEP_DRAFTS_DAYS", 180)],
)
@pytest.mark.parametrize("given", ["0", "-1", "two years", "1.5", "99999", "١٢٣٤"])
def test_how_long_things_are_kept_is_a_whole_number_of_days(name: str, least: int, given: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(**{name: given})

    assert str(caught.value).endswith(f"{name}: must be a whole number of days, from {least} to 36500")
    assert getattr(read(**{name: str(least)}), name) == least
