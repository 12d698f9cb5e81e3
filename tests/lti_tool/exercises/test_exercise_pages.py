"""The canvas: what is written is shown as notes, and handed in."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.exercises.tables import SubmissionRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in, new_id, send, write
from tests.lti_tool.making import packaged_curriculum
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]


def scores_to_send(app: Flask) -> list[tuple[float, DeliveryState]]:
    with app.app_context():
        return [(row.score["given"], row.state) for row in db.session.scalars(select(DeliveryRow).order_by("id"))]


def count_submissions(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(SubmissionRow)).all())


def set_delivery(app: Flask, state: DeliveryState) -> None:
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().state = state
        db.session.commit()


# Showing


@pytest.mark.parametrize("slug", packaged_curriculum().exercises)
def test_every_exercise_of_the_curriculum_can_be_shown(sqlite_enter: Enter, slug: str) -> None:
    answer = sqlite_enter(activity=f"exercise/{slug}").get()

    assert answer.status_code == 200
    assert packaged_curriculum().exercise(slug).texts["en"].title in unescape(answer.text)


def test_what_helps_to_answer_a_question_stands_under_it(enter: Enter) -> None:
    message = packaged_curriculum().exercise("sse-mapping").texts["en"].parts["asking"].captions["questions"]["message"]

    page = enter(activity="exercise/sse-mapping").get().text

    assert f'id="asking-message-hint">{message.hint}</p>' in unescape(page)
    assert 'aria-labelledby="asking-message" aria-describedby="asking-message-hint"' in page


# Reading


def test_a_note_is_shown_with_its_words_and_the_marks_of_its_choices(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()

    send(trainee, note_id, satisfier="The <b>well</b>", effect="synergic", others=["leisure"])
    page = trainee.get("exercise").text

    assert '<bdi lang="en">The &lt;b&gt;well&lt;/b&gt;</bdi>' in page
    assert re.search(r'<li data-field="effect" data-value="synergic"[^>]*>Synergic</li>', page)
    assert re.search(r'<li data-field="others" data-value="leisure"[^>]*>\+ Leisure</li>', page)


def test_a_note_carries_what_the_script_needs_to_open_it(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    send(trainee, note_id, satisfier='It\'s "the" <well>', effect="synergic")

    page = trainee.get("exercise").text

    [found] = re.findall(rf'<li class="note" id="note-{note_id}" ([^>]*)>', page)
    given = dict(re.findall(r"(data-[a-z]+)=[\"'](.*?)[\"'](?= data-|$)", found))
    assert {name: given[name] for name in ("data-note", "data-version", "data-place", "data-language")} == {
        "data-note": note_id,
        "data-version": "1",
        "data-place": "0",
        "data-language": "en",
    }
    assert json.loads(unescape(given["data-values"])) == {"satisfier": 'It\'s "the" <well>', "effect": "synergic"}


def test_a_persons_next_launch_finds_their_work(enter: Enter) -> None:
    write(enter(), new_id(), "from yesterday")

    assert "from yesterday" in enter().get().text


def test_the_page_speaks_the_persons_language_and_marks_it(enter: Enter) -> None:
    page = enter(locale="es").get().text

    assert re.search(r'<html lang="(en|es)"', page)
    assert "Matriz de necesidades" in page


def test_moodles_title_is_not_repeated_in_its_frame(enter: Enter) -> None:
    trainee = enter()

    framed = trainee.get("exercise", headers={"Sec-Fetch-Dest": "iframe"}).text
    alone = trainee.get("exercise", headers={"Sec-Fetch-Dest": "document"}).text

    assert ('<h1 class="unseen">' in framed, "<h1>" in alone) == (True, True)


def test_who_reads_and_what_to_be_careful_with_stays_in_sight(enter: Enter) -> None:
    words = words_of(enter().get())

    assert packaged_curriculum().exercise("needs-matrix").texts["en"].safety in words
    assert "Only you read this until you hand it in." in words


def test_every_cell_has_a_place_to_add(enter: Enter) -> None:
    page = enter().get().text

    assert len(re.findall(r'href="[^"]*/notes/new\?part=matrix&amp;cell=', page)) == 36


def test_a_question_that_is_answered_offers_no_second_answer(enter: Enter) -> None:
    trainee = enter()
    [blank] = re.findall(r'cell=community" data-add data-blank="([^"]+)"', trainee.get().text)

    send(trainee, blank, "start community", answer="A village.")

    assert re.search(rf'data-blank="{blank}" data-blank-version="1" hidden>', trainee.get().text)


# Handing in


def test_handing_in_gives_full_points(app: Flask, enter: Enter) -> None:
    trainee = enter()

    hand_in(trainee)

    assert "Handed in:" in words_of(trainee.get())
    assert scores_to_send(app) == [(100, DeliveryState.DUE)]


def test_the_time_of_a_submission_is_told_in_the_persons_zone(enter: Enter, ticker: Ticker) -> None:
    ticker.time = datetime(2027, 1, 15, 22, 30, tzinfo=UTC)
    trainee = enter(timezone="Asia/Hebron")

    hand_in(trainee)

    assert re.search(r"Handed in: 16 Jan 2027, 00:30 \S+", words_of(trainee.get()))


def test_handing_in_again_counts_the_newest(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee)

    hand_in(trainee, "Another well")

    assert "handed in 2 times" in words_of(trainee.get())
    assert scores_to_send(app) == [(100, DeliveryState.SUPERSEDED), (100, DeliveryState.DUE)]


def test_a_double_click_hands_in_once(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee)

    again = trainee.post("exercise/submissions")

    assert again.status_code == 303
    assert count_submissions(app) == 1
    assert len(scores_to_send(app)) == 1


def test_work_changed_after_handing_in_is_told(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    trainee.post("exercise/submissions")
    before = trainee.get().text

    write(trainee, note_id, "more", version=1)

    assert "<p data-changed-since hidden>" in before
    assert "<p data-changed-since>" in trainee.get().text


def test_an_empty_exercise_is_not_handed_in(app: Flask, enter: Enter) -> None:
    answer = enter().post("exercise/submissions")

    assert answer.status_code == 422
    assert "There is nothing to hand in yet." in words_of(answer)
    assert count_submissions(app) == 0


def test_where_nothing_is_graded_no_score_is_sent(app: Flask, enter: Enter) -> None:
    trainee = enter(graded=False)

    hand_in(trainee)

    assert scores_to_send(app) == []
    assert "This activity isn't graded in this course" in words_of(trainee.get())


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (DeliveryState.DUE, "The score is on its way to Moodle."),
        (DeliveryState.DELIVERED, "The score has reached Moodle."),
        (DeliveryState.SUPERSEDED, "Moodle holds a later grade than this score."),
        (DeliveryState.FAILED, "The score could not be brought to Moodle. Tell your trainer."),
    ],
)
def test_the_trainee_reads_how_far_the_score_is(app: Flask, enter: Enter, state: DeliveryState, sentence: str) -> None:
    trainee = enter()
    hand_in(trainee)

    set_delivery(app, state)

    assert sentence in words_of(trainee.get())


# Cards and their map


def test_cards_stand_on_the_map_by_number_and_lead_to_their_note(enter: Enter) -> None:
    trainee, note_id = enter(activity="exercise/power-interest-map"), new_id()

    send(trainee, note_id, "actors cards", actor="The council", power="5", interest="2")

    [cell] = re.findall(r'<td data-at="5/2">(.*?)</td>', trainee.get().text, flags=re.DOTALL)
    assert f'<a class="pin" href="#note-{note_id}"><b>1</b> <bdi>The council</bdi></a>' in cell


def test_who_has_no_say_stands_on_the_map_in_another_shape(enter: Enter) -> None:
    trainee = enter(activity="exercise/power-interest-map")

    send(trainee, new_id(), "actors cards", actor="Wheelchair users", power="1", interest="5", affected="powerless")

    [cell] = re.findall(r'<td data-at="1/5">(.*?)</td>', trainee.get().text, flags=re.DOTALL)
    assert '<a class="pin is-marked" href=' in cell


@pytest.mark.parametrize(("exercise", "turns"), [("power-interest-map", True), ("sse-mapping", False)])
def test_a_map_of_places_has_its_west_on_the_left_in_every_script(enter: Enter, exercise: str, turns: bool) -> None:  # noqa: FBT001
    page = enter(activity=f"exercise/{exercise}", locale="ar").get().text

    assert ('<table class="map" dir="ltr"' not in page) is turns


def test_a_card_that_says_only_half_is_not_on_the_map(enter: Enter) -> None:
    trainee = enter(activity="exercise/power-interest-map")

    send(trainee, new_id(), "actors cards", actor="The council", power="5")

    assert '<a class="pin' not in trainee.get().text


# Paper


@pytest.mark.parametrize("slug", packaged_curriculum().exercises)
@pytest.mark.parametrize("query", ["", "?size=a3", "?blank=1", "?size=a3&blank=1", "?size=a9"])
def test_every_exercise_is_there_on_paper(sqlite_enter: Enter, slug: str, query: str) -> None:
    answer = sqlite_enter(activity=f"exercise/{slug}").get(f"exercise/paper{query}")

    assert answer.status_code == 200
    assert packaged_curriculum().exercise(slug).texts["en"].safety in unescape(answer.text)


def test_a_blank_sheet_holds_nothing_that_was_written(enter: Enter) -> None:
    trainee = enter()
    write(trainee, new_id(), "A well")

    filled, blank = trainee.get("exercise/paper").text, trainee.get("exercise/paper?blank=1").text

    assert ("A well" in filled, "A well" in blank) == (True, False)


# The size of it


def test_the_first_page_of_an_activity_weighs_less_than_100_kb(app: Flask, enter: Enter) -> None:
    assert app.static_folder is not None
    static = Path(app.static_folder)
    files = [
        static / "medtown.css",
        static / "icon.svg",
        *(static / "exercises").rglob("*.js"),
        static / "exercises/exercise.css",
        static / "exercises/rubric.css",
    ]

    weights = [len(gzip.compress(data)) for data in (enter().get().data, *[file.read_bytes() for file in files])]

    assert sum(weights) < 100_000
