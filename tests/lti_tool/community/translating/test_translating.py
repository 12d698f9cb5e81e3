"""Members translate posts: credited, beside the original, one for each language and translator, nothing overwritten."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.community.translating.tables import TranslationRow
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, change, member, new_id, post, post_form, thread, trainer
from tests.lti_tool.community.translating.putting import translate, translation_form
from tests.lti_tool.entering import enter_course
from tests.lti_tool.reading import words_of
from tests.lti_tool.together import at_once

TITLE = "¿Quién conoce un banco del tiempo?"
OUTDATED = "The original was changed since"


def test_the_readers_own_language_comes_first_and_the_original_is_always_shown(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    translate(bea, post_id)
    translate(bea, post_id, language="ar", title="من يعرف بنك الوقت؟", text="بدأنا واحدا هنا.")

    spanish = thread(member(enter, "Eva", locale="es"), post_id).text
    english = thread(ana, post_id).text

    assert spanish.index(TITLE) < spanish.index("We begin one.") < spanish.index("من يعرف بنك الوقت؟")
    assert english.index("We begin one.") < english.index('<details class="translations"') < english.index(TITLE)
    for page in (spanish, english):
        assert '<h1><bdi lang="en">Who knows a time bank?</bdi></h1>' in page
        assert f'<h2><bdi lang="es">{TITLE}</bdi></h2>' in page
        assert page.count('<bdi class="by">Bea</bdi>') == 2


def test_a_translation_says_so_when_the_original_was_changed_until_it_is_saved_again(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    translation_id = translate(bea, post_id)
    edit = f"posts/{post_id}"
    change(ana, edit, "edit", **post_form(version="1", territory="tunis"))
    assert OUTDATED not in words_of(thread(ana, post_id))

    change(ana, edit, "edit", **post_form(version="2", text="We begin two."))

    assert OUTDATED in words_of(thread(ana, post_id))
    form = bea.get(f"community/translations/{translation_id}/edit")
    assert "The original was changed after you translated it." in words_of(form)
    assert "We begin two." in words_of(form)
    same = translation_form(bea, post_id, version="1")
    assert change(bea, f"translations/{translation_id}", "edit", **same) == 303
    assert OUTDATED not in words_of(thread(ana, post_id))


def test_of_two_windows_both_translations_are_shown(enter: Enter) -> None:
    bea = member(enter, "Bea")
    post_id = post(member(enter, "Ana"))
    translation_id = translate(bea, post_id)
    form = translation_form(bea, post_id, version="1")
    change(bea, f"translations/{translation_id}", "edit", **{**form, "text": "Uno nuevo."})

    answer = bea.post(f"community/translations/{translation_id}/edit", **{**form, "text": "El mío."})

    assert answer.status_code == 409
    assert '<p dir="auto">Uno nuevo.</p>' in answer.text
    assert "El mío.</textarea>" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert change(bea, f"translations/{translation_id}", "edit", **{**form, "text": "El mío.", "version": "2"}) == 303


def test_translating_again_into_the_same_language_asks_and_sent_twice_is_one(enter: Enter) -> None:
    bea = member(enter, "Bea")
    post_id = post(member(enter, "Ana"))
    form = translation_form(bea, post_id)
    there = f"community/posts/{post_id}/translations"

    statuses = [bea.post(there, **form).status_code for _ in range(2)]
    again = bea.post(there, **{**form, "id": new_id(), "text": "Otro texto."})

    assert statuses == [303, 303]
    assert again.status_code == 409
    assert "There is a translation of yours already" in words_of(again)
    assert f"community/translations/{form['id']}/edit" in again.text
    assert thread(bea, post_id).text.count('class="translation"') == 1


def test_a_translation_that_was_deleted_can_be_made_again(enter: Enter) -> None:
    bea = member(enter, "Bea")
    post_id = post(member(enter, "Ana"))
    translation_id = translate(bea, post_id)
    assert change(bea, f"translations/{translation_id}", "delete") == 303
    assert TITLE not in thread(bea, post_id).text
    stale = bea.post(f"community/translations/{translation_id}/edit", **translation_form(bea, post_id, version="1"))
    assert stale.status_code == 409

    translate(bea, post_id, text="Otra vez.")

    assert "Otra vez." in thread(bea, post_id).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Give it a title."),
        ({"text": " "}, "Write something."),
        ({"text": "x" * 10_001}, "This is too long"),
        ({"language": "en"}, "Choose one of the languages that are offered."),
        ({"language": "xx"}, "Choose one of the languages that are offered."),
        ({"title": "بنك", "text": "من يعرف بنك الوقت هنا"}, "your text looks like Arabic"),
    ],
)
def test_what_is_wrong_comes_back_with_everything_that_was_typed(
    enter: Enter, wrong: dict[str, str], sentence: str
) -> None:
    bea = member(enter, "Bea")
    post_id = post(member(enter, "Ana"))
    form = translation_form(bea, post_id, **wrong)

    answer = bea.post(f"community/posts/{post_id}/translations", **form)

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert form["title"] in answer.text
    assert TITLE not in thread(bea, post_id).text


def test_only_its_translator_changes_and_deletes_it(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    translation_id = translate(bea, post_id)

    for who in (ana, trainer(enter)):
        assert who.get(f"community/translations/{translation_id}/edit").status_code == 403
        assert change(who, f"translations/{translation_id}", "edit", **translation_form(who, post_id)) == 403
        assert change(who, f"translations/{translation_id}", "delete") == 403


def test_a_trainer_of_its_course_hides_it_and_brings_it_back(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)
    translation_id = translate(bea, post_id)
    assert change(trainer(enter, course="course-2"), f"translations/{translation_id}", "hide", reason="x") == 403

    assert change(teacher, f"translations/{translation_id}", "hide", reason="It names somebody.") == 303

    assert TITLE not in thread(ana, post_id).text
    assert "The reason: It names somebody." in words_of(thread(bea, post_id))
    translate_again = translation_form(bea, post_id, text="Otra vez.", version="1")
    change(bea, f"translations/{translation_id}", "edit", **translate_again)
    assert "Otra vez." not in thread(ana, post_id).text
    assert change(teacher, f"translations/{translation_id}", "show") == 303
    assert TITLE in thread(ana, post_id).text


def test_what_is_hidden_or_deleted_is_translated_by_nobody_and_no_text_is_lost(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    hidden, deleted = post(ana), post(ana)
    forms = {post_id: translation_form(bea, post_id, text="Mi texto largo.") for post_id in (hidden, deleted)}
    translate(member(enter, "Eva"), deleted)
    change(teacher, f"posts/{hidden}", "hide", reason="x")
    change(ana, f"posts/{deleted}", "delete")

    for post_id, form in forms.items():
        assert bea.get(f"community/posts/{post_id}/translations/new").status_code == 404
        answer = bea.post(f"community/posts/{post_id}/translations", **form)
        assert answer.status_code == 409
        assert "nobody can translate it now" in words_of(answer)
        assert "Mi texto largo.</textarea>" in answer.text
        assert "Who knows a time bank?" not in answer.text


def test_of_a_post_that_is_hidden_not_even_the_fingerprint_is_told(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)
    form = translation_form(bea, post_id)
    change(ana, f"posts/{post_id}", "edit", **post_form(version="1", text="It says something else."))
    change(teacher, f"posts/{post_id}", "hide", reason="x")
    fingerprint = translation_form(teacher, post_id)["of"]

    answer = bea.post(f"community/posts/{post_id}/translations", **form)

    assert answer.status_code == 409
    assert fingerprint not in answer.text
    assert f'name="of" value="{form["of"]}"' in answer.text


def test_a_deleted_post_takes_the_words_of_its_translations_with_it(sqlite_app: Flask, enter: Enter) -> None:
    ana = member(enter, "Ana")
    post_id = post(ana)
    translate(member(enter, "Bea"), post_id)

    change(ana, f"posts/{post_id}", "delete")

    with sqlite_app.app_context():
        [row] = db.session.scalars(select(TranslationRow))
        assert (row.title, row.text, row.deleted_at is None) == ("", "", False)


@pytest.mark.parametrize("elsewhere", [{"activity": "community/another"}, {"issuer": "http://localhost:8200"}])
def test_another_community_and_another_site_have_nothing_of_it(enter: Enter, elsewhere: dict[str, str]) -> None:
    bea = member(enter, "Bea")
    post_id = post(member(enter, "Ana"))
    translation_id = translate(bea, post_id)
    form = translation_form(bea, post_id)
    there = trainer(enter, **elsewhere)

    assert there.get(f"community/posts/{post_id}/translations/new").status_code == 404
    assert there.post(f"community/posts/{post_id}/translations", **form).status_code == 404
    assert there.get(f"community/translations/{translation_id}/edit").status_code == 404
    for action in ("edit", "delete", "hide", "show"):
        assert change(there, f"translations/{translation_id}", action, **{**form, "reason": "x"}) == 404


def test_an_id_of_somebody_else_publishes_nothing(enter: Enter) -> None:
    bea, eva = member(enter, "Bea"), member(enter, "Eva")
    post_id = post(member(enter, "Ana"))
    taken = translate(bea, post_id)

    answer = eva.post(f"community/posts/{post_id}/translations", **translation_form(eva, post_id, id=taken))

    assert answer.status_code == 404
    assert (
        eva.post(f"community/posts/{post_id}/translations", **translation_form(eva, post_id, id="x")).status_code == 422
    )


def test_two_at_once_make_one_of_each_language_and_translator(app: Flask) -> None:
    ana, bea = (enter_course(app, sub=name, name=name, activity="community/practice") for name in ("Ana", "Bea"))
    post_id = post(ana)
    forms = [translation_form(bea, post_id, text=text) for text in ("Uno.", "Dos.")]

    def send(form: dict[str, str]) -> int:
        return bea.post(f"community/posts/{post_id}/translations", **form).status_code

    assert sorted(at_once(app, *[partial(send, form) for form in forms])) == [303, 409]
    assert thread(bea, post_id).text.count('class="translation"') == 1
