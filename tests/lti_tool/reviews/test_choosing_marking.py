"""A trainer chooses, for each exercise of a course, whether handing in gives the points or they do."""

import pytest
from flask import Flask

from lti_tool.exercises.marking import Marking
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer
from tests.lti_tool.reading import rows_of, words_of
from tests.lti_tool.reviews.releasing import choose, release, sent

IN_FULL = [(100, 100)]
ELSEWHERE = [{"course": "another"}, {"issuer": "http://localhost:8200"}, {"activity": "exercise/power-interest-map"}]


def points(app: Flask) -> list[tuple[float, float]]:
    return [(given, maximum) for given, maximum, _ in sent(app)]


def test_handing_in_gives_full_points_unless_somebody_chose_otherwise(app: Flask, enter: Enter) -> None:
    hand_in(enter(), "one poor note")

    assert points(app) == IN_FULL
    assert "Marking: done when handed in" in words_of(trainer(enter).get())


def test_where_the_trainer_marks_nothing_is_sent_before_they_release(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    choose(reader, Marking.BY_TRAINER)

    hand_in(enter())

    assert points(app) == []
    assert "Waits for your mark" in rows_of(reader.get())[0]
    assert "Marking: you mark it" in words_of(reader.get())
    release(reader, submission_ids(app)[0], "72.5")
    assert points(app) == [(72.5, 100)]


def test_both_ways_are_explained_where_they_are_chosen_and_what_a_change_does(enter: Enter) -> None:
    page = words_of(trainer(enter).get())

    assert "Whoever hands in gets full points in Moodle at that moment" in page
    assert "Handing in sends nothing to Moodle." in page
    assert "grades that are in Moodle, or on their way, stay as they are" in page


def test_what_was_given_before_stays_when_the_trainer_begins_to_mark(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee)

    choose(trainer(enter), Marking.BY_TRAINER)
    hand_in(trainee)

    assert points(app) == IN_FULL


def test_work_that_waited_gets_its_points_by_a_button_once_handing_in_gives_them(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    choose(reader, Marking.BY_TRAINER)
    hand_in(enter())
    offered_before = "never sent" in reader.get().text

    choose(reader, Marking.HANDED_IN)
    offered = "Send 1 grade that was never sent" in reader.get().text
    reader.post("scores/never")

    assert (offered_before, offered) == (False, True)
    assert points(app) == IN_FULL


@pytest.mark.parametrize("other", ELSEWHERE)
def test_what_is_chosen_counts_for_this_exercise_of_this_course(
    app: Flask, enter: Enter, other: dict[str, str]
) -> None:
    choose(trainer(enter, **other), Marking.BY_TRAINER)

    hand_in(enter())

    assert points(app) == IN_FULL


@pytest.mark.parametrize("sent_as", ["", "by_dice"])
def test_another_way_than_these_two_is_refused(enter: Enter, sent_as: str) -> None:
    assert trainer(enter).post("marking", marking=sent_as).status_code == 422


def test_a_trainee_chooses_nothing(enter: Enter) -> None:
    assert enter().post("marking", marking="by_trainer").status_code == 403


def test_choosing_again_replaces_what_was_chosen(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    choose(reader, Marking.BY_TRAINER)

    choose(reader, Marking.HANDED_IN)
    hand_in(enter())

    assert points(app) == IN_FULL
