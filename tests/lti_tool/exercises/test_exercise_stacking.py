"""The rules of stacks: what a save of a heading, and of the notes under it, does."""

from dataclasses import replace

import pytest

from lti_tool.exercises import stacking
from lti_tool.exercises.rules import Verdict
from lti_tool.exercises.stacking import LONGEST_HEADING, Draft, ProblemKind, Stack

S = Stack(id="s", part="matrix", cell="subsistence/being", heading="Water", language="en", version=1)
NEW = replace(S, version=0)
RENAMED = replace(S, heading="Rain")
APART = replace(S, is_apart=True)
HERE: dict[str, str | None] = {"a": "s", "b": "s", "c": None, "d": "other"}
NONE_YET: dict[str, str | None] = {"a": None, "b": None, "c": None}


def here(saved: Stack | None) -> dict[str, str | None]:
    """Give the notes of the cell, with the stacks in which they lie."""
    return NONE_YET if saved is None or saved.is_apart else HERE


@pytest.mark.parametrize(
    ("saved", "draft", "expected", "version"),
    [
        (None, Draft(stack=NEW, put={"a", "b"}), Verdict.NEW, 1),
        (None, Draft(stack=replace(NEW, is_apart=True)), Verdict.NOTHING, 1),
        (S, Draft(stack=NEW, put={"a", "b"}), Verdict.SAME, 1),
        (S, Draft(stack=S, put={"c"}), Verdict.CHANGED, 1),
        (S, Draft(stack=S, take={"a"}), Verdict.CHANGED, 1),
        (S, Draft(stack=S, take={"c"}, put={"a", "gone"}), Verdict.SAME, 1),
        (S, Draft(stack=RENAMED), Verdict.CHANGED, 2),
        (replace(S, version=2), Draft(stack=RENAMED, put={"c"}), Verdict.CONFLICT, 3),
        (replace(RENAMED, version=2), Draft(stack=RENAMED), Verdict.SAME, 2),
        (replace(RENAMED, version=2), Draft(stack=APART), Verdict.CONFLICT, 3),
        (S, Draft(stack=APART), Verdict.CHANGED, 2),
        (APART, Draft(stack=APART), Verdict.SAME, 1),
        (replace(APART, version=2), Draft(stack=S), Verdict.CONFLICT, 3),
        (replace(APART, version=2), Draft(stack=replace(S, version=2), put={"c"}), Verdict.CHANGED, 3),
    ],
)
def test_a_heading_has_versions_and_the_notes_under_it_conflict_with_nobody(
    saved: Stack | None, draft: Draft, expected: Verdict, version: int
) -> None:
    decision = stacking.decide(saved, draft, here(saved))

    assert decision.verdict is expected
    if decision.is_written:
        assert decision.version == version


@pytest.mark.parametrize(
    ("saved", "draft", "expected"),
    [
        (None, Draft(stack=NEW, put={"a"}), ProblemKind.TOO_FEW),
        (None, Draft(stack=NEW, put={"a", "gone"}), ProblemKind.TOO_FEW),
        (None, Draft(stack=replace(NEW, heading=""), put={"a", "b"}), ProblemKind.NO_HEADING),
        (S, Draft(stack=replace(S, heading="")), ProblemKind.NO_HEADING),
        (S, Draft(stack=replace(S, heading="x" * (LONGEST_HEADING + 1))), ProblemKind.TOO_LONG),
        (S, Draft(stack=replace(S, heading="x" * LONGEST_HEADING)), None),
        (S, Draft(stack=replace(S, heading="", is_apart=True)), None),
    ],
)
def test_a_stack_has_a_heading_and_begins_with_two_notes(
    saved: Stack | None, draft: Draft, expected: ProblemKind | None
) -> None:
    decision = stacking.decide(saved, draft, here(saved))

    assert decision.problem is expected
    assert (decision.verdict is Verdict.REFUSED) == (expected is not None)


def test_taking_apart_takes_every_note_and_no_other() -> None:
    decision = stacking.decide(S, Draft(stack=APART, put={"c"}), HERE)

    assert (decision.draft.put, decision.draft.take) == (frozenset(), {"a", "b"})
