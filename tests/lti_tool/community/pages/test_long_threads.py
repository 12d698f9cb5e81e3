"""A long conversation comes in pages, and every link into it leads to the page where its reply stands."""

import re
from collections.abc import Callable, Sequence

import pytest
from werkzeug.test import TestResponse

from lti_tool.community import threads
from tests.lti_tool.community.talking import (
    Enter,
    change,
    link_of,
    member,
    post,
    reply,
    reply_form,
    thread,
    titles_of,
    trainer,
)
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

Talk = Callable[[Client, str], list[str]]
"""Writes five replies under a post, one after the other; gives their ids."""

pytestmark = pytest.mark.usefixtures("unhurried", "two_at_once")


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "PAGE", 2)


@pytest.fixture
def five_replies(ticker: Ticker) -> Talk:
    def talk(client: Client, post_id: str) -> list[str]:
        ids = []
        for number in range(1, 6):
            ticker.move(seconds=1)
            ids.append(reply(client, post_id, f"Word {number}."))
        ticker.move(seconds=1)
        return ids

    return talk


def at_page(client: Client, post_id: str, number: object) -> TestResponse:
    return client.get(f"community/posts/{post_id}?page={number}")


def read_in(answer: TestResponse) -> Sequence[str]:
    return re.findall(r"Word (\d)\.", answer.text)


def follow(client: Client, answer: TestResponse, words: str) -> TestResponse:
    link = link_of(answer, words)
    assert link, words_of(answer)
    return client.browser.get(link.partition("#")[0])


def test_a_reader_turns_the_pages_to_and_fro(enter: Enter, five_replies: Talk) -> None:
    ana = member(enter)
    post_id = post(ana, text="We begin a time bank.")
    five_replies(ana, post_id)

    first = thread(ana, post_id)
    second = follow(ana, first, "Later replies")
    third = follow(ana, second, "Later replies")

    assert [read_in(page) for page in (first, second, third)] == [["1", "2"], ["3", "4"], ["5"]]
    assert "5 replies" in words_of(second)
    assert "Page 2 of 3" in words_of(second)
    assert read_in(follow(ana, third, "Earlier replies")) == ["3", "4"]
    assert read_in(follow(ana, first, "The last replies")) == ["5"]
    assert link_of(third, "Later replies") is None
    assert "We begin a time bank." in words_of(follow(ana, third, "To the post, on the first page"))


def test_a_short_thread_has_no_pages(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)
    reply(ana, post_id)

    assert "Page 1" not in words_of(thread(ana, post_id))


def test_a_later_page_names_the_post_and_leaves_its_text_on_the_first(enter: Enter, five_replies: Talk) -> None:
    ana = member(enter)
    post_id = post(ana, title="Who knows a time bank?", text="We begin one.")
    five_replies(ana, post_id)

    later = at_page(ana, post_id, 2)

    assert "<h1>" in later.text
    assert "Who knows a time bank?" in words_of(later)
    assert "We begin one." not in later.text


@pytest.mark.parametrize(("number", "shown"), [("0", "1"), ("-7", "1"), ("four", "1"), ("4", "5"), ("9" * 30, "5")])
def test_a_page_that_is_not_there_is_the_nearest(enter: Enter, five_replies: Talk, number: str, shown: str) -> None:
    ana = member(enter)
    post_id = post(ana)
    five_replies(ana, post_id)

    assert read_in(at_page(ana, post_id, number))[0] == shown


def test_whoever_replies_lands_at_their_reply(enter: Enter, five_replies: Talk) -> None:
    ana = member(enter)
    post_id = post(ana)
    ids = five_replies(ana, post_id)

    landed = ana.post(f"community/posts/{post_id}/replies", **reply_form("Word 6."))
    place = landed.headers["Location"]

    assert read_in(ana.browser.get(place.partition("#")[0])) == ["5", "6"]
    assert read_in(ana.get(f"community/posts/{post_id}?at={ids[2]}")) == ["3", "4"]
    assert read_in(ana.get(f"community/posts/{post_id}?at=nowhere")) == ["1", "2"]


def test_a_quote_of_a_later_reply_is_written_below_it(enter: Enter, five_replies: Talk) -> None:
    ana = member(enter)
    post_id = post(ana)
    ids = five_replies(ana, post_id)

    page = ana.get(f"community/posts/{post_id}?quote={ids[3]}")

    assert read_in(page) == ["3", "4", "4"]
    assert "&gt; Word 4." in page.text


def test_a_reply_that_is_refused_comes_back_below_the_last_ones(enter: Enter, five_replies: Talk) -> None:
    ana = member(enter)
    post_id = post(ana)
    five_replies(ana, post_id)

    refused = ana.post(f"community/posts/{post_id}/replies", **reply_form("Kept.", language="xx"))

    assert refused.status_code == 422
    assert read_in(refused) == ["5"]
    assert re.search(r">\s*Kept\.</textarea>", refused.text)


def test_hiding_without_a_reason_comes_back_at_the_reply(enter: Enter, five_replies: Talk) -> None:
    ana, teacher = member(enter), trainer(enter)
    post_id = post(ana)
    ids = five_replies(ana, post_id)

    refused = teacher.post(f"community/replies/{ids[4]}/hide", reason=" ")

    assert refused.status_code == 422
    assert read_in(refused) == ["5"]


def test_the_answer_is_a_link_from_every_other_page(enter: Enter, five_replies: Talk) -> None:
    ana = member(enter)
    post_id = post(ana)
    ids = five_replies(ana, post_id)
    assert change(ana, f"posts/{post_id}", "answered", reply=ids[3]) == 303

    assert read_in(follow(ana, thread(ana, post_id), "To the answer that helped")) == ["3", "4"]
    assert link_of(at_page(ana, post_id, 2), "To the answer that helped") is None


def test_a_search_leads_to_the_page_of_the_reply_it_found(enter: Enter, five_replies: Talk) -> None:
    ana = member(enter)
    post_id = post(ana)
    ids = five_replies(ana, post_id)

    found = ana.get("community/search?q=word+4")

    assert len(titles_of(found)) == 1
    assert f"?at={ids[3]}#piece-{ids[3]}" in found.text


def test_what_is_new_is_read_page_by_page(enter: Enter, five_replies: Talk, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    thread(ana, post_id)
    ticker.move(hours=1)
    five_replies(bea, post_id)
    ticker.move(hours=1)

    first = thread(ana, post_id)
    assert "5 new replies" not in words_of(ana.get())
    assert "3 new replies" in words_of(ana.get())

    assert read_in(follow(ana, thread(ana, post_id), "To the first new reply")) == ["3", "4"]
    assert "1 new reply" in words_of(ana.get())
    assert link_of(first, "To the first new reply") is None
