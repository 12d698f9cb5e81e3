"""What a page of results shows: of each post its heading, and the stretch in which the words stand."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from lti_tool.community.finding import store
from lti_tool.community.finding.excerpts import Stretch, excerpt, marked
from lti_tool.community.finding.rules import Word, found_in
from lti_tool.community.rules import Piece, Post, Reply
from lti_tool.community.store import CommunityKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A post that was found, and where."""

    post: Post
    title: Sequence[Stretch]
    stretch: Sequence[Stretch]
    language: str
    """Of the stretch."""
    reply_id: str | None
    """The reply that it comes from."""


def of_results(key: CommunityKey, posts: Sequence[Post], words: Sequence[Word]) -> Sequence[Found]:
    """Show posts in their order; replies are read only of those whose own words aren't enough."""
    wanting = [post.id for post in posts if len(found_in(_own(post), words)) < len(words)]
    replies = _by_post(store.find_replies(key, wanting) if wanting else [])
    return [_found(post, replies.get(post.id, []), words) for post in posts]


def _own(post: Post) -> str:
    return f"{post.title} {post.text}"


def _by_post(replies: Iterable[Reply]) -> dict[str, list[Reply]]:
    ordered = sorted(replies, key=attrgetter("post_id"))
    return {post_id: list(group) for post_id, group in groupby(ordered, key=attrgetter("post_id"))}


def _found(post: Post, replies: Collection[Reply], words: Sequence[Word]) -> Found:
    pieces: Iterator[Piece] = iter((post, *replies))
    best = max(pieces, key=lambda piece: len(found_in(piece.text, words)))
    return Found(
        post=post,
        title=marked(post.title, words),
        stretch=excerpt(best.text, words),
        language=best.language,
        reply_id=best.id if isinstance(best, Reply) else None,
    )
