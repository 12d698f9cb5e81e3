"""The switch of languages: on every page, and remembered for a person at a site."""

import re
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from lti_tool.lti.launch import missing
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.making import close_app, make_app, packaged_curriculum
from tests.lti_tool.ticking import Ticker


def language_of(page: str) -> str:
    found = re.search(r'<html lang="([\w-]+)"', page)
    assert found
    return found[1]


def switch_to(person: Client, code: str, back: str = "") -> str:
    """Press the switch; give where it leads."""
    answer = person.post("language", language=code, back=back)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    return answer.headers["Location"]


def test_who_chose_a_language_reads_in_it_in_every_course_of_the_site(app: Flask) -> None:
    here = enter_course(app)
    switch_to(here, "es")

    elsewhere = enter_course(app, course="course-2")
    somebody_else = enter_course(app, sub="trainee-2")

    assert language_of(here.get().text) == language_of(elsewhere.get().text) == "es"
    assert language_of(somebody_else.get().text) == "en"


def test_the_same_account_number_on_another_site_is_another_person(app: Flask) -> None:
    switch_to(enter_course(app), "es")

    there = enter_course(app, issuer="http://localhost:8200", client_id="client-2")

    assert language_of(there.get().text) == "en"


def test_moodles_language_decides_again_once_somebody_wants_it(app: Flask) -> None:
    person = enter_course(app, locale="es_mx")
    assert "As in Moodle" not in person.get().text
    switch_to(person, "en")
    assert "As in Moodle" in person.get().text

    switch_to(person, "")

    assert language_of(person.get().text) == "es"


def test_the_poll_of_a_page_speaks_the_chosen_language(app: Flask) -> None:
    person = enter_course(app)
    switch_to(person, "es")

    said = person.get("exercise/changes", query_string={"in": "person/999"})
    assert language_of(said.text) == "es"


@pytest.mark.parametrize("code", ["xx", "de", "ES", "../es", "\0"])
def test_a_language_that_is_not_there_is_refused_and_nothing_changes(app: Flask, code: str) -> None:
    person = enter_course(app)

    answer = person.post("language", language=code)

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert language_of(person.get().text) == "en"


def test_the_switch_leads_back_to_the_page_where_it_was_pressed(app: Flask) -> None:
    person = enter_course(app)
    page = person.get("exercise/example").text
    back = re.search(r'name="back" value="([^"]+)"', page)
    assert back

    assert switch_to(person, "es", back[1]) == f"/l/{person.launch_id}/exercise/example"


@pytest.mark.parametrize(
    "back", ["", "https://elsewhere.example/", "//elsewhere.example", "/l/another/", "/l/{}/\\x", "/l/{}/\n"]
)
def test_the_switch_leads_nowhere_else(app: Flask, back: str) -> None:
    person = enter_course(app)

    assert switch_to(person, "es", back.format(person.launch_id)) == f"/l/{person.launch_id}/"


def test_a_page_that_answers_what_was_sent_has_no_switch(app: Flask) -> None:
    person = enter_course(app, activity="community/practice")
    assert 'class="speak"' in person.get().text

    refused = person.post("community/posts", id=str(UUID(int=7)), kind="need", title="", text="Text")

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'class="speak"' not in refused.text


@pytest.mark.parametrize(
    ("locale", "said", "language"),
    [("de_du", missing.SENTENCES["de"], "de"), ("ja", "speak the language that you chose in Moodle yet", "en")],
)
def test_who_reads_another_language_in_moodle_is_told_so_in_it(
    app: Flask, locale: str, said: str, language: str
) -> None:
    page = enter_course(app, locale=locale).get().text

    assert language_of(page) == "en"
    assert re.search(rf'<p class="aside" lang="{language}" dir="ltr">[^<]*{said}', page)


@pytest.mark.parametrize("locale", ["en", "en_us_k12", "es_mx"])
def test_who_reads_a_language_that_is_there_is_told_nothing(app: Flask, locale: str) -> None:
    assert "MedTOWN doesn" not in enter_course(app, locale=locale).get().text


def test_whoever_chose_is_told_no_more(app: Flask) -> None:
    person = enter_course(app, locale="de_du")

    switch_to(person, "es")

    assert missing.SENTENCES["de"] not in person.get().text


@pytest.mark.parametrize("code", missing.SENTENCES)
def test_no_sentence_is_kept_for_a_language_that_is_spoken(app: Flask, code: str) -> None:
    assert code not in app.extensions["languages"].codes


def test_before_a_launch_the_address_says_the_language(app: Flask) -> None:
    asked = "/lti/register?openid_configuration=https%3A%2F%2Fmoodle.example%2Fx&lang=es"

    answer = app.test_client().get(asked)

    assert language_of(answer.text) == "es"


def test_an_error_is_told_in_every_language_that_is_there(app: Flask) -> None:
    page = app.test_client().get("/nowhere", headers={"Accept-Language": "es"}).text

    assert language_of(page) == "es"
    others = re.findall(r'<details lang="(\w+)"', page)
    assert set(others) == app.extensions["languages"].codes - {"es"}
    assert "Something did not work" in page


@pytest.fixture
def spanish_alone(tmp_path: Path, ticker: Ticker) -> Iterator[Flask]:
    """Give the tool with a curriculum of somebody's own that is there in Spanish alone."""
    whole = packaged_curriculum()
    exercise = whole.exercises["needs-matrix"]
    unit = whole.units["needs-and-satisfiers"]
    own = replace(
        whole,
        exercises={exercise.id: exercise.model_copy(update={"texts": {"es": exercise.texts["es"]}})},
        units={unit.id: unit.model_copy(update={"texts": {"es": unit.texts["es"]}})},
    )
    app = make_app(f"sqlite:///{tmp_path}/own.sqlite3", ticker)
    app.extensions["curriculum"] = own
    yield app
    close_app(app)


@pytest.mark.parametrize("activity", ["exercise/needs-matrix", "unit/needs-and-satisfiers"])
def test_a_curriculum_in_one_language_takes_nobodys_interface_away(spanish_alone: Flask, activity: str) -> None:
    english = enter_course(spanish_alone, activity=activity).get().text
    spanish = enter_course(spanish_alone, sub="trainee-2", activity=activity, locale="es_mx").get().text

    assert language_of(english) == "en"
    assert "This isn&#39;t there in English yet; you read it in Spanish." in english
    assert re.search(r'<header lang="es" dir="ltr">\s*<h1', english)
    assert language_of(spanish) == "es"
    assert "Todavía no está en" not in spanish
