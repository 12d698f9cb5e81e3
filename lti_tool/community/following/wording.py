"""The tags that can be followed, in the reader's words."""

from collections.abc import Sequence

from lti_tool.learning import store as learning


def offered() -> Sequence[tuple[str, str, str]]:
    """Give each tag with its language and its words, in the vocabulary's order."""
    return [(slug, *learning.theme(slug)) for slug in learning.curriculum().vocabulary.themes]
