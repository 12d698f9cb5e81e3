"""What becomes of a person whose posts were merged, and who asked and proposed: a copy has it, an erasure takes it."""

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.community.tables import PostRow
from lti_tool.database import db
from lti_tool.personal import Whose
from tests.lti_tool.community.agreeing.groups import make
from tests.lti_tool.community.lending_a_hand import offer
from tests.lti_tool.community.merging.combining import merge, split
from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.community.translating.putting import translate
from tests.lti_tool.community.writing.test_quotes import quoted, typed
from tests.lti_tool.privacy.asking import copied, erase, whose
from tests.lti_tool.privacy.test_former import held
from tests.lti_tool.reading import words_of

SAID = {
    "title": "Swapping hours",
    "text": "Nobody telephones.",
    "what_for": "For ten families",
    "summary": "Echanger des heures",
    "summary_language": "fr",
}
PROPOSED = "Who mends pumps?"


@pytest.fixture
def cleo(app: Flask, enter: Enter) -> Whose:
    """Let Cleo ask for company under a need of hers, and publish a post of her group's; both are merged into Ben's."""
    group, teacher = make(app), trainer(enter)
    asks, ben = member(enter, "Cleo"), member(enter, "Ben")
    target, need = post(ben, title="A time bank"), post(asks, **SAID)
    offer(ben, need)
    choice = {"choice": f"{asks.course_id}/needs-matrix", "person": str(ben.person_id)}
    assert asks.post(f"community/posts/{need}/together", **choice).status_code == 303
    sent = group.propose("Cleo", title=PROPOSED, text="The pump is broken.")
    for name in ("Ana", "Ben"):
        group.agree(name, sent, is_named="yes")
    translate(ben, need)
    for each in (need, sent["id"]):
        assert merge(teacher, each, target) == 303
    return whose(asks, "Cleo")


def test_their_copy_has_all_that_was_said(app: Flask, cleo: Whose) -> None:
    copy = copied(app, cleo)

    heading = next(one["heading"] for one in copy["replies"]["items"] if one["text"] == SAID["text"])
    assert heading["title"] == SAID["title"]
    assert heading["summary"] == SAID["summary"]
    assert heading["details"] == {"what_for": SAID["what_for"]}
    assert {"agreed", "joint"} <= set(copy)


def test_the_rows_that_keep_old_addresses_say_nothing(app: Flask, cleo: Whose) -> None:
    with app.app_context():
        rows = db.session.scalars(select(PostRow).where(PostRow.merged_at.is_not(None))).all()
        assert [(row.title, row.text, row.details, row.summary, row.tags, row.territory) for row in rows] == [
            ("", "", {}, None, [], None)
        ] * 2


def test_they_leave_no_trace_and_their_words_go_where_that_is_asked(app: Flask, cleo: Whose) -> None:
    erase(app, cleo)
    assert held(app, "Cleo") == []
    assert "replies" in held(app, SAID["title"])

    erase(app, cleo, with_texts=True)

    words = [SAID["title"], SAID["text"], SAID["what_for"], SAID["summary"], PROPOSED, "The pump is broken."]
    assert {one: held(app, one) for one in words} == {one: [] for one in words}


def test_a_quote_that_left_the_thread_loses_the_name_too(app: Flask, enter: Enter) -> None:
    cleo, ben, teacher = member(enter, "Cleo"), member(enter, "Ben"), trainer(enter)
    need, other = post(cleo), post(ben, title="Another thing")
    head = typed(quoted(ben, need, need))
    moved, made = (reply(ben, need, head + said) for said in ("I know one.", "Ours is for seeds."))
    assert change(teacher, f"replies/{moved}", "move", post=other, reason="x") == 303
    assert split(teacher, made, title="A bank for seeds") == 303
    assert "Cleo: We begin one." in words_of(thread(ben, made))

    erase(app, whose(cleo, "Cleo"))

    assert held(app, "Cleo") == []
    assert "We begin one. Ours is for seeds." in words_of(thread(ben, made))
    assert "We begin one. I know one." in words_of(thread(ben, other))


def test_a_quote_that_stayed_where_the_quoted_reply_left_loses_the_name_too(app: Flask, enter: Enter) -> None:
    cleo, ben, teacher = member(enter, "Cleo"), member(enter, "Ben"), trainer(enter)
    need = post(ben)
    said = reply(cleo, need, "We lend a room.")
    reply(ben, need, typed(quoted(ben, need, said)) + "Which one?")
    assert split(teacher, said, title="A room") == 303

    erase(app, whose(cleo, "Cleo"))

    assert held(app, "Cleo") == []
