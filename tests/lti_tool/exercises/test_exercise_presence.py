"""Who is at a workspace, and which note somebody has open."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import here
from lti_tool.exercises.here import Presence
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import PresenceRow, WorkspaceRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PersonRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.grouping import arrange, member, poll, put_into, put_note, set_stage
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once, overtaking

Enter = Callable[..., Client]
NOON = datetime.fromisoformat("2026-10-01T12:00:00Z")
NOTE = "0b7a55aa-5d5e-4a1c-8f0c-3b1d6f0b7a55"


def ago(seconds: int, **more: Any) -> Presence:
    return Presence(seen_at=NOON - timedelta(seconds=seconds), **more)


# Decisions


@pytest.mark.parametrize(
    ("before", "told", "is_news"),
    [
        (None, ago(0), True),
        (ago(20), ago(0), False),
        (ago(46), ago(0), True),
        (ago(20, has_left=True), ago(0), True),
        (ago(20), ago(0, note_id=NOTE), True),
        (ago(20, note_id=NOTE), ago(0, note_id=NOTE), False),
        (ago(20, note_id=NOTE), ago(0), True),
        (ago(20), ago(0, has_left=True), True),
        (ago(46), ago(0, has_left=True), False),
        (None, ago(0, has_left=True), False),
    ],
    ids=[
        "comes",
        "stays",
        "comes back late",
        "comes back",
        "opens",
        "writes on",
        "closes",
        "goes",
        "gone",
        "never came",
    ],
)
def test_others_hear_of_what_they_see_change(before: Presence | None, told: Presence, *, is_news: bool) -> None:
    known = {1: before} if before else {}

    assert here.sign(known, 1, told).is_news is is_news


def test_whoever_went_without_a_word_is_noticed_by_who_stays() -> None:
    known = {1: ago(20), 2: ago(50), 3: ago(50, has_left=True), 4: ago(44)}

    sign = here.sign(known, 1, ago(0))

    assert (list(sign.gone), sign.is_news) == ([2], True)


# Telling it


@pytest.fixture
def pair(app: Flask) -> tuple[Client, Client, str]:
    """Give two people of one group, and the name of its workspace."""
    ana, inside = member(app)
    omar, _ = member(app, "omar")
    arrange(app, ana.course_id)
    return ana, omar, inside


def say(person: Client, inside: str, note: str | None = None, **more: Any) -> int:
    return person.put(f"exercise/presence?in={inside}", {"note": note, **more}).status_code


def people(person: Client, inside: str) -> Any:
    return poll(person, inside).get_json()["people"]


def test_whoever_opens_the_page_is_here_without_any_script(pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair

    omar.get("exercise")

    assert people(ana, inside)["here"] == [{"name": "Omar", "trainer": False}]
    assert people(omar, inside)["here"] == []


def test_a_page_that_is_loaded_again_at_once_writes_nothing(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, _, inside = pair
    say(ana, inside, NOTE)

    ana.get("exercise")

    with app.app_context():
        assert db.session.query(PresenceRow).one().note_id == NOTE


def test_a_note_that_somebody_has_open_is_told_without_their_name(pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair

    assert say(omar, inside, NOTE) == 204

    assert people(ana, inside)["open"] == [{"note": NOTE, "name": None}]
    assert people(omar, inside)["open"] == []


def test_the_name_is_told_where_the_trainer_shows_names(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    set_stage(app, ana.course_id, shows_names=True)

    say(omar, inside, NOTE)

    assert people(ana, inside)["open"] == [{"note": NOTE, "name": "Omar"}]


def test_that_somebody_is_still_here_is_no_news(ticker: Ticker, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    say(omar, inside)
    say(ana, inside)
    before = people(ana, inside)["version"]

    ticker.move(seconds=20)
    say(omar, inside)

    assert people(ana, inside)["version"] == before


def test_a_heartbeat_keeps_somebody_here(ticker: Ticker, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    for _ in range(4):
        say(omar, inside)
        ticker.move(seconds=20)

    assert [one["name"] for one in people(ana, inside)["here"]] == ["Omar"]


def test_whoever_leaves_is_gone_at_once_with_the_note_that_they_had_open(pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    say(omar, inside, NOTE)
    before = people(ana, inside)["version"]

    say(omar, inside, left=True)

    after = people(ana, inside)
    assert (after["version"], after["here"], after["open"]) == (before + 1, [], [])


def test_whoever_is_not_heard_of_any_more_goes_when_somebody_else_is(
    ticker: Ticker, pair: tuple[Client, Client, str]
) -> None:
    ana, omar, inside = pair
    say(omar, inside, NOTE)
    say(ana, inside)
    before = people(ana, inside)["version"]

    ticker.move(seconds=46)
    say(ana, inside)

    after = people(ana, inside)
    assert after["version"] > before
    assert (after["here"], after["open"]) == ([], [])


def test_the_last_one_gone_leaves_nobody(ticker: Ticker, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    say(omar, inside)
    ticker.move(minutes=10)

    assert people(ana, inside)["here"] == []


def test_a_trainer_who_steps_in_is_told_as_the_trainer(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    trainer, _ = member(app, "tara", role=Role.TRAINER)
    say(omar, inside)

    trainer.get(f"exercise?in={inside}")

    assert people(ana, inside)["here"] == [{"name": "Tara", "trainer": True}, {"name": "Omar", "trainer": False}]


def test_a_name_that_moodle_withholds_is_a_number(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, _, inside = pair
    nobody, _ = member(app, "x")
    with app.app_context():
        db.session.get_one(PersonRow, nobody.person_id).name = None
        db.session.commit()

    say(nobody, inside)

    assert people(ana, inside)["here"] == [{"name": "Participant 3", "trainer": False}]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {},
        {"note": 5},
        {"note": ""},
        {"note": NOTE.upper()},
        {"note": "x" * 20_000},
        {"note": f"{NOTE}\x00"},
        {"note": None, "left": "yes"},
        {"note": None, "more": 1},
    ],
)
def test_what_is_no_sign_of_life_is_refused(pair: tuple[Client, Client, str], sent: object) -> None:
    ana, _, inside = pair

    assert ana.put(f"exercise/presence?in={inside}", sent).status_code == 422


def test_nobody_is_present_where_they_may_not_read(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    put_into(app, omar, "8")

    assert say(omar, inside) == 404
    assert say(omar, f"person/{ana.person_id}") == 404
    with app.app_context():
        assert db.session.query(PresenceRow).all() == []


def test_where_each_works_alone_a_page_writes_nothing(app: Flask, enter: Enter) -> None:
    enter().get("exercise")

    with app.app_context():
        assert db.session.query(WorkspaceRow).all() == []


def test_where_each_writes_alone_first_everybody_is_counted(app: Flask, enter: Enter) -> None:
    person = enter()
    arrange(app, person.course_id, mode=Mode.COURSE, alone_first=True)

    person.get("exercise")

    with app.app_context():
        found = db.session.query(PresenceRow).one()
        assert (found.person_id, found.placement_id) == (person.person_id, person.placement_id)


def test_a_canvas_where_nobody_wrote_says_so_though_somebody_was_there(pair: tuple[Client, Client, str]) -> None:
    ana, _, inside = pair
    say(ana, inside)

    assert "Nothing written yet." in ana.get("exercise").text


def test_several_who_come_at_once_are_all_there(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    others = [member(app, f"person-{number}")[0] for number in range(3)]

    statuses = at_once(app, *[lambda one=one: say(one, inside) for one in (omar, *others)])

    assert statuses == [204] * 4
    assert len(people(ana, inside)["here"]) == 4


def test_several_who_come_back_at_once_wait_for_nobody(
    app: Flask, ticker: Ticker, pair: tuple[Client, Client, str]
) -> None:
    ana, omar, inside = pair
    others = [omar, *(member(app, f"person-{number}")[0] for number in range(3))]
    for one in others:
        say(one, inside)
    ticker.move(minutes=2)

    statuses = at_once(app, *[lambda one=one: say(one, inside) for one in others])

    assert statuses == [204] * 4
    assert len(people(ana, inside)["here"]) == 4


def test_whoever_comes_back_at_the_last_moment_is_not_taken_for_gone(
    app: Flask, ticker: Ticker, pair: tuple[Client, Client, str]
) -> None:
    ana, omar, inside = pair
    say(omar, inside)
    ticker.move(seconds=46)

    with overtaking(app, lambda: say(omar, inside)):
        say(ana, inside)

    assert [one["name"] for one in people(ana, inside)["here"]] == ["Omar"]


def test_presence_is_no_change_of_what_is_written(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    put_note(ana, inside, "a well")

    say(omar, inside, NOTE)

    with app.app_context():
        found = db.session.query(WorkspaceRow).one()
        assert (found.version, found.people_version) == (1, 1)
        assert found.changed_at <= now()
