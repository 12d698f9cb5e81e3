"""Who is let into a community, and who finds nothing at its addresses."""

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.community.talking import (
    Enter,
    change,
    member,
    new_id,
    post,
    post_form,
    reply,
    reply_form,
    thread,
    titles_of,
    trainer,
)


@pytest.mark.parametrize(
    "activity", ["exercise/needs-matrix", "unit/needs-and-satisfiers", None, "community/", "community/No way"]
)
def test_a_launch_of_something_else_opens_no_community(enter: Enter, activity: str | None) -> None:
    post_id = post(member(enter))
    visitor = member(enter, "Bea", activity=activity)

    for path in ("community", "community/posts/new", f"community/posts/{post_id}", f"community/posts/{post_id}/edit"):
        assert visitor.get(path).status_code == 404
    assert visitor.post("community/posts", **post_form()).status_code == 404
    assert visitor.post(f"community/posts/{post_id}/replies", **reply_form()).status_code == 404


def test_guests_are_not_let_in(enter: Enter) -> None:
    post_id = post(member(enter))
    guest = member(enter, "Guest", role=Role.GUEST)

    for path in ("", "community", f"community/posts/{post_id}"):
        assert guest.get(path).status_code == 403
    assert guest.post("community/posts", **post_form()).status_code == 403


@pytest.mark.parametrize("elsewhere", [{"activity": "community/another"}, {"issuer": "http://localhost:8200"}])
def test_an_address_of_another_community_or_site_is_nowhere(enter: Enter, elsewhere: dict[str, str]) -> None:
    ana = member(enter)
    post_id = post(ana)
    reply_id = reply(ana, post_id)
    there = trainer(enter, **elsewhere)

    assert titles_of(there.get()) == []
    assert thread(there, post_id).status_code == 404
    assert there.post(f"community/posts/{post_id}/replies", **reply_form()).status_code == 404
    for what in (f"posts/{post_id}", f"replies/{reply_id}"):
        assert there.get(f"community/{what}/edit").status_code == 404
        assert there.get(f"community/{what}/report").status_code == 404
        for action in ("edit", "delete", "hide", "show", "report", "leave"):
            assert change(there, what, action, reason="x", why="other", **post_form()) == 404
    for action in ("answered", "reopened", "lock", "unlock", "pin", "unpin"):
        assert change(there, f"posts/{post_id}", action, reason="x") == 404
    assert there.get(f"community/replies/{reply_id}/move").status_code == 404
    assert change(there, f"replies/{reply_id}", "move", reason="x", post=post(there)) == 404


def test_a_post_that_never_was_is_nowhere(enter: Enter) -> None:
    assert thread(member(enter), new_id()).status_code == 404


def test_a_form_of_another_page_is_refused(enter: Enter) -> None:
    ana = member(enter)

    answer = ana.browser.post(f"/l/{ana.launch_id}/community/posts", data=post_form(), headers={"Origin": ana.origin})

    assert answer.status_code == 403
    assert titles_of(ana.get()) == []
