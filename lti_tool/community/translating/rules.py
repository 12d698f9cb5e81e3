"""What a translation is: somebody's words for a post in another language, beside the original."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from lti_tool.community.posts import Draft, Piece, Post, drafted
from lti_tool.community.typed import LONGEST_TEXT, LONGEST_TITLE, Field, Problem, length_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation(Piece):
    """A post's title and text in another language, by whoever translated them: its author."""

    post_id: str
    title: str
    of: str
    """The fingerprint of what was translated."""

    @property
    def thread(self) -> str:
        """Name the post that this stands under."""
        return self.post_id

    @property
    def draft(self) -> Draft:
        """Give what is saved as a form would send it."""
        return replace(drafted(self), title=self.title, of=self.of)

    def is_outdated(self, post: Post) -> bool:
        """Tell whether the original says something else by now."""
        return self.of != fingerprint(post)


def fingerprint(post: Post) -> str:
    """Tell what a post says from everything else that it might say."""
    return sha256("\0".join((post.language, post.title, post.text)).encode()).hexdigest()


def problems(draft: Draft, post: Post, languages: Collection[str]) -> Iterator[Problem]:
    """Go through what keeps a tidied translation from being published."""
    yield from length_problems(Field.TITLE, draft.title, LONGEST_TITLE)
    yield from length_problems(Field.TEXT, draft.text, LONGEST_TEXT)
    if draft.language not in languages or draft.language == post.language:
        yield Problem(field=Field.LANGUAGE)


def in_order(translations: Sequence[Translation], post: Post, reads: str) -> Sequence[Translation]:
    """Put the reader's own language first, and in each language what is of the text as it stands, the newest first."""
    newest = sorted(translations, key=lambda one: (one.edited_at or one.created_at, one.id), reverse=True)
    return sorted(newest, key=lambda one: (one.language != reads, one.language, one.is_outdated(post)))
