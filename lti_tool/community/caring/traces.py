"""What was taken out of a thread and stands elsewhere: a line in its place, which says to nobody who wrote it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from lti_tool.community import pieces, rules, store
from lti_tool.community.caring.rules import Deed
from lti_tool.community.caring.store import find_pieces
from lti_tool.community.caring.tables import DeedRow
from lti_tool.community.posts import Piece, Post
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow
from lti_tool.database import db


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A piece that stood in a thread."""

    deed: Deed
    piece: Piece
    post: Post | None
    """Where it stands now; nothing where the reader can't read it there."""


def find(visit: Visit, post: Post) -> Sequence[Trace]:
    """Give what was taken out of a thread and isn't back, in the order in which it was."""
    left = (DeedRow.community_id == store.community(visit.key), DeedRow.from_post_id == post.id)
    deeds = db.session.scalars(select(DeedRow).where(*left).order_by(DeedRow.id)).all()
    newest = {(deed.sort, deed.piece_id): deed.deed for deed in deeds}
    found = find_pieces(visit, newest) if newest else {}
    elsewhere = {key: piece for key, piece in found.items() if piece.thread != post.id and not piece.is_deleted}
    posts = _posts(visit, elsewhere)
    return list(_traces(visit, newest, elsewhere, posts))


def _traces(
    visit: Visit,
    newest: Mapping[tuple[str, str], Deed],
    elsewhere: Mapping[tuple[str, str], Piece],
    posts: Mapping[str, Post],
) -> Iterator[Trace]:
    for key, deed in newest.items():
        if key in elsewhere:
            piece, post = elsewhere[key], posts.get(elsewhere[key].thread)
            is_read = post and rules.can_read(visit.reader, post) and rules.can_read(visit.reader, piece)
            yield Trace(deed=deed, piece=piece, post=post if is_read else None)


def _posts(visit: Visit, elsewhere: Mapping[tuple[str, str], Piece]) -> Mapping[str, Post]:
    ids = {piece.thread for piece in elsewhere.values()}
    query = select(PostRow).where(PostRow.community_id == store.community(visit.key), PostRow.id.in_(ids))
    return {row.id: pieces.post_of(row) for row in db.session.scalars(query)} if ids else {}
