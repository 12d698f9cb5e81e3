"""A post of each kind says what its kind asks for, is filed under the vocabulary's words, and loses nothing typed."""

import re

import pytest

from tests.lti_tool.community.talking import Enter, change, member, post, post_form, thread, titles_of
from tests.lti_tool.reading import words_of

NEED = {"tried": "We asked the town hall.", "what_for": "A shared workshop", "by_when": "2027-03-01"}
TOOL = {"how": "Print it on A3.", "licence": "cc-by-sa", "link": "https://example.org/canvas"}
EXPERIENCE = {"change": "Begin smaller.", "link": "https://example.org/story"}
SUMMARY = {"summary": "Buscamos un banco del tiempo", "summary_language": "es"}


def test_the_kinds_are_offered_as_sentences_and_every_field_is_there_without_script(enter: Enter) -> None:
    page = member(enter).get("community/posts/new")

    words = words_of(page)
    for sentence in (
        "I need help by a date",
        "I’m unsure about",
        "I have something you can use",
        "This is what we did",
    ):
        assert sentence in words
    for field in {*NEED, *TOOL, *EXPERIENCE}:
        assert len(re.findall(rf' name="{field}"', page.text)) == 1
    assert "Never describe a real case of violence here" in words


@pytest.mark.parametrize(
    ("kind", "details", "said"),
    [
        ("need", NEED, ["What I have tried so far We asked the town hall.", "By when I need it March 1, 2027"]),
        ("doubt", {"tried": "Two ways"}, ["What I have tried so far Two ways"]),
        ("tool", TOOL, ["How to use it Print it on A3.", "CC BY-SA", "A link to it https://example.org/canvas"]),
        ("experience", EXPERIENCE, ["What I would change next time Begin smaller."]),
    ],
)
def test_a_post_says_what_its_kind_asks_for(enter: Enter, kind: str, details: dict[str, str], said: list[str]) -> None:
    ana = member(enter)

    page = words_of(thread(ana, post(ana, kind=kind, **details)))

    for words in said:
        assert words in page


def test_the_list_says_by_when_a_need_must_be_met(enter: Enter) -> None:
    ana = member(enter)
    post(ana, **NEED)

    assert "By when I need it: March 1, 2027" in words_of(ana.get())


def test_changing_the_kind_keeps_everything_and_brings_it_back(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, kind="need", **NEED)

    as_tool = post_form(kind="tool", version="1", **NEED, **TOOL)
    assert change(ana, f"posts/{post_id}", "edit", **as_tool) == 303
    page = words_of(thread(ana, post_id))
    assert "Print it on A3." in page
    assert "We asked the town hall." not in page
    form = ana.get(f"community/posts/{post_id}/edit").text
    assert "We asked the town hall.</textarea>" in form
    assert 'name="by_when" value="2027-03-01"' in form

    assert change(ana, f"posts/{post_id}", "edit", **{**as_tool, "kind": "need", "version": "2"}) == 303
    page = words_of(thread(ana, post_id))
    assert "We asked the town hall." in page
    assert "Print it on A3." not in page


def test_a_link_that_runs_something_is_refused_at_its_field_and_never_followed(enter: Enter) -> None:
    ana = member(enter)

    refused = ana.post("community/posts", **post_form(kind="tool", link="javascript:alert(1)"))

    assert refused.status_code == 422
    assert 'id="link-problem">Write an address that begins with https://' in refused.text
    assert "data-wrong" in refused.text
    post_id = post(ana, kind="need", link="javascript:alert(1)")
    change(ana, f"posts/{post_id}", "edit", **post_form(kind="tool", link="https://example.org/a", version="1"))
    assert 'href="https://example.org/a" target="_blank" rel="noopener nofollow ugc"' in thread(ana, post_id).text


def test_of_two_windows_every_field_of_both_is_shown(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, kind="tool", **TOOL)
    theirs = {**TOOL, **SUMMARY, "how": "Draw it.", "tags": "circular-economy", "territory": "lisbon"}
    change(ana, f"posts/{post_id}", "edit", **post_form(kind="tool", version="1", **theirs))

    mine = {**TOOL, "how": "Cut it.", "tags": "needs-matrix", "territory": "seville"}
    answer = ana.post(f"community/posts/{post_id}/edit", **post_form(kind="tool", version="1", **mine))

    assert answer.status_code == 409
    conflict, form = answer.text.split('<form method="post" class="writing"')
    for said in ("Draw it.", "Buscamos un banco del tiempo", "Circular economy", "Lisbon: Campolide"):
        assert said in conflict
    assert "Cut it.</textarea>" in form
    assert 'value="needs-matrix" checked' in form
    assert 'value="circular-economy" checked' not in form
    assert re.search(r'<option value="seville" lang="en" selected>', form)


def test_what_a_change_says_of_nothing_else_is_a_change_too(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)

    for version, more in enumerate(
        [{"tried": "a"}, {"tags": "public-spaces"}, {"territory": "tunis"}, SUMMARY], start=1
    ):
        change(ana, f"posts/{post_id}", "edit", **post_form(version=str(version), **more))
        assert f'data-version="{version + 1}"' in thread(ana, post_id).text


def test_a_post_is_filed_under_at_most_five_words_of_the_vocabulary(enter: Enter) -> None:
    ana = member(enter)
    five = ["circular-economy", "public-spaces", "needs-matrix", "consent", "four-cos"]

    post_id = post(ana, tags=[*five, "made-up", "<b>"])  # type: ignore[arg-type]  # a field that comes several times
    refused = ana.post("community/posts", **post_form(tags=[*five, "gender-violence"]))  # type: ignore[arg-type]

    assert len(re.findall(r'<a class="tag" href', thread(ana, post_id).text)) == 5
    assert refused.status_code == 422
    assert "Choose five at most" in words_of(refused)
    assert 'value="gender-violence" checked' in refused.text


def test_ones_own_territory_is_remembered_and_a_nameless_post_leaves_no_trace(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")

    def offered() -> list[str]:
        form = ana.get("community/posts/new").text
        return re.findall(
            r'<option value="([\w-]+)"[^>]* selected', form.split('name="territory"')[1].split("</select>")[0]
        )

    assert offered() == []
    post(ana, territory="paggaio")
    assert offered() == ["paggaio"]
    post(ana, territory="tunis", is_nameless="yes")
    post(bea, territory="lisbon")
    assert offered() == ["paggaio"]
    post(ana, territory="nowhere")
    assert offered() == []


def test_a_line_in_a_bridge_language_stands_in_list_and_thread_with_its_language(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, summary="نبحث عن بنك للوقت", summary_language="ar")

    for page in (ana.get(), thread(ana, post_id)):
        assert '<p class="summary" lang="ar" dir="rtl"><bdi>نبحث عن بنك للوقت</bdi>' in page.text


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"summary": "A line"}, "summary_language"),
        ({"summary": "A line", "summary_language": "en"}, "summary_language"),
        ({"summary": "A line", "summary_language": "xx"}, "summary_language"),
        ({"summary": "x" * 201, "summary_language": "es"}, "summary"),
    ],
)
def test_the_line_is_in_another_language_and_short(enter: Enter, line: dict[str, str], field: str) -> None:
    answer = member(enter).post("community/posts", **post_form(**line))

    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text


def test_a_deleted_post_leaves_none_of_its_words(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana, tags="public-spaces", territory="tunis", **NEED, **SUMMARY)
    bea.post(f"community/posts/{post_id}/replies", id=post_id, version="0", text="Yes", language="en")

    assert change(ana, f"posts/{post_id}", "delete") == 303

    assert titles_of(ana.get("community?tag=public-spaces")) == []
    assert titles_of(ana.get("community?territory=tunis")) == []
    for page in (words_of(ana.get()), words_of(thread(bea, post_id))):
        assert "town hall" not in page
        assert "Buscamos" not in page
