"""The tool's settings: one table, read from the environment once, at the start."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from lti_tool.errors import ConfigurationError
from lti_tool.proxies import Trusted

LOOPBACK = ("localhost", "127.0.0.1", "::1")
DEFAULT_PORTS = {"http": 80, "https": 443}
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
ADDRESS = r"[!-?A-~]+@[!-?A-~]+"
SHORTEST_SECRET = 16
LONGEST_KEPT = 36_500
"""Days: a century, which stands for never."""
DRIVERS = ("sqlite://", "postgresql+psycopg://")
QUEUES = ("redis://", "rediss://", "unix://", "sqlite:///")


def _origin(url: str) -> str:
    """Write an address as browsers write an origin: theirs is compared with it letter by letter."""
    parts = urlsplit(url.lower().removesuffix("/"))
    host, port = parts.hostname or "", parts.port
    named = f"[{host}]" if ":" in host else host
    plain = f"{parts.scheme}://{named}" + (f":{port}" if port else "")
    if parts.scheme not in DEFAULT_PORTS or not re.fullmatch("[a-z0-9.:-]+", host) or parts.geturl() != plain:
        msg = "must be a scheme and a host only, such as https://tool.example.org"
        raise ValueError(msg)
    if parts.scheme == "http" and host not in LOOPBACK:
        msg = "must begin with https:// (plain http is for loopback only: browsers drop secure cookies)"
        raise ValueError(msg)
    return plain.removesuffix(f":{port}") if port == DEFAULT_PORTS[parts.scheme] else plain


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < SHORTEST_SECRET:
        msg = f"must be at least {SHORTEST_SECRET} characters long"
        raise ValueError(msg)
    return secret


def _database(url: str) -> str:
    """Let psycopg speak to PostgreSQL, whichever of its names the address begins with."""
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(DRIVERS):
        msg = "must be sqlite:///… or postgresql://…"
        raise ValueError(msg)
    return _whole_path(url)


def _whole_path(url: str) -> str:
    """Mean the folder that the command was started in, whoever reads the address: Flask would mean its own."""
    path = url.removeprefix("sqlite:///")
    if path == url or not path or path.startswith(":memory:"):
        return url
    return f"sqlite:///{Path(path).absolute()}"


def _wakeups(url: str, given: ValidationInfo) -> str:
    database = str(given.data.get("DATABASE_URL", ""))
    if not url:
        return _beside(database)
    if not url.startswith(QUEUES):
        msg = "must be redis://…, rediss://…, unix://… or sqlite:///…"
        raise ValueError(msg)
    if _whole_path(url) == database:
        msg = "must be another file than the database's, which would lock itself out"
        raise ValueError(msg)
    return _whole_path(url)


def _beside(database: str) -> str:
    """Name a file next to the database's; where that has none, in the folder that the command was started in."""
    kind, _, path = database.partition(":///")
    own = Path(path) if kind == "sqlite" and path and not path.startswith(":memory:") else Path("medtown.sqlite3")
    return f"sqlite:///{own.with_stem(own.stem + '-wakeups').absolute()}"


def _timezone(name: str) -> str:
    if name not in available_timezones():
        msg = "must be a time zone's name, such as Europe/Madrid"
        raise ValueError(msg)
    return name


def _proxies(given: str | Trusted) -> Trusted:
    if isinstance(given, Trusted):
        return given
    try:
        return Trusted.named(given)
    except ValueError as error:
        msg = "must be networks separated by commas, such as 10.0.0.0/8, 127.0.0.1, or the word unix for a socket file"
        raise ValueError(msg) from error


def _mail_server(url: str) -> str:
    parts = urlsplit(url)
    plain = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    if url and (parts.scheme not in MAIL_PORTS or not parts.hostname or url.lower() != plain):
        msg = "must be smtps://host, smtp+starttls://host or smtp://host, with a port where it is another one"
        raise ValueError(msg)
    return url


def _days(least: int) -> BeforeValidator:
    """Read a number of days, as an environment variable has it."""

    def read(given: str | int) -> int:
        text = str(given)
        if not re.fullmatch("[0-9]{1,5}", text) or not least <= int(text) <= LONGEST_KEPT:
            msg = f"must be a whole number of days, from {least} to {LONGEST_KEPT}"
            raise ValueError(msg)
        return int(text)

    return BeforeValidator(read)


def _sender(text: str) -> str:
    address = parseaddr(text)[1]
    if text and (not re.fullmatch(ADDRESS, address) or not text.isprintable()):
        msg = "must be an address, such as community@example.org or MedTOWN <community@example.org>"
        raise ValueError(msg)
    return text


class Settings(BaseModel):
    """What those who run the tool decide; every field is an environment variable of the same name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    PUBLIC_URL: Annotated[str, AfterValidator(_origin)]
    """Where browsers and Moodle reach the tool; every link and redirect URI starts with it."""
    KEYS_PASSPHRASE: Annotated[SecretStr, AfterValidator(_long_enough)]
    """Encrypts the tool's private keys at rest; at least 16 characters."""
    DATABASE_URL: Annotated[str, AfterValidator(_database), Field(validate_default=True)] = "sqlite:///medtown.sqlite3"
    """An SQLAlchemy URL: `sqlite:///file` or `postgresql+psycopg://…`."""
    WAKEUPS: Annotated[str, AfterValidator(_wakeups), Field(validate_default=True)] = ""
    """What wakes workers: a file of its own beside the database's, or Redis, which reaches any machine."""
    CONTENT_DIR: Path | None = None
    """A curriculum of one's own; the packaged one when left out."""
    TRANSLATIONS_DIR: Path | None = None
    """Further gettext catalogues beside the packaged ones."""
    DEFAULT_LANGUAGE: str = "en"
    """The interface's language where a person's own is not there."""
    DEFAULT_TIMEZONE: Annotated[str, AfterValidator(_timezone)] = "UTC"
    """The zone times are shown in where Moodle does not tell the person's."""
    ALLOW_PRIVATE_PLATFORMS: bool = False
    """For development: lets platforms have private addresses and plain http."""
    TRUSTED_PROXIES: Annotated[Trusted, BeforeValidator(_proxies)] = Trusted()
    """Networks, separated by commas, whose `X-Forwarded-For` says who asks; `unix` for a proxy at a socket file."""
    METRICS_TOKEN: Annotated[SecretStr, AfterValidator(_long_enough)] | None = None
    """Who reads `/metrics` shows it as a bearer token; at least 16 characters. Without it: this machine only."""
    LOG_FORMAT: Literal["json", "text"] | None = None
    """How log lines are written; when left out, as text at a terminal and else in JSON."""
    MAIL_SERVER: Annotated[str, AfterValidator(_mail_server)] = ""
    """What sends the community's digests, such as `smtps://mail.example.org`; without it none are offered."""
    MAIL_FROM: Annotated[str, AfterValidator(_sender)] = ""
    """Whom they come from; whatever comes back to this address somebody should read."""
    MAIL_USER: str = ""
    """Who logs in to the mail server, where it asks for that."""
    MAIL_PASSWORD: SecretStr | None = None
    """With what."""
    KEEP_LAUNCHES_DAYS: Annotated[int, _days(1)] = 30
    """Launches, after their session ended: who came in when, and with which address."""
    KEEP_MAILS_DAYS: Annotated[int, _days(1)] = 90
    """What is known of a digest, after it was sent or given up: to whom, and which posts it told of."""
    KEEP_DELIVERIES_DAYS: Annotated[int, _days(30)] = 365
    """Grades that were sent, once a newer one of the same grade was; the newest stays with the work."""
    KEEP_DRAFTS_DAYS: Annotated[int, _days(180)] = 730
    """Work that was never handed in, and answers never released, after whoever wrote them last came to the course."""

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        if bool(self.MAIL_SERVER) != bool(self.MAIL_FROM):
            msg = "MAIL_SERVER and MAIL_FROM go together: set both or neither"
            raise ValueError(msg)
        if bool(self.MAIL_USER) != (self.MAIL_PASSWORD is not None):
            msg = "MAIL_USER and MAIL_PASSWORD go together: set both or neither"
            raise ValueError(msg)
        parts = urlsplit(self.MAIL_SERVER)
        if self.MAIL_USER and parts.scheme == "smtp" and parts.hostname not in LOOPBACK:
            msg = "MAIL_PASSWORD: would be sent in the clear; let MAIL_SERVER begin with smtps:// or smtp+starttls://"
            raise ValueError(msg)
        return self

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings.

        Raises:
            ConfigurationError: naming every variable that is missing or wrong.
        """
        given = {name: environment[name] for name in cls.model_fields if environment.get(name)}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise ConfigurationError(_problems(error)) from None


def _problems(error: ValidationError) -> str:
    lines = [
        ": ".join([*map(str, problem["loc"]), _plain(problem["msg"])]) for problem in error.errors(include_input=False)
    ]
    return "These environment variables need a value:\n  " + "\n  ".join(lines)


def _plain(message: str) -> str:
    return "is not set" if message == "Field required" else message.removeprefix("Value error, ")
