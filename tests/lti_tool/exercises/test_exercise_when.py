"""What the exercise's page says of when it may be written in, and to whom has no group."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.exercises import canvas_wording
from lti_tool.exercises.modes import Dates, Mode
from lti_tool.groups.rules import Counting, Source
from lti_tool.i18n import speak
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranged import arrange, set_stage, told
from tests.lti_tool.exercises.writing import hand_in, new_id, write
from tests.lti_tool.facilitation.trainers import Enter
from tests.lti_tool.reading import words_of

HOUR = timedelta(hours=1)


def moment(app: Flask) -> datetime:
    with app.app_context():
        return now()


def can_write(person: Client) -> bool:
    return "page.js" in person.get().text


# Dates


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (Dates(), []),
        (Dates(opens_at=datetime(2026, 1, 2, 9, tzinfo=UTC)), ["Opens: 2 Jan 2026, 10:00 +0100"]),
        (Dates(opens_at=datetime(2026, 1, 1, 9, tzinfo=UTC)), []),
        (Dates(due_at=datetime(2026, 7, 2, 9, tzinfo=UTC)), ["Due: 2 Jul 2026, 11:00 +0200"]),
        (
            Dates(due_at=datetime(2026, 1, 1, 9, tzinfo=UTC)),
            ["It was due: 1 Jan 2026, 10:00 +0100. What is handed in now is taken, and marked as late."],
        ),
        (Dates(closes_at=datetime(2026, 1, 2, 9, tzinfo=UTC)), ["Closes: 2 Jan 2026, 10:00 +0100"]),
        (Dates(closes_at=datetime(2026, 1, 1, 9, tzinfo=UTC)), []),
    ],
)
def test_what_is_still_to_come_is_told_in_the_persons_zone(sqlite_app: Flask, dates: Dates, said: list[str]) -> None:
    with sqlite_app.test_request_context("/"):
        speak("en", "Europe/Madrid")

        assert canvas_wording.dates(dates, datetime(2026, 1, 1, 12, tzinfo=UTC)) == said


def test_before_it_opens_the_page_says_when_and_takes_nothing(app: Flask, enter: Enter) -> None:
    trainee = enter(timezone="Europe/Athens")
    arrange(app, trainee.course_id, dates=Dates(opens_at=datetime(2100, 1, 2, 9, tzinfo=UTC)))

    assert "Writing begins: 2 Jan 2100, 11:00" in words_of(trainee.get())
    assert not can_write(trainee)


def test_once_it_is_closed_the_page_says_so_and_still_shows_what_was_written(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee, "a well for all")
    arrange(app, trainee.course_id, dates=Dates(closes_at=moment(app) - HOUR))

    page = trainee.get()

    assert "This exercise is closed (" in words_of(page)
    assert "a well for all" in page.text
    assert "Handed in:" in words_of(page)
    assert 'id="hand-in"' not in page.text
    assert not can_write(trainee)


def test_who_is_late_is_told_and_may_hand_in(app: Flask, enter: Enter) -> None:
    trainee = enter()
    arrange(app, trainee.course_id, dates=Dates(due_at=moment(app) - HOUR))

    assert "What is handed in now is taken, and marked as late." in words_of(trainee.get())
    hand_in(trainee)


def test_while_it_is_frozen_the_page_says_so(app: Flask, enter: Enter) -> None:
    trainee = enter()
    set_stage(app, trainee.course_id, frozen_at=moment(app))

    assert "Your trainer has stopped writing for everybody." in words_of(trainee.get())
    assert not can_write(trainee)


def test_without_dates_the_page_says_nothing_of_them(enter: Enter) -> None:
    page = enter().get()

    assert 'class="dates"' not in page.text
    assert "can't write" not in words_of(page)


# Groups


@pytest.mark.parametrize(
    ("source", "groups", "said"),
    [
        (Source.PLATFORM, None, "Moodle has not told this page which group you are in."),
        (Source.PLATFORM, [], "who puts you into a group in Moodle"),
        (Source.PLATFORM, ["7", "8"], "you are in several of them"),
        (Source.MADE, ["7"], "in groups that your trainer makes here, and you are in none yet"),
    ],
)
def test_who_has_no_one_group_is_told_what_to_do_and_sees_an_empty_canvas(
    app: Flask, enter: Enter, source: Source, groups: list[str] | None, said: str
) -> None:
    trainee = enter()
    write(trainee, new_id(), "my own words")
    if groups is not None:
        told(app, trainee, *groups)
    arrange(app, trainee.course_id, mode=Mode.GROUP, counting=Counting(source=source))

    page = trainee.get()

    assert said in words_of(page)
    assert "You can't write here yet." in words_of(page)
    assert not can_write(trainee)
    assert "my own words" not in page.text
    assert f'exercise?in=person/{trainee.person_id}">What you wrote alone</a>' in page.text


def test_who_is_in_one_group_that_counts_writes_there(app: Flask, enter: Enter) -> None:
    trainee = told(app, enter(), "7", "8")
    arrange(app, trainee.course_id, mode=Mode.GROUP, counting=Counting(ticked={"8"}))

    assert can_write(trainee)


def test_what_was_written_in_another_mode_stays_readable_and_leads_to_where_it_goes_on(
    app: Flask, enter: Enter
) -> None:
    trainee = enter()
    write(trainee, new_id(), "my own words")
    arrange(app, trainee.course_id, mode=Mode.COURSE)

    page = trainee.get(f"exercise?in=person/{trainee.person_id}")

    assert "my own words" in page.text
    assert "The exercise goes on elsewhere by now." in words_of(page)
    assert f'href="/l/{trainee.launch_id}/exercise?in=course">The course' in page.text
