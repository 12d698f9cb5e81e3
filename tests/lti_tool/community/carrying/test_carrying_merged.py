"""What was brought from a canvas, once a trainer merged it into another post: the way there and back stays."""

import pytest
from flask import Flask

from tests.lti_tool.community.agreeing.groups import make
from tests.lti_tool.community.carrying.bringing import bring, work
from tests.lti_tool.community.merging.combining import merge, split
from tests.lti_tool.community.talking import Enter, change, member, post, thread, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of

WELL = "A well for the street"


@pytest.fixture
def author(enter: Enter) -> Client:
    """Let Ana into the community, and to her canvas with something on it."""
    member(enter, link="77")
    ana = enter(sub="Ana", name="Ana")
    work(ana, "A well")
    return ana


def test_the_canvas_still_lists_it_and_leads_to_where_it_stands(enter: Enter, author: Client) -> None:
    target, brought = post(member(enter, "Bea", link="77"), title="Water for all"), bring(author)
    assert merge(trainer(enter, link="77"), brought, target) == 303

    assert WELL in words_of(author.get("exercise"))
    assert author.get(f"exercise/carried/{brought}").status_code == 303
    ana = member(enter, link="77")
    assert ana.get().location.endswith(f"/community/posts/{brought}")
    assert thread(ana, brought).location.endswith(f"{target}?at={brought}#piece-{brought}")


def test_as_a_reply_and_as_a_post_again_it_says_where_it_grew(enter: Enter, author: Client) -> None:
    teacher, target = trainer(enter), post(member(enter, "Bea"))
    brought = bring(author)

    assert merge(teacher, brought, target) == 303
    assert "This grew out of an exercise: Needs" in words_of(thread(teacher, target))

    split(teacher, brought, kind="need", title="A well, again")
    assert "This grew out of an exercise: Needs" in words_of(thread(teacher, brought))
    assert "This grew out of an exercise" not in words_of(thread(teacher, target))
    assert "A well, again" in words_of(author.get("exercise"))


def test_a_nameless_one_tells_as_a_reply_no_more_than_before(enter: Enter, author: Client) -> None:
    reader, teacher = member(enter, "Ben"), trainer(enter)
    target, brought = post(member(enter, "Bea")), bring(author, is_nameless="yes")
    assert merge(teacher, brought, target) == 303

    said = [words_of(thread(one, target)) for one in (reader, teacher)]

    assert ["This grew out of an exercise" in one for one in said] == [False, True]


def test_what_its_author_deletes_as_a_reply_leaves_the_canvas(enter: Enter, author: Client) -> None:
    target, brought = post(member(enter, "Bea")), bring(author)
    assert merge(trainer(enter), brought, target) == 303

    assert change(member(enter), f"replies/{brought}", "delete") == 303

    assert WELL not in words_of(author.get("exercise"))


def test_the_group_whose_work_it_is_stays_named(app: Flask, enter: Enter) -> None:
    group = make(app)
    sent = group.propose()
    for name in ("Ben", "Cleo"):
        group.agree(name, sent, is_named="yes")
    target, teacher = post(group.reader), trainer(enter)

    assert merge(teacher, sent["id"], target) == 303

    assert "The work of a group: Group 1 · Ben" in words_of(thread(group.reader, target))
    assert WELL in group.page("Cleo")
