"""What the list tells whoever comes in: what is new, and at which posts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lti_tool.community.posts import Post
from lti_tool.community.visits import store
from lti_tool.community.visits.rules import MOST_COUNTED, NOTHING_NEW, Mark, News, Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What is new, for the list's templates."""

    news: News | None
    """Told at the list's beginning only."""
    marks: Mapping[str, Mark]
    most: int = MOST_COUNTED

    def mark(self, post: Post) -> Mark:
        """Give what is new of a post."""
        return self.marks.get(post.id, NOTHING_NEW)


def coming(stay: Stay, posts: Collection[Post], *, is_first: bool) -> Coming:
    """Gather it for a page of the list."""
    return Coming(news=store.news(stay) if is_first else None, marks=store.marks(stay, posts))
