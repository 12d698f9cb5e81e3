"""The community without JavaScript: plain forms do everything, and lose nothing."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from lti_tool.lti.roles import Role
from tests.lti_tool.community.talking import (
    HERE,
    Enter,
    change,
    link_of,
    member,
    new_id,
    post,
    post_form,
    reply,
    reply_form,
    thread,
    titles_of,
    trainer,
    words_of,
)
from tests.lti_tool.ticking import Ticker


@pytest.fixture
def enter(sqlite_enter: Enter) -> Enter:
    return sqlite_enter


# Who is let in


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
        for action in ("edit", "delete", "hide", "show"):
            assert change(there, what, action, reason="x", **post_form()) == 404
    for action in ("answered", "reopened"):
        assert change(there, f"posts/{post_id}", action) == 404


def test_a_post_that_never_was_is_nowhere(enter: Enter) -> None:
    assert thread(member(enter), new_id()).status_code == 404


def test_a_form_of_another_page_is_refused(enter: Enter) -> None:
    ana = member(enter)

    answer = ana.browser.post(f"/l/{ana.launch_id}/community/posts", data=post_form(), headers={"Origin": ana.origin})

    assert answer.status_code == 403
    assert titles_of(ana.get()) == []


# Writing and reading


def test_two_people_of_different_courses_talk(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea", course="course-2")

    post_id = post(ana, title="Who knows a time bank?", text="We begin one.\n\nSee https://a.org/x.")
    reply(bea, post_id, "Ask in Campolide.")

    page = thread(ana, post_id)
    assert "Need Still open Who knows a time bank? Ana" in words_of(page)
    assert '<p dir="auto">We begin one.</p>' in page.text
    assert re.search(r'See <a href="https://a.org/x" target="_blank" rel="noopener [^"]+" dir="ltr">', page.text)
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
    form = member(enter, locale=locale).get("community/posts/new").text

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


# What is wrong with a form


def test_a_post_that_is_refused_comes_back_with_everything_that_was_typed(enter: Enter) -> None:
    ana = member(enter)
    form = post_form(kind="tool", title="", text="<A long> text", language="pt")

    answer = ana.post("community/posts", **form)

    assert answer.status_code == 422
    assert "Nothing was saved yet." in words_of(answer)
    assert "Give it a title." in words_of(answer)
    assert 'value="tool" required checked' in answer.text
    assert "&lt;A long&gt; text</textarea>" in answer.text
    assert re.findall(r'<option value="(\w+)" lang="\w+" selected>', answer.text) == ["pt"]
    assert f'name="id" value="{form["id"]}"' in answer.text
    assert titles_of(ana.get()) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Choose what kind of post it is."),
        ({"title": " \t"}, "Give it a title."),
        ({"title": "x" * 151}, "This is too long: it has 151 characters, and 150 is the most. Shorten it."),
        ({"text": "\0"}, "Write something."),
        ({"text": "x" * 10_001}, "This is too long: it has 10001 characters, and 10000 is the most. Shorten it."),
        ({"language": "xx"}, "Choose one of the languages that are offered."),
    ],
)
def test_what_is_wrong_stands_at_its_field(enter: Enter, wrong: dict[str, str], sentence: str) -> None:
    answer = member(enter).post("community/posts", **post_form(**wrong))

    [field] = wrong
    assert answer.status_code == 422
    assert f'<span class="field-problem" id="{field}-problem">{sentence}</span>' in answer.text
    assert f'aria-describedby="{field}-problem"' in answer.text


def test_a_reply_that_is_refused_comes_back_below_its_post(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)

    answer = ana.post(f"community/posts/{post_id}/replies", **reply_form("x" * 10_001))

    assert answer.status_code == 422
    assert "This is too long" in words_of(answer)
    assert "x" * 10_001 in answer.text
    assert "Who knows a time bank?" in words_of(answer)


def test_a_form_without_an_id_of_ours_is_refused(enter: Enter) -> None:
    ana = member(enter)

    for wrong in ("", "x", "A" * 36):
        assert ana.post("community/posts", **post_form(id=wrong)).status_code == 422


def test_the_same_form_sent_twice_leads_to_the_same_post(enter: Enter) -> None:
    ana, form = member(enter), post_form()

    first, second = (ana.post("community/posts", **form) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert len(titles_of(ana.get())) == 1


# Changing, and two windows


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

    assert titles_of(bea.get()) == ["Deleted by its author"]
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


# Needs


def test_the_author_marks_a_need_as_answered_by_a_reply_and_opens_it_again(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    reply_id = reply(bea, post_id)
    assert "This reply answers the need" in words_of(thread(ana, post_id))
    assert "answers the need" not in words_of(thread(bea, post_id))

    assert change(ana, f"posts/{post_id}", "answered", reply=reply_id) == 303

    assert "Need Answered" in words_of(bea.get())
    assert "This reply answered the need" in words_of(thread(bea, post_id))
    assert change(bea, f"posts/{post_id}", "reopened") == 403
    assert change(ana, f"posts/{post_id}", "reopened") == 303
    assert "Need Still open" in words_of(bea.get())
    assert "This reply answered the need" not in words_of(thread(bea, post_id))


def test_a_need_can_be_answered_without_naming_a_reply(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)

    assert change(ana, f"posts/{post_id}", "answered") == 303

    assert "Answered" in words_of(ana.get())


@pytest.mark.parametrize("wrong", ["x", "\0", "00000000-0000-4000-8000-000000000000"])
def test_a_reply_that_is_none_of_the_post_answers_nothing(enter: Enter, wrong: str) -> None:
    ana = member(enter)
    post_id = post(ana)

    assert change(ana, f"posts/{post_id}", "answered", reply=wrong) == 404
    assert "Still open" in words_of(ana.get())


def test_only_a_need_is_marked(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, kind="experience")

    assert "answered" not in words_of(thread(ana, post_id))
    assert change(ana, f"posts/{post_id}", "answered") == 403


# Trainers


@pytest.mark.parametrize("sort", ["posts", "replies"])
def test_a_trainer_hides_with_a_reason_that_only_the_author_reads(enter: Enter, sort: str) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana, text="It was María" if sort == "posts" else "A text")
    piece_id = post_id if sort == "posts" else reply(ana, post_id, "It was María")
    reply(bea, post_id)

    assert change(teacher, f"{sort}/{piece_id}", "hide", reason="It names somebody.") == 303

    for page in (words_of(thread(ana, post_id)), words_of(thread(teacher, post_id))):
        assert "The reason: It names somebody." in page
    seen = words_of(thread(bea, post_id))
    assert "It was María" not in seen
    assert "Hidden by a trainer" in seen
    assert "It names somebody." not in seen

    assert change(teacher, f"{sort}/{piece_id}", "show") == 303
    assert "It was María" in words_of(thread(bea, post_id))
    assert "It names somebody." not in words_of(thread(ana, post_id))


@pytest.mark.parametrize("reason", ["", " \0", "x" * 501])
def test_nothing_is_hidden_without_a_reason(enter: Enter, reason: str) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    post_id = post(ana)

    answer = teacher.post(f"community/posts/{post_id}/hide", reason=reason)

    assert answer.status_code == 422
    assert "Give a reason: the author will read it." in words_of(answer) or "too long" in words_of(answer)
    assert "<details open>" in answer.text
    assert thread(member(enter, "Bea"), post_id).status_code == 200


def test_a_trainer_of_another_course_hides_and_marks_nothing(enter: Enter) -> None:
    post_id = post(member(enter))
    elsewhere = trainer(enter, course="course-2")

    page = words_of(thread(elsewhere, post_id))

    assert "Hide" not in page
    assert "Mark the need" not in page
    for action in ("hide", "show", "answered", "reopened"):
        assert change(elsewhere, f"posts/{post_id}", action, reason="x") == 403
    assert change(elsewhere, f"posts/{post_id}", "hide", reason="") == 403


def test_a_trainee_hides_nothing(enter: Enter) -> None:
    post_id = post(member(enter, "Ana"))

    assert change(member(enter, "Bea"), f"posts/{post_id}", "hide", reason="x") == 403


def test_a_trainer_marks_a_need_of_their_course(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)

    assert change(trainer(enter), f"posts/{post_id}", "answered") == 303
    assert "Answered" in words_of(ana.get())


# The picker, and the size of it


@pytest.mark.parametrize(
    ("locale", "title", "language"),
    [
        ("en", "Community of practice", "en"),
        ("es", "Comunidad de práctica", "es"),
        ("de", "Community of practice", "en"),
    ],
)
def test_the_catalogue_offers_the_community_in_the_interfaces_words(
    sqlite_app: Flask, locale: str, title: str, language: str
) -> None:
    with sqlite_app.test_request_context():
        group = sqlite_app.extensions["activities"].catalogue(locale)[-1]

    [choice] = group.choices
    assert (group.title, choice.title, group.language, choice.language) == (title, title, language, language)
    assert (choice.activity, choice.score_maximum, choice.minutes) == (HERE, None, None)


def test_the_first_page_of_the_community_weighs_less_than_100_kb(sqlite_app: Flask, enter: Enter) -> None:
    ana = member(enter)
    for number in range(20):
        post(ana, title=f"{number} {'word ' * 25}")
    static = Path(sqlite_app.static_folder or "")
    scripts = [static / "community/drafts.js", static / "keeping.js", static / "exercises/notes.js"]
    files = [static / "medtown.css", static / "community.css", static / "icon.svg", *scripts]

    weights = [len(gzip.compress(data)) for data in (ana.get().data, *[file.read_bytes() for file in files])]

    assert sum(weights) < 100_000
