"""Who brings what to which community: never into one that they couldn't open, and never what stays in its exercise."""

import pytest
from flask import Flask

from lti_tool.community.carrying import rules
from lti_tool.database import db
from lti_tool.exercises import owners
from lti_tool.lti.roles import Role
from lti_tool.roster.tables import RosterRow
from tests.lti_tool.community.carrying.bringing import bring, form, posts, take, work
from tests.lti_tool.community.talking import HERE, Enter, member
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def refused(client: Client) -> set[int]:
    """Give the statuses with which every way answers."""
    answers = (client.get("exercise/carry"), take(client, "any"), client.post("exercise/carry", **form()))
    return {answer.status_code for answer in answers}


@pytest.mark.parametrize(
    ("owner", "person", "role", "allowed"),
    [
        (owners.person(1), 1, Role.TRAINEE, True),
        (owners.person(1), 2, Role.TRAINEE, False),
        (owners.person(1), 1, Role.GUEST, False),
        (owners.COURSE, 1, Role.TRAINEE, False),
        (owners.group(1), 1, Role.TRAINEE, True),
        (owners.group(1), 2, Role.TRAINEE, False),
        (owners.trial(1), 1, Role.TRAINER, False),
    ],
)
def test_people_bring_their_own_work_and_that_of_their_group(
    owner: owners.Owner, person: int, role: Role, *, allowed: bool
) -> None:
    assert rules.may_carry(owner, person, role, members=[1]) is allowed


@pytest.mark.parametrize("exercise", ["safeguarding-and-referral", "action-research-journal"])
def test_what_stays_in_its_exercise_is_refused_whatever_is_sent(app: Flask, enter: Enter, exercise: str) -> None:
    member(enter)
    ana = enter(sub="Ana", activity=f"exercise/{exercise}")

    assert "Bring this to the community" not in words_of(ana.get("exercise"))
    assert refused(ana) == {403}
    assert posts(app) == []


def test_nobody_brings_the_work_of_somebody_else(app: Flask, enter: Enter) -> None:
    member(enter)
    ana, ben, teacher = enter(sub="Ana"), enter(sub="Ben"), enter(sub="Trainer", role=Role.TRAINER)
    work(ana, "A well")
    where = f"in=person/{ana.person_id}"

    for client in (ben, teacher):
        assert client.get(f"exercise/carry?{where}").status_code == 404
        assert client.post(f"exercise/carry?{where}", **form()).status_code == 404
    assert posts(app) == []


def test_notes_of_another_canvas_are_not_taken(enter: Enter) -> None:
    member(enter)
    ana, ben = enter(sub="Ana"), enter(sub="Ben")
    (note,) = work(ana, "A secret well")
    work(ben, "A lamp")

    answer = take(ben, note)

    assert answer.status_code == 422
    assert "A secret well" not in answer.text


def test_guests_bring_nothing(app: Flask, enter: Enter) -> None:
    member(enter)
    guest = enter(sub="guest", role=Role.GUEST)
    work(guest, "A well")

    assert refused(guest) == {403}
    assert posts(app) == []


def test_an_empty_canvas_has_nothing_to_bring(enter: Enter) -> None:
    member(enter)

    assert refused(enter(sub="Ana")) == {404}


def closed_to(client: Client) -> str:
    """Insist that nothing is published, and that the text can be copied; give what the page says before."""
    (note,) = work(client, "A well")
    shown = words_of(client.get("exercise/carry"))
    copied = take(client, note)
    sent = client.post("exercise/carry", **form(text="My own words"))
    assert (copied.status_code, sent.status_code) == (200, 409)
    assert "Nothing is published." in words_of(copied)
    assert "A well" in copied.text
    assert "My own words" in sent.text
    return shown


def test_without_a_community_the_text_is_offered_to_be_copied(app: Flask, enter: Enter) -> None:
    said = closed_to(enter(sub="Ana"))

    assert "Ask your trainer to add it to the course" in said
    assert posts(app) == []


def test_a_community_of_another_course_is_closed_to_whoever_was_never_there(app: Flask, enter: Enter) -> None:
    member(enter, "Ben", course="another course")

    said = closed_to(enter(sub="Ana"))

    assert "Ask your trainer to add it to the course" in said
    assert "another course" not in said
    assert posts(app) == []


def test_whoever_takes_part_in_the_community_s_course_is_sent_there_first(app: Flask, enter: Enter) -> None:
    member(enter, "Ben", course="another course")
    enter(sub="Ana", course="another course", activity="unit/what-coproduction-is")

    said = closed_to(enter(sub="Ana"))

    assert "Open it once in Moodle, and come back" in said
    assert posts(app) == []


def test_members_write_from_another_course_as_in_the_community_s_own(app: Flask, enter: Enter) -> None:
    there = member(enter, course="another course")
    there.get("community")
    ana = enter(sub="Ana", name="Ana")
    work(ana, "A well")

    bring(ana)

    assert [post.course_id for post in posts(app)] == [there.course_id]


def test_whoever_is_gone_from_the_community_s_course_writes_there_no_more(
    app: Flask, enter: Enter, ticker: Ticker
) -> None:
    there = member(enter, course="another course")
    there.get("community")
    ticker.move(hours=1)
    with app.app_context():
        db.session.add(RosterRow(course_id=there.course_id, fetched_at=ticker()))
        db.session.commit()

    closed_to(enter(sub="Ana"))

    assert posts(app) == []


def test_a_community_of_another_site_is_none(app: Flask, enter: Enter) -> None:
    member(enter, "Ana", issuer="http://localhost:8200").get("community")

    closed_to(enter(sub="Ana"))

    assert posts(app) == []


def test_the_community_in_one_s_own_course_is_open_before_the_first_visit(app: Flask, enter: Enter) -> None:
    enter(sub="Ben", activity=HERE)
    ana = enter(sub="Ana")
    work(ana, "A well")

    bring(ana)

    assert [post.course_id for post in posts(app)] == [ana.course_id]


def test_the_way_to_a_post_is_there_for_those_who_read_its_canvas(enter: Enter) -> None:
    member(enter, link="77")
    ana, ben = enter(sub="Ana"), enter(sub="Ben")
    work(ana, "A well")
    work(ben, "A lamp")
    post_id = bring(ana)

    assert ben.get(f"exercise/carried/{post_id}").status_code == 404
    assert ben.get(f"exercise/carried/{post_id}?in=person/{ana.person_id}").status_code == 404
