"""Wishes to work on a need together go on where a trainer merges the need into another, and come back with it."""

from dataclasses import replace

import pytest
from flask import Flask

from lti_tool.lti.roles import Role
from tests.lti_tool.community.joint.test_joint import Story, told
from tests.lti_tool.community.lending_a_hand import offer
from tests.lti_tool.community.merging.combining import merge, split
from tests.lti_tool.community.talking import member, post, thread
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.reading import words_of

ASKS = "Ana : Asks Ben : No answer yet"


@pytest.fixture
def story(app: Flask) -> Story:
    """Let Ana ask Ben to work on her need."""
    found = told(app)
    assert found.ask(found.ben) == 303
    return found


@pytest.fixture
def looks_after(app: Flask) -> Client:
    """Let in a trainer of the course in which the community stands."""
    return member(lambda **launch: enter_course(app, **launch), "Tara", role=Role.TRAINER, course="community")


def test_a_wish_goes_on_under_the_other_need(story: Story, looks_after: Client) -> None:
    other = post(story.cleo, title="Exchanging hours")
    assert merge(looks_after, story.need, other) == 303

    assert ASKS in words_of(thread(story.ben, other))
    assert ASKS not in words_of(thread(story.cleo, other))
    assert f"posts/{story.need}/together/answer" in thread(story.ben, other).text
    assert story.answer(story.ben) == 303
    assert story.decide() == 303

    assert story.members() == sorted([story.ana.person_id, story.ben.person_id])
    assert "Your trainer has made a group of you." in words_of(thread(story.ana, other))


def test_the_group_s_canvas_still_names_the_need(story: Story, looks_after: Client) -> None:
    story.answer(story.ben)
    story.decide()
    other = post(story.cleo, title="Exchanging hours")

    assert merge(looks_after, story.need, other) == 303

    ben = enter_course(story.app, sub="Ben", name="Ben", link="88")
    assert "This grew from a need in the community: Who knows a time bank?" in words_of(ben.get("exercise"))


def test_where_both_needs_have_one_both_go_on(story: Story, looks_after: Client) -> None:
    other = post(story.ben, title="Exchanging hours")
    offer(story.ana, other)
    theirs = replace(story, need=other)
    assert theirs.ask(story.ana, by=story.ben) == 303

    assert merge(looks_after, story.need, other) == 303

    page = words_of(thread(story.ana, other))
    assert "Ben : Asks Ana : No answer yet" in page
    assert ASKS in page
    assert [story.answer(story.ben), theirs.answer(story.ana)] == [303, 303]
    assert story.ana.post(f"community/posts/{story.need}/together/withdraw").status_code == 303
    page = words_of(thread(story.ana, other))
    assert "Ben : Asks Ana : Wants to" in page
    assert "Ana : Asks" not in page


def test_whoever_asks_already_is_not_offered_to_ask_again(story: Story, looks_after: Client) -> None:
    other = post(story.ana, title="Exchanging hours")
    offer(story.ben, other)
    can = "Ask those who offered help"
    assert can in words_of(thread(story.ana, other))

    assert merge(looks_after, story.need, other) == 303

    assert can not in words_of(thread(story.ana, other))


def test_a_need_that_is_split_off_again_has_its_wish(story: Story, looks_after: Client) -> None:
    other = post(story.cleo, title="Exchanging hours")
    assert merge(looks_after, story.need, other) == 303

    split(looks_after, story.need, kind="need", title="Who knows a time bank?")

    assert ASKS in words_of(thread(story.ben, story.need))
    assert ASKS not in words_of(thread(story.ben, other))
    assert story.answer(story.ben) == 303
