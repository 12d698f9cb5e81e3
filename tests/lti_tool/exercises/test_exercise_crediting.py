"""Handing in is the group's: whoever took part gets the score at their own newest placement, and nobody else does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from lti_tool.database import db
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Dates, Mode
from lti_tool.groups.rules import Counting, Source
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import LaunchRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas, credited, scored
from tests.lti_tool.exercises.writing import hand_in as hand_in_alone
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.exercises.writing import write as write_alone
from tests.lti_tool.facilitation.trainers import submission_ids, trainer
from tests.lti_tool.reading import rows_of, words_in
from tests.lti_tool.reviews.releasing import release
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]
SECOND = "a second activity of the same exercise"


@pytest.fixture
def ana(enter: Enter) -> Client:
    return enter(sub="ana", name="Ana")


@pytest.fixture
def ben(enter: Enter) -> Client:
    """Give somebody who came by another activity of the exercise."""
    return enter(sub="ben", name="Ben", link=SECOND)


@pytest.fixture
def cleo(enter: Enter) -> Client:
    """Give somebody of the group who sits with another one at the same phone."""
    return enter(sub="cleo", name="Cleo")


@pytest.fixture
def dora(enter: Enter) -> Client:
    """Give somebody of another group."""
    return enter(sub="dora", name="Dora")


@pytest.fixture
def course(app: Flask, ana: Client, ben: Client, cleo: Client, dora: Client) -> Course:
    course = Course(app=app, course_id=ana.course_id)
    for person in (ana, ben, cleo):
        course.put_in(person, "12")
    course.put_in(dora, "13")
    course.arrange(mode=Mode.GROUP)
    return course


@pytest.fixture
def canvas(app: Flask, course: Course) -> Canvas:
    return Canvas(app=app, owner=f"group/{course.group('12')}")


def at(*people: Client) -> dict[int, int | None]:
    """Credit people where they came from."""
    return {person.person_id: person.placement_id for person in people}


# Who


def test_who_hands_in_and_who_wrote_get_the_score_each_at_their_own_placement(
    canvas: Canvas, ana: Client, ben: Client
) -> None:
    canvas.write(ben)

    canvas.hand_in(ana)

    assert ana.placement_id != ben.placement_id
    assert credited(canvas.app) == [at(ana, ben)]
    assert scored(canvas.app) == [(ana.person_id, ana.placement_id, 100), (ben.person_id, ben.placement_id, 100)]


def test_who_had_the_canvas_before_them_is_confirmed_without_a_tick(canvas: Canvas, ana: Client, cleo: Client) -> None:
    canvas.write(ana)
    canvas.be_present(cleo)

    canvas.hand_in(ana)

    assert credited(canvas.app) == [at(ana, cleo)]


def test_a_scribe_ticks_who_sat_at_the_same_phone(canvas: Canvas, ana: Client, cleo: Client) -> None:
    canvas.write(ana)

    canvas.hand_in(ana, cleo)

    assert credited(canvas.app) == [at(ana, cleo)]
    assert [person for person, _, _ in scored(canvas.app)] == [ana.person_id, cleo.person_id]


def test_who_handed_in_before_took_part_for_good(canvas: Canvas, ana: Client, ben: Client, cleo: Client) -> None:
    canvas.write(ben)
    canvas.hand_in(ana)
    canvas.write(ben)

    canvas.hand_in(cleo)

    assert credited(canvas.app)[1] == at(ana, ben, cleo)


def test_nobody_outside_of_the_group_is_credited_whatever_the_form_says(
    canvas: Canvas, enter: Enter, ana: Client, dora: Client
) -> None:
    canvas.write(ana)
    reader, stranger = trainer(enter), enter(sub="x", course="another")

    canvas.hand_in(ana, dora, reader, stranger, replace(ana, person_id=10**30))

    assert credited(canvas.app) == [at(ana)]


def test_a_form_that_ticks_nonsense_hands_in_all_the_same(canvas: Canvas, ana: Client) -> None:
    canvas.write(ana)

    answer = ana.post(f"exercise/submissions{canvas.query}", **{"with": ["-1", "x", ""]})

    assert answer.status_code == 303
    assert credited(canvas.app) == [at(ana)]


def test_who_left_the_group_is_not_credited_for_what_they_wrote(
    course: Course, canvas: Canvas, ana: Client, ben: Client
) -> None:
    canvas.write(ben)
    course.put_in(ben, "13")

    canvas.hand_in(ana)

    assert credited(canvas.app) == [at(ana)]


def test_in_groups_that_were_made_here_the_same_holds(
    course: Course, ana: Client, ben: Client, cleo: Client, dora: Client
) -> None:
    made = course.make_group(ana.person_id, ben.person_id)
    course.make_group(cleo.person_id)
    course.arrange(mode=Mode.GROUP, counting=Counting(source=Source.MADE))
    canvas = Canvas(app=course.app, owner=f"group/{made}")
    canvas.write(ana)

    canvas.hand_in(ana, ben, cleo, dora)

    assert credited(course.app) == [at(ana, ben)]


def test_at_the_courses_canvas_its_trainees_can_be_ticked(
    course: Course, enter: Enter, ana: Client, dora: Client
) -> None:
    course.arrange(mode=Mode.COURSE)
    canvas, reader = Canvas(app=course.app, owner="course"), trainer(enter)
    canvas.write(ana)
    canvas.be_present(reader)

    canvas.hand_in(ana, dora)

    assert credited(course.app) == [at(ana, dora)]


def test_a_trainer_who_hands_in_for_a_group_gives_its_people_the_score_and_gets_none(
    canvas: Canvas, enter: Enter, ben: Client
) -> None:
    canvas.write(ben)

    canvas.hand_in(trainer(enter))

    assert credited(canvas.app) == [at(ben)]
    assert scored(canvas.app) == [(ben.person_id, ben.placement_id, 100)]


def test_what_was_brought_from_alone_confirms_nobody(course: Course, ana: Client, ben: Client, cleo: Client) -> None:
    course.arrange(mode=Mode.GROUP, alone_first=True)
    write_alone(cleo, new_id(), "written at home")
    course.come_together()
    canvas = Canvas(app=course.app, owner=f"group/{course.group('12')}")

    canvas.hand_in(ana)

    assert "written at home" in canvas.page(ben)
    assert credited(course.app) == [at(ana)]


# Where


def test_the_newest_place_where_somebody_was_counts(canvas: Canvas, ana: Client, ben: Client, ticker: Ticker) -> None:
    canvas.write(ben)
    canvas.be_present(ben, ben.placement_id)
    ticker.move(minutes=1)
    canvas.be_present(ben, ana.placement_id)

    canvas.hand_in(ana)

    assert credited(canvas.app) == [{ana.person_id: ana.placement_id, ben.person_id: ana.placement_id}]


def test_of_launches_the_newest_one_of_this_exercise_counts(
    canvas: Canvas, enter: Enter, ana: Client, ben: Client, ticker: Ticker
) -> None:
    canvas.write(ben)
    ticker.move(minutes=1)
    again = enter(sub="ben", name="Ben", link="a third activity")
    ticker.move(minutes=1)
    enter(sub="ben", name="Ben", activity="exercise/power-interest-map")
    enter(sub="ben", name="Ben", course="another")

    canvas.hand_in(ana)

    assert credited(canvas.app)[0][ben.person_id] == again.placement_id


def test_of_whom_no_place_is_known_the_hand_ins_counts(canvas: Canvas, ana: Client, ben: Client) -> None:
    canvas.write(ben)
    with canvas.app.app_context():
        db.session.delete(db.session.get_one(LaunchRow, ben.launch_id))
        db.session.commit()

    canvas.hand_in(ana)

    assert credited(canvas.app)[0][ben.person_id] == ana.placement_id


def test_who_hands_in_is_credited_where_they_are(canvas: Canvas, enter: Enter, ana: Client, ticker: Ticker) -> None:
    canvas.write(ana)
    ticker.move(minutes=1)
    enter(sub="ana", name="Ana", link=SECOND)

    canvas.hand_in(ana)

    assert credited(canvas.app) == [at(ana)]


def test_an_activity_that_is_not_graded_gets_no_score(canvas: Canvas, enter: Enter, ana: Client) -> None:
    ungraded = enter(sub="ben", name="Ben", link="an activity without grades", graded=False)
    canvas.write(ana)
    canvas.be_present(ungraded)

    canvas.hand_in(ana)

    assert credited(canvas.app) == [at(ana, ungraded)]
    assert [person for person, _, _ in scored(canvas.app)] == [ana.person_id]


# Again


def test_who_presses_once_more_with_a_tick_adds_that_person_and_sends_nobody_else_anything(
    canvas: Canvas, ana: Client, cleo: Client
) -> None:
    canvas.write(ana)
    canvas.hand_in(ana)

    canvas.hand_in(ana, cleo)

    assert credited(canvas.app) == [at(ana, cleo)]
    assert [person for person, _, _ in scored(canvas.app)] == [ana.person_id, cleo.person_id]


def test_a_later_hand_in_has_its_own_credits_and_takes_nobodys_score(canvas: Canvas, ana: Client, cleo: Client) -> None:
    canvas.write(ana)
    canvas.hand_in(ana, cleo)
    canvas.write(ana)

    canvas.hand_in(ana)

    assert credited(canvas.app) == [at(ana, cleo), at(ana)]
    assert [person for person, _, _ in scored(canvas.app)] == [ana.person_id, cleo.person_id, ana.person_id]
    assert "the score that you have from an earlier time stays" in words_in(canvas.page(cleo))


def test_a_newcomer_gets_nothing_before_they_are_credited(
    course: Course, canvas: Canvas, ana: Client, dora: Client
) -> None:
    canvas.write(ana)
    canvas.hand_in(ana)
    course.put_in(dora, "12")

    page = words_in(canvas.page(dora))

    assert "It does not count for you, because nobody said that you took part." in page
    assert scored(canvas.app) == [(ana.person_id, ana.placement_id, 100)]


# Marks


def test_where_a_trainer_marks_nobody_gets_points_by_handing_in(
    course: Course, canvas: Canvas, ana: Client, ben: Client
) -> None:
    course.arrange(mode=Mode.GROUP, marking=Marking.BY_TRAINER)
    canvas.write(ben)

    canvas.hand_in(ana)

    assert scored(canvas.app) == []


def test_a_mark_goes_to_all_who_are_credited_and_handing_in_again_changes_it_for_nobody(
    canvas: Canvas, enter: Enter, ana: Client, ben: Client, cleo: Client
) -> None:
    canvas.write(ben)
    canvas.hand_in(ana)

    release(trainer(enter), submission_ids(canvas.app)[0], "60", "Ask the elders too.")
    canvas.write(ben)
    canvas.hand_in(ana, cleo)

    assert scored(canvas.app)[2:] == [(ana.person_id, ana.placement_id, 60), (ben.person_id, ben.placement_id, 60)]
    assert "Ask the elders too." in canvas.page(ben)


def test_a_mark_for_what_somebody_did_alone_before_is_not_overwritten_by_the_groups_hand_in(
    course: Course, canvas: Canvas, enter: Enter, ana: Client, ben: Client
) -> None:
    course.arrange(mode=Mode.ALONE)
    hand_in_alone(ben)
    release(trainer(enter), submission_ids(canvas.app)[0], "60")
    course.arrange(mode=Mode.GROUP)
    canvas.write(ben)

    canvas.hand_in(ana)

    assert credited(canvas.app)[1] == at(ana, ben)
    assert scored(canvas.app)[2:] == [(ana.person_id, ana.placement_id, 100)]


# Late, alone first, and trials


def test_what_comes_after_the_due_date_is_taken_and_marked(
    course: Course, canvas: Canvas, enter: Enter, ana: Client, ticker: Ticker
) -> None:
    course.arrange(mode=Mode.GROUP, dates=Dates(due_at=ticker.time - timedelta(minutes=1)))
    canvas.write(ana)
    before = words_in(canvas.page(ana))

    canvas.hand_in(ana)

    assert "What is handed in now is taken, and marked as late." in before
    assert "That was after the due date" in canvas.page(ana)
    assert " Late " in rows_of(trainer(enter).get())[0]
    assert [person for person, _, _ in scored(canvas.app)] == [ana.person_id]


def test_what_comes_by_the_due_date_is_not_late(
    course: Course, canvas: Canvas, enter: Enter, ana: Client, ticker: Ticker
) -> None:
    course.arrange(mode=Mode.GROUP, dates=Dates(due_at=ticker.time))
    canvas.write(ana)

    canvas.hand_in(ana)

    assert "due date" not in canvas.page(ana)
    assert " Late " not in rows_of(trainer(enter).get())[0]


def test_what_each_writes_alone_first_is_not_handed_in_alone(course: Course, ana: Client) -> None:
    course.arrange(mode=Mode.GROUP, alone_first=True)
    write_alone(ana, new_id(), "A well")

    page, answer = ana.get("exercise").text, ana.post("exercise/submissions")

    assert 'id="hand-in"' not in page
    assert "any of you hands in for all of you" in words_in(page)
    assert answer.status_code == 422
    assert "This exercise is handed in together, not alone. What you wrote is saved" in words_in(answer.text)
    assert submission_ids(course.app) == []


def test_a_guest_hands_in_their_own_work_in_any_mode(course: Course, enter: Enter) -> None:
    guest = enter(sub="guest", role=Role.GUEST)

    hand_in_alone(guest)

    assert credited(course.app) == [at(guest)]


def test_a_trial_is_handed_in_and_counts_for_nothing(enter: Enter, course: Course) -> None:
    course.arrange(mode=Mode.ALONE)
    reader, other = trainer(enter), enter(sub="other", role=Role.TRAINER)

    hand_in_alone(reader)

    [number] = submission_ids(course.app)
    assert credited(course.app) == [{}]
    assert scored(course.app) == []
    assert "Handed in: " in reader.get("exercise").text
    assert rows_of(other.get()) == []
    for one in (reader, other):
        assert one.get(f"submissions/{number}").status_code == 404
        assert one.post(f"submissions/{number}/release", mark="60").status_code == 404
        assert one.post(f"submissions/{number}/score").status_code == 404


# What the page says


def test_everybody_reads_who_handed_in_when_and_for_whom(canvas: Canvas, ana: Client, ben: Client) -> None:
    canvas.write(ben)

    canvas.hand_in(ana)

    ours, theirs = words_in(canvas.page(ana)), words_in(canvas.page(ben))
    assert "You handed it in: " in ours
    assert "It counts for: you Ben " in ours
    assert "\u2068Ana\u2069 handed it in: " in theirs
    assert "It counts for: you Ana " in theirs
    assert "The score is on its way to Moodle." in theirs


def test_the_form_asks_only_for_those_who_left_no_trace(
    canvas: Canvas, ana: Client, ben: Client, cleo: Client, dora: Client
) -> None:
    canvas.write(ben)

    page = canvas.page(ana)

    assert f'name="with" value="{cleo.person_id}"> <bdi>Cleo</bdi>' in page
    assert page.count('name="with"') == 1
    assert "it gives each of you full points in Moodle" in words_in(page)


def test_a_box_that_was_ticked_once_is_ticked_from_the_start(canvas: Canvas, ana: Client, cleo: Client) -> None:
    canvas.write(ana)
    canvas.hand_in(ana, cleo)

    assert f'name="with" value="{cleo.person_id}" checked> <bdi>Cleo</bdi>' in canvas.page(ana)


def test_who_works_alone_is_asked_for_nobody(course: Course, ana: Client) -> None:
    course.arrange(mode=Mode.ALONE)
    write_alone(ana, new_id(), "A well")

    page = ana.get("exercise").text

    assert 'name="with"' not in page
    assert "it gives you full points in Moodle" in words_in(page)


def test_after_the_closing_date_one_still_reads_what_was_handed_in(
    course: Course, canvas: Canvas, ana: Client, ticker: Ticker
) -> None:
    canvas.write(ana)
    canvas.hand_in(ana)
    course.arrange(mode=Mode.GROUP, dates=Dates(closes_at=ticker.time - timedelta(minutes=1)))

    page = canvas.page(ana)

    assert "You handed it in: " in page
    assert 'id="hand-in"' not in page
