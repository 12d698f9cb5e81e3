"""A form that is wrong comes back with everything that was typed, and one that is sent twice counts once."""

import re

import pytest

from tests.lti_tool.community.talking import Enter, member, post, post_form, reply_form, titles_of
from tests.lti_tool.reading import words_of


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
