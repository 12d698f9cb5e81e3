"""The links in mails: through Moodle's own page into the community, and out of the digest.

A link is random and does one narrow thing; the database has its hash. Whoever presses one is nobody to the tool: it
remembers for ten minutes where the person whom it was sent to wants to go, and their next launch leads there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, select
from sqlalchemy.orm import aliased

from lti_tool.community.digest import rules
from lti_tool.community.digest.rules import ARRIVAL_LASTS, LINKS_LAST, STOPPING_LASTS, LinkUse, Rhythm, Way
from lti_tool.community.digest.tables import ArrivalRow, MailLinkRow
from lti_tool.community.store import Visit, community
from lti_tool.community.tables import CommunityRow
from lti_tool.community.visits.rules import Stay
from lti_tool.database import INSERTS, db
from lti_tool.keeping import delete_some
from lti_tool.learning.links import page_of
from lti_tool.lti.secrets import hashed, new_secret
from lti_tool.lti.tables import AttendanceRow, CourseRow, PersonRow, PlacementRow, RegistrationRow, SiteRow, State

LASTS: Mapping[LinkUse, timedelta] = {
    LinkUse.GO: LINKS_LAST,
    LinkUse.STOP: STOPPING_LASTS,
    LinkUse.KEEP: STOPPING_LASTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link in a mail stands for."""

    community_id: int
    person_id: int
    posts: Sequence[str] = ()
    rhythm: Rhythm | None = None
    """How often the digest comes, of a link that keeps it."""

    def post(self, number: int) -> str | None:
        """Give the post at a place in the mail, counted from one."""
        return self.posts[number - 1] if 0 < number <= len(self.posts) else None


# Making and finding, in the caller's transaction


def add(
    stay: Stay, use: LinkUse, now: datetime, *, posts: Sequence[str] | None = None, rhythm: Rhythm | None = None
) -> str:
    """Make a link for one mail: into the community it leads to posts, and one that keeps the digest has its rhythm."""
    token = new_secret()
    of_person = {"community_id": stay.community_id, "person_id": stay.person_id}
    does = {"use": use, "posts": None if posts is None else list(posts), "rhythm": rhythm}
    db.session.add(MailLinkRow(token_hash=hashed(token), **of_person, **does, expires_at=now + LASTS[use]))
    return token


def find(token: str, now: datetime, use: LinkUse) -> Link | None:
    """Give what a link stands for, unless it stands for something else, or for nothing any more."""
    row = db.session.get(MailLinkRow, hashed(token))
    if row is None or row.expires_at <= now or use is not _use(row):
        return None
    of_person = {"community_id": row.community_id, "person_id": row.person_id}
    return Link(**of_person, posts=row.posts or (), rhythm=row.rhythm)


def _use(row: MailLinkRow) -> LinkUse:
    return row.use or (LinkUse.STOP if row.posts is None else LinkUse.GO)


def purge(now: datetime, most: int) -> int:
    """Forget links that lead nowhere any more, and people who never arrived, in the caller's transaction."""
    links = delete_some(MailLinkRow, MailLinkRow.expires_at <= now, most)
    return max(links, delete_some(ArrivalRow, ArrivalRow.until <= now, most))


# On the way


def set_out(link: Link, post_id: str, now: datetime) -> None:
    """Remember where somebody wants to go, in the caller's transaction; the newest link counts."""
    key = {"community_id": link.community_id, "person_id": link.person_id}
    there = {"post_id": post_id, "until": now + ARRIVAL_LASTS}
    insert = INSERTS[db.engine.dialect.name](ArrivalRow).values(**key, **there)
    db.session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=there))


def arrive(visit: Visit, now: datetime) -> str | None:
    """Give the post that somebody was on their way to, once, in the caller's transaction."""
    theirs = (ArrivalRow.community_id == community(visit.key), ArrivalRow.person_id == visit.reader.person_id)
    if db.session.scalar(select(ArrivalRow.post_id).where(*theirs)) is None:
        return None  # nearly always, and then nothing is written
    gone = delete(ArrivalRow).where(*theirs).returning(ArrivalRow.post_id, ArrivalRow.until)
    row = db.session.execute(gone, execution_options={"synchronize_session": False}).one_or_none()
    return row.post_id if row and row.until > now else None


def reader(link: Link) -> PersonRow:
    """Give whom a link was sent to, so that its page speaks as they do."""
    return db.session.get_one(PersonRow, link.person_id)


def ways(link: Link) -> Sequence[Way]:
    """Give Moodle's pages that open the community: the one that surely does, or those to choose from."""
    home = db.session.get_one(CommunityRow, link.community_id)
    activity, other = f"community/{home.slug}", aliased(PlacementRow)
    holds_more = exists().where(other.course_id == CourseRow.id, ~other.activity.startswith("community/"))
    came = and_(AttendanceRow.course_id == CourseRow.id, AttendanceRow.person_id == link.person_id)
    placed = (
        select(SiteRow.issuer, PlacementRow.resource_link_id, CourseRow.id, CourseRow.title, AttendanceRow.seen_at)
        .add_columns(~holds_more)
        .join(CourseRow, CourseRow.id == PlacementRow.course_id)
        .join(SiteRow, SiteRow.id == CourseRow.site_id)
        .join(RegistrationRow, RegistrationRow.id == PlacementRow.registration_id)
        .outerjoin(AttendanceRow, came)
        .where(CourseRow.site_id == home.site_id, PlacementRow.activity == activity)
        .where(RegistrationRow.state == State.ACTIVE)
        .order_by(PlacementRow.id)
    )
    found: dict[int, Way] = {}
    for issuer, resource, course_id, title, came_at, is_own in db.session.execute(placed):
        if url := page_of(issuer, resource):  # of several in one course the newest is meant
            found[course_id] = Way(url=url, course=title, came_at=came_at, is_own=bool(is_own))
    return rules.ways(list(found.values()))
