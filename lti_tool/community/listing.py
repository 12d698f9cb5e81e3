"""The list of posts: needs that wait, then needs whose help is accepted, then the rest; the newest activity first.

A page begins after the last post of the one before, not at a number: posts that arrive meanwhile move nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import ColumnElement, and_, false, func, literal, not_, or_, select, tuple_

from lti_tool.community import pieces, places, store
from lti_tool.community.places import Place
from lti_tool.community.posts import CAN_BE_ANSWERED, ENDED, TAKE_HELP, Post, PostKind, State
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow, TagRow
from lti_tool.database import db

PAGE = 20
BEGUN = (State.OFFERED, State.ACCEPTED)
"""How far a need gets while it waits."""
URGENCIES = ("0", "1", "2")
"""The parts of the list, as its places name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some posts, and where the next page begins, if there is one."""

    posts: Sequence[Post]
    after: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which posts are wanted; what is None doesn't matter."""

    kind: PostKind | None = None
    state: State | None = None
    tag: str | None = None
    territory: str | None = None
    language: str | None = None

    @property
    def query(self) -> dict[str, str]:
        """Write it as the page's links carry it."""
        return {name: str(value) for name, value in asdict(self).items() if value}

    def of_kind(self, kind: PostKind | None) -> dict[str, str]:
        """Write it as the links carry it that choose a kind and leave the rest."""
        return replace(self, kind=kind).query

    @property
    def looks_inside(self) -> bool:
        """Whether it is asked what posts are filed under: of a hidden one that tells what nobody is shown."""
        return bool(self.query.keys() & {"state", "tag", "territory"})

    @property
    def is_narrow(self) -> bool:
        """Whether more than a kind is wanted."""
        return bool(self.query.keys() - {"kind"})


def read_place(text: str) -> Place | None:
    """Read what a link carries; what none of ours would carry is the list's beginning."""
    return places.read(text, URGENCIES)


def find_page(visit: Visit, wanted: Filters | None, after: Place | None) -> Page:
    """Give a page of the posts that this reader can open, all or those that are wanted."""
    query = select(PostRow).where(readable(visit), *fitting(wanted or Filters()))
    if wanted and wanted.looks_inside:
        query = query.where(or_(PostRow.hidden_at.is_(None), *_theirs(visit)))
    if not (wanted and wanted.query):  # else they stand above the list
        query = query.where(PostRow.pinned_at.is_(None))
    if after:
        query = query.where(_is_behind(after))
    order = (PostRow.urgency.desc(), PostRow.active_at.desc(), PostRow.id.desc())
    rows = db.session.scalars(query.order_by(*order).limit(PAGE + 1)).all()
    posts = [pieces.post_of(row) for row in rows[:PAGE]]
    return Page(posts=posts, after=_place(posts[-1]) if len(rows) > PAGE else None)


def fitting(wanted: Filters) -> Iterator[ColumnElement[bool]]:
    """Say as the filters do; what a deleted post was about is forgotten, so that only its kind and language find it."""
    if wanted.kind:
        yield PostRow.kind == wanted.kind
    if wanted.state:
        yield _is_at(wanted.state)
    if wanted.tag:
        yield PostRow.tags.any(TagRow.tag == wanted.tag)
    if wanted.territory:
        yield PostRow.territory == wanted.territory
    if wanted.language:
        yield PostRow.language == wanted.language


def _is_at(state: State) -> ColumnElement[bool]:
    """Say as `Post.state` does."""
    takes_help, is_closed = PostRow.kind.in_(TAKE_HELP), PostRow.answered_at.is_not(None)
    if state in ENDED:
        return and_(takes_help, is_closed, PostRow.stage == state)
    if state in BEGUN:
        return and_(takes_help, not_(is_closed), PostRow.stage == state)
    passed = and_(takes_help, PostRow.stage.in_(ENDED if state is State.ANSWERED else BEGUN))
    asks = PostRow.kind.in_(CAN_BE_ANSWERED)
    return and_(asks, is_closed if state is State.ANSWERED else not_(is_closed), not_(func.coalesce(passed, false())))


def _place(post: Post) -> Place:
    return Place(part=str(post.urgency), active_at=post.active_at, id=post.id)


def readable(visit: Visit) -> ColumnElement[bool]:
    """Leave out other communities, what `rules.can_open` leaves out, and what is deleted: only a link leads there."""
    is_there = (PostRow.community_id == store.community(visit.key), PostRow.deleted_at.is_(None))
    return and_(*is_there, or_(PostRow.hidden_at.is_(None), *_theirs(visit), PostRow.replies > 0))


def _theirs(visit: Visit) -> Iterator[ColumnElement[bool]]:
    """Say which posts the reader reads also where they are hidden."""
    yield PostRow.author_id == visit.reader.person_id
    if visit.reader.is_trainer:
        yield PostRow.course_id == visit.reader.course_id


def _is_behind(place: Place) -> ColumnElement[bool]:
    """Compare all three at once, as the index does."""
    last = (int(place.part), place.active_at, place.id)
    columns = (PostRow.urgency, PostRow.active_at, PostRow.id)
    values = [literal(value, column.type) for value, column in zip(last, columns, strict=True)]
    return tuple_(*columns) < tuple_(*values)
