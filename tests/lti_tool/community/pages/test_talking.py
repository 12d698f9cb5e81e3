"""People of one community write and read posts and replies, in their languages, on light pages."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.lti_tool.community.talking import Enter, link_of, member, new_id, post, reply, thread, titles_of
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def test_two_people_of_different_courses_talk(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea", course="course-2")

    post_id = post(ana, title="Who knows a time bank?", text="We begin one.\n\nSee https://a.org/x.")
    reply(bea, post_id, "Ask in Campolide.")

    page = thread(ana, post_id)
    assert "Need Still open Who knows a time bank? Ana" in words_of(page)
    assert '<p dir="auto">We begin one.</p>' in page.text
    assert re.search(r'See <a href="https://a.org/x" dir="ltr" target="_blank" rel="nofollow noopener ugc">', page.text)
    assert "1 reply Bea" in words_of(page)
    assert "Ask in Campolide." in words_of(page)


def test_the_list_tells_kind_state_language_author_and_replies(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, language="es")
    reply(ana, post_id)

    listed = words_of(ana.get())

    assert re.search(r"Need Still open Who knows a time bank\? Ana español 1 reply Last activity: .+ UTC", listed)


def test_a_name_that_moodle_withholds_is_a_number(enter: Enter) -> None:
    ana = member(enter, None, sub="1")

    post_id = post(ana)

    assert "Participant 1" in words_of(ana.get())
    assert "Participant 1" in words_of(thread(ana, post_id))


def test_every_text_says_its_language_and_finds_its_direction(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, title="بنك الوقت", text="من يعرف؟\n\nWho knows?", language="ar")

    page = thread(ana, post_id).text

    assert '<bdi lang="ar">بنك الوقت</bdi>' in page
    assert '<div class="words" lang="ar">' in page
    assert '<p dir="auto">من يعرف؟</p>' in page
    assert '<span lang="ar" dir="rtl">العربية</span>' in page


def test_what_people_write_is_never_html(enter: Enter) -> None:
    ana = member(enter, "<b>Ana</b>")
    post_id = post(ana, title="<script>x</script>", text='<img src=x> https://a.org/"><b>')
    reply(ana, post_id, "<i>hello</i>")

    for page in (ana.get().text, thread(ana, post_id).text):
        assert not re.search(r"<script>|<img|<b>Ana|<i>hello|\"><b>", page)


@pytest.mark.parametrize(("locale", "language"), [("es_mx", "es"), ("pt_br", "pt"), ("ar", "ar"), ("de_du", "en")])
def test_one_writes_in_ones_own_language_unless_one_says_another(enter: Enter, locale: str, language: str) -> None:
    page = member(enter, locale=locale).get("community/posts/new").text
    form = page[page.index('<select name="language"') :].split("</select>")[0]

    assert re.findall(r'<option value="(\w+)" lang="\w+" selected>', form) == [language]
    assert re.findall(r'<option value="(\w+)"', form) == ["ar", "el", "en", "es", "fr", "pt"]


def test_a_link_begins_a_post_of_the_kind_that_is_shown(enter: Enter) -> None:
    ana = member(enter)

    begin = re.search(r'href="([^"]+)">Write a post', ana.get("community?kind=tool").text)

    assert begin is not None
    assert 'value="tool" required checked' in ana.browser.get(begin[1]).text


def test_the_filter_is_a_link_and_an_unknown_kind_shows_all(enter: Enter) -> None:
    ana = member(enter)
    post(ana, title="a need")
    post(ana, kind="tool", title="a tool")

    assert titles_of(ana.get("community?kind=tool")) == ["a tool"]
    assert titles_of(ana.get("community?kind=x")) == ["a need", "a tool"]
    assert "Nobody has written a post of this kind yet." in words_of(ana.get("community?kind=doubt"))


@pytest.mark.usefixtures("unhurried")
def test_pages_of_twenty_lead_on_and_back(enter: Enter, ticker: Ticker) -> None:
    ana = member(enter)
    for number in range(21):
        post(ana, kind="tool", title=str(number))
        ticker.move(seconds=1)
    first = ana.get("community?kind=tool")

    more = link_of(first, "More posts")
    assert more is not None
    second = ana.browser.get(more)

    assert (len(titles_of(first)), titles_of(second)) == (20, ["0"])
    assert link_of(second, "More posts") is None
    assert (link_of(second, "Back to the first page") or "").endswith("community?kind=tool")
    assert "There are no more posts." in words_of(ana.get(f"community?after=0~2020-01-01T00:00:00%2B00:00~{new_id()}"))


@pytest.mark.usefixtures("unhurried")
def test_the_first_page_of_the_community_weighs_less_than_100_kb(sqlite_app: Flask, enter: Enter) -> None:
    ana = member(enter)
    for number in range(20):
        post(ana, title=f"{number} {'word ' * 25}")
    static = Path(sqlite_app.static_folder or "")
    scripts = [static / "community/drafts.js", static / "keeping.js", static / "exercises/values.js"]
    files = [static / "medtown.css", static / "community.css", static / "icon.svg", *scripts]

    weights = [len(gzip.compress(data)) for data in (ana.get().data, *[file.read_bytes() for file in files])]

    assert sum(weights) < 100_000
