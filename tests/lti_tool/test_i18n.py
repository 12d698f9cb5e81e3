"""Languages and times: whatever a platform or a browser sends, a page comes."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import format_decimal, format_percent, ngettext

from lti_tool import i18n
from lti_tool.i18n import Languages, find_languages
from tests.lti_tool.catalogues import write_catalogue, write_numbers

LANGUAGES = Languages(codes=frozenset({"en", "es", "pt", "pt_br", "ar"}), default="es")
NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("pt_br", "pt_br"),
        ("pt-BR", "pt_br"),
        ("pt_pt", "pt"),
        ("es_mx", "es"),
        ("en_us_k12", "en"),
        ("ar", "ar"),
        (" EN ", "en"),
        ("de_du", "es"),
        ("sr_lt", "es"),
        ("fr", "es"),
        ("", "es"),
        ("_", "es"),
        ("../../etc/passwd", "es"),
        ("\0", "es"),
        (None, "es"),
    ],
)
def test_a_platforms_locale_code_is_matched_exactly_then_by_its_first_part_then_by_the_default(
    code: str | None, language: str
) -> None:
    assert LANGUAGES.match(code) == language


def test_languages_are_those_with_a_compiled_catalogue(tmp_path: Path) -> None:
    for code in ("fi", "pt_BR"):
        write_catalogue(tmp_path, code)
    for code in ("nonsense", "x"):
        shutil.copytree(tmp_path / "fi", tmp_path / code)
    (tmp_path / "sv" / "LC_MESSAGES").mkdir(parents=True)

    found = find_languages("fi", tmp_path)

    assert found.codes & {"fi", "pt_br", "nonsense", "x", "sv"} == {"fi", "pt_br"}
    assert found.default == "fi"
    assert found.directories == (i18n.TRANSLATIONS, tmp_path)


def test_a_catalogue_that_lacks_one_text_is_not_spoken_and_the_log_says_which(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_catalogue(tmp_path, "sv")
    write_catalogue(tmp_path, "fi", without="Language")

    found = find_languages("en", tmp_path)

    assert "sv" in found.codes
    assert "fi" not in found.codes
    assert "fi isn't offered: its catalogue lacks 1 texts, the first is 'Language'" in caplog.text


def test_a_language_of_ones_own_takes_none_of_the_packaged_away(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "fi", {"A text that no page has": "x"})

    assert find_languages("en", tmp_path).codes == find_languages("en").codes | {"fi"}


def test_english_is_always_there(tmp_path: Path) -> None:
    assert "en" in find_languages("en", tmp_path).codes


@pytest.mark.parametrize(("wanted", "default"), [("PT-br", "pt_br"), ("fi", "en")])
def test_the_default_language_is_one_that_is_there(tmp_path: Path, wanted: str, default: str) -> None:
    write_catalogue(tmp_path, "pt_BR")

    assert find_languages(wanted, tmp_path).default == default


@pytest.fixture
def spoken(tmp_path: Path) -> Flask:
    """Give an application that speaks a few languages and shows times in Madrid."""
    app = Flask(__name__)
    i18n.init_app(app, LANGUAGES, "Europe/Madrid")
    return app


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en", "en"),
        ("pt-BR, en;q=0.5", "pt_br"),
        ("pt-PT", "pt"),
        ("fr, ar;q=0.8, en;q=0.5", "ar"),
        ("fr", "es"),
        ("*", "es"),
        ("", "es"),
        (";;;=,", "es"),
    ],
)
def test_before_a_launch_a_page_is_in_the_first_of_the_browsers_languages_that_is_there(
    spoken: Flask, accepted: str, language: str
) -> None:
    with spoken.test_request_context(headers={"Accept-Language": accepted}):
        assert i18n.language() == language


def test_a_language_that_is_there_only_for_one_country_is_found(tmp_path: Path) -> None:
    app = Flask(__name__)
    i18n.init_app(app, Languages(codes=frozenset({"en", "pt_br"}), default="en"), "UTC")

    with app.test_request_context(headers={"Accept-Language": "pt-BR, en;q=0.5"}):
        assert i18n.language() == "pt_br"


def test_a_launchs_language_comes_before_the_browsers(spoken: Flask) -> None:
    with spoken.test_request_context(headers={"Accept-Language": "en"}):
        i18n.speak("ar", None)

        assert (i18n.language(), i18n.direction()) == ("ar", "rtl")


def test_outside_of_a_request_the_default_language_is_spoken(spoken: Flask) -> None:
    with spoken.app_context():
        assert i18n.language() == "es"


@pytest.mark.parametrize("code", ["pt_br", "de_du", "en_us_k12", "sr_lt", "no", "zh_tw_old", "en@shaw", "x" * 255])
def test_no_locale_code_keeps_a_moment_from_being_written(spoken: Flask, code: str) -> None:
    with spoken.test_request_context():
        i18n.speak(code, "Europe/Madrid")

        assert "2026" in i18n.moment(NOON)


@pytest.mark.parametrize(
    ("name", "moment"), [("Asia/Amman", "15 Jan 2026, 15:00 +0300"), ("Europe/Athens", "15 Jan 2026, 14:00 +0200")]
)
def test_a_moment_is_written_in_the_persons_zone_which_is_named(spoken: Flask, name: str, moment: str) -> None:
    with spoken.test_request_context():
        i18n.speak("en", name)

        assert i18n.timezone_name() == name
        assert i18n.moment(NOON) == moment


def test_a_name_in_a_sentence_is_isolated_and_escaped() -> None:
    assert i18n.own_way("مريم <b>") == "<bdi>مريم &lt;b&gt;</bdi>"


def test_in_arabic_digits_are_western_and_a_zones_sign_stays_before_it(spoken: Flask) -> None:
    with spoken.test_request_context():
        i18n.speak("ar", "Asia/Amman")

        assert i18n.moment(NOON) == "15 يناير 2026، \u206815:00 +0300\u2069"
        assert i18n.time_of_day(NOON) == "\u206815:00 +0300\u2069"
        assert i18n.comma() == "، "
        assert i18n.day(date(2026, 5, 3)) == "3 مايو 2026"
        assert i18n.month("2026-05") == "مايو 2026"
        assert i18n.ago(NOON, NOON + timedelta(minutes=12)) == "قبل 12 دقيقة"
        assert (format_decimal(1234.5), format_percent(0.25)) == ("1,234.5", "25%")


@pytest.mark.parametrize("name", [None, "", "99", "Mars/Olympus", "America", "../../etc/passwd", "\0", "x" * 300, "é"])
def test_a_zone_that_is_not_known_gives_way_to_the_sites(spoken: Flask, name: str | None) -> None:
    with spoken.test_request_context():
        i18n.speak("en", name)

        assert i18n.timezone_name() is None
        assert "13:00" in i18n.moment(NOON)


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("en", "ltr"), ("pt_br", "ltr")])
def test_a_languages_direction_is_known(spoken: Flask, code: str, direction: str) -> None:
    with spoken.app_context():
        assert i18n.direction(code) == direction


@pytest.mark.parametrize(
    ("code", "written"), [("es", "15 ene 2026, 13:00 CET"), ("ar", "15 يناير 2026، \u206813:00 +0100\u2069")]
)
def test_a_moment_has_the_comma_of_its_language(spoken: Flask, code: str, written: str) -> None:
    with spoken.test_request_context():
        i18n.speak(code, None)

        assert i18n.moment(NOON).replace("\N{NO-BREAK SPACE}", " ") == written


ARABIC_REPLIES = ["0 رد", "1 رد", "2 ردّان", "3 ردود", "11 ردًّا", "100 رد"]


def _counted_in_arabic(folder: Path, one: str, many: str) -> list[str]:
    """Tell numbers in Arabic in a tool that has a folder for catalogues of its own."""
    app = Flask(__name__)
    i18n.init_app(app, find_languages("ar", folder), "UTC")
    with app.test_request_context():
        return [ngettext(one, many, number) for number in (0, 1, 2, 3, 11, 100)]


def test_a_folder_of_ones_own_that_lacks_a_language_leaves_its_forms_for_numbers(tmp_path: Path) -> None:
    assert _counted_in_arabic(tmp_path, "%(num)s reply", "%(num)s replies") == ARABIC_REPLIES


def test_a_catalogue_of_ones_own_chooses_among_its_own_forms_and_leaves_other_texts_theirs(tmp_path: Path) -> None:
    write_numbers(tmp_path, "ar", "nplurals=2; plural=(n > 2)", "%(num)s vote", ["few %(num)s", "many %(num)s"])

    told = _counted_in_arabic(tmp_path, "%(num)s vote", "%(num)s votes")

    assert told == ["few 0", "few 1", "few 2", "many 3", "many 11", "many 100"]
    assert _counted_in_arabic(tmp_path, "%(num)s reply", "%(num)s replies") == ARABIC_REPLIES
