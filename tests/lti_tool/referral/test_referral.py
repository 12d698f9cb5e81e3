"""Each course has a card that says where to turn; its trainers write it, its people read it, near violence."""

import re

import pytest
from flask import Flask

from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_in, words_of
from tests.lti_tool.referral.cards import EXERCISE, FILLED, UNIT, Enter, save, trainee, trainer
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import overtaking

NUMBER = '<a class="number" href="tel:+34555010203" target="_top"><bdi dir="ltr">+34 555 010 203</bdi></a>'
EMPTY = "“Where to turn here” is empty"
OLD = "last checked more than six months ago"
UNCHECKED = "nobody has said since that all of it is right"


def card_of(client: Client) -> str:
    """Give the words of the card on the page of whatever was opened."""
    found = re.search(r'<section class="turn".*?</section>', client.get("referral").text, flags=re.DOTALL)
    assert found is not None
    return words_in(found[0])


# Where it stands


@pytest.mark.parametrize(
    ("activity", "path"),
    [
        (UNIT, ""),
        (EXERCISE, ""),
        (EXERCISE, "exercise/notes/new?part=start&cell=action"),
        (EXERCISE, "exercise/harvest"),
        (EXERCISE, "exercise/paper"),
        (EXERCISE, "exercise/paper?blank=1"),
        ("community/practice", "community/posts/new"),
    ],
)
def test_pages_near_violence_say_where_to_turn(sqlite_enter: Enter, activity: str, path: str) -> None:
    save(trainer(sqlite_enter))

    page = trainee(sqlite_enter, activity=activity).get(path)

    assert NUMBER in page.text
    assert "Casa Abierta" in page.text
    assert "Day and night" in words_of(page)


def test_other_pages_have_no_card(sqlite_enter: Enter) -> None:
    save(trainer(sqlite_enter))

    assert 'class="turn"' not in sqlite_enter(activity="unit/social-and-solidarity-economy").get().text


# Who reads and who writes


@pytest.mark.parametrize("path", ["referral/edit", "referral/danger"])
def test_only_trainers_open_their_pages(sqlite_enter: Enter, path: str) -> None:
    assert trainee(sqlite_enter).get(path).status_code == 403
    assert trainer(sqlite_enter).get(path).status_code == 200


def test_only_trainers_write_a_card(sqlite_enter: Enter) -> None:
    assert save(trainee(sqlite_enter)).status_code == 403
    assert "Casa Abierta" not in card_of(trainee(sqlite_enter))


@pytest.mark.parametrize(
    "elsewhere", [{"course": "another"}, {"issuer": "http://localhost:8200"}, {"role": Role.GUEST, "sub": "guest"}]
)
def test_nobody_outside_of_the_course_reads_its_card(sqlite_enter: Enter, elsewhere: dict[str, str]) -> None:
    save(trainer(sqlite_enter))

    assert "Casa Abierta" not in card_of(trainee(sqlite_enter, **elsewhere))


# What is told of it


def test_where_nobody_is_named_trainees_read_words_that_are_wrong_nowhere(sqlite_enter: Enter) -> None:
    words = card_of(trainee(sqlite_enter))

    assert "Call the emergency number of the country where you are." in words
    assert re.search(r"\d", words) is None
    assert EMPTY not in words_of(trainee(sqlite_enter).get())


def test_a_trainer_is_told_that_a_card_is_empty_and_where_to_fill_it(sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)

    for path in ("", "exercise"):
        page = reader.get(path)
        assert EMPTY in words_of(page)
        assert f'<a href="/l/{reader.launch_id}/referral/edit">Fill it in</a>' in page.text


def test_half_a_year_after_the_last_check_its_trainers_are_told(sqlite_enter: Enter, ticker: Ticker) -> None:
    save(trainer(sqlite_enter))
    ticker.move(days=183)
    before = words_of(trainer(sqlite_enter).get())

    ticker.move(days=1)

    assert OLD not in before
    assert OLD in words_of(trainer(sqlite_enter).get())
    assert OLD not in words_of(trainee(sqlite_enter).get())


def test_what_is_changed_unchecked_has_no_date_until_somebody_checks(sqlite_enter: Enter) -> None:
    writer = trainer(sqlite_enter, timezone="Asia/Amman")
    save(writer)
    assert "Last checked:" in card_of(writer)

    save(writer, 1, checked=False)
    assert "Last checked:" in card_of(writer)

    save(writer, 2, checked=False, helpline_reach="555 010 999")
    assert "Last checked:" not in card_of(writer)
    assert UNCHECKED in words_of(writer.get())

    save(writer, 3, helpline_reach="555 010 999")
    assert "Last checked:" in card_of(writer)


@pytest.mark.parametrize("path", ["", "exercise", "live", "referral", "referral/edit"])
def test_trainers_find_what_to_do_when_work_reveals_danger(sqlite_enter: Enter, path: str) -> None:
    reader = trainer(sqlite_enter)

    page = reader.get(path)

    assert f'href="/l/{reader.launch_id}/referral/danger"' in page.text
    assert "Don't investigate" in words_of(reader.get("referral/danger"))


# What can't be saved


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("helpline.name", "x" * 121, "Write at most 120 characters."),
        ("helpline.reach", "", "Write a number or an address, or leave all of this contact empty."),
        ("more0.name", "", "Say who this is."),
        ("languages", "x" * 301, "Write at most 300 characters."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_that_was_typed_is_lost(
    sqlite_enter: Enter, field: str, text: str, said: str
) -> None:
    writer = trainer(sqlite_enter)

    answer = writer.post("referral", **FILLED | {"women.name": "Typed", field: text})

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert 'value="Typed"' in answer.text
    assert "Casa" not in card_of(writer)


def test_of_two_trainers_at_one_card_both_texts_are_kept(app: Flask, enter: Enter) -> None:
    one, other = trainer(enter), trainer(enter, sub="other")

    with overtaking(app, lambda: save(other, women_name="Theirs"), before=("INSERT", "UPDATE")):
        answer = save(one, women_name="Mine")

    assert answer.status_code == 409
    assert "Theirs" in words_of(answer)
    assert 'value="Mine"' in answer.text
    assert "Theirs" in card_of(one)
    assert save(one, 1, women_name="Both").status_code == 303
    assert "Both" in card_of(other)


# Copies of a course


def test_a_copy_is_offered_the_earlier_card_and_shows_it_once_it_is_checked(app: Flask, enter: Enter) -> None:
    save(trainer(enter, course="earlier"))
    copy = {"course": "copy", "history": ("nearest", "earlier")}
    writer = trainer(enter, **copy)

    page = writer.get("referral/edit")

    assert "card of the course that this one is a copy of" in words_of(page)
    assert 'value="Casa Abierta"' in page.text
    assert "It isn't shown to your trainees until you have checked it" in words_of(writer.get())
    assert "Casa Abierta" not in card_of(trainee(enter, **copy))
    save(writer)
    assert "Casa Abierta" in card_of(trainee(enter, **copy))


def test_a_copy_whose_trainers_emptied_its_card_is_offered_none(sqlite_enter: Enter) -> None:
    save(trainer(sqlite_enter, course="earlier"))
    writer = trainer(sqlite_enter, course="copy", history=("earlier",))
    writer.post("referral", version="0")

    assert "Casa Abierta" not in writer.get("referral/edit").text
    assert EMPTY in words_of(writer.get())


def test_another_sites_course_of_the_same_number_offers_nothing(sqlite_enter: Enter) -> None:
    save(trainer(sqlite_enter, course="earlier", issuer="http://localhost:8200"))

    page = trainer(sqlite_enter, course="copy", history=("earlier",)).get("referral/edit")

    assert "Casa Abierta" not in page.text
