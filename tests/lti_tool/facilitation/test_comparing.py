"""A trainer is shown what changed since an earlier hand-in of the same work."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from lti_tool.database import db
from lti_tool.exercises.tables import EditionRow, NoteRow, SubmissionRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import PLACE, hand_in, new_id, send
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer
from tests.lti_tool.reading import words_in
from tests.lti_tool.reviews.answering import answer
from tests.lti_tool.reviews.releasing import release


def changes(reader: Client, submission_id: int, since: int | None = None) -> str:
    """Give the section, as it stands in the page."""
    query = "" if since is None else f"?since={since}"
    page = reader.get(f"submissions/{submission_id}{query}").text
    found = re.search(r'<details class="changes".*?</details>', page, flags=re.DOTALL)
    return found[0] if found else ""


def rewrite(trainee: Client, note_id: str, version: int, **values: object) -> None:
    """Save a note and hand in what is there."""
    assert send(trainee, note_id, PLACE, version=version, **values).status_code == 303
    assert trainee.post("exercise/submissions").status_code == 303


def test_what_changed_is_shown_folded_with_the_words_and_choices_that_went_and_came(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, note_id = sqlite_enter(), new_id()
    rewrite(trainee, note_id, 0, satisfier="A <well> of old", effect="singular")
    rewrite(trainee, note_id, 1, satisfier="A <pump> of old", effect="synergic")
    first, second = submission_ids(sqlite_app)

    section = changes(trainer(sqlite_enter), second)

    assert section.startswith('<details class="changes" id="changes">')
    said = words_in(section)
    assert "What changed since" in said
    assert "1 note changed Subsistence · Being" in said
    assert "A < [taken out: well ] [put in: pump ] > of old" in said
    assert "[taken out: Singular ] [put in: Synergic ]" in said
    assert re.search(
        r'<bdi lang="en">A &lt;<del><span class="unseen" lang="en" dir="ltr">\[taken out: </span>well', section
    )
    assert f'href="#note-{note_id}"' in section
    assert changes(trainer(sqlite_enter), first) == ""


def test_any_earlier_hand_in_can_be_chosen_and_what_was_answered_is_the_first_choice(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee, "first")
    release(reader, submission_ids(sqlite_app)[0])
    hand_in(trainee, "second")
    hand_in(trainee, "third")
    first, second, third = submission_ids(sqlite_app)

    since_answer, since_second = changes(reader, third), changes(reader, third, second)

    assert "2 notes added" in words_in(since_answer)
    assert f'<option value="{first}" selected>' in since_answer
    assert "1 note added" in words_in(since_second)
    assert since_second.startswith('<details class="changes" id="changes" open>')


@pytest.mark.parametrize(("outcome", "is_open"), [("revise", True), ("done", False)])
def test_what_came_of_what_was_asked_is_not_folded(
    sqlite_app: Flask, sqlite_enter: Enter, *, outcome: str, is_open: bool
) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee, "first")
    answer(sqlite_app, reader, outcome=outcome, sentence="Ask the elders too.")
    hand_in(trainee, "second")

    section = changes(reader, submission_ids(sqlite_app)[1])

    assert section.startswith('<details class="changes" id="changes" open>') is is_open


def test_where_nothing_changed_it_says_so(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee = sqlite_enter()
    hand_in(trainee)
    sqlite_enter(link="again").post("exercise/submissions")

    assert "No note is different." in words_in(changes(trainer(sqlite_enter), submission_ids(sqlite_app)[1]))


def let_it_have_been_in_another_part(app: Flask) -> None:
    """Let what was handed in, and is written still, stand in a part that the exercise had then and has no more."""
    with app.app_context():
        body = json.loads(db.session.scalars(select(EditionRow.body)).one())
        submission = db.session.scalars(select(SubmissionRow)).one()
        matrix = next(part for part in body["parts"] if part["id"] == "matrix")
        body["parts"].append({**matrix, "id": "old"})
        for text in body["texts"].values():
            words = text["parts"]["matrix"]
            text["parts"]["old"] = {**words, "rows": {**words["rows"], "subsistence": {"title": "Staying alive"}}}
        db.session.add(EditionRow(digest="0" * 64, body=json.dumps(body)))
        submission.edition = "0" * 64
        submission.notes = [{**note, "part": "old"} for note in submission.notes]
        db.session.execute(update(NoteRow).values(part="old"))
        db.session.commit()


def test_what_the_exercise_has_no_more_is_named_as_it_was(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee = sqlite_enter()
    hand_in(trainee, "A well")
    let_it_have_been_in_another_part(sqlite_app)
    hand_in(trainee, "A pump")

    said = words_in(changes(trainer(sqlite_enter), submission_ids(sqlite_app)[1]))

    assert "1 note added 1 note taken away" in said
    assert "Staying alive · Being The exercise has this place no more. Taken away [taken out: A well ]" in said


@pytest.mark.parametrize("whose", ["of the same work, and newer", "another's", "nobody's"])
def test_nothing_is_compared_with_what_did_not_come_before_it(
    sqlite_app: Flask, sqlite_enter: Enter, whose: str
) -> None:
    trainee, other = sqlite_enter(sub="1"), sqlite_enter(sub="2")
    hand_in(other, "Another's")
    hand_in(trainee)
    hand_in(trainee)
    others, first, second = submission_ids(sqlite_app)
    since = {"of the same work, and newer": second, "another's": others, "nobody's": 99}[whose]

    answer = trainer(sqlite_enter).get(f"submissions/{first}?since={since}")

    assert answer.status_code == 404
    assert "Another's" not in answer.text
