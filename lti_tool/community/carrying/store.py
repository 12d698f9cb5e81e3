"""Reads and writes of which post came from which canvas."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from lti_tool.community import pieces, rules, store
from lti_tool.community.carrying.tables import CarriedRow
from lti_tool.community.posts import Author, Post, Reader
from lti_tool.community.store import CommunityKey
from lti_tool.community.tables import CommunityRow, PostRow, ReplyRow
from lti_tool.database import db, found_or_added
from lti_tool.exercises.tables import WorkspaceRow
from lti_tool.lti.tables import PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A post that came from a canvas, and its community."""

    post: Post
    """Its id leads to where it stands, be it a reply by now."""
    community_id: int
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The canvas that a post came from."""

    course_id: int
    exercise: str
    owner: str
    """As `owners` writes it."""


def keep(key: CommunityKey, post_id: str, workspace_id: int) -> None:
    """Keep that a post came from a workspace, in the caller's transaction."""
    home = db.session.scalars(select(CommunityRow.id).filter_by(site_id=key.site_id, slug=key.slug)).one()
    found_or_added(CarriedRow, {"community_id": home, "post_id": post_id, "workspace_id": workspace_id}, {})


def of_workspace(workspace_id: int, reader: Reader) -> Sequence[Carried]:
    """Give the posts that came from a workspace, the newest first: those that the reader may open and learns whose.

    Whoever reads the canvas knows whose it is, so that a nameless post would name its author here.
    """
    of_post = (CarriedRow.community_id == PostRow.community_id, CarriedRow.post_id == PostRow.id)
    found = _find(exists().where(*of_post, CarriedRow.workspace_id == workspace_id))
    return [one for one in found if rules.can_read(reader, one.post) and rules.sees_author(reader, one.post)]


def find(community_id: int, post_id: str) -> Carried | None:
    """Give a post by its ids; nothing of one that was merged and then deleted."""
    return next(iter(_find(PostRow.community_id == community_id, PostRow.id == post_id)), None)


def _find(*which: ColumnElement[bool]) -> Sequence[Carried]:
    """Give posts, the newest first."""
    query = select(PostRow, CommunityRow.slug).join(CommunityRow, CommunityRow.id == PostRow.community_id)
    rows = db.session.execute(query.where(*which).order_by(PostRow.created_at.desc(), PostRow.id)).all()
    posts = [(_now(row), row.community_id, slug) for row, slug in rows]
    return [Carried(post=post, community_id=home, slug=slug) for post, home, slug in posts if post]


def _now(row: PostRow) -> Post | None:
    """Give a post; one that was merged as it was, in the words that it has now as a reply."""
    if row.merged_at is None:
        return pieces.post_of(row)
    return pieces.reply_of(db.session.get_one(ReplyRow, (row.community_id, row.id))).headed


def author(person_id: int) -> Author:
    """Give somebody as the author that they will be."""
    row = db.session.get_one(PersonRow, person_id)
    return Author(person_id=row.id, name=row.called, number=row.number)


def origin(key: CommunityKey, post_id: str) -> Origin | None:
    """Give the canvas that a post came from."""
    its = (CarriedRow.community_id == store.community(key), CarriedRow.post_id == post_id)
    query = select(WorkspaceRow.course_id, WorkspaceRow.exercise, WorkspaceRow.owner).join(
        CarriedRow, CarriedRow.workspace_id == WorkspaceRow.id
    )
    row = db.session.execute(query.where(*its).order_by(CarriedRow.workspace_id)).first()
    return Origin(course_id=row.course_id, exercise=row.exercise, owner=row.owner) if row else None
