"""Takes the name of somebody who is erased off what the tool itself wrote into others' texts: the heads of quotes."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import and_, func, or_, select, update

from lti_tool.community.caring.tables import DeedRow
from lti_tool.community.finding import index
from lti_tool.community.history.tables import VersionRow
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.tables import CommunityRow, PostRow, ReplyRow
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.community.writing.quoting import said_by
from lti_tool.database import db
from lti_tool.lti.launch.personal import shown_names
from lti_tool.personal import AS_IT_IS, Whose

Thread: TypeAlias = tuple[int, str]
"""The community's id and the post's."""
UNDER_POSTS: tuple[Any, ...] = (ReplyRow, OfferRow, OutcomeRow, TranslationRow)


def take_off_quotes(whose: Whose) -> None:
    """Let quotes of a person name nobody, as those of nameless posts do, in the caller's transaction.

    Only in threads in which they wrote, and in those with which replies were exchanged: elsewhere the same name is
    somebody else's.
    """
    threads = sorted(_threads(whose))
    for head in [said_by(name) for name in shown_names(whose)] if threads else ():
        _take_off(threads, head)


def _take_off(threads: Iterable[Thread], head: str) -> None:
    for community_id, post_id in threads:
        merged = select(ReplyRow.id).where(
            ReplyRow.community_id == community_id, ReplyRow.post_id == post_id, ReplyRow.heading.is_not(None)
        )
        below = {table: or_(table.post_id == post_id, table.post_id.in_(merged)) for table in UNDER_POSTS}
        here = [_without(table, head, community_id, is_below) for table, is_below in below.items()]
        here.append(_without(PostRow, head, community_id, PostRow.id == post_id))
        replies = select(ReplyRow.id).where(ReplyRow.community_id == community_id, ReplyRow.post_id == post_id)
        before = or_(VersionRow.post_id == post_id, VersionRow.reply_id.in_(replies))
        _without(VersionRow, head, community_id, before)
        if any(here):
            index.lock(community_id, post_id)
            index.keep(community_id, post_id)


def _threads(whose: Whose) -> set[Thread]:
    of_site = select(CommunityRow.id).where(CommunityRow.site_id == whose.site_id)
    columns = [(PostRow, PostRow.id), *((table, table.post_id) for table in UNDER_POSTS)]
    found: set[Thread] = set()
    for table, post_id in columns:
        mine = (table.community_id.in_(of_site), table.author_id == whose.person_id)
        found |= {(row[0], row[1]) for row in db.session.execute(select(table.community_id, post_id).where(*mine))}
    return _with_exchanged(found, _exchanges(of_site))


def _exchanges(of_site: Any) -> Sequence[set[Thread]]:
    """Give the thread that each piece was taken out of by a trainer, with the one in which it stands now."""
    is_it = and_(ReplyRow.community_id == DeedRow.community_id, ReplyRow.id == DeedRow.piece_id)
    now = func.coalesce(ReplyRow.post_id, DeedRow.piece_id)  # what isn't a reply any more is a post of the same id
    query = select(DeedRow.community_id, DeedRow.from_post_id, now).outerjoin(ReplyRow, is_it)
    query = query.where(DeedRow.from_post_id.is_not(None))
    rows = db.session.execute(query.where(DeedRow.community_id.in_(of_site)))
    return [{(home, left), (home, there)} for home, left, there in rows if left]


def _with_exchanged(threads: set[Thread], exchanges: Sequence[set[Thread]]) -> set[Thread]:
    more = threads.union(*(both for both in exchanges if both & threads))
    return more if more == threads else _with_exchanged(more, exchanges)


def _without(table: Any, head: str, community_id: int, which: Any) -> bool:
    """Tell whether any text had it."""
    named = (table.community_id == community_id, which, table.text.contains(head, autoescape=True))
    done: Any = db.session.execute(
        update(table).where(*named).values(text=func.replace(table.text, head, "")), execution_options=AS_IT_IS
    )
    return bool(done.rowcount)
