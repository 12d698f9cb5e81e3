"""Offers of help and outcomes are new to those whom they concern, in both databases."""

from tests.lti_tool.community.lending_a_hand import accept, close, offer
from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.community.visits.test_visits import back, been_here
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

ONE_NEW = "1 contribution is new since you were here."


def test_an_offer_is_new_to_the_needs_author_until_they_open_it(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    need = post(ana, title="A need")
    ticker.move(seconds=1)
    offer(bea, need)

    told = back(ana, ticker)
    assert ONE_NEW in told
    assert "Has offers 1 new offer of help A need" in told

    thread(ana, need)
    told = words_of(ana.get())
    assert "new since" not in told
    assert "new offer" not in told


def test_an_offer_is_new_to_who_follows_the_need_and_to_nobody_else(enter: Enter, ticker: Ticker) -> None:
    ana, bea, cleo = been_here(enter, ticker), member(enter, "Bea"), been_here(enter, ticker, "Cleo")
    need = post(member(enter, "Dora"))
    thread(ana, need)
    thread(cleo, need)
    assert change(ana, f"posts/{need}", "following", on="1") == 303
    ticker.move(seconds=1)
    offer(bea, need)

    assert ONE_NEW in back(ana, ticker)
    assert "new since" not in words_of(cleo.get())
    assert "new since" not in back(bea, ticker)


def test_an_outcome_is_new_to_who_offered_who_replied_and_who_follows(enter: Enter, ticker: Ticker) -> None:
    ana, bea, cleo, dora = (been_here(enter, ticker, name) for name in ("Ana", "Bea", "Cleo", "Dora"))
    need = post(member(enter, "Eva"), title="A need")
    offer(ana, need)
    reply(bea, need)
    assert change(cleo, f"posts/{need}", "following", on="1") == 303
    for reader in (ana, bea, cleo, dora):
        thread(reader, need)
    ticker.move(seconds=1)
    close(member(enter, "Eva"), need)

    for reader in (ana, bea, cleo):
        told = back(reader, ticker)
        assert ONE_NEW in told
        assert "New in what you follow A need New: what came of it" in told
    assert "new since" not in words_of(dora.get())


def test_who_stopped_following_is_told_of_neither(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    need = post(ana)
    assert change(ana, f"posts/{need}", "following", on="0") == 303
    offer(bea, need)

    assert "new since" not in back(ana, ticker)


def test_what_is_hidden_withdrawn_or_under_a_post_that_is_no_need_any_more_is_not_new(
    enter: Enter, ticker: Ticker
) -> None:
    ana, bea, teacher = been_here(enter, ticker), member(enter, "Bea"), trainer(enter)
    hidden, withdrawn, changed = (post(ana) for _ in range(3))
    for action, need in (("hide", hidden), ("delete", withdrawn)):
        by = teacher if action == "hide" else bea
        assert change(by, f"offers/{offer(bea, need)}", action, reason="No") == 303
    offer(bea, changed)
    words = {"title": "Who knows a time bank?", "text": "We begin one.", "language": "en"}
    assert ana.post(f"community/posts/{changed}/edit", kind="doubt", version="1", **words).status_code == 303

    assert "new since" not in back(ana, ticker)


def test_a_need_that_is_opened_again_has_no_new_outcome(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    need = post(bea)
    reply(ana, need)
    thread(ana, need)
    ticker.move(seconds=1)
    close(bea, need)
    assert change(bea, f"posts/{need}", "reopened") == 303

    assert "what came of it" not in back(ana, ticker)


def test_who_offers_help_follows_the_need(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    need = post(bea, title="A need")
    made = offer(ana, need)

    assert "Stop following this post" in words_of(thread(ana, need))
    ticker.move(seconds=1)
    assert accept(bea, made) == 303
    reply(bea, need)

    assert "New in what you follow A need 1 new reply" in back(ana, ticker)
