"""A trainer releases a mark and a sentence; from then on nothing but a trainer changes that grade."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from lti_tool.database import db
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.tables import EditionRow, SubmissionRow
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import Enter, fail_all, submission_ids, trainer
from tests.lti_tool.making import packaged_curriculum
from tests.lti_tool.reading import rows_of, words_of
from tests.lti_tool.reviews.releasing import choose, release, releases, sent

EXERCISE = packaged_curriculum().exercise("needs-matrix")
ELSEWHERE = [{"course": "another"}, {"issuer": "http://localhost:8200"}, {"activity": "exercise/power-interest-map"}]


def test_a_release_sends_the_mark_and_ends_its_comment_with_the_sentence(app: Flask, enter: Enter) -> None:
    hand_in(enter())

    answer = release(trainer(enter), submission_ids(app)[0], "72,5", "Ask  the\nelders too.")

    given, maximum, comment = sent(app)[-1]
    assert answer.status_code == 303
    assert (given, maximum) == (72.5, 100)
    assert comment is not None
    assert comment.splitlines()[-1] == "Ask the elders too."


def edit(app: Flask, change: Callable[[dict[str, Any]], None]) -> None:
    """Let what was handed in have been another edition of the exercise."""
    with app.app_context():
        row = db.session.scalars(select(EditionRow)).one()
        change(body := json.loads(row.body))
        row.body = json.dumps(body)
        db.session.commit()


def keep_one_check(body: dict[str, Any]) -> None:
    """Have an edition that asked for one thing, which everybody has written."""
    body["checks"] = [{"id": "rows", "rule": "places_filled", "part": "matrix", "places": "rows", "at_least": 1}]
    for text in body["texts"].values():
        text["checks"] = {"rows": "One row is filled."}


def test_a_comment_counts_by_the_exercise_as_it_was_when_the_work_was_handed_in(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    edit(app, keep_one_check)

    release(trainer(enter), submission_ids(app)[0], "72", "Ask the elders too.")

    assert sent(app)[-1][2] == "Ask the elders too."


def test_a_comment_does_not_count_by_the_rules_of_the_version_before(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    with app.app_context():
        db.session.execute(update(SubmissionRow).values(edition=None, met=[one.id for one in EXERCISE.checks]))
        db.session.commit()

    release(trainer(enter), submission_ids(app)[0], "72")

    assert (sent(app)[-1][2] or "").startswith("Still missing: ")


def test_the_form_asks_for_the_marks_that_count_now(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    edit(app, lambda body: body.update(score_maximum=50))

    page = trainer(enter).get(f"submissions/{submission_ids(app)[0]}")

    assert "Mark, from 0 to 100" in words_of(page)


def test_the_list_and_the_page_show_what_was_released(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    reader = trainer(enter)

    release(reader, submission_ids(app)[0], "72.5", "Ask the <b>elders</b> too.")

    page = reader.get(f"submissions/{submission_ids(app)[0]}")
    assert "72.5 of 100 points" in rows_of(reader.get())[0]
    assert "Released: 72.5 of 100 points · Done Trainer , " in words_of(page)
    assert "Ask the &lt;b&gt;elders&lt;/b&gt; too.</blockquote>" in page.text
    assert "The mark that counts: 72.5 of 100 points" in words_of(page)


@pytest.mark.parametrize("marking", Marking)
def test_after_a_release_handing_in_sends_nothing_by_itself(app: Flask, enter: Enter, marking: Marking) -> None:
    trainee, reader = enter(), trainer(enter)
    choose(reader, marking)
    hand_in(trainee)
    release(reader, submission_ids(app)[0])
    before = sent(app)

    hand_in(trainee)

    assert sent(app) == before
    assert "Handed in again since" in rows_of(reader.get())[0]


def test_a_mark_can_be_changed_and_what_was_said_before_stays(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    reader, work = trainer(enter), submission_ids(app)[0]
    release(reader, work, "60", "Ask the elders too.")

    release(reader, work, "80", "Well done.")

    assert releases(app) == [(1, 60, "Ask the elders too."), (2, 80, "Well done.")]
    assert [given for given, _, _ in sent(app)] == [100, 60, 80]


def test_sending_again_sends_the_released_mark_with_its_sentence(app: Flask, enter: Enter) -> None:
    trainee, reader = enter(), trainer(enter)
    hand_in(trainee)
    release(reader, submission_ids(app)[0], "60", "Ask the elders too.")
    hand_in(trainee)
    fail_all(app)

    reader.post(f"submissions/{submission_ids(app)[0]}/score")

    given, _, comment = sent(app)[-1]
    assert given == 60
    assert comment is not None
    assert comment.endswith("Ask the elders too.")


def test_where_the_trainer_marks_there_is_nothing_to_send_again_before_a_release(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    reader = trainer(enter)
    fail_all(app)
    choose(reader, Marking.BY_TRAINER)

    reader.post(f"submissions/{submission_ids(app)[0]}/score")
    reader.post("scores/failed")

    assert len(sent(app)) == 1
    assert "Send again" not in reader.get().text


def test_a_mark_reaches_a_new_activity_for_the_same_work_when_it_is_sent(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    hand_in(enter())
    release(reader, submission_ids(app)[0], "60")
    hand_in(enter(link="placed again"))
    offered = "Send 1 grade that was never sent" in reader.get().text

    reader.post("scores/never")

    assert offered
    assert [given for given, _, _ in sent(app)] == [100, 60, 60]


def test_where_nothing_is_graded_a_release_sends_nothing_and_says_so(app: Flask, enter: Enter) -> None:
    hand_in(enter(graded=False))
    reader, work = trainer(enter, graded=False), submission_ids(app)[0]

    answer = release(reader, work, "60", "Ask the elders too.")

    assert answer.status_code == 303
    assert sent(app) == []
    assert releases(app) == [(1, 60, "Ask the elders too.")]
    assert "releasing shows your answer on the exercise's page, and sends nothing." in words_of(
        reader.get(f"submissions/{work}")
    )


# What stands in its way


@pytest.mark.parametrize(
    ("mark", "sentence", "told"),
    [
        ("good", "", "A mark is a whole number or has one decimal place, such as 7.5."),
        ("101", "", "100 is the highest mark of this exercise."),
        ("50", "x" * 4001, "The text is too long: it has 4001 characters, and 4000 is the most. Shorten it."),
    ],
)
def test_what_cannot_be_released_is_shown_again_with_what_to_do(
    app: Flask, enter: Enter, mark: str, sentence: str, told: str
) -> None:
    hand_in(enter())

    answer = release(trainer(enter), submission_ids(app)[0], mark, sentence or "kept")

    assert answer.status_code == 422
    assert told in words_of(answer)
    assert (sentence or "kept") in answer.text
    assert releases(app) == []


def test_the_later_of_two_trainers_is_told_what_the_earlier_released_and_nothing_is_lost(
    app: Flask, enter: Enter
) -> None:
    hand_in(enter())
    work, reader = submission_ids(app)[0], trainer(enter)
    release(reader, work, "60", "Said by the first.")

    answer = release(reader, work, "80", "Said by the second.", release="0")

    assert answer.status_code == 409
    assert "Trainer released an answer to this work while you wrote." in words_of(answer)
    assert "Released: 60 of 100 points" in words_of(answer)
    assert "Said by the first." in words_of(answer)
    assert "Said by the second.</textarea>" in answer.text
    assert [number for number, _, _ in releases(app)] == [1]
    assert [given for given, _, _ in sent(app)] == [100, 60]


def test_who_was_told_can_release_all_the_same(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    work, reader = submission_ids(app)[0], trainer(enter)
    release(reader, work, "60")
    told = release(reader, work, "80", release="0")
    assert 'name="release" value="1"' in told.text

    answer = release(reader, work, "80", release="1")

    assert answer.status_code == 303
    assert [given for given, _, _ in sent(app)] == [100, 60, 80]


def test_who_reads_while_the_work_is_handed_in_again_is_shown_the_newest(app: Flask, enter: Enter) -> None:
    trainee, reader = enter(), trainer(enter)
    hand_in(trainee, "first")
    hand_in(trainee, "second")
    earlier, newest = submission_ids(app)

    answer = release(reader, earlier, "60", "About the first.", release="0", hand_in="1")

    assert answer.status_code == 409
    assert "This work was handed in again while you read it." in words_of(answer)
    assert "second" in answer.text
    assert "About the first.</textarea>" in answer.text
    assert f"/submissions/{newest}/release" in answer.text
    assert releases(app) == []


def test_an_earlier_hand_in_is_read_without_a_form(app: Flask, enter: Enter) -> None:
    trainee, reader = enter(), trainer(enter)
    hand_in(trainee)
    hand_in(trainee)

    assert "/release" not in reader.get(f"submissions/{submission_ids(app)[0]}").text


def test_a_trainee_releases_nothing(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee)

    answer = trainer(enter).get(f"submissions/{submission_ids(app)[0]}")
    refused = trainee.post(f"submissions/{submission_ids(app)[0]}/release", mark="100", release="0", hand_in="1")

    assert (answer.status_code, refused.status_code) == (200, 403)
    assert releases(app) == []


@pytest.mark.parametrize("other", ELSEWHERE)
def test_a_trainer_of_elsewhere_releases_nothing_here(app: Flask, enter: Enter, other: dict[str, str]) -> None:
    hand_in(enter())
    path = f"submissions/{submission_ids(app)[0]}/release"

    assert trainer(enter, **other).post(path, mark="100", release="0", hand_in="1").status_code == 404
    assert releases(app) == []


# What the trainee reads


def test_the_trainee_reads_the_sentence_and_never_the_mark(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee)

    release(trainer(enter), submission_ids(app)[0], "61", "Ask the <b>elders</b> too.")

    page = trainee.get("exercise")
    assert "Your trainer wrote (" in words_of(page)
    assert '<blockquote class="written" lang="en" dir="auto">Ask the &lt;b&gt;elders&lt;/b&gt; too.' in page.text
    assert "Handing in again doesn't change the mark" in words_of(page)
    assert "61" not in words_of(page)


def test_a_mark_without_a_sentence_is_told_without_the_mark(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee)

    release(trainer(enter), submission_ids(app)[0], "61")

    assert "Your trainer marked it: " in words_of(trainee.get("exercise"))
    assert "61" not in words_of(trainee.get("exercise"))


def test_what_was_said_stays_with_the_work_when_it_is_handed_in_again(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee)
    release(trainer(enter), submission_ids(app)[0], "61", "Ask the elders too.")

    hand_in(trainee)

    assert "Ask the elders too. That was about what you handed in before." in words_of(trainee.get("exercise"))


def test_nobody_reads_what_was_said_of_anothers_work(app: Flask, enter: Enter) -> None:
    hand_in(enter(sub="1"))
    release(trainer(enter), submission_ids(app)[0], "61", "Ask the elders too.")
    other = enter(sub="2")

    hand_in(other)

    assert "Ask the elders too." not in other.get("exercise").text


def test_the_trainee_reads_beforehand_that_the_trainer_marks(enter: Enter) -> None:
    choose(trainer(enter), Marking.BY_TRAINER)
    trainee = enter()
    before = words_of(trainee.get("exercise"))

    hand_in(trainee)

    assert "It gives no points by itself: your trainer reads your work" in before
    assert "Your trainer reads it and marks it. No grade goes to Moodle before that." in words_of(trainee.get())
