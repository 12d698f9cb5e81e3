"""A trainer keeps sentences of their own, adds them to what they write, and nobody else ever has them."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.reviews.sentences import rules, store
from lti_tool.reviews.sentences.rules import MOST, Problem
from lti_tool.reviews.sentences.tables import SentenceRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.reviews.answering import note_ids
from tests.lti_tool.reviews.releasing import releases

ELDERS = "Ask the <b>elders</b> too."


@pytest.mark.parametrize(
    ("text", "kept", "problem"),
    [
        ("Well done.", (), None),
        ("", (), Problem.EMPTY),
        ("x" * 300, (), None),
        ("x" * 301, (), Problem.TOO_LONG),
        ("One more.", [str(number) for number in range(99)], None),
        ("One more.", [str(number) for number in range(100)], Problem.TOO_MANY),
        ("7", [str(number) for number in range(100)], None),
    ],
)
def test_a_hundred_sentences_of_three_hundred_characters_are_kept(
    text: str, kept: list[str], problem: Problem | None
) -> None:
    assert rules.find_problem(text, kept) is problem


@pytest.mark.parametrize(
    ("written", "joined"),
    [("", "Well done."), (" \n", "Well done."), ("It is\nclear.\n", "It is\nclear. Well done.")],
)
def test_a_sentence_goes_behind_what_is_written(written: str, joined: str) -> None:
    assert rules.joined(written, "Well done.") == joined


# What is kept


def test_each_sentence_is_kept_once_and_for_one_person_alone(app: Flask, enter: Enter) -> None:
    mine, anothers = trainer(enter).person_id, trainer(enter, sub="another").person_id
    with app.app_context():
        for person_id, text in ((mine, "b"), (mine, "A"), (mine, "b"), (anothers, "c")):
            assert store.keep(person_id, text, "en", now()) is None
        (of_another,) = store.of_person(anothers)

        store.remove(mine, of_another.id)
        db.session.commit()

        assert [one.text for one in store.of_person(mine)] == ["A", "b"]
        assert store.of_person(anothers) == [of_another]
        assert store.find(mine, of_another.id) is None


def test_no_more_are_kept_than_there_is_room_for(app: Flask, enter: Enter) -> None:
    person_id = trainer(enter).person_id
    with app.app_context():
        for number in range(MOST):
            store.keep(person_id, str(number), "en", now())

        assert store.keep(person_id, "One more.", "en", now()) is Problem.TOO_MANY
        assert len(store.of_person(person_id)) == MOST


# The page


def press(reader: Client, submission_id: int, which: str, **form: object) -> TestResponse:
    """Press a button in the form of a release, which sends all of it."""
    return reader.post(f"submissions/{submission_id}/sentences/{which}", release=0, hand_in=1, **form)


def ids(page: TestResponse) -> list[str]:
    """Give the ids of the sentences that a page offers, in their order."""
    return re.findall(r'<p id="own-(\d+)">', page.text)


@pytest.fixture
def work(sqlite_app: Flask, sqlite_enter: Enter) -> int:
    """Have something handed in."""
    hand_in(sqlite_enter())
    return submission_ids(sqlite_app)[0]


def test_without_script_a_press_keeps_what_is_written_and_another_adds_it_with_all_that_was_typed(
    sqlite_app: Flask, sqlite_enter: Enter, work: int
) -> None:
    reader = trainer(sqlite_enter)

    (note_id,) = note_ids(sqlite_app)
    typed = {"mark": "7,5", "outcome": "revise", f"comment-{note_id}": "Who uses it?"}

    kept = press(reader, work, "keep", sentence=ELDERS, **typed)
    added = press(reader, work, "add", own=ids(kept)[0], sentence="Clear.", **typed)

    assert (kept.status_code, added.status_code) == (200, 200)
    assert "It is kept among your sentences." in words_of(kept)
    assert "Ask the &lt;b&gt;elders&lt;/b&gt; too.</textarea>" in kept.text
    assert '<bdi lang="en" data-text>Ask the &lt;b&gt;elders&lt;/b&gt; too.</bdi>' in kept.text
    assert "\nClear. Ask the &lt;b&gt;elders&lt;/b&gt; too.</textarea>" in added.text
    assert 'value="7,5"' in added.text
    assert 'value="revise" checked' in added.text
    assert "Who uses it?</textarea>" in added.text
    assert '<details class="sentences" id="sentences"' in added.text
    assert releases(sqlite_app) == []


def test_a_sentence_is_offered_at_other_work_of_the_site_until_it_is_removed(
    sqlite_app: Flask, sqlite_enter: Enter, work: int
) -> None:
    press(trainer(sqlite_enter), work, "keep", sentence="Well done.")
    hand_in(sqlite_enter(course="another"))
    reader, other_work = trainer(sqlite_enter, course="another"), submission_ids(sqlite_app)[1]

    (offered,) = ids(reader.get(f"submissions/{other_work}"))
    removed = press(reader, other_work, "remove", own=offered, sentence="Typed")

    assert "The sentence is removed." in words_of(removed)
    assert "Typed</textarea>" in removed.text
    assert ids(removed) == []


@pytest.mark.parametrize(
    ("written", "told"), [(" ", "Write a sentence above first"), ("x" * 301, "has 301 characters, and a sentence")]
)
def test_what_cannot_be_kept_stays_in_its_box_with_what_to_do(
    sqlite_enter: Enter, work: int, written: str, told: str
) -> None:
    answer = press(trainer(sqlite_enter), work, "keep", sentence=written)

    assert answer.status_code == 422
    assert told in words_of(answer)
    assert f"{written.strip()}</textarea>" in answer.text


def test_nobody_else_is_offered_a_sentence_or_can_touch_it(sqlite_app: Flask, sqlite_enter: Enter, work: int) -> None:
    (mine,) = ids(press(trainer(sqlite_enter), work, "keep", sentence=ELDERS))
    another, trainee = trainer(sqlite_enter, sub="another"), sqlite_enter()
    elsewhere = trainer(sqlite_enter, course="another")

    assert ids(another.get(f"submissions/{work}")) == []
    assert [press(another, work, which, own=mine).status_code for which in ("add", "remove")] == [404, 404]
    assert [press(trainee, work, which, own=mine).status_code for which in ("add", "keep", "remove")] == [403] * 3
    assert press(elsewhere, work, "keep", sentence="Elsewhere").status_code == 404
    assert press(replace(another, csrf="forged"), work, "keep", sentence="Forged").status_code == 403
    with sqlite_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SentenceRow)) == 1
