"""Who has been there: what stands beside a need, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lti_tool.community.finding.matching import store
from lti_tool.community.finding.matching.rules import Fit, Reason, Vocabulary
from lti_tool.community.kinds.catalogue import KINDS
from lti_tool.community.posts import Piece, Post
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.learning.store import curriculum

SHOWN = 5
LOOKED_THROUGH = 50
"""Of what fits, the best; people are looked for in no more threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A post that fits, and why."""

    post: Post
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody who wrote what fits or helped in what fits, under their name."""

    piece: Piece
    """Something of theirs that names them."""
    wrote: Sequence[Told]
    helped: Sequence[Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeenThere:
    """What a need's page shows of others who met the same."""

    posts: Sequence[Told]
    people: Sequence[Known]


def of_need(visit: Visit, need: Post) -> BeenThere | None:
    """Find experiences, tools and people that fit a need; other posts, and what isn't there for everybody, have none.

    A nameless need's author is treated like everybody else, and so is a nameless post beside its author's need: who
    or what is left out would be known by it.
    """
    if not need.kind.takes_help or not need.is_up:
        return None
    fits = store.find_fits(visit.key, need, vocabulary())[:LOOKED_THROUGH]
    told = _told(visit.key, fits)
    owner = None if need.is_nameless else need.author.person_id
    tried = [one for one in told.values() if KINDS[one.post.kind].tells_what_was_tried and _stands(one.post, owner)]
    found = BeenThere(posts=tried[:SHOWN], people=_people(visit.key, tried, told, owner)[:SHOWN])
    return found if found.posts or found.people else None


def vocabulary() -> Vocabulary:
    """Give what the curriculum's vocabulary says of methods and territories."""
    words = curriculum().vocabulary
    near = {territory.id: territory.neighbours for territory in words.territories}
    return Vocabulary(methods=[method.id for method in words.methods], neighbours=near)


def _told(key: CommunityKey, fits: Sequence[Fit]) -> Mapping[str, Told]:
    posts = store.find_posts(key, [fit.post_id for fit in fits])
    return {fit.post_id: Told(post=posts[fit.post_id], reasons=fit.reasons) for fit in fits if fit.post_id in posts}


def _stands(post: Post, owner: int | None) -> bool:
    return post.is_nameless or post.author.person_id != owner


def _people(key: CommunityKey, tried: Sequence[Told], told: Mapping[str, Told], owner: int | None) -> Sequence[Known]:
    """Give people in the order in which what they know fits."""
    helped = [(part.piece, told[part.post_id]) for part in store.find_helpers(key, list(told))]
    wrote = [(one.post, one) for one in tried if not one.post.is_nameless]
    order = {post_id: place for place, post_id in enumerate(told)}
    by_fit = sorted([*wrote, *helped], key=lambda known: order[known[1].post.id])
    named: dict[int, Piece] = {}
    for piece, _ in by_fit:
        named.setdefault(piece.author.person_id, piece)
    return [
        Known(piece=piece, wrote=_of(person_id, wrote), helped=_of(person_id, helped))
        for person_id, piece in named.items()
        if person_id != owner
    ]


def _of(person_id: int, known: Sequence[tuple[Piece, Told]]) -> Sequence[Told]:
    by_post = {told.post.id: told for piece, told in known if piece.author.person_id == person_id}
    return list(by_post.values())
