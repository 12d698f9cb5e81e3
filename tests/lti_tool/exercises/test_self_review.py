"""Before they hand in, people say how they see their own work: it keeps nobody from it, and goes with it."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, text

from content.rubric import Criterion
from lti_tool.database import db
from lti_tool.exercises import arrangements, owners
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.self_review import rules
from lti_tool.exercises.self_review.tables import HandedInRow, SelfReviewRow
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.lti.roles import Role
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.looking import PAGE, say, sent, want
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.reviews.rubric import give_levels

ASKED = "You can hand in without it."
THEIRS = "What they say of it themselves"


# Rules


@pytest.mark.parametrize(
    ("wanting", "is_wanted"),
    [
        (set(), False),
        ({"content", "rubric"}, True),
        ({"trainer", "rubric"}, True),
        ({"trainer"}, False),
        ({"rubric"}, False),
    ],
)
def test_it_is_wanted_where_the_content_or_the_trainer_wants_it_and_there_is_a_rubric(
    sqlite_app: Flask, wanting: set[str], *, is_wanted: bool
) -> None:
    rubric = (Criterion(id="clear", levels=("begun", "whole")),) if "rubric" in wanting else ()
    matrix = sqlite_app.extensions["curriculum"].exercise("needs-matrix")
    exercise = matrix.model_copy(update={"rubric": rubric, "self_review": "content" in wanting})

    wanted = rules.is_wanted(exercise, Arrangement(self_review="trainer" in wanting))

    assert wanted is is_wanted


@pytest.mark.parametrize(
    ("owner", "mode", "role", "may_say"),
    [
        (owners.person(1), Mode.ALONE, Role.TRAINEE, True),
        (owners.person(1), Mode.GROUP, Role.TRAINEE, False),
        (owners.group(1), Mode.GROUP, Role.TRAINEE, True),
        (owners.group(1), Mode.GROUP, Role.TRAINER, False),
        (owners.trial(1), Mode.GROUP, Role.TRAINER, True),
    ],
)
def test_those_say_it_who_hand_in_and_no_trainer_for_them(
    owner: Owner, mode: Mode, role: Role, *, may_say: bool
) -> None:
    assert rules.may_say(owner, mode, role) is may_say


# Asking


def test_nobody_is_asked_where_nobody_wants_it(sqlite_enter: Enter) -> None:
    trainee = sqlite_enter()

    assert ASKED not in words_of(trainee.get())
    assert trainee.get(PAGE).status_code == 404
    assert trainee.post(PAGE, version="0", sentence="Mine.").status_code == 404


def test_whoever_is_asked_can_hand_in_without_it(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    want(sqlite_app, trainee.course_id)

    assert ASKED in words_of(trainee.get())

    hand_in(trainee)
    [submission] = submission_ids(sqlite_app)
    assert THEIRS not in words_of(reader.get(f"submissions/{submission}"))


def test_the_content_wants_it_of_long_exercises_with_a_rubric(sqlite_app: Flask) -> None:
    exercises = sqlite_app.extensions["curriculum"].exercises

    wanting = {slug for slug, exercise in exercises.items() if exercise.self_review}

    assert wanting == {"currency-and-exchange", "service-blueprint", "sse-mapping", "theory-of-change-2"}


# Saying


def test_what_they_say_goes_with_what_they_hand_in_and_stays_for_the_next_time(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, reader = sqlite_enter(name="Ana"), trainer(sqlite_enter)
    want(sqlite_app, trainee.course_id)
    say(trainee, "Two <b>needs</b> are empty.", synergy="partly")

    hand_in(trainee, "First")
    hand_in(trainee, "Second")

    first, second = submission_ids(sqlite_app)
    for submission in (first, second):
        page = reader.get(f"submissions/{submission}")
        said = words_of(page).split(THEIRS)[1]
        assert said.startswith(" Ana ,")
        assert "Synergy For one synergic note one can follow" in said
        assert "Two &lt;b&gt;needs&lt;/b&gt; are empty.</blockquote>" in page.text
    again = trainee.get(PAGE)
    assert 'name="level-synergy" value="partly" checked' in again.text
    assert "This is from" in words_of(again)
    assert "Your trainer reads it each time you hand in." in words_of(trainee.get())


def test_each_hand_in_keeps_what_was_said_of_it(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    want(sqlite_app, trainee.course_id)
    say(trainee, "At first.")
    hand_in(trainee, "First")
    say(trainee, "Later on.")
    hand_in(trainee, "Second")

    pages = [words_of(reader.get(f"submissions/{one}")) for one in submission_ids(sqlite_app)]

    assert ["At first." in page for page in pages] == [True, False]
    assert ["Later on." in page for page in pages] == [False, True]


def test_the_same_work_handed_in_again_takes_what_they_say_by_now(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    want(sqlite_app, trainee.course_id)
    hand_in(trainee)

    say(trainee, "Said afterwards.")
    assert trainee.post("exercise/submissions").status_code == 303

    [submission] = submission_ids(sqlite_app)
    assert "Said afterwards." in words_of(reader.get(f"submissions/{submission}"))


def test_a_rubric_changed_afterwards_changes_nothing_of_what_was_handed_in(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    want(sqlite_app, trainee.course_id)
    give_levels(sqlite_app, ("begun", "whole"))
    say(trainee, satisfiers="begun")
    hand_in(trainee)

    give_levels(sqlite_app, ("poor", "whole"))

    [submission] = submission_ids(sqlite_app)
    assert "About satisfiers Level of begun." in words_of(reader.get(f"submissions/{submission}")).split(THEIRS)[1]
    assert "The criteria were changed since you chose." in words_of(trainee.get(PAGE))


def test_too_long_a_sentence_is_shown_again_and_not_kept(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee = sqlite_enter()
    want(sqlite_app, trainee.course_id)
    long = "x" * 301

    told = trainee.post(PAGE, **sent(trainee.get(PAGE), long, synergy="well"))

    assert told.status_code == 422
    assert long in told.text
    assert 'name="level-synergy" value="well" checked' in told.text
    with sqlite_app.app_context():
        assert db.session.scalars(select(SelfReviewRow)).all() == []


def test_of_two_of_a_group_at_once_the_later_sees_both_and_chooses(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    ana, ben = sqlite_enter(sub="ana", name="Ana"), sqlite_enter(sub="ben", name="Ben")
    course = Course(app=sqlite_app, course_id=ana.course_id)
    for person in (ana, ben):
        course.put_in(person, "12")
    want(sqlite_app, ana.course_id, mode=Mode.GROUP)
    where = f"?in=group/{course.group('12')}"
    seen_by_ben = ben.get(PAGE + where)
    say(ana, "Said by Ana.", where, synergy="partly")

    told = ben.post(PAGE + where, **sent(seen_by_ben, "Said by Ben.", satisfiers="well"))

    assert told.status_code == 409
    assert "Ana changed this while you chose." in words_of(told)
    assert "Synergy For one synergic note" in words_of(told)
    assert "Said by Ana.</blockquote>" in told.text
    assert 'value="Said by Ben."' in told.text
    assert 'name="level-satisfiers" value="well" checked' in told.text
    chosen = ben.post(PAGE + where, **sent(told, "Said by both.", satisfiers="well", synergy="partly"))
    assert chosen.status_code == 303
    assert "Said by both." in words_of(ana.get(f"exercise{where}"))


def test_the_same_sent_twice_is_kept_once(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee = sqlite_enter()
    want(sqlite_app, trainee.course_id)
    form = sent(trainee.get(PAGE), "Mine.")

    answers = [trainee.post(PAGE, **form).status_code for _ in range(2)]

    assert answers == [303, 303]
    with sqlite_app.app_context():
        assert [row.version for row in db.session.scalars(select(SelfReviewRow))] == [1]


# Trainers


def test_a_trainer_switches_it_on_and_a_copy_of_the_course_takes_it(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    reader, copied = trainer(sqlite_enter), trainer(sqlite_enter, course="copy", history=("course-1",))
    page = reader.get("arrangement")
    assert 'name="self_review">' in page.text
    moments = dict.fromkeys(("opens_at", "due_at", "closes_at", "together_at"), "")
    form = {"version": "0", "mode": "alone", "source": "platform", **moments}

    assert reader.post("arrangement", **form, self_review="on").status_code == 303

    assert 'name="self_review" checked>' in reader.get("arrangement").text
    with sqlite_app.app_context():
        assert arrangements.find(copied.course_id, "needs-matrix").self_review


def test_where_the_content_wants_it_the_trainer_reads_so_and_keeps_their_own_choice(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    reader = trainer(sqlite_enter)
    want(sqlite_app, reader.course_id)
    curriculum = sqlite_app.extensions["curriculum"]
    matrix = curriculum.exercise("needs-matrix").model_copy(update={"self_review": True})
    exercises = {**curriculum.exercises, "needs-matrix": matrix}
    sqlite_app.extensions["curriculum"] = replace(curriculum, exercises=exercises)

    page = reader.get("arrangement")

    assert "In this exercise people are always asked to look at their own work." in words_of(page)
    assert '<input type="hidden" name="self_review" value="on">' in page.text
    assert ASKED in words_of(sqlite_enter().get())


def test_a_trial_that_begins_again_forgets_it(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)
    want(sqlite_app, reader.course_id)
    say(reader, "Tried.")
    hand_in(reader)

    assert reader.post("exercise/trial/anew").status_code == 303

    assert "Tried." not in reader.get(PAGE).text
    with sqlite_app.app_context():
        assert db.session.scalars(select(HandedInRow)).all() == []


# Both databases, and processes of the version before


def test_it_is_kept_and_handed_in_on_both_databases(app: Flask, enter: Enter) -> None:
    trainee, reader = enter(), trainer(enter)
    want(app, trainee.course_id)
    say(trainee, "Mine.", synergy="partly")

    hand_in(trainee)

    [submission] = submission_ids(app)
    assert "Mine." in words_of(reader.get(f"submissions/{submission}")).split(THEIRS)[1]


def test_processes_of_the_version_before_arrange_and_empty_trials(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    want(app, reader.course_id)
    say(reader, "Tried.")
    hand_in(reader)
    arranged = "INSERT INTO arrangements (course_id, exercise, marking) VALUES (:course, 'four-cos-2', 'by_trainer')"

    with app.app_context():
        db.session.execute(text(arranged), {"course": reader.course_id})
        db.session.execute(text("DELETE FROM credits"))
        db.session.execute(text("DELETE FROM submissions"))
        db.session.commit()
        assert db.session.scalars(select(SubmissionRow)).all() == []
        assert not arrangements.find(reader.course_id, "four-cos-2").self_review
