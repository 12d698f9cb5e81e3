"""One note on a page of its own: the way without JavaScript."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from content.parts.part import Part
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import fields, new_id, send, write
from tests.lti_tool.making import packaged_curriculum
from tests.lti_tool.reading import words_of

Enter = Callable[..., Client]
NEW = "exercise/notes/new?part=matrix&cell="


def order(trainee: Client, cell: str = "subsistence/being") -> list[str]:
    """Give the words of a cell's notes as the canvas shows them."""
    page = trainee.get("exercise").text
    found = page.split(f'data-cell="{cell}"')[1].split("</ul>\n<a")[0]
    return re.findall(r'<bdi lang="en">([^<]*)</bdi></a>', found)


# Writing


def test_a_new_note_is_begun_in_its_cell(enter: Enter) -> None:
    page = enter().get(NEW + "subsistence/having")

    assert "Subsistence · Having" in words_of(page)
    assert re.search(r'<form method="post" action="[^"]*/exercise/notes/[0-9a-f-]{36}"', page.text)


def test_two_new_notes_get_two_ids(enter: Enter) -> None:
    trainee = enter()

    pages = [trainee.get(NEW + "subsistence/having").text for _ in range(2)]

    ids = {re.findall(r'action="[^"]*/notes/([0-9a-f-]{36})"', page)[0] for page in pages}
    assert len(ids) == 2


def test_an_answer_has_one_id_whoever_begins_it(enter: Enter) -> None:
    trainee, path = enter(), "exercise/notes/new?part=start&cell=community"

    pages = [trainee.get(path).text for _ in range(2)]

    assert len({re.findall(r'action="[^"]*/notes/([0-9a-f-]{36})"', page)[0] for page in pages}) == 1


def test_beginning_an_answer_that_is_there_shows_it(enter: Enter) -> None:
    trainee, path = enter(), "exercise/notes/new?part=start&cell=community"
    [answer_id] = re.findall(r'action="[^"]*/notes/([0-9a-f-]{36})"', trainee.get(path).text)
    send(trainee, answer_id, "start community", answer="A village.")

    page = trainee.get(path).text

    assert "A village.</textarea>" in page
    assert '<input type="hidden" name="note.version" value="1">' in page


def test_saving_leads_back_to_the_note_on_the_canvas(enter: Enter) -> None:
    note_id = new_id()

    answer = send(enter(), note_id, satisfier="A well")

    assert answer.status_code == 303
    assert answer.location.endswith(f"/exercise#note-{note_id}")


def test_the_editor_holds_what_is_saved(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    send(trainee, note_id, satisfier="The <b>well</b>", effect="synergic")

    page = trainee.get(f"exercise/notes/{note_id}").text

    assert "The &lt;b&gt;well&lt;/b&gt;</textarea>" in page
    assert re.search(r'<input type="radio" name="effect" value="synergic" data-mark="Synergic" checked>', page)


PARTS = [(exercise.id, part) for exercise in packaged_curriculum().exercises.values() for part in exercise.parts]


@pytest.mark.parametrize(("slug", "part"), PARTS, ids=[f"{slug}-{part.id}" for slug, part in PARTS])
def test_what_the_editor_sends_is_saved_in_every_part_that_there_is(sqlite_enter: Enter, slug: str, part: Part) -> None:
    trainee = sqlite_enter(activity=f"exercise/{slug}")
    page = trainee.get(f"exercise/notes/new?part={part.id}&cell={part.cells()[0]}").text
    form: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page):
        form.setdefault(name, []).append(value)
    [name, *_] = re.findall(r'<textarea [^>]*name="([^"]+)"', page)
    form.setdefault(name, []).append("A few words")
    [address] = re.findall(r'action="[^"]*/(exercise/notes/[0-9a-f-]{36})"', page)

    answer = trainee.post(address, **form)

    assert answer.status_code == 303
    assert ">A few words</bdi>" in trainee.get().text


def test_what_people_write_carries_their_language(enter: Enter) -> None:
    page = enter(locale="ar").get(NEW + "subsistence/being").text

    assert re.search(r'<textarea [^>]*lang="ar" dir="auto"', page)


def test_a_note_without_anything_in_it_is_not_kept(enter: Enter) -> None:
    trainee = enter()

    send(trainee, new_id(), satisfier=" ", effect="")

    assert "Nothing written yet." in words_of(trainee.get())


def test_the_delete_button_deletes(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "A well")

    answer = send(trainee, note_id, version=1, satisfier="A well", delete="1")

    assert answer.status_code == 303
    assert order(trainee) == []


@pytest.mark.parametrize(
    "path",
    [
        f"exercise/notes/{UUID(int=1)}",
        "exercise/notes/new?part=gone&cell=subsistence/being",
        NEW + "gone/being",
        "exercise/notes/new",
    ],
)
def test_there_is_no_editor_where_there_is_no_note_and_no_cell(enter: Enter, path: str) -> None:
    assert enter().get(path).status_code == 404


def test_a_deleted_note_has_no_editor(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "A well")
    send(trainee, note_id, version=1, satisfier="", delete="1")

    assert trainee.get(f"exercise/notes/{note_id}").status_code == 404


def test_a_note_whose_part_is_gone_has_no_editor(app: Flask, enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "A well")
    curriculum = app.extensions["curriculum"]
    app.extensions["curriculum"] = replace(curriculum, exercises={"needs-matrix": curriculum.exercise("four-cos")})

    assert trainee.get(f"exercise/notes/{note_id}").status_code == 404


# Conflicts


def test_a_note_changed_elsewhere_is_shown_with_both_texts(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    write(trainee, note_id, "theirs", version=1)

    answer = send(trainee, note_id, version=1, satisfier="mine")

    assert answer.status_code == 409
    assert '<bdi lang="en">theirs</bdi>' in answer.text
    assert "mine</textarea>" in answer.text
    assert order(trainee) == ["theirs"]


def test_saving_again_after_a_conflict_keeps_ones_own_text(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    write(trainee, note_id, "theirs", version=1)
    answer = send(trainee, note_id, version=1, satisfier="mine")
    [version] = re.findall(r'name="note.version" value="(\d+)"', answer.text)

    send(trainee, note_id, version=int(version), satisfier="mine")

    assert order(trainee) == ["mine"]


def test_a_note_deleted_elsewhere_is_not_lost_with_what_one_writes(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "first")
    send(trainee, note_id, version=1, satisfier="first", delete="1")

    answer = send(trainee, note_id, version=1, satisfier="first, and more")

    assert answer.status_code == 409
    assert "It was deleted there." in words_of(answer)
    assert "first, and more</textarea>" in answer.text


# What can't be saved


def test_a_text_that_is_too_long_is_shown_again_with_what_to_do(enter: Enter) -> None:
    long = "x" * 401

    answer = send(enter(), new_id(), satisfier=long)

    assert answer.status_code == 422
    assert f"{long}</textarea>" in answer.text
    assert "is too long: it has 401 characters, and 400 is the most." in words_of(answer)


def test_an_answer_that_is_not_offered_is_refused(enter: Enter) -> None:
    answer = send(enter(), new_id(), satisfier="a", effect="magic")

    assert answer.status_code == 422
    assert "“What it does to people's needs”: choose one of the answers that are offered." in words_of(answer)


def test_a_text_whose_cell_is_gone_is_shown_to_be_copied(enter: Enter) -> None:
    answer = send(enter(), new_id(), "matrix gone/being", satisfier="rescued")

    assert answer.status_code == 422
    assert "no longer has. Copy it to another place." in words_of(answer)
    assert "rescued</textarea>" in answer.text


@pytest.mark.parametrize(
    "wrong", [{"note.version": "x"}, {"note.version": "-1"}, {"note.language": "<en>"}, {"note.cell": None}]
)
def test_a_form_that_none_of_our_pages_sends_is_refused(enter: Enter, wrong: dict[str, str | None]) -> None:
    form = {key: value for key, value in {**fields(), **wrong}.items() if value is not None}

    assert enter().post(f"exercise/notes/{new_id()}", **form).status_code == 422


# Moving


def test_a_note_is_moved_into_another_cell(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "A well")

    answer = send(trainee, note_id, version=1, satisfier="A well", place=["freedom", "doing"], before="=")

    assert answer.status_code == 303
    assert (order(trainee), order(trainee, "freedom/doing")) == ([], ["A well"])


def test_a_note_is_moved_before_another(enter: Enter) -> None:
    trainee, first, second = enter(), new_id(), new_id()
    write(trainee, first, "first")
    write(trainee, second, "second")

    send(trainee, second, version=1, satisfier="second", place=["subsistence", "being"], before=first)

    assert order(trainee) == ["second", "first"]


def test_a_note_that_is_said_to_stay_stays(enter: Enter) -> None:
    trainee, first, second = enter(), new_id(), new_id()
    write(trainee, first, "first")
    write(trainee, second, "second")

    send(trainee, first, version=1, satisfier="changed", place=["subsistence", "being"], before="=")

    assert order(trainee) == ["changed", "second"]


def test_words_from_a_page_that_knew_another_place_leave_the_note_where_it_was_moved(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "A well")
    page = trainee.get(f"exercise/notes/{note_id}").text
    [unchosen] = re.findall(r'<select name="note.before" data-before>\s*<option value="([^"]*)"', page)
    send(trainee, note_id, version=1, satisfier="A well", place=["freedom", "doing"], before="=")

    send(trainee, note_id, version=1, satisfier="A deep well", place=["subsistence", "being"], before=unchosen)

    assert (order(trainee), order(trainee, "freedom/doing")) == ([], ["A deep well"])


def test_words_are_saved_where_the_place_is_gone(enter: Enter) -> None:
    trainee, note_id = enter(), new_id()
    write(trainee, note_id, "A well")

    answer = send(trainee, note_id, version=1, satisfier="changed", place=["gone", "doing"], before="")

    assert answer.status_code == 422
    assert order(trainee) == ["changed"]
