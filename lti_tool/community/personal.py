"""What the community keeps of a person: what they write, and that they were there."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import and_, case, select

from lti_tool.clock import now
from lti_tool.community import store, unnaming
from lti_tool.community.posts import Post, Reader, Reply
from lti_tool.community.store import CommunityKey, Sort, Table, Visit
from lti_tool.community.tables import CommunityRow, MemberRow, PostRow, ReplyRow, TagRow
from lti_tool.database import db
from lti_tool.personal import Fate, Kept, SeenBy, Told, Until, Whose, deleted, rows, stays, theirs, told


def written(table: Any) -> Callable[[Whose], Sequence[Told]]:
    """Find what a person wrote under posts, each with the post's title where everybody can read that."""
    post = and_(PostRow.community_id == table.community_id, PostRow.id == table.post_id)
    title = case((store.is_up(PostRow), PostRow.title))

    def find(whose: Whose) -> Sequence[Told]:
        query = select(table, title).join(PostRow, post).where(table.author_id == whose.person_id)
        found = db.session.execute(query.order_by(table.created_at, table.id)).all()
        return [{"post": of, **told(row)} for row, of in found]

    return find


def texts_deleted(sort: Sort) -> Callable[[Whose], None]:
    """Delete what a person wrote, as they could themselves."""

    def erase(whose: Whose) -> None:
        for key, piece_id, course_id in _pieces(store.TABLES[sort], whose):
            reader = Reader(person_id=whose.person_id, course_id=course_id, is_trainer=False)
            store.delete(sort, Visit(key=key, reader=reader), piece_id, now())

    return erase


def _pieces(table: Table, whose: Whose) -> Sequence[tuple[CommunityKey, str, int]]:
    query = (
        select(CommunityRow.site_id, CommunityRow.slug, table.id, table.course_id)
        .join(CommunityRow, CommunityRow.id == table.community_id)
        .where(table.author_id == whose.person_id, table.deleted_at.is_(None))
        .order_by(table.community_id, table.id)
    )
    found = db.session.execute(query).all()
    return [(CommunityKey(site_id=site, slug=slug), piece, course) for site, slug, piece, course in found]


def _posts(whose: Whose) -> Sequence[Told]:
    return [{**row, "tags": _tags(row)} for row in rows(PostRow, PostRow.author_id == whose.person_id)]


def _tags(post: Told) -> Sequence[str]:
    of_post = (TagRow.community_id == post["community_id"], TagRow.post_id == post["id"])
    return list(db.session.scalars(select(TagRow.tag).where(*of_post).order_by(TagRow.tag)))


KEPT = (
    Kept(
        key="visits",
        title=lazy_gettext("That you were in the community: since when, your last visits, and your territory"),
        seen_by=lazy_gettext(
            "You; of those who look after a territory, the trainers also see when they were last there."
        ),
        tables=(MemberRow,),
        find=theirs(MemberRow.person_id),
        erase=deleted(MemberRow.person_id),
    ),
    Kept(
        key="posts",
        title=lazy_gettext("What you posted in the community"),
        seen_by=SeenBy.COMMUNITY,
        until=Until.CHANGED,
        fate=Fate.TEXTS,
        tables=(PostRow, TagRow),
        find=_posts,
        erase=unnaming.take_off_quotes,
        erase_texts=texts_deleted(Post),
    ),
    Kept(
        key="replies",
        title=lazy_gettext("What you replied in the community"),
        seen_by=SeenBy.COMMUNITY,
        until=Until.CHANGED,
        fate=Fate.TEXTS,
        tables=(ReplyRow,),
        find=written(ReplyRow),
        erase=stays,
        erase_texts=texts_deleted(Reply),
    ),
)
