"""A group's work goes to the community when all agree who are in the group, and as they agreed to it."""

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.community.agreeing.tables import ProposalRow
from lti_tool.database import db
from lti_tool.lti.tables import RosterAddressRow
from lti_tool.roster.tables import MemberRow, RosterRow
from tests.lti_tool.community.agreeing.groups import Group, make
from tests.lti_tool.community.carrying.bringing import field, form, posts
from tests.lti_tool.community.talking import thread
from tests.lti_tool.exercises.grouping import put_note
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once


@pytest.fixture
def group(app: Flask) -> Group:
    """Give a group with something on its canvas."""
    return make(app)


def test_nothing_is_published_before_the_last_one_agrees(app: Flask, group: Group) -> None:
    sent = group.propose()
    group.agree("Ben", sent)
    assert posts(app) == []

    group.agree("Cleo", sent)

    assert [(post.title, post.author.name) for post in posts(app)] == [("A well for the street", "Ana")]
    assert "In the community, from this canvas: A well for the street" in group.page("Cleo")


def test_the_others_find_the_proposal_at_the_exercise(group: Group) -> None:
    group.propose(title="Who builds wells?")

    assert "Agreed so far: 1 of 3. Read it, and say whether you agree" in group.page("Ben")
    assert "Who builds wells?" in group.proposal("Ben")
    assert "Who builds wells? Ana English" in group.proposal("Ben")
    assert "Ben : No answer yet" in group.proposal("Ana")


def test_what_was_agreed_to_is_what_is_published_whatever_is_written_since(app: Flask, group: Group) -> None:
    sent = group.propose(text="As all of us read it")
    put_note(group.people["Ben"], group.owner, "Something new on the canvas")

    group.agree("Ben", sent)
    group.agree("Cleo", sent)

    assert [post.text for post in posts(app)] == ["As all of us read it"]


def test_a_no_with_its_word_keeps_it_from_being_published(app: Flask, group: Group) -> None:
    sent = group.propose()
    group.agree("Cleo", sent)

    group.send("Ben", "proposal/answer", proposal=sent["id"], version="1", says="no", words="Not the address")

    assert posts(app) == []
    assert "Ben : Doesn’t agree: Not the address" in group.proposal("Ana")


def test_a_changed_proposal_asks_everybody_anew(app: Flask, group: Group) -> None:
    sent = group.propose()
    group.agree("Ben", sent)
    assert group.send("Ana", "carry", **{**sent, "text": "Without the address", "version": "1"}).status_code == 303

    group.agree("Cleo", sent, version=2)

    assert posts(app) == []
    assert "Ben : No answer yet" in group.proposal("Ana")
    group.agree("Ben", sent, version=2)
    assert [post.text for post in posts(app)] == ["Without the address"]


def test_whoever_read_an_earlier_text_is_shown_the_new_one_first(app: Flask, group: Group) -> None:
    sent = group.propose()
    group.send("Ana", "carry", **{**sent, "text": "Without the address", "version": "1"})

    old = {"proposal": sent["id"], "version": "1", "says": "no", "words": "My own words"}
    answer = group.send("Ben", "proposal/answer", **old)

    assert answer.status_code == 409
    assert "Without the address" in words_of(answer)
    assert "My own words" in words_of(answer)


def test_whoever_left_the_group_isn_t_asked(app: Flask, group: Group) -> None:
    sent = group.propose()
    group.agree("Ben", sent)
    group.course.put_in(group.people["Cleo"], "13")

    assert "Cleo" not in group.proposal("Ana")
    assert group.send("Ana", "proposal/publish").status_code == 303
    assert len(posts(app)) == 1


def test_whoever_is_gone_from_the_course_isn_t_asked(app: Flask, group: Group, ticker: Ticker) -> None:
    sent = group.propose()
    ticker.move(hours=1)
    with app.app_context():
        db.session.add(RosterAddressRow(course_id=group.course.course_id, registration_id=1, url="http://localhost"))
        db.session.add(RosterRow(course_id=group.course.course_id, fetched_at=ticker()))
        rows = [
            MemberRow(course_id=group.course.course_id, sub=one, name=one, role="trainee") for one in ("Ana", "Ben")
        ]
        db.session.flush()
        db.session.add_all(rows)
        db.session.commit()

    group.agree("Ben", sent)

    assert len(posts(app)) == 1


def test_whoever_comes_to_the_group_meanwhile_is_asked_too(app: Flask, group: Group) -> None:
    sent = group.propose()
    group.agree("Ben", sent)
    group.course.put_in(group.outsider, "12")

    group.agree("Cleo", sent)

    assert posts(app) == []
    assert "Dora : No answer yet" in group.proposal("Ana")


def test_without_its_proposer_in_the_group_it_isn_t_published_and_any_of_the_others_withdraws_it(
    app: Flask, group: Group
) -> None:
    sent = group.propose()
    group.course.put_in(group.people["Ana"], "13")
    group.agree("Ben", sent)
    group.agree("Cleo", sent)
    assert posts(app) == []
    assert group.send("Ana", "proposal/publish").status_code == 404

    assert group.send("Ben", "proposal/withdraw").status_code == 200

    assert "Nothing is proposed now." in group.proposal("Cleo")


def test_one_proposal_at_a_time_and_the_second_text_is_given_back(group: Group) -> None:
    group.propose("Ana")

    answer = group.send("Ben", "carry", **form(text="Ben's own words"))

    assert answer.status_code == 409
    assert field(answer.text, "text") == "Ben's own words"
    assert "Answer theirs first" in words_of(answer)


def test_only_its_proposer_changes_or_withdraws_a_proposal(group: Group) -> None:
    sent = group.propose("Ana")

    assert group.send("Ben", "carry", **{**sent, "text": "Other words", "version": "1"}).status_code == 409
    assert group.send("Ben", "proposal/withdraw").status_code == 403
    assert group.people["Ben"].get(f"exercise/proposal/edit?in={group.owner}").status_code == 403


def test_a_withdrawn_proposal_gives_its_text_back_and_takes_no_answers(app: Flask, group: Group) -> None:
    sent = group.propose(text="The whole text")
    group.agree("Cleo", sent)

    assert "The whole text" in words_of(group.send("Ana", "proposal/withdraw"))

    assert group.agree("Ben", sent) == 409
    assert posts(app) == []


def test_people_of_other_groups_neither_read_nor_answer(group: Group) -> None:
    sent = group.propose()
    where = f"in={group.owner}"
    said = {"proposal": sent["id"], "version": "1", "says": "yes"}

    for client in (group.outsider, group.reader):
        assert client.get(f"exercise/proposal?{where}").status_code == 404
        assert client.post(f"exercise/proposal/answer?{where}", **said).status_code == 404
        assert client.post(f"exercise/carry?{where}", **form()).status_code == 404


def test_all_press_at_once_and_it_is_published_once(app: Flask, group: Group) -> None:
    sent = group.propose()

    statuses = at_once(app, *(lambda name=name: group.agree(name, sent) for name in ("Ben", "Cleo")))

    assert set(statuses) == {303}
    assert len(posts(app)) == 1


def test_two_propose_at_once_and_one_is_taken(app: Flask, group: Group) -> None:
    works = [lambda name=name: group.send(name, "carry", **form(text=name)) for name in ("Ana", "Ben")]

    statuses = sorted(answer.status_code for answer in at_once(app, *works))

    assert statuses == [303, 409]
    with app.app_context():
        assert len(db.session.scalars(select(ProposalRow)).all()) == 1


def test_only_those_are_named_who_said_so(group: Group) -> None:
    sent = group.propose()
    group.agree("Ben", sent, is_named="yes")
    group.agree("Cleo", sent)

    said = words_of(thread(group.reader, sent["id"]))

    assert "The work of a group: Group 1 · Ben" in said
    assert "Cleo" not in said


def test_a_group_has_no_nameless_posts(app: Flask, group: Group) -> None:
    sent = group.propose(is_nameless="yes")
    group.agree("Ben", sent)
    group.agree("Cleo", sent)

    assert [post.is_nameless for post in posts(app)] == [False]


def test_the_course_s_canvas_is_brought_by_nobody(group: Group) -> None:
    assert group.people["Ana"].get("exercise/carry?in=course").status_code == 403
