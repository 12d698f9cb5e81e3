"""A trainer comments on notes, and asks to revise or says that it is done; who did the work reads it and answers."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import delete

from lti_tool.database import db
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.tables import NoteRow
from lti_tool.reviews.tables import FeedbackRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in, write
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer
from tests.lti_tool.reading import rows_of, words_of
from tests.lti_tool.reviews.answering import answer, draft, feedback_ids, keep, newest, note_ids, shown_at, typed
from tests.lti_tool.reviews.releasing import choose, releases, sent

WHO = "Who <b>says</b> so?"


# Drafts


def test_nobody_but_trainers_sees_a_draft_before_it_is_released(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)
    [note] = note_ids(sqlite_app)

    assert keep(sqlite_app, reader, sentence="Go on.", mark="70", comments={note: WHO}).status_code == 303

    assert "Go on." not in trainee.get().text
    assert "</b> so?" not in trainee.get().text.replace("&lt;", "<").replace("&gt;", ">")
    assert sent(sqlite_app)[1:] == []
    page = trainer(sqlite_enter, sub="colleague").get(newest(sqlite_app, reader))
    assert "Go on.</textarea>" in page.text
    assert "Who &lt;b&gt;says&lt;/b&gt; so?</textarea>" in page.text
    assert 'value="70"' in page.text
    assert "Kept, not released:" in words_of(page)
    assert "Draft begun" in rows_of(reader.get())[0]


def test_the_page_keeps_a_draft_by_itself_and_is_told_its_version(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)
    hand_in(sqlite_enter())
    work = newest(sqlite_app, reader)
    sends = typed(reader.get(work), sentence="Go on.")

    first = by_itself(reader, work, sends)
    again = by_itself(reader, work, {**sends, "version": first["version"], "sentence": "Go on, ask them."})

    assert (first["version"], again["version"]) == (1, 2)
    assert first["says"].startswith("Kept, not released:")


def by_itself(reader: Client, work: str, sends: dict[str, Any]) -> dict[str, Any]:
    """Send the form as the page's script does."""
    path = f"/l/{reader.launch_id}/{work}/draft"
    headers = {"Origin": reader.origin, "X-CSRF-Token": reader.csrf, "Accept": "application/json"}
    told: dict[str, Any] = reader.browser.post(path, data=sends, headers=headers).get_json()
    return told


def test_of_two_trainers_at_one_draft_the_later_is_shown_both_texts(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    hand_in(sqlite_enter())
    [note] = note_ids(sqlite_app)
    one, other = trainer(sqlite_enter), trainer(sqlite_enter, sub="colleague", name="Colleague")
    work = newest(sqlite_app, one)
    seen_by_other = other.get(work)
    keep(sqlite_app, one, sentence="Said by the first.", comments={note: "A comment of the first."})
    mine = typed(seen_by_other, sentence="Said by the second.")

    by_script, by_button = by_itself(other, work, mine), other.post(f"{work}/draft", **mine)
    released = other.post(f"{work}/release", **mine)

    assert by_script["says"].startswith("Another trainer changed this draft meanwhile.")
    for told in (by_button, released):
        assert told.status_code == 409
        assert "Said by the first.</blockquote>" in told.text
        assert "A comment of the first.</blockquote>" in told.text
        assert "Said by the second.</textarea>" in told.text
    assert (draft(sqlite_app) or {}).get("text") == "Said by the first."
    chosen = other.post(f"{work}/draft", **typed(by_button, sentence="Said by both."))
    assert chosen.status_code == 303
    assert (draft(sqlite_app) or {}).get("text") == "Said by both."


def test_who_has_a_draft_when_the_work_is_handed_in_again_is_told_and_chooses(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee, "First")
    [note] = note_ids(sqlite_app)
    before = typed(reader.get(newest(sqlite_app, reader)), comments={note: WHO})
    keep(sqlite_app, reader, comments={note: WHO})
    with sqlite_app.app_context():
        db.session.execute(delete(NoteRow))
        db.session.commit()
    hand_in(trainee, "Second")
    work = newest(sqlite_app, reader)

    told = by_itself(reader, work, {**before, "version": "1", "sentence": "More."})
    page = reader.get(work)

    assert told["news"].startswith("This work was handed in again while you wrote.")
    assert "handed in again since this draft was begun" in words_of(page)
    assert "Comments on notes that are gone First" in words_of(page)
    answer(sqlite_app, reader, comments={note: WHO})
    assert "First · This note is gone since." in words_of(trainee.get())


def test_a_draft_is_thrown_away_only_as_the_trainer_saw_it(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)
    hand_in(sqlite_enter())
    keep(sqlite_app, reader, sentence="Go on.")
    work = newest(sqlite_app, reader)

    assert reader.post(f"{work}/draft/discard", version="0").status_code == 409
    assert draft(sqlite_app)
    assert reader.post(f"{work}/draft/discard", version="1").status_code == 303
    assert not draft(sqlite_app)
    assert "Draft begun" not in rows_of(reader.get())[0]


# Rounds


def test_two_rounds_stay_with_the_work_and_a_number_goes_to_moodle_only_where_one_is_given(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    choose(reader, Marking.BY_TRAINER)
    hand_in(trainee, "A well")
    [note] = note_ids(sqlite_app)

    answer(sqlite_app, reader, outcome="revise", sentence="Look at who decides.", comments={note: WHO})

    page = trainee.get()
    assert sent(sqlite_app) == []
    assert "Your trainer asks you to revise this and to hand it in again." in words_of(page)
    assert "Who &lt;b&gt;says&lt;/b&gt; so?</blockquote>" in shown_at(page, note)
    assert "Given back" in rows_of(reader.get())[0]
    assert not draft(sqlite_app)

    write(trainee, note, "A well that the women run", version=1)
    assert trainee.post("exercise/submissions").status_code == 303

    page = reader.get(newest(sqlite_app, reader))
    assert "Waits for your mark" in rows_of(reader.get())[0]
    assert "That was about an earlier hand-in." in words_of(page)
    assert "Who &lt;b&gt;says&lt;/b&gt; so?</blockquote>" in shown_at(page, note)

    answer(sqlite_app, reader, mark="80", sentence="Well\ndone.")

    assert [given for given, _, _ in sent(sqlite_app)] == [80]
    assert (sent(sqlite_app)[0][2] or "").endswith("Well done.")
    assert releases(sqlite_app) == [(1, 80, "Well done.")]
    assert rows_of(reader.get())[0].count("Done") == 1
    said = words_of(trainee.get())
    assert said.index("Your trainer says that this is done.") < said.index("Look at who decides.")
    assert "80" not in said


def test_a_mark_of_the_version_before_is_shown_as_it_was(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)
    answer(sqlite_app, reader, mark="60", sentence="Ask the elders.")
    with sqlite_app.app_context():
        db.session.execute(delete(FeedbackRow))
        db.session.commit()

    assert "Your trainer wrote (" in words_of(trainee.get())
    assert "Ask the elders.</blockquote>" in trainee.get().text
    assert "Released: 60 of 100 points" in words_of(reader.get(newest(sqlite_app, reader)))
    answer(sqlite_app, reader, sentence="And the young.")
    assert [given for given, _, _ in sent(sqlite_app)] == [100, 60]


# All at once


def test_all_drafts_are_released_after_a_question_and_as_they_were_shown(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    reader = trainer(sqlite_enter)
    people = {name: sqlite_enter(sub=name, name=name) for name in ("ana", "ben", "cleo", "dora")}
    for name, trainee in people.items():
        hand_in(trainee)
        keep(sqlite_app, reader, sentence=f"To {name}.", mark="101" if name == "dora" else "")
    hand_in(people["cleo"])
    question = reader.get("drafts")
    versions = dict(re.findall(r'name="(version-\d+)" value="(\d+)"', question.text))
    ben = f"submissions/{submission_ids(sqlite_app)[1]}"
    reader.post(f"{ben}/draft", **typed(reader.get(ben), sentence="To ben, changed."))

    told = reader.post("drafts/release", **versions)

    assert len(versions) == 2
    assert "1 answer is released. ana" in words_of(told)
    assert "These are still drafts: you left them out, or they were changed meanwhile." in words_of(told)
    assert "cleo · Done It was handed in again since the draft was begun" in words_of(told)
    assert "dora · Done · Mark: 101 100 is the highest mark of this exercise." in words_of(told)
    read = {name for name, trainee in people.items() if f"To {name}" in trainee.get().text}
    assert read == {"ana"}
    assert people["ana"].post("drafts/release", **versions).status_code == 403
    assert people["ana"].get("drafts").status_code == 403


# Replies


def test_a_comment_is_answered_once_and_the_trainer_reads_it(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)
    [note] = note_ids(sqlite_app)
    answer(sqlite_app, reader, sentence="Go on.", comments={note: WHO})
    [said] = feedback_ids(sqlite_app)

    first = trainee.post(f"feedback/{said}/1/reply", text="The <i>women</i>.")
    second = trainee.post(f"feedback/{said}/1/reply", text="The men.")
    empty = trainee.post(f"feedback/{said}/0/reply", text=" ")

    assert (first.status_code, second.status_code, empty.status_code) == (303, 409, 422)
    assert "The &lt;i&gt;women&lt;/i&gt;.</blockquote>" in second.text
    assert "The men.</textarea>" in second.text
    assert "The &lt;i&gt;women&lt;/i&gt;." in shown_at(reader.get(newest(sqlite_app, reader)), note)
    assert trainee.post(f"feedback/{said}/2/reply", text="To nothing.").status_code == 404


def test_a_reply_is_kept_once_on_both_databases(app: Flask, enter: Enter) -> None:
    trainee, reader = enter(), trainer(enter)
    hand_in(trainee)
    assert keep(app, reader, sentence="Draft.").status_code == 303
    answer(app, reader, sentence="Go on.")
    [said] = feedback_ids(app)

    answers = [trainee.post(f"feedback/{said}/0/reply", text="We will.").status_code for _ in range(2)]

    assert answers == [303, 409]
    assert not draft(app)
    assert "We will.</blockquote>" in trainee.get().text
