"""Authors change and delete what they wrote, and no text is lost where two windows do."""

import pytest

from tests.lti_tool.community.talking import (
    Enter,
    change,
    member,
    post,
    post_form,
    reply,
    reply_form,
    thread,
    titles_of,
)
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def test_the_author_changes_what_they_wrote(enter: Enter, ticker: Ticker) -> None:
    ana = member(enter)
    post_id = post(ana)
    reply_id = reply(ana, post_id)
    ticker.move(hours=1)
    form = ana.get(f"community/posts/{post_id}/edit").text
    assert 'name="version" value="1"' in form
    assert 'name="title" value="Who knows a time bank?"' in form

    assert change(ana, f"posts/{post_id}", "edit", **post_form(title="Another title", kind="doubt", version="1")) == 303
    assert change(ana, f"replies/{reply_id}", "edit", **reply_form("Another reply", version="1")) == 303

    page = words_of(thread(ana, post_id))
    assert "Doubt Another title Ana" in page
    assert "Another reply" in page
    assert page.count("Changed: ") == 2


def test_a_change_that_is_refused_comes_back(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)
    reply_id = reply(ana, post_id)

    as_post = ana.post(f"community/posts/{post_id}/edit", **post_form(title="", text="typed", version="1"))
    as_reply = ana.post(f"community/replies/{reply_id}/edit", **reply_form("", version="1"))

    assert (as_post.status_code, as_reply.status_code) == (422, 422)
    assert "typed</textarea>" in as_post.text
    assert f'action="/l/{ana.launch_id}/community/posts/{post_id}/edit"' in as_post.text
    assert f'action="/l/{ana.launch_id}/community/replies/{reply_id}/edit"' in as_reply.text
    assert "Write something." in words_of(as_reply)


@pytest.mark.parametrize("sort", ["posts", "replies"])
def test_an_old_version_is_answered_with_both_texts_and_can_be_saved_then(enter: Enter, sort: str) -> None:
    ana = member(enter)
    post_id = post(ana)
    piece_id = post_id if sort == "posts" else reply(ana, post_id)
    change(ana, f"{sort}/{piece_id}", "edit", **post_form(text="theirs", title="Their title", version="1"))

    answer = ana.post(f"community/{sort}/{piece_id}/edit", **post_form(text="mine", title="My title", version="1"))

    assert answer.status_code == 409
    assert '<p dir="auto">theirs</p>' in answer.text
    assert "mine</textarea>" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert "theirs" in words_of(thread(ana, post_id))
    assert change(ana, f"{sort}/{piece_id}", "edit", **post_form(text="mine", title="My title", version="2")) == 303
    assert "mine" in words_of(thread(ana, post_id))


def test_going_back_and_publishing_another_text_asks_which_one_counts(enter: Enter) -> None:
    ana, form = member(enter), post_form(text="first")
    ana.post("community/posts", **form)

    answer = ana.post("community/posts", **{**form, "text": "second"})

    assert answer.status_code == 409
    assert '<p dir="auto">first</p>' in answer.text
    assert "second</textarea>" in answer.text
    assert f"community/posts/{form['id']}/edit" in answer.text


def test_a_change_of_what_was_deleted_meanwhile_can_be_published_anew(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)
    reply_id = reply(ana, post_id)
    change(ana, f"replies/{reply_id}", "delete")
    change(ana, f"posts/{post_id}", "delete")

    of_post = ana.post(f"community/posts/{post_id}/edit", **post_form(text="my post", version="1"))
    of_reply = ana.post(f"community/replies/{reply_id}/edit", **reply_form("my reply", version="1"))

    for answer, text in ((of_post, "my post"), (of_reply, "my reply")):
        assert answer.status_code == 409
        assert "was deleted in another window" in words_of(answer)
        assert f"{text}</textarea>" in answer.text
        assert 'name="version" value="0"' in answer.text
    assert ana.get(f"community/posts/{post_id}/edit").status_code == 404


def test_a_reply_to_a_post_that_went_meanwhile_keeps_its_text(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    change(ana, f"posts/{post_id}", "delete")

    answer = bea.post(f"community/posts/{post_id}/replies", **reply_form("my long reply"))

    assert answer.status_code == 409
    assert "nobody can reply to it" in words_of(answer)
    assert "my long reply</textarea>" in answer.text
    assert "Who knows a time bank?" not in words_of(answer)


def test_only_the_author_is_offered_changes_and_may_make_them(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    reply_id = reply(ana, post_id)

    assert "Delete" not in words_of(thread(bea, post_id))
    assert words_of(thread(ana, post_id)).count("Delete for good") == 2
    for what in (f"posts/{post_id}", f"replies/{reply_id}"):
        assert bea.get(f"community/{what}/edit").status_code == 403
        assert change(bea, what, "edit", **post_form(version="1")) == 403
        assert change(bea, what, "edit", **post_form(title="", text="", version="1")) == 403
        assert change(bea, what, "delete") == 403


def test_a_deleted_post_keeps_its_place_for_its_replies(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana, text="private words")
    reply(bea, post_id, "a reply that stays")

    assert change(ana, f"posts/{post_id}", "delete") == 303

    assert titles_of(bea.get()) == []
    page = words_of(thread(bea, post_id))
    assert "Deleted by its author 1 reply Bea" in page
    assert "a reply that stays" in page
    assert "private words" not in page
    assert "Nobody can reply here now." in page


def test_a_deleted_post_without_replies_is_gone(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)

    answer = ana.post(f"community/posts/{post_id}/delete")

    assert answer.headers["Location"].endswith("/community")
    assert titles_of(ana.get()) == []
    assert thread(ana, post_id).status_code == 404


def test_a_deleted_reply_leaves_a_mark(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    reply_id = reply(bea, post_id, "words to forget")

    assert change(bea, f"replies/{reply_id}", "delete") == 303

    page = words_of(thread(ana, post_id))
    assert "0 replies Deleted by its author" in page
    assert "words to forget" not in page
