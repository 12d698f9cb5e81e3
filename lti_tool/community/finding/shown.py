"""What a page of results shows: of each post its heading, and the stretch in which the words stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.community.finding import store
from lti_tool.community.finding.excerpts import Stretch, excerpt, marked
from lti_tool.community.finding.rules import Word, found_in, indexed
from lti_tool.community.posts import Piece, Post, Reply
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
    """Show posts in their order; replies are looked at only where the post's own words aren't enough."""
    wanted = {post.id: [word for word in words if not _count(post.title, [word])] for post in posts}
    wanting = [post.id for post in posts if _count(post.text, wanted[post.id]) < len(wanted[post.id])]
    replies = store.find_replies(key, wanting, words) if wanting else {}
    return [_found(post, replies.get(post.id), wanted[post.id], words) for post in posts]


def _count(text: str, words: Sequence[Word]) -> int:
    return found_in(indexed([text]), words)


def _found(post: Post, reply: Reply | None, wanted: Sequence[Word], words: Sequence[Word]) -> Found:
    """Show the reply where it has more of the words that the title hasn't."""
    is_reply = reply is not None and _count(reply.text, wanted) > _count(post.text, wanted)
    shown: Piece = reply if reply and is_reply else post
    return Found(
        post=post,
        title=marked(post.title, words),
        stretch=excerpt(shown.text, words),
        language=shown.language,
        reply_id=shown.id if is_reply else None,
    )
