"""What changed from one version to the next: pure decisions."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain

from lti_tool.community.history.rules import Version, steps
from lti_tool.community.posts import PostKind
from lti_tool.reviews.words import Fate

FIRST = Version(
    number=1,
    kind=PostKind.NEED,
    title="A bank",
    text="We begin one.",
    language="en",
    written_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
)


def test_the_newest_change_comes_first_with_the_words_that_changed() -> None:
    second = replace(FIRST, number=2, text="We begin two.")
    third = replace(second, number=3, title="A time bank", details={"tried": "Nothing"})

    newest, oldest = steps([FIRST, second, third])

    assert [one.name for one in newest.said] == ["title", "tried"]
    assert [one.name for one in oldest.said] == ["text"]
    pieces = [(piece.fate, piece.text.strip()) for piece in oldest.said[0].words.pieces]
    assert pieces == [(Fate.SAME, "We begin"), (Fate.GONE, "one"), (Fate.CAME, "two"), (Fate.SAME, ".")]


def test_a_change_of_kind_or_language_alone_has_no_words() -> None:
    [step] = steps([FIRST, replace(FIRST, number=2, kind=PostKind.DOUBT, language="es")])

    assert (step.before.kind, step.after.kind) == (PostKind.NEED, PostKind.DOUBT)
    assert not step.said


def test_all_changes_of_a_page_share_the_work_that_is_allowed() -> None:
    versions = [replace(FIRST, number=number, text=f"{number} " * 1000) for number in range(1, 11)]

    found = steps(versions, most=50_000)

    assert [step.said[0].words.is_whole for step in found][-1]
    assert sum(one.words.work for one in chain(*(step.said for step in found))) <= 50_000


def test_of_one_version_nothing_changed() -> None:
    assert steps([FIRST]) == steps([]) == []
