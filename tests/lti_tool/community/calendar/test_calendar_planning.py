"""Meetings are planned, changed, called off, and their notes come back to the need."""

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.community.calendar.planning import calendar, meeting_form, plan, typed
from tests.lti_tool.community.talking import Enter, change, member, new_id, post, reply_form, thread, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def test_who_wrote_a_need_plans_a_meeting_that_stands_in_calendar_list_and_thread(enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)

    plan(ana, ticker, post=post_id)

    for page in (calendar(bea), words_of(thread(bea, post_id))):
        assert "Peer assist" in page
        assert "45 minutes" in page
        assert "Where: https://meet.example.org/x" in page
        assert "Planned by: Ana" in page
    assert "Next meeting: Peer assist" in words_of(bea.get("community"))


def test_a_trainer_plans_a_meeting_about_nothing_of_the_list(enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(enter)

    plan(teacher, ticker, title="First Tuesday")

    assert "First Tuesday" in calendar(member(enter))


@pytest.mark.parametrize("about", ["nothing", "somebody else's need", "their experience"])
def test_others_plan_none(enter: Enter, ticker: Ticker, about: str) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    posts = {"somebody else's need": post(ana), "their experience": post(bea, kind="experience")}
    where = {"post": posts[about]} if about in posts else {}

    assert bea.post("community/calendar", **meeting_form(ticker, **where)).status_code == 403
    assert bea.get("community/calendar/new", query_string=where).status_code == 403
    assert "Peer assist" not in calendar(ana)


def test_a_form_sent_twice_makes_one_meeting(enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(enter)
    form = meeting_form(ticker)

    assert [teacher.post("community/calendar", **form).status_code for _ in range(2)] == [303, 303]

    assert calendar(teacher).count("Peer assist") == 1


def test_a_form_sent_again_with_a_correction_keeps_both_texts(enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(enter)
    form = meeting_form(ticker)
    assert teacher.post("community/calendar", **form).status_code == 303

    answer = teacher.post("community/calendar", **{**form, "place": "Room 3"})

    assert answer.status_code == 409
    assert "Where: https://meet.example.org/x" in words_of(answer)
    assert 'value="Room 3"' in answer.text
    assert f'/calendar/{form["id"]}/edit"' in answer.text
    again = {**form, "place": "Room 3", "version": "1"}
    assert change(teacher, f"calendar/{form['id']}", "edit", **again) == 303
    assert "Where: Room 3" in calendar(teacher)


def test_another_cannot_take_a_meetings_id(enter: Enter, ticker: Ticker) -> None:
    meeting_id = plan(trainer(enter), ticker)
    other = member(enter, "Other", role=Role.TRAINER)

    assert other.post("community/calendar", **meeting_form(ticker, id=meeting_id, title="Mine")).status_code == 404
    assert "Mine" not in calendar(other)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": " "}, "Give it a title."),
        ({"title": "x" * 151}, "it has 151 characters, and 150 is the most"),
        ({"starts_at": ""}, "Say when it begins."),
        ({"starts_at": "soon"}, "Write a day and a time that exist, such as 2030-01-31 18:00."),
        ({"starts_at": "2020-01-01T10:00"}, "This moment is past."),
        ({"starts_at": "2099-01-01T10:00"}, "This is more than a year away."),
        ({"minutes": "4"}, "Write how many minutes it takes, from 5 to 480."),
        ({"minutes": "\u0664\u0665\u0660\u0660\u0660"}, "from 5 to 480."),
        ({"minutes": "half an hour"}, "from 5 to 480."),
        ({"place": ""}, "Say where people meet"),
        ({"text": "x" * 2001}, "it has 2001 characters, and 2000 is the most"),
        ({"language": "tlh"}, "Choose one of the languages that are offered."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    sqlite_enter: Enter, ticker: Ticker, given: dict[str, str], sentence: str
) -> None:
    teacher = trainer(sqlite_enter)

    answer = teacher.post("community/calendar", **meeting_form(ticker, **{"text": "Bring it all.", **given}))

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert given.get("text", "Bring it all.") in answer.text
    assert "Nothing is planned." in calendar(teacher)


def test_minutes_are_read_in_arabic_digits(sqlite_enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(sqlite_enter)

    plan(teacher, ticker, minutes="\u0666\u0660")

    assert "60 minutes" in calendar(teacher)


def test_two_windows_keep_both_texts(enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(enter)
    meeting_id = plan(teacher, ticker)
    form = meeting_form(ticker, id=meeting_id, version="1")
    assert change(teacher, f"calendar/{meeting_id}", "edit", **{**form, "title": "Theirs"}) == 303

    answer = teacher.post(f"community/calendar/{meeting_id}/edit", **{**form, "title": "Mine"})

    assert answer.status_code == 409
    assert "Saved there: Theirs" in words_of(answer)
    assert 'value="Mine"' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert change(teacher, f"calendar/{meeting_id}", "edit", **{**form, "title": "Mine", "version": "2"}) == 303
    assert "Mine" in calendar(teacher)


def test_a_meeting_that_began_is_changed_without_a_new_moment(enter: Enter, ticker: Ticker) -> None:
    teacher, begins = trainer(enter), typed(ticker, minutes=5)
    meeting_id = plan(teacher, ticker, starts_at=begins)
    ticker.move(minutes=10)

    again = meeting_form(ticker, id=meeting_id, version="1", starts_at=begins, place="Room 3")

    assert change(teacher, f"calendar/{meeting_id}", "edit", **again) == 303
    assert "Going on now" in calendar(teacher)
    assert "Where: Room 3" in calendar(teacher)


def test_a_meeting_called_off_stays_until_its_day_and_cannot_be_changed(enter: Enter, ticker: Ticker) -> None:
    teacher, ana = trainer(enter), member(enter)
    meeting_id = plan(teacher, ticker)
    assert change(ana, f"calendar/{meeting_id}", "cancel") == 403

    assert change(teacher, f"calendar/{meeting_id}", "cancel") == 303

    assert "Called off" in calendar(ana)
    assert "https://meet.example.org/x" not in calendar(ana)
    assert "Next meeting" not in words_of(ana.get("community"))
    assert change(teacher, f"calendar/{meeting_id}", "edit", **meeting_form(ticker, version="2")) == 403
    ticker.move(days=4)
    assert "Peer assist" not in calendar(member(enter))


def test_notes_become_a_reply_once_it_began(enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    meeting_id = plan(ana, ticker, post=post_id, starts_at=typed(ticker, minutes=5))
    notes = reply_form("Three of us tried it.")
    assert change(ana, f"calendar/{meeting_id}", "notes", **notes) == 403
    ticker.move(hours=1)
    assert change(bea, f"calendar/{meeting_id}", "notes", **notes) == 403
    assert ana.get(f"community/calendar/{meeting_id}/notes").status_code == 200

    assert [change(ana, f"calendar/{meeting_id}", "notes", **notes) for _ in range(2)] == [303, 303]

    page = words_of(thread(bea, post_id))
    assert page.count("Three of us tried it.") == 1
    assert "What it found" in page


def test_empty_notes_are_refused_with_a_sentence(sqlite_enter: Enter, ticker: Ticker) -> None:
    ana = member(sqlite_enter)
    post_id = post(ana)
    meeting_id = plan(ana, ticker, post=post_id, starts_at=typed(ticker, minutes=5))
    ticker.move(hours=1)

    answer = ana.post(f"community/calendar/{meeting_id}/notes", **reply_form(" "))

    assert answer.status_code == 422
    assert "Write something." in words_of(answer)


def test_the_next_one_begins_like_the_last(sqlite_enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(sqlite_enter)
    meeting_id = plan(teacher, ticker, title="First Tuesday", minutes="60")
    ticker.move(days=4)

    page = trainer(sqlite_enter).get("community/calendar/new", query_string={"again": meeting_id}).text

    assert 'value="First Tuesday"' in page
    assert 'value="60"' in page
    assert f'value="{meeting_id}"' not in page


def test_another_community_or_site_has_none_of_it(enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(enter)
    post_id = post(teacher)
    meeting_id = plan(teacher, ticker, post=post_id)

    for elsewhere in ({"activity": "community/other"}, {"issuer": "https://other.example.org"}):
        stranger = trainer(enter, **elsewhere)
        assert "Peer assist" not in calendar(stranger)
        for page in ("edit", "notes"):
            assert stranger.get(f"community/calendar/{meeting_id}/{page}").status_code == 404
        for press in ("edit", "cancel", "notes"):
            form = {**meeting_form(ticker), **reply_form()}
            assert change(stranger, f"calendar/{meeting_id}", press, **form) == 404
        assert stranger.post("community/calendar", **meeting_form(ticker, post=post_id)).status_code == 404
    assert enter(activity="exercise/needs-matrix").get("community/calendar").status_code == 404


def test_an_unknown_meeting_is_not_found(sqlite_enter: Enter) -> None:
    assert change(trainer(sqlite_enter), f"calendar/{new_id()}", "cancel") == 404
