"""A territory's connector is named by trainers, and sees the needs that nobody answered."""

import pytest
from flask import Flask
from sqlalchemy import update

from lti_tool.community.tables import PostRow
from lti_tool.database import db
from lti_tool.lti.roles import Role
from tests.lti_tool.community.talking import Enter, change, member, post, reply, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

PAGE = "community/connectors"
WAITS = "These needs wait for you"


def name(by: Client, who: Client, territory: str = "tunisia") -> int:
    """Let a trainer name somebody who opened the community; give the answer's status."""
    who.get()
    return change(by, "connectors", "name", territory=territory, person=str(who.person_id))


def place(app: Flask, post_id: str, territory: str | None) -> None:
    """Say which territory a need is from."""
    with app.app_context():
        db.session.execute(update(PostRow).where(PostRow.id == post_id).values(territory=territory))
        db.session.commit()


def test_a_trainer_names_a_member_and_everybody_reads_who_it_is(enter: Enter) -> None:
    teacher, bea = trainer(enter), member(enter, "Bea")

    assert name(teacher, bea) == 303

    page = words_of(member(enter, "Ana").get(PAGE))
    assert "Tunisia, elsewhere Bea" in page
    assert "Jordan, elsewhere Nobody yet" in page
    assert "Last here" not in page
    assert "Tunisia, elsewhere Bea Last here" in words_of(teacher.get(PAGE))


def test_another_takes_the_place_of_the_one_before(enter: Enter) -> None:
    teacher, bea, cleo = trainer(enter), member(enter, "Bea"), member(enter, "Cleo")

    assert [name(teacher, bea), name(teacher, cleo)] == [303, 303]

    assert "Tunisia, elsewhere Cleo" in words_of(bea.get(PAGE))


def test_a_trainee_names_nobody_and_is_shown_no_list_of_people(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")

    assert name(ana, bea) == 403
    assert "Bea" not in words_of(ana.get(PAGE))


def test_whoever_it_is_steps_down_and_others_take_it_from_nobody(enter: Enter) -> None:
    teacher, ana, bea = trainer(enter), member(enter, "Ana"), member(enter, "Bea")
    name(teacher, bea)

    assert change(ana, "connectors", "end", territory="tunisia") == 403
    assert "I step down" in words_of(bea.get(PAGE))
    assert change(bea, "connectors", "end", territory="tunisia") == 303
    assert "Tunisia, elsewhere Nobody yet" in words_of(ana.get(PAGE))
    assert change(bea, "connectors", "end", territory="tunisia") == 404


@pytest.mark.parametrize("activity", ["community/other", "community/practice"])
def test_only_members_of_this_community_are_named(enter: Enter, activity: str) -> None:
    elsewhere = {"issuer": "https://other.example.org"} if activity == "community/practice" else {}
    stranger = member(enter, "Stranger", activity=activity, **elsewhere)

    assert name(trainer(enter), stranger) == 404


@pytest.mark.parametrize("territory", ["", "atlantis", "\0"])
def test_a_territory_that_is_nowhere_is_not_found(sqlite_enter: Enter, territory: str) -> None:
    assert name(trainer(sqlite_enter), member(sqlite_enter, "Bea"), territory) == 404


@pytest.mark.parametrize(("where", "told"), [("tunisia", 1), (None, 1), ("jordan", 0)])
def test_after_five_days_an_unanswered_need_goes_to_its_connector_alone(
    app: Flask, enter: Enter, ticker: Ticker, where: str | None, told: int
) -> None:
    bea = member(enter, "Bea")
    name(trainer(enter), bea)
    place(app, post(member(enter, "Ana")), where)
    ticker.move(days=4, hours=23)
    assert WAITS not in words_of(member(enter, "Bea").get())

    ticker.move(hours=2)

    assert words_of(member(enter, "Bea").get()).count(WAITS) == told
    for other in (member(enter, "Ana"), member(enter, "Cleo"), trainer(enter)):
        assert WAITS not in words_of(other.get())


def test_what_is_answered_hidden_their_own_or_no_need_waits_for_nobody(
    app: Flask, enter: Enter, ticker: Ticker
) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    name(teacher, bea)
    answered, hidden = post(ana), post(ana)
    reply(teacher, answered)
    change(teacher, f"posts/{hidden}", "hide", reason="Real names.")
    for post_id in (answered, hidden, post(bea), post(ana, kind="doubt")):
        place(app, post_id, "tunisia")

    ticker.move(days=6)

    assert WAITS not in words_of(member(enter, "Bea").get())


def test_a_trainer_of_another_course_names_too(enter: Enter) -> None:
    far = member(enter, "Far", role=Role.TRAINER, course="course-2")

    assert name(far, member(enter, "Bea")) == 303
