"""Languages and times: whose language a page is in, and in which zone it tells the time."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_datetime_format
from babel.messages.mofile import read_mo
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import (
    Babel,
    Domain,
    force_locale,
    format_date,
    format_datetime,
    format_timedelta,
    get_locale,
    get_timezone,
    refresh,
)
from flask_babel.speaklater import LazyString
from markupsafe import Markup

import content.text

TRANSLATIONS = Path(__file__).parent / "translations"
SOURCE_LANGUAGE = "en"
COMMAS = {"ar": "، "}
ASKED = "lang"
"""What the address of a page says, before a launch, that is wanted in one language."""

log = logging.getLogger("lti_tool")


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """The languages that the interface has catalogues for."""

    codes: frozenset[str]
    """In small letters with underscores: `pt_br`."""
    default: str
    directories: tuple[Path, ...] = field(default=(TRANSLATIONS,))

    def match(self, code: str | None) -> str:
        """Choose a language for a platform's locale code: exact, its first part, else the default.

        Moodle's codes are its own (`pt_br`, `de_du`, `en_us_k12`), so nothing here parses them.
        """
        return self.find(code) or self.default

    def find(self, code: str | None) -> str | None:
        """Choose as `match` does, or nothing."""
        wanted = (code or "").strip().lower().replace("-", "_")
        return next((known for known in (wanted, wanted.split("_")[0]) if known in self.codes), None)


def find_languages(default: str, extra: Path | None = None) -> Languages:
    """Look for compiled catalogues in the package and in a folder of one's own; one that lacks a text isn't spoken."""
    directories = (TRANSLATIONS, *([extra] if extra else []))
    packaged = _catalogues(TRANSLATIONS)
    wanted = set().union(*packaged.values())
    own = _catalogues(extra) if extra else {}
    found = {
        code for code in {*packaged, *own} if _is_whole(code, wanted, packaged.get(code, set()) | own.get(code, set()))
    }
    here = Languages(codes=frozenset({SOURCE_LANGUAGE, *found}), default=SOURCE_LANGUAGE, directories=directories)
    return replace(here, default=here.match(default))


def _is_whole(code: str, wanted: set[str], texts: set[str]) -> bool:
    if lacks := wanted - texts:
        log.warning("%s isn't offered: its catalogue lacks %d texts, the first is %r", code, len(lacks), min(lacks))
    return not lacks


def _catalogues(directory: Path) -> dict[str, set[str]]:
    """Give the texts that each language's compiled catalogue in a folder translates."""
    paths = directory.glob("*/LC_MESSAGES/messages.mo")
    return {path.parts[-3].lower(): _texts(path) for path in paths if _is_language(path.parts[-3])}


def _texts(catalogue: Path) -> set[str]:
    with catalogue.open("rb") as file:
        ids = [message.id for message in read_mo(file) if message.id]
    return {one if isinstance(one, str) else one[0] for one in ids}


def _is_language(code: str) -> bool:
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return False
    return True


class Texts(Domain):  # type: ignore[misc]  # the library has no types
    """The interface's texts: a later folder's come first, and each is counted by the rule of its own catalogue.

    Flask-Babel's own domain counts all by the last folder's rule, even where that folder has no such catalogue.
    """

    def get_translations(self) -> NullTranslations:
        """Give the texts in the language that is spoken now."""
        locale = get_locale()
        if str(locale) not in self.cache:
            self.cache[str(locale)] = _layered(locale, self.translation_directories)
        texts: NullTranslations = self.cache[str(locale)]
        return texts


def _layered(locale: Locale, directories: Sequence[str]) -> NullTranslations:
    below = NullTranslations()
    for directory in directories:
        texts = Translations.load(directory, [locale])
        texts.add_fallback(below)
        below = texts
    return below


def init_app(app: Flask, languages: Languages, timezone: str) -> None:
    """Let pages and errors speak the person's language."""
    app.extensions["languages"] = languages
    babel = Babel()
    babel.domain_instance = Texts([str(path) for path in languages.directories])
    babel.init_app(
        app,
        default_locale=languages.default,
        default_timezone=timezone,
        locale_selector=language,
        timezone_selector=timezone_name,
    )
    app.jinja_env.globals.update(language=language, direction=direction, comma=comma)
    app.jinja_env.filters["autonym"] = autonym
    app.jinja_env.filters["own_way"] = own_way
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["time_of_day"] = time_of_day
    app.jinja_env.filters["ago"] = ago
    app.jinja_env.filters["month"] = month


def languages_of(app: Flask) -> Languages:
    """Give the application's languages."""
    languages: Languages = app.extensions["languages"]
    return languages


def speak(locale: str | None, timezone: str | None) -> None:
    """Use a verified launch's language and zone for the rest of this request."""
    g.language = languages_of(current_app).match(locale)
    g.timezone = timezone


def language() -> str:
    """Tell this request's language: the launch's, or before one the address's or the browser's."""
    if not has_request_context():
        return languages_of(current_app).default
    if "language" not in g:
        g.language = languages_of(current_app).find(request.args.get(ASKED)) or _accepted_language()
    chosen: str = g.language
    return chosen


def _accepted_language() -> str:
    languages = languages_of(current_app)
    for code in request.accept_languages.values():
        if found := languages.find(code):
            return found
    return languages.default


def timezone_name() -> str | None:
    """Tell the person's time zone where it is known and real, else nothing."""
    name: str | None = g.get("timezone")
    try:
        return str(ZoneInfo(name)) if name else None
    except (LookupError, ValueError, OSError):  # Moodle's "99" stands for its own zone
        return None


def zone() -> ZoneInfo:
    """Give the zone in which this request tells the time: the person's, else the tool's."""
    return ZoneInfo(timezone_name() or str(get_timezone()))


def zone_of(timezone: str | None) -> ZoneInfo:
    """Give a person's zone, or the tool's where theirs isn't known, and tell the time in it from here on.

    In the same worker the one before had another, which Babel keeps.
    """
    g.timezone = timezone
    refresh()
    return zone()


def in_others(*texts: LazyString) -> Mapping[str, Sequence[str]]:
    """Give texts in every language but this request's, by their codes."""
    found = {}
    for code in sorted(languages_of(current_app).codes - {language()}):
        with force_locale(code):
            found[code] = [str(text) for text in texts]
    return found


def autonym(code: str) -> str:
    """Name a language in itself: español."""
    return Locale.parse(code).get_display_name() or code


def direction(code: str | None = None) -> str:
    """Tell whether a language is written from the left or from the right."""
    return content.text.direction(code or language())


def own_way(name: str) -> Markup:
    """Keep a name within a sentence, whichever way it is written, from turning the sentence around it."""
    return Markup("<bdi>{}</bdi>").format(name)


def comma() -> str:
    """Give what stands between the names of a list."""
    return COMMAS.get(language().split("_")[0], ", ")


def moment(value: datetime) -> str:
    """Write a moment in the person's language and zone, and name the zone."""
    pattern = str(get_datetime_format("medium", locale=get_locale()))
    return pattern.format(_isolated(format_datetime(value, "HH:mm z")), format_datetime(value, "d MMM y"))


def day(value: date) -> str:
    """Write a day in the person's language."""
    return str(format_date(value, "long"))


def time_of_day(value: datetime) -> str:
    """Write the time of a day that is today in the person's language and zone, and name the zone."""
    return _isolated(format_datetime(value, "HH:mm z"))


def _isolated(time: str) -> str:
    """Keep a zone such as +0300 behind its time and its sign before it, where the words around run from the right."""
    return f"\u2068{time}\u2069" if direction() == "rtl" else time


def month(value: str) -> str:
    """Write a month, such as `2026-05`, in the person's language."""
    return format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=get_locale())


def ago(value: datetime, now: datetime) -> str:
    """Write how long ago a moment was, in the person's language: "5 minutes ago"."""
    return str(format_timedelta(value - now, add_direction=True))
