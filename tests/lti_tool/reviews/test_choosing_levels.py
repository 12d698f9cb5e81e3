"""A trainer chooses levels of the rubric: kept in the draft, released in the words of that moment, read as words."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select, update

from lti_tool.database import db
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.reviews.tables import DraftRow, LevelRow
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import Enter, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.reviews.answering import answer, draft, keep, newest, typed
from tests.lti_tool.reviews.releasing import sent
from tests.lti_tool.reviews.rubric import give_levels

GONE = "A level was chosen in this draft that is no longer there"
CHECKED = '<input type="radio" name="level-satisfiers" value="{}" checked>'


def test_levels_are_kept_in_the_draft_and_released_in_words(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    give_levels(sqlite_app, ("begun", "whole"))
    hand_in(trainee)
    scores = sent(sqlite_app)

    keep(sqlite_app, reader, levels={"satisfiers": "begun"})

    assert (draft(sqlite_app) or {}).get("levels") == {"satisfiers": "begun"}
    assert CHECKED.format("begun") in reader.get(newest(sqlite_app, reader)).text
    assert "What your trainer sees in it:" not in words_of(trainee.get())
    answer(sqlite_app, reader, levels={"satisfiers": "begun"})
    told = words_of(trainee.get())
    assert "What your trainer sees in it: About satisfiers Level of begun." in told
    assert (
        "About satisfiers Level of begun." in words_of(reader.get(newest(sqlite_app, reader))).split("said so far")[1]
    )
    assert sent(sqlite_app) == scores
    assert not draft(sqlite_app)


def test_no_level_is_chosen_at_first_and_one_can_be_taken_back(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)
    hand_in(sqlite_enter())

    assert CHECKED.format("") in reader.get(newest(sqlite_app, reader)).text

    keep(sqlite_app, reader, levels={"satisfiers": "well"})
    keep(sqlite_app, reader, levels={"satisfiers": ""})
    assert not draft(sqlite_app)


def test_a_rubric_changed_after_release_changes_nothing_of_what_was_said(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    give_levels(sqlite_app, ("begun", "whole"))
    hand_in(trainee)
    answer(sqlite_app, reader, levels={"satisfiers": "begun"})

    give_levels(sqlite_app, ("poor", "rich"), criterion="effects")
    with sqlite_app.app_context():
        db.session.execute(update(SubmissionRow).values(edition=None))
        db.session.commit()

    for page in (trainee.get(), reader.get(newest(sqlite_app, reader))):
        assert "About satisfiers Level of begun." in words_of(page)


def test_levels_are_those_of_the_rubric_that_was_before_people_when_they_handed_in(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    reader = trainer(sqlite_enter)
    give_levels(sqlite_app, ("begun", "whole"))
    hand_in(sqlite_enter())
    give_levels(sqlite_app, ("poor", "rich"))

    answer(sqlite_app, reader, levels={"satisfiers": "whole"})

    with sqlite_app.app_context():
        assert [row.words for row in db.session.scalars(select(LevelRow))] == ["Level of whole."]


def test_a_draft_tells_of_levels_that_are_no_longer_there_and_keeps_the_rest(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    give_levels(sqlite_app, ("begun", "whole"))
    hand_in(trainee)
    keep(sqlite_app, reader, sentence="Go on.", levels={"satisfiers": "begun"})
    give_levels(sqlite_app, ("poor", "whole"))
    hand_in(trainee)

    page = reader.get(newest(sqlite_app, reader))

    assert GONE in words_of(page)
    assert "Go on.</textarea>" in page.text
    assert CHECKED.format("") in page.text
    answer(sqlite_app, reader, sentence="Go on.", levels={"satisfiers": "poor"})
    assert "About satisfiers Level of poor." in words_of(trainee.get())


def test_nothing_is_released_with_a_level_that_is_no_longer_there(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)
    give_levels(sqlite_app, ("begun", "whole"))
    hand_in(sqlite_enter())
    keep(sqlite_app, reader, sentence="Go on.", levels={"satisfiers": "begun"})
    work = newest(sqlite_app, reader)
    shown = typed(reader.get(work), sentence="Go on.", levels={"satisfiers": "begun"})
    give_levels(sqlite_app, ("poor", "rich"))
    with sqlite_app.app_context():
        db.session.execute(update(SubmissionRow).values(edition=None))
        db.session.commit()

    alone, together = reader.post(f"{work}/release", **shown), reader.get("drafts")

    assert alone.status_code == 422
    assert GONE in words_of(alone)
    assert "Go on.</textarea>" in alone.text
    assert f"These stay drafts Trainee One · Done {GONE}" in words_of(together)


def test_of_two_trainers_at_one_draft_the_later_sees_the_levels_of_both(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    hand_in(sqlite_enter())
    one, other = trainer(sqlite_enter), trainer(sqlite_enter, sub="colleague", name="Colleague")
    work = newest(sqlite_app, one)
    seen_by_other = other.get(work)
    keep(sqlite_app, one, levels={"synergy": "partly"})

    told = other.post(f"{work}/draft", **typed(seen_by_other, levels={"satisfiers": "well"}))

    assert told.status_code == 409
    conflict = words_of(told).split("changed the draft while you wrote")[1]
    assert conflict.index("Synergy For one synergic note") < conflict.index("Take what is kept")
    assert CHECKED.format("well") in told.text
    assert (draft(sqlite_app) or {}).get("levels") == {"synergy": "partly"}


def test_a_draft_that_the_version_before_kept_is_read(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)
    hand_in(sqlite_enter())
    keep(sqlite_app, reader, sentence="Go on.")
    with sqlite_app.app_context():
        row = db.session.scalars(select(DraftRow)).one()
        row.body = {"outcome": "done", "mark": "", "text": "Go on.", "comments": {}}
        db.session.commit()

    assert "Go on.</textarea>" in reader.get(newest(sqlite_app, reader)).text


def test_what_is_never_marked_has_levels_and_no_number(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    curriculum = sqlite_app.extensions["curriculum"]
    matrix = curriculum.exercise("needs-matrix").model_copy(update={"marked": False})
    exercises = {**curriculum.exercises, "needs-matrix": matrix}
    sqlite_app.extensions["curriculum"] = replace(curriculum, exercises=exercises)
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)

    answer(sqlite_app, reader, levels={"synergy": "partly"})

    assert "Synergy For one synergic note" in words_of(trainee.get()).split("What your trainer sees in it:")[1]
    assert [given for given, _, _ in sent(sqlite_app)] == [100]


def test_levels_are_released_on_both_databases_in_the_language_of_the_hand_in(app: Flask, enter: Enter) -> None:
    trainee, reader = enter(locale="es"), trainer(enter)
    hand_in(trainee)
    assert keep(app, reader, levels={"synergy": "partly"}).status_code == 303

    answer(app, reader, levels={"synergy": "partly", "satisfiers": "well"})

    with app.app_context():
        rows = db.session.scalars(select(LevelRow).order_by(LevelRow.id)).all()
        assert [(row.criterion, row.level, row.language) for row in rows] == [
            ("satisfiers", "well", "es"),
            ("synergy", "partly", "es"),
        ]
