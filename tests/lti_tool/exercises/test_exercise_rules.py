from dataclasses import replace

import pytest

from content.fields.field import Value
from lti_tool.exercises import rules
from lti_tool.exercises.rules import Draft, Note, ProblemKind, Verdict
from tests.lti_tool.exercises.examples import draft, exercise, note

EXERCISE = exercise()


def kinds_of_problems(a_draft: Draft, saved: Note | None = None) -> list[ProblemKind]:
    return [problem.kind for problem in rules.decide(EXERCISE, saved, a_draft).problems]


@pytest.mark.parametrize(
    ("a_draft", "problem"),
    [
        (draft("top/left", "grid", what="x" * 20), None),
        (draft("bottom/right", "grid", kind="good", weight="5"), None),
        (draft("cards", "cards", who="a", power=1), None),
        (draft("why", "questions", answer="because"), None),
        (draft("top/left", "nowhere", what="x"), ProblemKind.UNKNOWN_PLACE),
        (draft("top/middle", "grid", what="x"), ProblemKind.UNKNOWN_PLACE),
        (draft("cards", "grid", what="x"), ProblemKind.UNKNOWN_PLACE),
        (draft("top/left", "grid", whatever="x"), ProblemKind.UNKNOWN_FIELD),
        (draft("top/left", "grid", kind="ugly"), ProblemKind.NOT_OFFERED),
        (draft("top/left", "grid", kind=1), ProblemKind.NOT_OFFERED),
        (draft("top/left", "grid", weight=0), ProblemKind.NOT_OFFERED),
        (draft("top/left", "grid", weight=6), ProblemKind.NOT_OFFERED),
        (draft("top/left", "grid", weight="a lot"), ProblemKind.NOT_OFFERED),
        (draft("top/left", "grid", weight="9" * 5000), ProblemKind.NOT_OFFERED),
        (draft("top/left", "grid", what=7), ProblemKind.NOT_OFFERED),
        (draft("top/left", "grid", what="x" * 21), ProblemKind.TOO_LONG),
        (replace(draft(what="x"), id="1"), ProblemKind.UNKNOWN_NOTE),
        (replace(draft(what="x"), id=draft().id.upper()), ProblemKind.UNKNOWN_NOTE),
    ],
)
def test_a_note_is_saved_only_where_it_fits(a_draft: Draft, problem: ProblemKind | None) -> None:
    assert kinds_of_problems(a_draft) == ([problem] if problem else [])


def test_a_text_that_is_too_long_is_told_how_long_it_is() -> None:
    [problem] = rules.decide(EXERCISE, None, draft(what="x" * 25)).problems

    assert (problem.field, problem.told) == ("what", {"length": 25, "limit": 20})


def test_words_go_to_a_note_wherever_it_stands_by_now() -> None:
    saved = note("top/left", what="x")
    sent = replace(draft("top/right", version=1, what="y"), id=saved.id)

    decision = rules.decide(EXERCISE, saved, sent)

    assert (decision.verdict, decision.draft.cell) == (Verdict.CHANGED, "top/left")


def test_a_note_whose_cell_left_the_exercise_says_so_wherever_the_page_had_it() -> None:
    saved = note("gone/left", what="x")
    sent = replace(draft("top/right", version=1, what="y"), id=saved.id)

    assert kinds_of_problems(sent, saved) == [ProblemKind.UNKNOWN_PLACE]


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        ("what", "  words \n", "words"),
        ("what", "one\r\ntwo", "one\ntwo"),
        ("what", "one\rtwo", "one\ntwo"),
        ("what", "a\x00b\x1b", "ab"),
        ("what", "a\ud800b", "ab"),
        ("what", "κοινωνική μشاركة", "κοινωνική μشاركة"),
        ("weight", "3", 3),
        ("weight", 3, 3),
        ("kind", "good", "good"),
    ],
)
def test_what_is_sent_is_tidied(field: str, sent: Value, kept: Value) -> None:
    assert rules.tidy(EXERCISE, replace(draft(), values={field: sent})).values == {field: kept}


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\x00"])
def test_what_is_left_open_is_not_kept(blank: str) -> None:
    assert rules.tidy(EXERCISE, draft(what=blank, kind="", weight="")).values == {}


SAVED = note(what="theirs", version=3)
DELETED = note(version=3)


@pytest.mark.parametrize(
    ("saved", "values", "version", "verdict", "version_after"),
    [
        (None, {"what": "mine"}, 0, Verdict.NEW, 1),
        (None, {"what": "mine"}, 2, Verdict.NEW, 1),
        (None, {}, 0, Verdict.NOTHING, 0),
        (SAVED, {"what": "theirs"}, 3, Verdict.SAME, 3),
        (SAVED, {"what": "theirs"}, 1, Verdict.SAME, 3),
        (SAVED, {"what": "theirs"}, 0, Verdict.SAME, 3),
        (SAVED, {"what": "mine"}, 3, Verdict.CHANGED, 4),
        (SAVED, {}, 3, Verdict.CHANGED, 4),
        (SAVED, {"what": "mine"}, 2, Verdict.CONFLICT, 3),
        (SAVED, {"what": "mine"}, 4, Verdict.CONFLICT, 3),
        (SAVED, {}, 2, Verdict.CONFLICT, 3),
        (DELETED, {}, 1, Verdict.SAME, 3),
        (DELETED, {"what": "mine"}, 3, Verdict.CHANGED, 4),
        (DELETED, {"what": "mine"}, 2, Verdict.CONFLICT, 3),
    ],
    ids=[
        "a new note is added",
        "a note that the server lost is added again",
        "an empty new note is nothing",
        "the same text changes nothing",
        "the same text sent again over a poor line changes nothing",
        "the same text as a new note changes nothing",
        "a text that grew from the newest version takes its place",
        "an emptied note is deleted",
        "a text that grew from an older version overwrites nothing",
        "a text from a version that never was overwrites nothing",
        "a deletion of an older version deletes nothing",
        "deleting twice changes nothing",
        "a deleted note is brought back from its newest version",
        "a text written while somebody deleted the note is not lost",
    ],
)
def test_nobodys_words_are_overwritten_in_silence(
    saved: Note | None, values: dict[str, Value], version: int, verdict: Verdict, version_after: int
) -> None:
    sent = Draft(
        id=saved.id if saved else note().id,
        part="grid",
        cell="top/left",
        values=values,
        version=version,
        language="en",
    )

    decision = rules.decide(EXERCISE, saved, sent)

    assert (decision.verdict, decision.version) == (verdict, version_after)


def test_two_windows_that_begin_the_same_answer_write_the_same_note() -> None:
    questions = EXERCISE.part("questions")

    assert rules.blank_id(questions, "why") == rules.blank_id(questions, "why")
    assert rules.blank_id(questions, "why") != rules.blank_id(questions, "how")


def test_each_new_note_of_a_grid_has_an_id_of_its_own() -> None:
    grid = EXERCISE.part("grid")

    assert rules.blank_id(grid, "top/left") != rules.blank_id(grid, "top/left")
