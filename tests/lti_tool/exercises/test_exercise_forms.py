"""The page without JavaScript: plain forms do everything."""

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from content.load import load
from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import fields, new_id, shown_line, write
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


@pytest.mark.parametrize("slug", load().exercises)
def test_every_exercise_of_the_curriculum_can_be_shown(enter: Enter, slug: str) -> None:
    answer = enter(activity=f"exercise/{slug}").get()

    assert answer.status_code == 200
    assert load().exercise(slug).texts["en"].title in unescape(answer.text)


# Writing


def test_every_cell_offers_a_note_with_an_id_of_its_own(enter: Enter) -> None:
    page = enter().get().text

    ids = re.findall(r'name="note" value="(\S+) matrix \S+ 0 en"', page)

    assert len(ids) == 36
    assert len(set(ids)) == 36


def test_what_is_saved_is_shown_again(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()

    trainee.post("exercise/notes", **fields(note_id, satisfier="The <b>well</b>", effect="synergic", state="wealth"))
    page = trainee.get("exercise").text

    assert "The &lt;b&gt;well&lt;/b&gt;</textarea>" in page
    assert '<option value="synergic" selected>' in page
    assert '<option value="wealth" selected>' in page


def test_empty_notes_of_the_page_are_not_kept(enter: Enter) -> None:
    trainee = enter()
    two = [fields(new_id(), satisfier="", effect=""), fields(new_id(), satisfier=" ")]

    trainee.post("exercise/notes", **{**two[0], **two[1], "note": [two[0]["note"], two[1]["note"]]})

    assert "Nothing written yet." in words_of(trainee.get())


def test_the_delete_button_deletes_its_note_and_saves_the_others(enter: Enter) -> None:
    trainee, kept, deleted = enter(), new_id(), new_id()
    write(trainee, kept, "kept")
    write(trainee, deleted, "deleted")
    sent = {**fields(kept, version=1, satisfier="changed"), **fields(deleted, version=1, satisfier="deleted")}
    lines = [fields(kept, version=1)["note"], fields(deleted, version=1)["note"]]

    trainee.post("exercise/notes", **{**sent, "note": lines, "delete": deleted})
    page = trainee.get().text

    assert "changed</textarea>" in page
    assert "deleted</textarea>" not in page


def test_a_persons_next_launch_finds_their_work(enter: Enter) -> None:
    write(enter(), new_id(), "from yesterday")

    assert "from yesterday" in enter().get().text


def test_the_page_speaks_the_persons_language_and_marks_it(enter: Enter) -> None:
    page = enter(locale="es").get().text

    assert re.search(r'<html lang="(en|es)"', page)
    assert "Matriz de necesidades" in page


def test_what_people_write_carries_their_language(enter: Enter) -> None:
    page = enter(locale="ar").get().text

    assert re.search(r'<textarea name="\S+satisfier" rows="2" lang="ar" dir="auto"', page)


# Conflicts


def test_a_note_changed_elsewhere_is_shown_with_both_texts(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    write(trainee, note_id, "theirs", version=1)

    answer = trainee.post("exercise/notes", **fields(note_id, version=1, satisfier="mine"))

    assert answer.status_code == 409
    assert '<dd class="written" lang="en" dir="auto">theirs</dd>' in answer.text
    assert "mine</textarea>" in answer.text
    assert "1 note was changed elsewhere while you wrote." in words_of(answer)
    assert "mine</textarea>" not in trainee.get().text


def test_saving_again_after_a_conflict_keeps_ones_own_text(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    write(trainee, note_id, "theirs", version=1)
    answer = trainee.post("exercise/notes", **fields(note_id, version=1, satisfier="mine"))
    [line] = re.findall(rf'value="({note_id} [^"]+)"', answer.text)

    trainee.post("exercise/notes", **{**fields(note_id, satisfier="mine"), "note": line})

    assert "mine</textarea>" in trainee.get().text


def test_one_can_take_what_was_saved_elsewhere(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    write(trainee, note_id, "theirs", version=1)

    answer = trainee.post("exercise/notes", take=note_id, **fields(note_id, version=2, satisfier="mine"))

    assert answer.status_code == 303
    assert "theirs</textarea>" in trainee.get().text


def test_a_note_deleted_elsewhere_is_not_lost_with_what_one_writes(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    trainee.post("exercise/notes", delete=note_id, **fields(note_id, version=1, satisfier="first"))

    answer = trainee.post("exercise/notes", **fields(note_id, version=1, satisfier="first, and more"))

    assert answer.status_code == 409
    assert "It was deleted there." in words_of(answer)
    assert "first, and more</textarea>" in answer.text


def test_a_note_that_one_did_not_touch_is_no_conflict(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    shown = shown_line(note_id, "first", 1)
    assert shown in trainee.get().text
    write(trainee, note_id, "theirs", version=1)

    answer = trainee.post("exercise/notes", **{**fields(note_id, satisfier="first"), "note": shown})

    assert answer.status_code == 303
    assert "theirs</textarea>" in trainee.get().text


# What can't be saved


def test_a_text_that_is_too_long_is_shown_again_with_what_to_do(enter: Enter) -> None:
    trainee, long = enter(), "x" * 401

    answer = trainee.post("exercise/notes", **fields(new_id(), satisfier=long))

    assert answer.status_code == 422
    assert f"{long}</textarea>" in answer.text
    assert "is too long: it has 401 characters, and 400 is the most." in words_of(answer)


def test_a_text_whose_place_is_gone_is_shown_to_be_copied(enter: Enter) -> None:
    answer = enter().post("exercise/notes", **fields(new_id(), "matrix gone/being", satisfier="rescued"))

    assert answer.status_code == 422
    assert "no longer has. Copy it to another place. rescued" in words_of(answer)


def test_an_answer_that_is_not_offered_is_refused(enter: Enter) -> None:
    answer = enter().post("exercise/notes", **fields(new_id(), satisfier="a", effect="magic"))

    assert answer.status_code == 422
    assert "“What it does to people's needs”: choose one of the answers that are offered." in words_of(answer)


@pytest.mark.parametrize("line", ["", "1 2", f"{UUID(int=1)} matrix a/b x en", f"{UUID(int=1)} matrix a/b 0 <en>"])
def test_a_form_that_none_of_our_pages_sends_is_refused(enter: Enter, line: str) -> None:
    assert enter().post("exercise/notes", note=line).status_code == 422


# Handing in


def hand_in(trainee: Client, note_id: str, text: str = "A well", *, version: int = 0) -> TestResponse:
    return trainee.post("exercise/submissions", **fields(note_id, version=version, satisfier=text, effect="synergic"))


def test_handing_in_saves_and_gives_full_points(app: Flask, enter: Enter) -> None:
    trainee = enter()

    answer = hand_in(trainee, new_id())

    assert answer.status_code == 303
    assert "Handed in:" in words_of(trainee.get())
    assert scores_to_send(app) == [(100, DeliveryState.DUE)]


def test_the_time_of_a_submission_is_told_in_the_persons_zone(enter: Enter, ticker: Ticker) -> None:
    ticker.time = datetime(2027, 1, 15, 22, 30, tzinfo=UTC)
    trainee = enter(timezone="Asia/Hebron")

    hand_in(trainee, new_id())

    assert re.search(r"Handed in: 16 Jan 2027, 00:30 \S+", words_of(trainee.get()))


def test_handing_in_again_counts_the_newest(app: Flask, enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    hand_in(trainee, note_id)

    trainee.post("exercise/submissions", **fields(note_id, version=1, satisfier="A well"))

    assert "handed in 2 times" in words_of(trainee.get())
    assert scores_to_send(app) == [(100, DeliveryState.SUPERSEDED), (100, DeliveryState.DUE)]


def test_a_double_click_hands_in_once(app: Flask, enter: Enter) -> None:
    trainee, note_id = enter(), new_id()

    first, second = hand_in(trainee, note_id), hand_in(trainee, note_id)

    assert (first.status_code, second.status_code) == (303, 303)
    assert count_submissions(app) == 1
    assert len(scores_to_send(app)) == 1


def test_work_changed_after_handing_in_is_told(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    hand_in(trainee, note_id)
    assert "You changed something since." not in words_of(trainee.get())

    write(trainee, note_id, "more", version=1)

    assert "You changed something since." in words_of(trainee.get())


def test_nothing_is_handed_in_while_a_note_is_in_conflict(app: Flask, enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    write(trainee, note_id, "theirs", version=1)

    answer = hand_in(trainee, note_id, "mine", version=1)

    assert answer.status_code == 409
    assert "Nothing was handed in yet" in words_of(answer)
    assert count_submissions(app) == 0


def test_nothing_is_handed_in_while_a_note_cannot_be_saved(app: Flask, enter: Enter) -> None:
    answer = hand_in(enter(), new_id(), "x" * 401)

    assert answer.status_code == 422
    assert "Nothing was handed in yet" in words_of(answer)
    assert count_submissions(app) == 0


def test_an_empty_exercise_is_not_handed_in(app: Flask, enter: Enter) -> None:
    answer = enter().post("exercise/submissions")

    assert answer.status_code == 422
    assert "There is nothing to hand in yet." in words_of(answer)
    assert count_submissions(app) == 0


def test_where_nothing_is_graded_no_score_is_sent(app: Flask, enter: Enter) -> None:
    trainee = enter(graded=False)

    hand_in(trainee, new_id())

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
    hand_in(trainee, new_id())

    set_delivery(app, state)

    assert sentence in words_of(trainee.get())


# Cards and their map


def test_cards_stand_on_the_map_by_number(enter: Enter) -> None:
    trainee, note_id = enter(activity="exercise/power-interest-map"), new_id()
    card = fields(note_id, "actors cards", actor="The council", power="5", interest="2")

    trainee.post("exercise/notes", **card)
    page = trainee.get().text

    [cell] = re.findall(r'<td data-at="5/2">(.*?)</td>', page, flags=re.DOTALL)
    assert '<b>1</b> <span dir="auto">The council</span>' in cell
    assert re.search(rf'name="{note_id}.power" value="5" checked', page)


def test_a_card_that_says_only_half_is_not_on_the_map(enter: Enter) -> None:
    trainee = enter(activity="exercise/power-interest-map")

    trainee.post("exercise/notes", **fields(new_id(), "actors cards", actor="The council", power="5"))

    assert 'class="pin"' not in trainee.get().text


# Trainers


def test_a_trainer_sees_the_exercise_and_cannot_write(enter: Enter) -> None:
    trainer = enter(sub="trainer", role=Role.TRAINER)

    page = trainer.get("exercise")

    assert "You see the exercise as trainees see it." in words_of(page)
    assert '<fieldset class="canvas" disabled>' in page.text
    assert "page.js" not in page.text


@pytest.mark.parametrize("path", ["exercise/notes", "exercise/submissions"])
def test_what_a_trainer_sends_all_the_same_is_refused(enter: Enter, path: str) -> None:
    trainer = enter(sub="trainer", role=Role.TRAINER)

    assert trainer.post(path, **fields(new_id(), satisfier="x")).status_code == 403


# The size of it


def test_the_first_page_of_an_activity_weighs_less_than_100_kb(app: Flask, enter: Enter) -> None:
    assert app.static_folder is not None
    static = Path(app.static_folder)
    files = [static / "medtown.css", static / "icon.svg", *(static / "exercises").glob("*.js")]

    weights = [len(gzip.compress(data)) for data in (enter().get().data, *[file.read_bytes() for file in files])]

    assert sum(weights) < 100_000
