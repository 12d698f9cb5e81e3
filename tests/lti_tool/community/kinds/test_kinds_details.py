"""What each kind asks for, what a field can hold, and that nothing typed under another kind is lost or in the way."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lti_tool.community.kinds import catalogue
from lti_tool.community.posts import Author, Draft, Post, PostKind

DRAFT = Draft(id="x", text="Text", language="en", title="Title", kind="need")
THEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
POST = Post(
    id="x",
    author=Author(person_id=1, name="Ana", number=1),
    course_id=1,
    text="Text",
    language="en",
    version=1,
    created_at=THEN,
    edited_at=None,
    is_deleted=False,
    hidden_reason=None,
    kind=PostKind.TOOL,
    title="Title",
    answered_at=None,
    active_at=THEN,
    replies=0,
)


def test_each_kind_asks_for_its_own() -> None:
    assert {str(kind): list(one.names) for kind, one in catalogue.KINDS.items()} == {
        "need": ["tried", "what_for", "by_when"],
        "doubt": ["tried"],
        "tool": ["how", "licence", "link"],
        "experience": ["change", "link"],
    }
    assert [str(kind) for kind in catalogue.asked_by(catalogue.DETAILS["tried"])] == ["need", "doubt"]


def test_a_kind_has_words_for_its_answer_where_it_can_be_answered() -> None:
    assert [kind for kind, one in catalogue.KINDS.items() if one.answering] == [
        kind for kind in catalogue.KINDS if kind.can_be_answered
    ]


@pytest.mark.parametrize(
    ("kind", "field", "value", "is_wrong"),
    [
        ("need", "by_when", "2026-12-31", False),
        ("need", "by_when", "2026-02-30", True),
        ("need", "by_when", "20261231", True),
        ("need", "by_when", "tomorrow", True),
        ("need", "tried", "x" * 3_000, False),
        ("need", "tried", "x" * 3_001, True),
        ("tool", "licence", "cc-by-sa", False),
        ("tool", "licence", "unsure", False),
        ("tool", "licence", "mine", True),
        ("tool", "link", "https://example.org/a?b=1#c", False),
        ("tool", "link", "HTTP://example.org", False),
        ("tool", "link", "https://example.org?q=قمامة", False),
        ("tool", "link", "https://example.org/@somebody", False),
        ("tool", "link", "javascript:alert(1)", True),
        ("tool", "link", "javascript://example.org/%0aalert(1)", True),
        ("tool", "link", "data:text/html,x", True),
        ("tool", "link", "ftp://example.org", True),
        ("tool", "link", "https://", True),
        ("tool", "link", "https://localhost", True),
        ("tool", "link", "https://bank.example@evil.example/", True),
        ("tool", "link", 'https://example.org/"onclick="x', True),
        ("tool", "link", "see https://example.org", True),
        ("tool", "link", f"https://example.org/{'x' * 500}", True),
    ],
)
def test_a_field_takes_what_it_can_hold(kind: str, field: str, value: str, is_wrong: bool) -> None:  # noqa: FBT001 - a table
    found = list(catalogue.detail_problems(replace(DRAFT, kind=kind, details={field: value})))

    assert [problem.field for problem in found] == [field] * is_wrong


def test_what_was_typed_under_another_kind_stands_in_nobodys_way_unless_it_is_huge() -> None:
    wrong = {"link": "x", "licence": "x", "how": "h"}

    assert list(catalogue.detail_problems(replace(DRAFT, details=wrong))) == []
    assert list(catalogue.detail_problems(replace(DRAFT, kind="", details=wrong))) == []
    [problem] = catalogue.detail_problems(replace(DRAFT, details={"how": "h" * 3_001}))
    assert (problem.field, problem.length) == ("how", 3_001)


def test_only_what_its_own_kind_asks_for_and_can_be_taken_is_shown() -> None:
    details = {"how": "Print it.", "link": "javascript:x", "licence": "unsure", "tried": "Nothing"}

    shown = catalogue.shown(replace(POST, details=details))

    assert [(detail.name, value) for detail, value in shown] == [("how", "Print it."), ("licence", "unsure")]
