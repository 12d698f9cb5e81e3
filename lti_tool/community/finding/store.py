"""Finds posts by their words: those whose heading has all of them first, then the newest, in pages that stay."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, not_, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.community import store
from lti_tool.community.finding.rules import Word
from lti_tool.community.finding.tables import TRIGRAMS, PostWordsRow
from lti_tool.community.rules import Post, Reply, is_id
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db

PAGE = 20
FEW = 500
"""Posts that are sorted as they are; where more are found, the newest are looked through until a page is full."""
HEADING = (PostWordsRow.heading,)
ANYWHERE = (PostWordsRow.heading, PostWordsRow.body, PostWordsRow.replies)
Texts = tuple[InstrumentedAttribute[str], ...]


class Part(StrEnum):
    """Where all the words stand."""

    HEADING = "heading"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Behind which post a page of results begins."""

    part: Part
    active_at: datetime
    id: str

    def __str__(self) -> str:
        """Write it as the page's links carry it."""
        return f"{self.part}~{self.active_at.isoformat()}~{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Some posts, and where the next page begins, if there is one."""

    posts: Sequence[Post]
    after: Place | None


def read_place(text: str) -> Place | None:
    """Read what a link carries; what none of ours would carry is the beginning."""
    part, _, rest = text.partition("~")
    moment, _, post_id = rest.partition("~")
    try:
        active_at = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if part not in list(Part) or not is_id(post_id):
        return None
    return Place(part=Part(part), active_at=active_at, id=post_id)


def search(
    key: CommunityKey, words: Sequence[Word], wanted: Sequence[ColumnElement[bool]] = (), after: Place | None = None
) -> Results:
    """Give a page of the posts that everybody can read and in which all the words occur; `wanted` are filters."""
    found: list[tuple[Part, PostRow]] = []
    for part in Part:
        if not after or part >= after.part:
            behind = after if after and after.part is part else None
            rows = _of_part(_Part(key, words, part), wanted, behind, PAGE + 1 - len(found))
            found += [(part, row) for row in rows]
    posts = [store.post_of(row) for _, row in found[:PAGE]]
    return Results(posts=posts, after=_place(*found[PAGE - 1]) if len(found) > PAGE else None)
