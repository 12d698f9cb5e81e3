"""Pure decisions: when the owner of a need is asked whether it held, and what the answer does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lti_tool.community.outcomes import rules
from lti_tool.community.outcomes.rules import Held, HeldDraft, Later, Outcome
from lti_tool.community.posts import Author, Post, PostKind, Reader
from lti_tool.community.rules import Verdict
from lti_tool.community.typed import Field

THEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = THEN + timedelta(days=30)
OWNER = Reader(person_id=1, course_id=1, is_trainer=False)
TRAINER = Reader(person_id=3, course_id=1, is_trainer=True)
SAID = Later(held=Held.NO, text="It stopped", language="en", said_at=LATER)
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
NEED = Post(**COMMON, kind=PostKind.NEED, title="Title", answered_at=THEN, active_at=THEN, replies=0)
OUTCOME = Outcome(**COMMON, post_id=NEED.id, reopened_at=None, credited=(), later=None, dismissed_at=None)
DRAFT = HeldDraft(id=OUTCOME.id, text="It stopped", language="en", held="no", version=2)


@pytest.mark.parametrize(
    ("reader", "post", "outcome", "at", "is_asked"),
    [
        (OWNER, NEED, OUTCOME, LATER, True),
        (OWNER, NEED, OUTCOME, LATER - timedelta(seconds=1), False),
        (TRAINER, NEED, OUTCOME, LATER, False),
        (OWNER, NEED, replace(OUTCOME, later=SAID), LATER, False),
        (OWNER, NEED, replace(OUTCOME, dismissed_at=LATER), LATER, False),
        (OWNER, NEED, replace(OUTCOME, reopened_at=LATER), LATER, False),
        (OWNER, replace(NEED, kind=PostKind.TOOL), OUTCOME, LATER, False),
        (OWNER, replace(NEED, is_deleted=True), OUTCOME, LATER, False),
    ],
)
def test_the_owner_is_asked_once_a_month_later(
    reader: Reader,
    post: Post,
    outcome: Outcome,
    at: datetime,
    is_asked: bool,  # noqa: FBT001 - a table
) -> None:
    assert rules.is_due(reader, post, outcome, at) is is_asked


@pytest.mark.parametrize(
    ("saved", "changed", "verdict"),
    [
        (OUTCOME, {"version": 1}, Verdict.SAVED),
        (replace(OUTCOME, later=SAID), {"version": 1}, Verdict.SAVED),
        (replace(OUTCOME, later=SAID), {"held": "yes"}, Verdict.SAVED),
        (replace(OUTCOME, later=SAID), {"held": "yes", "version": 1}, Verdict.CONFLICT),
        (replace(OUTCOME, later=SAID), {"text": "", "version": 1}, Verdict.CONFLICT),
        (replace(OUTCOME, reopened_at=LATER), {}, Verdict.CLOSED),
    ],
)
def test_no_answer_is_overwritten_in_silence(saved: Outcome, changed: dict[str, Any], verdict: Verdict) -> None:
    assert rules.judge_later(saved, replace(DRAFT, **changed)) is verdict


def test_only_a_no_says_that_the_need_is_there_again() -> None:
    said = replace(OUTCOME, later=SAID)

    assert rules.failed(said)
    assert not rules.failed(replace(said, reopened_at=LATER))
    assert not rules.failed(replace(said, later=replace(SAID, held=Held.PARTLY)))
    assert not rules.failed(OUTCOME)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"text": ""}, []),
        ({"held": ""}, [Field.HELD]),
        ({"held": "maybe", "language": "de"}, [Field.HELD, Field.LANGUAGE]),
        ({"text": "x" * 10_001}, [Field.TEXT]),
    ],
)
def test_an_answer_needs_no_text(changed: dict[str, Any], wrong: list[Field]) -> None:
    assert [problem.field for problem in rules.later_problems(replace(DRAFT, **changed), {"en"})] == wrong
