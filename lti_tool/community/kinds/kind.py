"""A kind of post: what it is called, the sentence that offers it, and what it asks for."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from lti_tool.community.kinds.detail import Detail
from lti_tool.community.posts import PostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What is said around the reply that answered a post."""

    names: LazyString
    """On the button that names a reply as the answer."""
    named: LazyString
    """Above that reply."""
    reopens: LazyString
    """On the button that lets the post wait again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """All that is particular to a kind."""

    kind: PostKind
    name: LazyString
    plural: LazyString
    sentence: LazyString
    """What somebody would say who writes one."""
    meaning: LazyString
    details: tuple[Detail, ...]
    """What it asks for beside title and text, none of it required."""
    answering: Answering | None = None
    """Nothing where it asks for no answer, as `PostKind.can_be_answered` says."""
    tells_what_was_tried: bool = False
    """Whether it stands beside what takes help, for whoever meets the same."""

    @property
    def names(self) -> Collection[str]:
        """Name what it asks for."""
        return [detail.name for detail in self.details]
