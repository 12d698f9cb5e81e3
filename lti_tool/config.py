"""The tool's settings: one table, read from the environment once, at the start."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from lti_tool.errors import ConfigurationError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    plain = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or not parts.hostname or url.rstrip("/") != plain:
        msg = "must be a scheme and a host only, such as https://tool.example.org"
        raise ValueError(msg)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        msg = "must begin with https:// (plain http is for loopback only: browsers drop secure cookies)"
        raise ValueError(msg)
    return plain


def _timezone(name: str) -> str:
    if name not in available_timezones():
        msg = "must be a time zone's name, such as Europe/Madrid"
        raise ValueError(msg)
    return name


class Settings(BaseModel):
    """What those who run the tool decide; every field is an environment variable of the same name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    PUBLIC_URL: Annotated[str, AfterValidator(_origin)]
    """Where browsers and Moodle reach the tool; every link and redirect URI starts with it."""
    KEYS_PASSPHRASE: Annotated[SecretStr, Field(min_length=16)]
    """Encrypts the tool's private keys at rest; at least 16 characters."""
    DATABASE_URL: str = "sqlite:///medtown.sqlite3"
    """An SQLAlchemy URL: `sqlite:///file` or `postgresql+psycopg://…`."""
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

    @model_validator(mode="after")
    def _psycopg_speaks_to_postgresql(self) -> Self:
        if self.DATABASE_URL.startswith(("postgres://", "postgresql://")):
            url = "postgresql+psycopg://" + self.DATABASE_URL.split("://", 1)[1]
            return self.model_copy(update={"DATABASE_URL": url})
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
    lines = [f"{problem['loc'][0]}: {_plain(problem['msg'])}" for problem in error.errors(include_input=False)]
    return "These environment variables need a value:\n  " + "\n  ".join(lines)


def _plain(message: str) -> str:
    return "is not set" if message == "Field required" else message.removeprefix("Value error, ")
