"""Pure decisions: what may be published, and who may do what."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from lti_tool.community import rules
from lti_tool.community.posts import Author, Draft, Piece, Post, PostKind, Reader, Reply
from lti_tool.community.rules import Verdict
from lti_tool.community.typed import Field, post_problems, reply_problems, tidy, tidy_line

THEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
LANGUAGES = {"en", "es"}
AUTHOR = Reader(person_id=1, course_id=1, is_trainer=False)
OTHER = Reader(person_id=2, course_id=1, is_trainer=False)
TRAINER = Reader(person_id=3, course_id=1, is_trainer=True)
TRAINER_ELSEWHERE = Reader(person_id=4, course_id=2, is_trainer=True)

COMMON: dict[str, Any] = {
    "id": "00000000-0000-4000-8000-000000000001",
    "author": Author(person_id=1, name="Ana", number=1),
    "course_id": 1,
    "text": "Text",
    "language": "en",
    "version": 2,
    "created_at": THEN,
    "edited_at": None,
    "is_deleted": False,
    "hidden_reason": None,
}
POST = Post(**COMMON, kind=PostKind.NEED, title="Title", answered_at=None, active_at=THEN, replies=0)
REPLY = Reply(**COMMON, post_id="00000000-0000-4000-8000-000000000002", helped=False)
DRAFT = Draft(id=POST.id, kind="need", title="Title", text="Text", language="en", version=2)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"kind": ""}, [(Field.KIND, 0)]),
        ({"kind": "offer"}, [(Field.KIND, 0)]),
        ({"title": ""}, [(Field.TITLE, 0)]),
        ({"title": "x" * 150}, []),
        ({"title": "x" * 151}, [(Field.TITLE, 151)]),
        ({"text": ""}, [(Field.TEXT, 0)]),
        ({"text": "x" * 10_000}, []),
        ({"text": "x" * 10_001}, [(Field.TEXT, 10_001)]),
        ({"language": "de"}, [(Field.LANGUAGE, 0)]),
        ({"title": "", "text": ""}, [(Field.TITLE, 0), (Field.TEXT, 0)]),
    ],
)
def test_a_post_says_everything_that_is_wrong_with_it(changed: dict[str, str], wrong: list[tuple[Field, int]]) -> None:
    problems = post_problems(replace(DRAFT, **changed), LANGUAGES)  # type: ignore[arg-type]  # a table of texts

    assert [(problem.field, problem.length) for problem in problems] == wrong


def test_a_reply_needs_neither_kind_nor_title() -> None:
    assert not list(reply_problems(Draft(id=REPLY.id, text="Text", language="en"), LANGUAGES))


@pytest.mark.parametrize(
    ("typed", "kept"), [("  a\r\nb\r ", "a\nb"), ("a\x00b\x1bc", "abc"), ("\ud800a", "a"), ("á\u200d\tb", "á\u200d\tb")]
)
def test_what_no_keyboard_writes_is_dropped(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_a_title_is_one_line() -> None:
    assert tidy_line(" a\r\n  b\tc ") == "a b c"


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"text": "New"}, Verdict.SAVED),
        ({"text": "New", "version": 1}, Verdict.CONFLICT),
        ({"text": "New", "version": 3}, Verdict.CONFLICT),
        ({"version": 1}, Verdict.SAVED),
        ({"kind": "tool", "version": 1}, Verdict.CONFLICT),
        ({"title": "New", "version": 1}, Verdict.CONFLICT),
        ({"language": "es", "version": 1}, Verdict.CONFLICT),
    ],
)
def test_only_the_newest_version_is_replaced(changed: dict[str, Any], verdict: Verdict) -> None:
    assert rules.judge(POST, replace(DRAFT, **changed)) is verdict


def test_nothing_is_written_into_what_was_deleted() -> None:
    assert rules.judge(replace(POST, is_deleted=True), DRAFT) is Verdict.CLOSED


DELETED = replace(POST, is_deleted=True)
HIDDEN = replace(POST, hidden_reason="A name")
DOUBT = replace(POST, kind=PostKind.DOUBT)
TOOL = replace(POST, kind=PostKind.TOOL)


@pytest.mark.parametrize(
    ("piece", "who"),
    [
        (POST, {AUTHOR, OTHER, TRAINER, TRAINER_ELSEWHERE}),
        (HIDDEN, {AUTHOR, TRAINER}),
        (DELETED, set()),
    ],
)
def test_who_reads(piece: Post, who: set[Reader]) -> None:
    readers = (AUTHOR, OTHER, TRAINER, TRAINER_ELSEWHERE)

    assert {reader for reader in readers if rules.can_read(reader, piece)} == who
    assert {reader for reader in readers if rules.can_open(reader, piece)} == who
    assert all(rules.can_open(reader, replace(piece, replies=1)) for reader in readers)


@pytest.mark.parametrize(
    ("piece", "edits", "moderates", "marks"),
    [
        (POST, {AUTHOR}, {TRAINER}, {AUTHOR, TRAINER}),
        (HIDDEN, {AUTHOR}, {TRAINER}, {AUTHOR, TRAINER}),
        (DELETED, set(), set(), set()),
        (DOUBT, {AUTHOR}, {TRAINER}, {AUTHOR, TRAINER}),
        (TOOL, {AUTHOR}, {TRAINER}, set()),
        (REPLY, {AUTHOR}, {TRAINER}, set()),
    ],
)
def test_who_may_do_what(piece: Piece, edits: set[Reader], moderates: set[Reader], marks: set[Reader]) -> None:
    readers = (AUTHOR, OTHER, TRAINER, TRAINER_ELSEWHERE)

    assert {reader for reader in readers if rules.can_edit(reader, piece)} == edits
    assert {reader for reader in readers if rules.can_moderate(reader, piece)} == moderates
    assert {reader for reader in readers if rules.can_mark(reader, piece)} == marks


@pytest.mark.parametrize(
    ("post", "is_open", "is_answered"),
    [
        (POST, True, False),
        (replace(POST, answered_at=THEN), False, True),
        (replace(DOUBT, answered_at=THEN), False, True),
        (HIDDEN, False, False),
        (DELETED, False, False),
        (replace(TOOL, answered_at=THEN), False, False),
    ],
)
def test_only_a_need_waits_and_only_needs_and_doubts_are_answered(post: Post, is_open: bool, is_answered: bool) -> None:  # noqa: FBT001 - a table
    assert (post.is_open_need, post.is_answered) == (is_open, is_answered)
