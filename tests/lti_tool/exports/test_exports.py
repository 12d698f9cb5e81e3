"""A file of work from asking to fetching: what stands in it, and how it comes."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.looking import say, want
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.exports.exporting import ask, fetched, table, work
from tests.lti_tool.exports.paper import words_of
from tests.lti_tool.facilitation.trainers import submission_ids
from tests.lti_tool.making import packaged_curriculum
from tests.lti_tool.reviews.answering import answer, feedback_ids
from tests.lti_tool.ticking import Ticker

NOTE, OTHER = new_id(), new_id()


def write(person: Client, note_id: str, words: str, version: int = 0, **more: object) -> None:
    values = {"satisfier": words, **more}
    body = {"part": "matrix", "cell": "protection/having", "values": values, "version": version, "language": "es"}
    assert person.put(f"exercise/notes/{note_id}", body).status_code == 200


def hand_in(person: Client) -> None:
    assert person.post("exercise/submissions").status_code == 303


@pytest.fixture
def ana(sqlite_app: Flask) -> Client:
    """Let Ana hand in a note."""
    person = enter_course(sqlite_app, sub="ana", name="Ana García", timezone="Europe/Madrid")
    write(person, NOTE, "a clinic for all", effect="synergic", others=["protection", "freedom"])
    hand_in(person)
    return person


@pytest.fixture
def trainer(sqlite_app: Flask) -> Client:
    return enter_course(sqlite_app, sub="trainer", name="Tina Trainer", role=Role.TRAINER)


def of_newest(app: Flask) -> str:
    return f"submissions/{submission_ids(app)[-1]}/export"


# What stands in it


def test_authors_get_what_stands_there_now_beside_what_they_handed_in(sqlite_app: Flask, ana: Client) -> None:
    handed_in = words_of(fetched(sqlite_app, ana).data)
    write(ana, NOTE, "a clinic by night", version=1)

    changed = words_of(fetched(sqlite_app, ana).data)

    assert "Needs matrix" in handed_in
    assert "Course course-1" in handed_in
    assert "Ana García" in handed_in
    assert handed_in.count("a clinic for all") == 1
    assert "Protection" in handed_in
    assert "As it stands now" not in handed_in
    assert changed.index("As it stands now") < changed.index("a clinic by night")
    assert changed.index("As it was handed in") < changed.index("a clinic for all")


def test_authors_read_what_was_said_to_them_at_its_note_and_no_mark(
    sqlite_app: Flask, ana: Client, trainer: Client
) -> None:
    answer(sqlite_app, trainer, sentence="Good beginning.", comments={NOTE: "Who pays?"}, mark="73", outcome="revise")
    answer(sqlite_app, trainer, sentence="Better now.", mark="81")
    first = feedback_ids(sqlite_app)[0]
    assert ana.post(f"feedback/{first}/1/reply", text="The council.").status_code == 303

    found = words_of(fetched(sqlite_app, ana).data)

    assert found.index("a clinic for all") < found.index("Who pays?") < found.index("The council.")
    assert found.index("The council.") < found.index("Better now.") < found.index("Good beginning.")
    assert "asks you to revise" in found
    assert "73" not in found
    assert "81" not in found
    assert "Tina" not in found


def test_trainers_read_whose_it_is_the_mark_and_who_said_what(sqlite_app: Flask, ana: Client, trainer: Client) -> None:
    answer(sqlite_app, trainer, sentence="Good beginning.", comments={NOTE: "Who pays?"}, mark="73")

    found = words_of(fetched(sqlite_app, trainer, where=of_newest(sqlite_app)).data)

    for words in ("Ana García", "a clinic for all", "Who pays?", "Good beginning.", "73 of 100 points", "Tina Trainer"):
        assert words in found, words


def test_levels_of_the_rubric_are_told_as_they_were_chosen(sqlite_app: Flask, ana: Client, trainer: Client) -> None:
    exercise = packaged_curriculum().exercise("needs-matrix")
    criterion = exercise.rubric[0]
    answer(sqlite_app, trainer, sentence="Good.", levels={criterion.id: criterion.levels[1]})
    words = exercise.texts["en"].rubric[criterion.id]

    printed = words_of(fetched(sqlite_app, ana).data)
    rows = table(fetched(sqlite_app, trainer, "csv", of_newest(sqlite_app)).data)

    assert words.title in printed
    assert words.levels[criterion.levels[1]] in printed
    assert words.levels[criterion.levels[0]] not in printed
    assert rows[-1]["Levels"] == f"{words.title}: {words.levels[criterion.levels[1]]}"


def test_what_the_authors_say_of_it_themselves_is_told_to_them_and_to_trainers(
    sqlite_app: Flask, ana: Client, trainer: Client
) -> None:
    exercise = packaged_curriculum().exercise("needs-matrix")
    criterion = exercise.rubric[0]
    words = exercise.texts["en"].rubric[criterion.id]
    chosen = words.levels[criterion.levels[1]]
    want(sqlite_app, ana.course_id)
    say(ana, "We know it by night.", **{criterion.id: criterion.levels[1]})
    hand_in(ana)
    say(ana, "Not handed in yet.", **{criterion.id: criterion.levels[0]})

    asked = ((ana, "exports"), (trainer, of_newest(sqlite_app)))
    printed = [words_of(fetched(sqlite_app, person, where=where).data) for person, where in asked]
    tables = [table(fetched(sqlite_app, person, "csv", where).data) for person, where in asked]

    for page in printed:
        assert page.index("What the authors say of it themselves") < page.index(words.title) < page.index(chosen)
        assert "We know it by night." in page
        assert "Not handed in yet." not in page
    for rows in tables:
        (own,) = (row for row in rows if row["Part"] == "What the authors say of it themselves")
        assert (own["Words"], own["Levels"]) == ("We know it by night.", f"{words.title}: {chosen}")
        assert own["Written by"] == "Ana García"


def test_trainers_do_not_read_what_somebody_writes_after_handing_in(
    sqlite_app: Flask, ana: Client, trainer: Client
) -> None:
    write(ana, NOTE, "a secret since", version=1)
    write(enter_course(sqlite_app, sub="ben", name="Ben"), OTHER, "never handed in")

    for where in (of_newest(sqlite_app), "submissions/export"):
        for form in ("pdf", "csv"):
            made = fetched(sqlite_app, trainer, form, where).data
            found = words_of(made) if form == "pdf" else made.decode()
            assert "a clinic for all" in found
            assert "a secret since" not in found
            assert "never handed in" not in found


def test_a_file_of_the_exercise_holds_every_work_in_the_order_of_the_list(
    sqlite_app: Flask, ana: Client, trainer: Client
) -> None:
    for name in ("Zoe", "Ben"):
        person = enter_course(sqlite_app, sub=name, name=name)
        write(person, new_id(), f"words of {name}")
        hand_in(person)
    answer(sqlite_app, trainer, sentence="Said to Ben.")

    found = words_of(fetched(sqlite_app, trainer, where="submissions/export").data)
    rows = table(fetched(sqlite_app, trainer, "csv", "submissions/export").data)

    order = ["3 pieces of work", "Ana García", "a clinic for all", "Ben", "words of Ben", "Said to Ben.", "Zoe"]
    assert [found.index(words) for words in order] == sorted(found.index(words) for words in order)
    assert [row["Whose work"] for row in rows] == ["Ana García", "Ben", "Ben", "Zoe"]


def test_a_table_has_a_row_for_each_note_with_its_place_its_fields_in_words_and_what_was_said(
    sqlite_app: Flask, ana: Client, trainer: Client
) -> None:
    answer(sqlite_app, trainer, sentence="Good.", comments={NOTE: "Who pays?"}, mark="73")

    note, whole = table(fetched(sqlite_app, trainer, "csv", of_newest(sqlite_app)).data)

    assert (note["Words"], note["Place"], note["Column"]) == ("a clinic for all", "Protection", "Having")
    assert note["Counts for"] == "Ana García"
    assert note["Times handed in"] == "1"
    assert re.match(r"\d+ \w+ 20\d\d", note["Handed in"])
    assert "Who pays?" in note["Comments"]
    assert any(value.startswith("Synergic: meets") for value in note.values())
    assert (whole["Part"], whole["Mark"]) == ("On the whole", "73 of 100 points")
    assert "Good." in whole["Comments"]


def test_no_cell_of_a_table_becomes_a_formula(sqlite_app: Flask, ana: Client, trainer: Client) -> None:
    write(ana, NOTE, "=1+1", version=1)
    hand_in(ana)
    answer(sqlite_app, trainer, sentence="=2+2")

    made = fetched(sqlite_app, ana, "csv").data

    assert table(made)[0]["Words"] == "'=1+1"
    assert made.startswith(b"\xef\xbb\xbf")
    assert not re.search(rb"(^|,)\"?=", made, re.MULTILINE)


def test_it_speaks_the_language_and_the_zone_of_whoever_asked(sqlite_app: Flask, ana: Client) -> None:
    maria = enter_course(sqlite_app, sub="ana", name="Ana García", locale="es", timezone="Asia/Amman")

    found = words_of(fetched(sqlite_app, maria).data)

    assert "Matriz" in found
    assert "Protección" in found
    assert "Entregado" in found
    assert "+0300" in found


def test_arabic_and_greek_notes_come_whole(sqlite_app: Flask) -> None:
    person = enter_course(sqlite_app)
    write(person, NOTE, 'الحاجات Ανάγκες needs\n#read("x") 😀')

    rows = table(fetched(sqlite_app, person, "csv").data)
    found = words_of(fetched(sqlite_app, person).data)

    assert rows[0]["Words"] == 'الحاجات Ανάγκες needs\n#read("x") 😀'
    for words in ("الحاجات", "Ανάγκες", '#read("x")'):
        assert words in found, words


# How it comes


@pytest.mark.parametrize(("form", "kind"), [("pdf", "application/pdf"), ("csv", "text/csv; charset=utf-8")])
def test_a_file_is_a_download_with_a_name_that_says_nobodys(
    sqlite_app: Flask, ana: Client, form: str, kind: str
) -> None:
    es = enter_course(sqlite_app, sub="ana", locale="es")

    made = fetched(sqlite_app, es, form)

    disposition = made.headers["Content-Disposition"]
    assert made.headers["Content-Type"] == kind
    assert disposition.startswith("attachment")
    assert f".{form}" in disposition
    assert "Ana" not in disposition
    assert made.headers["X-Content-Type-Options"] == "nosniff"
    assert made.headers["Cache-Control"] == "no-store"


def test_the_page_tells_how_far_it_is_with_and_without_script(sqlite_app: Flask, ana: Client) -> None:
    address = ask(ana)
    waiting, asked = ana.get(address).text, ana.get(f"{address}/state").json

    work(sqlite_app)

    assert "<progress" in waiting
    assert "Waiting for its turn." in waiting
    assert "Look again" in waiting
    assert asked == {"isOver": False, "value": 0, "max": 3, "says": "Waiting for its turn."}
    assert ana.get(f"{address}/state").json == {"isOver": True, "value": 3, "max": 3, "says": "The file is ready."}
    assert f"{address}/file" in ana.get(address).text


def test_asking_twice_for_the_same_while_it_is_made_gives_the_same(sqlite_app: Flask, ana: Client) -> None:
    first = ask(ana)

    assert ask(ana) == first
    work(sqlite_app)
    assert ask(ana) != first


def test_another_file_waits_until_the_first_is_made(sqlite_app: Flask, ana: Client) -> None:
    ask(ana, "pdf")

    refused = ana.post("exports", form="csv")
    work(sqlite_app)

    assert refused.status_code == 409
    assert "one at a time" in refused.text
    assert ask(ana, "csv")


@pytest.mark.parametrize("form", ["", "exe", "pdf/../csv"])
def test_a_form_that_is_none_is_not_made(ana: Client, form: str) -> None:
    assert ana.post("exports", form=form).status_code == 422


def test_where_nothing_was_written_there_is_nothing_to_ask_for(
    sqlite_enter: Callable[..., Client], trainer: Client
) -> None:
    nobody = sqlite_enter(sub="nobody")

    for person, where in ((nobody, "exports"), (trainer, "submissions/export")):
        assert "nothing yet" in person.get(where).text
        assert person.post(where, form="pdf").status_code == 422


def test_a_file_is_thrown_away_after_a_day(sqlite_app: Flask, ana: Client, ticker: Ticker) -> None:
    address = ask(ana)
    work(sqlite_app)

    ticker.move(hours=7)
    kept = ana.get(f"{address}/file").status_code
    ticker.move(hours=18)
    ana = enter_course(sqlite_app, sub="ana", name="Ana García")
    gone = ana.get(f"{address}/file").status_code

    assert (kept, gone) == (200, 404)


def test_pages_lead_to_it(ana: Client, sqlite_app: Flask, trainer: Client) -> None:
    assert "/exports" in ana.get("exercise").text
    assert "/submissions/export" in trainer.get().text
    assert of_newest(sqlite_app) in trainer.get(of_newest(sqlite_app).removesuffix("/export")).text
