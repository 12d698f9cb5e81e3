"""What changed from one version of a post or reply to the next: pure decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from lti_tool.community.posts import PostKind
from lti_tool.reviews import words
from lti_tool.reviews.words import MOST_WORK, Compared

PAGE = 10
"""Changes that a page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a piece said at some time; of a reply without what only posts have."""

    number: int
    kind: PostKind | None
    title: str | None
    text: str
    language: str
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A field whose words changed: `title`, `text`, or the name of a kind's own."""

    name: str
    words: Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How a version became the next one."""

    before: Version
    after: Version
    said: Sequence[Said]


def steps(versions: Sequence[Version], most: int = MOST_WORK) -> Sequence[Step]:
    """Compare each version with the one before it, the newest first; what would be more work stands whole."""
    return list(_steps(versions, most))


def _steps(versions: Sequence[Version], most: int) -> Iterator[Step]:
    for after, before in pairwise(reversed(versions)):
        said = list(_said(before, after, most))
        most -= sum(one.words.work for one in said)
        yield Step(before=before, after=after, said=[one for one in said if one.words.pieces])


def _said(before: Version, after: Version, most: int) -> Iterator[Said]:
    was, now = _texts(before), _texts(after)
    for name in {**now, **was}:
        compared = words.compare(was.get(name, ""), now.get(name, ""), most)
        most -= compared.work
        yield Said(name=name, words=compared)


def _texts(version: Version) -> Mapping[str, str]:
    return {"title": version.title or "", "text": version.text, **version.details}
