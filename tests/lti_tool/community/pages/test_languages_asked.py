"""A text that doesn't look like the language that it says is asked about once, and never changed in silence."""

import re

import pytest

from tests.lti_tool.community.talking import Enter, change, member, post, post_form, reply_form, thread, titles_of
from tests.lti_tool.reading import words_of

ARABIC = "بدأنا بنك الوقت مع عشرة أشخاص."
GREEK = "Ξεκινήσαμε μια τράπεζα χρόνου με δέκα ανθρώπους."


def selected(page: str) -> list[str]:
    field = page.split('<select name="language"')[1].split("</select>", maxsplit=1)[0]
    return re.findall(r'<option value="(\w*)"[^>]* selected', field)


def test_a_text_in_another_script_is_asked_about_before_it_is_published(enter: Enter) -> None:
    ana, form = member(enter), post_form(title=ARABIC, text=ARABIC)

    answer = ana.post("community/posts", **form)

    assert answer.status_code == 422
    assert "You chose English, and your text looks like Arabic." in words_of(answer)
    assert selected(answer.text) == ["ar"]
    assert '<input type="hidden" name="asked" value="ar">' in answer.text
    assert f"{ARABIC}</textarea>" in answer.text
    assert titles_of(ana.get()) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_said_then_counts_whatever_it_is(enter: Enter, language: str) -> None:
    ana = member(enter)

    post_id = post(ana, title=ARABIC, text=ARABIC, language=language, asked="ar")

    assert f'<div class="words" lang="{language}">' in thread(ana, post_id).text


def test_who_said_it_once_is_not_asked_at_each_change(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, title=ARABIC, text=ARABIC, asked="ar")

    form = ana.get(f"community/posts/{post_id}/edit").text

    assert '<input type="hidden" name="asked" value="ar">' in form
    changed = post_form(title=ARABIC, text=f"{ARABIC} {ARABIC}", version="1", asked="ar")
    assert change(ana, f"posts/{post_id}", "edit", **changed) == 303


def test_a_reply_is_asked_about_too_and_where_nobody_knows_one_chooses(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, kind="doubt")

    greek = ana.post(f"community/posts/{post_id}/replies", **reply_form(GREEK))
    unknown = ana.post(f"community/posts/{post_id}/replies", **reply_form("Qamama Beitillu Campolide", language="el"))

    assert "looks like Greek" in words_of(greek)
    assert "You chose Greek, and your text doesn’t look like it." in words_of(unknown)
    assert (selected(greek.text), selected(unknown.text)) == (["el"], [])
    assert "Not chosen yet" in words_of(unknown)
