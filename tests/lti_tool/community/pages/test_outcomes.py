"""The owner of a need says what came of it, and a month later whether it holds."""

import pytest

from tests.lti_tool.community.lending_a_hand import accept, close, held_form, offer, outcome_form
from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def test_an_outcome_closes_a_need_and_thanks_whoever_helped(enter: Enter) -> None:
    ana, bea, carla = member(enter, "Ana"), member(enter, "Bea"), member(enter, "Carla")
    post_id = post(ana)
    accept(ana, offer(bea, post_id))
    offer(carla, post_id)
    assert "Everybody will read whose help it was: Bea" in words_of(thread(ana, post_id))
    assert "Say what came of it" not in words_of(thread(bea, post_id))

    close(ana, post_id, "عشرة أشخاص يتبادلون الساعات.", language="ar")

    page = thread(bea, post_id)
    assert "Need Closed with an outcome" in words_of(page)
    assert "What came of it Ana" in words_of(page)
    assert '<div class="words" lang="ar">' in page.text
    assert "With the help of: Bea Report 2 offers" in words_of(page)
    assert "Offer help" not in words_of(page)
    assert "Need Closed with an outcome" in words_of(carla.get())


def test_opening_the_need_again_keeps_the_text_and_the_thanks(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    accept(ana, offer(bea, post_id))
    close(ana, post_id, "The first time.")

    assert change(ana, f"posts/{post_id}", "reopened") == 303

    page = words_of(thread(bea, post_id))
    assert "Need Has offers" in page
    assert "The first time. With the help of: Bea The need was opened again:" in page
    assert "Say what came of it, and close the need" in words_of(thread(ana, post_id))
    assert "Offer help" in page


def test_a_need_that_a_reply_closed_can_still_be_told_of(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    change(ana, f"posts/{post_id}", "answered", reply=reply(bea, post_id))
    assert "Say what came of it" in words_of(thread(ana, post_id))

    close(ana, post_id)

    page = words_of(thread(ana, post_id))
    assert "Need Closed with an outcome" in page
    assert "This reply answered the need" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " "}, "Write something."),
        ({"text": "x" * 10_001}, "This is too long"),
        ({"language": "xx"}, "Choose one of the languages that are offered."),
    ],
)
def test_without_a_word_no_need_is_closed(enter: Enter, wrong: dict[str, str], sentence: str) -> None:
    ana = member(enter)
    post_id = post(ana)
    form = outcome_form(**wrong)

    answer = ana.post(f"community/posts/{post_id}/outcome", **form)

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert f'name="id" value="{form["id"]}"' in answer.text
    assert "Still open" in words_of(ana.get())


def test_only_its_owner_and_their_trainers_close_a_need(enter: Enter) -> None:
    ana, bea, elsewhere = member(enter, "Ana"), member(enter, "Bea"), trainer(enter, sub="Other", course="course-2")
    post_id = post(ana)
    for client in (bea, elsewhere):
        assert client.post(f"community/posts/{post_id}/outcome", **outcome_form()).status_code == 403

    outcome_id = close(trainer(enter), post_id)

    assert "What came of it Trainer" in words_of(thread(ana, post_id))
    for client in (ana, bea, elsewhere):
        assert client.get(f"community/outcomes/{outcome_id}/edit").status_code == 403
        assert change(client, f"outcomes/{outcome_id}", "edit", **outcome_form(version="1")) == 403
        assert change(client, f"outcomes/{outcome_id}", "edit", **outcome_form("", version="1")) == 403


def test_its_author_changes_an_outcome_and_two_windows_lose_nothing(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)
    outcome_id = close(ana, post_id, "first")
    assert "first</textarea>" in ana.get(f"community/outcomes/{outcome_id}/edit").text
    assert change(ana, f"outcomes/{outcome_id}", "edit", **outcome_form("theirs", version="1")) == 303
    assert "theirs" in words_of(thread(ana, post_id))

    answer = ana.post(f"community/outcomes/{outcome_id}/edit", **outcome_form("mine", version="1"))

    assert answer.status_code == 409
    assert '<p dir="auto">theirs</p>' in answer.text
    assert "mine</textarea>" in answer.text
    assert ana.post(f"community/outcomes/{outcome_id}/edit", **outcome_form("", version="1")).status_code == 422
    assert ana.post(f"community/outcomes/{outcome_id}/delete").status_code == 404


def test_a_second_window_that_closes_the_need_too_shows_both_texts(enter: Enter) -> None:
    ana, teacher = member(enter), trainer(enter)
    post_id = post(ana)
    outcome_id = close(ana, post_id, "theirs")

    mine = ana.post(f"community/posts/{post_id}/outcome", **outcome_form("mine"))
    of_teacher = teacher.post(f"community/posts/{post_id}/outcome", **outcome_form("another"))

    assert (mine.status_code, of_teacher.status_code) == (409, 409)
    assert '<p dir="auto">theirs</p>' in mine.text
    assert "mine</textarea>" in mine.text
    assert f"community/outcomes/{outcome_id}/edit" in mine.text
    assert "Somebody else closed the need while you wrote" in words_of(of_teacher)
    assert "another</textarea>" in of_teacher.text


def test_an_outcome_of_a_need_that_went_meanwhile_keeps_its_text(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)
    change(ana, f"posts/{post_id}", "delete")

    answer = ana.post(f"community/posts/{post_id}/outcome", **outcome_form("my long story"))

    assert answer.status_code == 409
    assert "my long story</textarea>" in answer.text
    assert "Close the need" not in answer.text


def test_a_trainer_hides_an_outcome_and_the_need_stays_closed(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)
    outcome_id = close(ana, post_id, "It was María")
    assert change(teacher, f"outcomes/{outcome_id}", "hide", reason="") == 422

    assert change(teacher, f"outcomes/{outcome_id}", "hide", reason="It names somebody.") == 303

    assert "It was María" not in words_of(thread(bea, post_id))
    assert "The reason: It names somebody." in words_of(thread(ana, post_id))
    assert "Closed with an outcome" in words_of(bea.get())
    assert change(teacher, f"outcomes/{outcome_id}", "show") == 303
    assert "It was María" in words_of(thread(bea, post_id))


# A month later


def test_a_month_later_the_owner_is_asked_and_the_answer_stands_in_the_thread(enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    outcome_id = close(ana, post_id)
    assert "Does it still hold?" not in words_of(ana.get()) + words_of(thread(ana, post_id))
    ticker.move(days=30)
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    assert "Does it still hold? You told a while ago" in words_of(ana.get())
    assert "Does it still hold? You told a while ago" in words_of(thread(ana, post_id))
    assert "Does it still hold?" not in words_of(bea.get()) + words_of(thread(bea, post_id))

    assert change(ana, f"outcomes/{outcome_id}", "held", **held_form("yes", "It grows.")) == 303

    assert "Does it still hold?" not in words_of(ana.get()) + words_of(thread(ana, post_id))
    assert "Need Closed, and it held" in words_of(bea.get())
    page = words_of(thread(bea, post_id))
    assert "How it went on:" in page
    assert "Yes, it holds It grows." in page
    assert "Change what you said" not in page
    form = ana.get(f"community/outcomes/{outcome_id}/held")
    assert "It grows.</textarea>" in form.text
    assert change(ana, f"outcomes/{outcome_id}", "held", **held_form("partly", "A little.", version="2")) == 303
    assert "Partly A little." in words_of(thread(bea, post_id))


def test_a_question_that_was_put_away_is_asked_no_more(enter: Enter, ticker: Ticker) -> None:
    ana = member(enter)
    ids = [close(ana, post(ana)) for _ in range(2)]
    ticker.move(days=30)
    ana = member(enter)

    from_list = ana.post(f"community/outcomes/{ids[0]}/dismissed", **{"from": "list"})
    from_thread = ana.post(f"community/outcomes/{ids[1]}/dismissed")

    assert from_list.headers["Location"].endswith("/community")
    assert f"#piece-{ids[1]}" in from_thread.headers["Location"]
    assert "Does it still hold?" not in words_of(ana.get())
    assert change(member(enter, "Bea"), f"outcomes/{ids[0]}", "dismissed") == 403


def test_where_it_did_not_hold_one_opens_the_need_again_or_writes_a_new_one(enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    outcome_id = close(ana, post_id)

    change(ana, f"outcomes/{outcome_id}", "held", **held_form("no", ""))

    page = thread(ana, post_id)
    assert "No, the need is there again" in words_of(page)
    assert "Open this need again Write a new need" in words_of(page)
    assert "Open this need again" not in words_of(thread(bea, post_id))
    assert change(ana, f"posts/{post_id}", "reopened") == 303
    page = thread(ana, post_id)
    assert "Need Still open" in words_of(page)
    assert "No, the need is there again" in words_of(page)
    assert "Open this need again" not in words_of(page)


def test_an_answer_that_is_refused_or_differs_comes_back(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)
    outcome_id = close(ana, post_id)

    refused = ana.post(f"community/outcomes/{outcome_id}/held", **held_form("", "my words"))
    assert refused.status_code == 422
    assert "Choose one of the three answers." in words_of(refused)
    assert "my words</textarea>" in refused.text
    change(ana, f"outcomes/{outcome_id}", "held", **held_form("no", "theirs"))
    differs = ana.post(f"community/outcomes/{outcome_id}/held", **held_form("yes", "mine"))
    assert differs.status_code == 409
    assert "No, the need is there again theirs" in words_of(differs)
    assert "mine</textarea>" in differs.text

    change(ana, f"posts/{post_id}", "reopened")
    late = ana.post(f"community/outcomes/{outcome_id}/held", **held_form("yes", "too late", version="2"))
    assert late.status_code == 409
    assert "The need was opened again meanwhile" in words_of(late)
    assert "too late</textarea>" in late.text
    assert ana.get(f"community/outcomes/{outcome_id}/held").status_code == 404


@pytest.mark.parametrize("elsewhere", [{"activity": "community/another"}, {"issuer": "http://localhost:8200"}])
def test_an_address_of_another_community_or_site_is_nowhere(enter: Enter, elsewhere: dict[str, str]) -> None:
    ana = member(enter)
    post_id = post(ana)
    outcome_id = close(ana, post_id)
    there = trainer(enter, **elsewhere)

    assert there.post(f"community/posts/{post_id}/outcome", **outcome_form()).status_code == 404
    for page in ("edit", "held"):
        assert there.get(f"community/outcomes/{outcome_id}/{page}").status_code == 404
    for action in ("edit", "held", "dismissed", "hide", "show"):
        assert change(there, f"outcomes/{outcome_id}", action, **outcome_form(reason="x"), held="yes") == 404


# Doubts


def test_the_author_of_a_doubt_names_the_answer_that_helped(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana, kind="doubt")
    reply_id = reply(bea, post_id)
    assert "This is the answer that helped" in words_of(thread(ana, post_id))
    assert "the answer that helped" not in words_of(thread(bea, post_id))

    assert change(ana, f"posts/{post_id}", "answered", reply=reply_id) == 303

    assert "Doubt Answered" in words_of(bea.get())
    assert "The answer that helped Bea" in words_of(thread(bea, post_id))
    assert change(teacher, f"replies/{reply_id}", "hide", reason="A name") == 303
    assert "Doubt Answered" not in words_of(bea.get())
    assert "The answer that helped" not in words_of(thread(bea, post_id))
    assert change(teacher, f"replies/{reply_id}", "show") == 303
    assert "Doubt Answered" in words_of(bea.get())
    assert change(ana, f"posts/{post_id}", "reopened") == 303
    assert "Doubt Answered" not in words_of(bea.get())


def test_a_hidden_need_tells_nobody_whose_help_was_accepted(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    accept(ana, offer(bea, post_id))
    assert change(trainer(enter), f"posts/{post_id}", "hide", reason="It names somebody.") == 303

    answer = member(enter, "Carla").post(f"community/posts/{post_id}/outcome", **outcome_form(""))

    assert answer.status_code == 422
    assert "Bea" not in words_of(answer)
