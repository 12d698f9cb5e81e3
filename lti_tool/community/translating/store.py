"""Reads and writes of translations, within one community of one site."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from lti_tool.community import pieces, rewriting, rules, store
from lti_tool.community.posts import Draft, Piece, Post
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Saved, Visit
from lti_tool.community.translating.rules import Translation, in_order
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.database import db
from lti_tool.errors import NotFound


def find_readable(visit: Visit, post: Post, reads: str) -> Sequence[Translation]:
    """Give the translations that somebody can read, their own language's first; of a post they can't read, none."""
    if not rules.can_read(visit.reader, post):
        return []
    of_post = (TranslationRow.community_id == store.community(visit.key), TranslationRow.post_id == post.id)
    rows = db.session.scalars(select(TranslationRow).where(*of_post))
    found = [piece for piece in map(pieces.translation_of, rows) if rules.can_read(visit.reader, piece)]
    return in_order(found, post, reads)


def find_readable_post(visit: Visit, post_id: str) -> Post:
    """Give a post to whoever may translate it: everybody who can read it.

    Raises:
        NotFound: this community has no such post, or this person can't read it.
    """
    post = store.original(visit.key, post_id)
    if not rules.can_read(visit.reader, post):
        raise NotFound("post_gone")
    return post


def find_own(visit: Visit, translation_id: str) -> Translation:
    """Give a translation to whoever made it, to change it.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: it is somebody else's.
    """
    row = store.row_of(TranslationRow, visit.key, translation_id)
    store.permitted(row, visit.reader, rules.is_author)
    return pieces.translation_of(row)


def add(visit: Visit, post_id: str, draft: Draft, now: datetime) -> Saved:
    """Publish a translation; one that the same person made into that language before is asked about.

    Raises:
        NotFound: this community has no such post, or the id is somebody else's.
    """
    store.locked_thread(visit.key, post_id)
    post = store.original(visit.key, post_id)
    if not post.is_up:
        return Saved(verdict=Verdict.CLOSED, piece=post)
    draft = store.as_nameless_as(post, draft, visit.reader.person_id)
    before = _own(visit, post_id, draft.language)
    if before is None:
        of_post = {"post_id": post_id, "title": draft.title, "of": draft.of}
        author = rules.writing_under(post, visit.reader)
        return store.add(TranslationRow, visit, draft, {**of_post, **rewriting.words(author, draft, now)})
    if before.deleted_at is None:
        piece = pieces.piece_of(before)
        return Saved(verdict=rules.judge(piece, draft), piece=piece)
    return Saved(verdict=Verdict.SAVED, piece=_made_again(before, draft, now))


def _own(visit: Visit, post_id: str, language: str) -> TranslationRow | None:
    own_id = db.session.scalar(
        select(TranslationRow.id).where(
            TranslationRow.community_id == store.community(visit.key),
            TranslationRow.post_id == post_id,
            TranslationRow.language == language,
            TranslationRow.author_id == visit.reader.person_id,
        )
    )
    return store.locked(TranslationRow, visit.key, own_id) if own_id else None


def _made_again(row: TranslationRow, draft: Draft, now: datetime) -> Piece:
    """Bring back what its translator deleted; what a trainer hid stays hidden."""
    rewriting.rewrite(row, draft)
    row.deleted_at, row.edited_at, row.version = None, now, row.version + 1
    store.let_find(row)
    return pieces.piece_of(row)
