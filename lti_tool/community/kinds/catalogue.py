"""The kinds of posts, in the order in which they are offered: a new one is one line here, and its room."""

from collections.abc import Iterator, Mapping, Sequence

from lti_tool.community.kinds.detail import Detail
from lti_tool.community.kinds.doubt import DOUBT
from lti_tool.community.kinds.experience import EXPERIENCE
from lti_tool.community.kinds.kind import Kind
from lti_tool.community.kinds.need import NEED
from lti_tool.community.kinds.tool import TOOL
from lti_tool.community.posts import Draft, Post, PostKind
from lti_tool.community.typed import Problem

KINDS: Mapping[PostKind, Kind] = {kind.kind: kind for kind in (NEED, DOUBT, TOOL, EXPERIENCE)}
DETAILS: Mapping[str, Detail] = {detail.name: detail for kind in KINDS.values() for detail in kind.details}
"""The fields of all kinds by their names, each once, in the order in which a form shows them."""


def asked_by(detail: Detail) -> Sequence[PostKind]:
    """Name the kinds that ask for something."""
    return [name for name, kind in KINDS.items() if detail.name in kind.names]


def shown(post: Post) -> Sequence[tuple[Detail, str]]:
    """Give what a post says in the fields of its own kind; what can't be taken isn't shown."""
    own = [(detail, post.details.get(detail.name, "")) for detail in KINDS[post.kind].details]
    return [(detail, value) for detail, value in own if value and detail.fits(value)]


def detail_problems(draft: Draft) -> Iterator[Problem]:
    """Go through what is wrong in the fields of the draft's kind; those of the others are only kept."""
    own = KINDS[PostKind(draft.kind)].names if draft.kind in list(PostKind) else ()
    for name, value in draft.details.items():
        detail = DETAILS[name]
        yield from detail.problems(value) if name in own else _too_long(detail, value)


def _too_long(detail: Detail, value: str) -> Iterator[Problem]:
    return (problem for problem in detail.problems(value) if problem.limit)
