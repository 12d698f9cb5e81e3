"""Pure decisions: how far a need is, who may offer and accept, and what a save of an offer does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lti_tool.community import rules as core
from lti_tool.community.offers import rules
from lti_tool.community.offers.rules import Offer, OfferDraft
from lti_tool.community.posts import Author, Post, PostKind, Reader, Reply, State
from lti_tool.community.rules import Verdict
from lti_tool.community.typed import Field

THEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
OWNER = Reader(person_id=1, course_id=1, is_trainer=False)
HELPER = Reader(person_id=2, course_id=1, is_trainer=False)
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
NEED = Post(**COMMON, kind=PostKind.NEED, title="Title", answered_at=None, active_at=THEN, replies=0)
OFFER = Offer(**COMMON, post_id=NEED.id, available="Thursdays", accepted_at=None)
DRAFT = OfferDraft(id=OFFER.id, text="Text", language="en", available="Thursdays", version=2)
GONE: list[dict[str, Any]] = [{"is_deleted": True}, {"hidden_reason": "A name"}]


@pytest.mark.parametrize(
    ("kind", "stage", "is_closed", "state", "urgency"),
    [
        ("need", "open", False, "open", 2),
        ("need", "offered", False, "offered", 2),
        ("need", "accepted", False, "accepted", 1),
        ("need", "open", True, "answered", 0),
        ("need", "accepted", True, "answered", 0),
        ("need", "closed", True, "closed", 0),
        ("need", "held", True, "held", 0),
        ("need", "closed", False, "open", 2),
        ("doubt", "offered", False, "open", 0),
        ("doubt", "closed", True, "answered", 0),
        ("tool", "accepted", False, None, 0),
        ("experience", "open", True, None, 0),
    ],
)
def test_how_far_a_post_is(kind: str, stage: str, is_closed: bool, state: str | None, urgency: int) -> None:  # noqa: FBT001 - a table
    closed_at = THEN if is_closed else None
    post = replace(NEED, kind=PostKind(kind), stage=State(stage), answered_at=closed_at)

    assert (post.state, post.urgency) == (state, urgency)


@pytest.mark.parametrize("gone", GONE)
def test_a_need_that_is_gone_is_not_urgent(gone: dict[str, Any]) -> None:
    assert replace(NEED, **gone).urgency == 0


@pytest.mark.parametrize("gone", GONE)
def test_what_is_gone_counts_neither_as_accepted_nor_as_the_answer(gone: dict[str, Any]) -> None:
    accepted = replace(OFFER, accepted_at=THEN)
    answer = Reply(**COMMON, post_id=NEED.id, helped=True)

    assert accepted.is_accepted
    assert not replace(accepted, **gone).is_accepted
    assert answer.is_the_answer
    assert not replace(answer, **gone).is_the_answer


def test_a_change_after_the_acceptance_is_told() -> None:
    accepted = replace(OFFER, accepted_at=THEN)

    assert not accepted.is_other_than_accepted
    assert not replace(accepted, edited_at=THEN - timedelta(1)).is_other_than_accepted
    assert replace(accepted, edited_at=THEN + timedelta(1)).is_other_than_accepted
    assert not replace(OFFER, edited_at=THEN).is_other_than_accepted


@pytest.mark.parametrize(
    ("post", "offers", "closes"),
    [
        (NEED, {HELPER, TRAINER, TRAINER_ELSEWHERE}, {OWNER, TRAINER}),
        (replace(NEED, answered_at=THEN), set(), {OWNER, TRAINER}),
        (replace(NEED, hidden_reason="A name"), set(), {OWNER, TRAINER}),
        (replace(NEED, is_deleted=True), set(), set()),
        (replace(NEED, kind=PostKind.DOUBT), set(), set()),
    ],
)
def test_who_may_offer_and_who_may_close(post: Post, offers: set[Reader], closes: set[Reader]) -> None:
    readers = (OWNER, HELPER, TRAINER, TRAINER_ELSEWHERE)

    assert {reader for reader in readers if core.can_offer(reader, post)} == offers
    assert {reader for reader in readers if core.can_close(reader, post)} == closes


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"available": "Fridays"}, Verdict.SAVED),
        ({"text": "New", "version": 1}, Verdict.CONFLICT),
        ({"available": "Fridays", "version": 1}, Verdict.CONFLICT),
        ({"version": 1}, Verdict.SAVED),
    ],
)
def test_only_the_newest_version_of_an_offer_is_replaced(changed: dict[str, Any], verdict: Verdict) -> None:
    assert rules.judge(OFFER, replace(DRAFT, **changed)) is verdict
    assert rules.judge(replace(OFFER, is_deleted=True), replace(DRAFT, **changed)) is Verdict.CLOSED


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"available": ""}, []),
        ({"text": ""}, [(Field.TEXT, 0)]),
        ({"available": "x" * 200}, []),
        ({"available": "x" * 201}, [(Field.AVAILABLE, 201)]),
        ({"language": "de"}, [(Field.LANGUAGE, 0)]),
    ],
)
def test_an_offer_says_everything_that_is_wrong_with_it(
    changed: dict[str, Any], wrong: list[tuple[Field, int]]
) -> None:
    problems = rules.problems(replace(DRAFT, **changed), {"en"})

    assert [(problem.field, problem.length) for problem in problems] == wrong
