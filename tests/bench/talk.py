"""A community that people came back to for two years: posts, replies, help and members, the same for the same seed.

What they say are stretches of the curriculum in its languages, so that some words are in most posts and most in few.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from operator import itemgetter
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import insert, text

from content.load import PACKAGED
from lti_tool.clock import now
from lti_tool.community.finding import index
from lti_tool.community.following.tables import FollowRow
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import PostKind, State
from lti_tool.community.tables import CommunityRow, MemberRow, PostRow, ReplyRow, TagRow
from lti_tool.database import db
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, PersonRow
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.making import packaged_curriculum

SEED = 18
DAYS = 730
LANGUAGES = ("ar", "el", "en", "es", "fr", "pt")
KINDS = {PostKind.NEED: 3, PostKind.DOUBT: 2, PostKind.TOOL: 2, PostKind.EXPERIENCE: 3}
"""Of ten posts, so many are of each kind."""
COURSES = 6
OFFERS = (0, 0, 1, 1, 1, 2, 2, 3)
"""How many offers of help a need gets, one as likely as another."""
FOLLOWED, FOLLOWED_BY_REGULAR = 3, 100
"""Posts that each follows by the button, and that who comes back does."""
AT_ONCE = 2_000
COUNT = """
UPDATE posts SET
    replies = (SELECT count(*) FROM replies WHERE replies.post_id = posts.id AND hidden_at IS NULL),
    newest_reply_at = (SELECT max(created_at) FROM replies WHERE replies.post_id = posts.id AND hidden_at IS NULL)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is."""

    posts: int
    replies: int
    members: int

    @property
    def tenth(self) -> "Size":
        """Give a tenth of it."""
        return Size(posts=self.posts // 10, replies=self.replies // 10, members=self.members // 10)


@cache
def spoken(language: str) -> Sequence[str]:
    """Give the words of all units and exercises in a language, as they follow each other."""
    files = [*PACKAGED.glob(f"units/*/{language}.md"), *PACKAGED.glob(f"exercises/*/{language}.yaml")]
    return re.findall(r"[^\W\d_]+[,.;?،؟]?", " ".join(file.read_text() for file in sorted(files)))


def stretch(random: Random, language: str, fewest: int, most: int) -> str:
    """Give some words that follow each other somewhere."""
    words = spoken(language)
    start = random.randrange(len(words) - most)
    return " ".join(words[start : start + random.randint(fewest, most)])


def fill(app: Flask, size: Size) -> tuple[Client, Client]:
    """Make a community of a size; let somebody in for the first time, and somebody who comes back after a week."""
    reader, regular = (
        enter_course(app, sub=sub, activity="community/practice", course="course-0") for sub in ("reader", "regular")
    )
    random = Random(SEED)
    with app.app_context():
        course_ids = [
            enter_course(app, sub=f"t{number}", course=f"course-{number}").course_id for number in range(COURSES)
        ]
        home = CommunityRow(site_id=1, slug="practice")
        db.session.add(home)
        db.session.flush()
        people = _people(home.id, size, course_ids)
        posts = list(_posts(home.id, size, people, course_ids, random))
        offers, outcomes = _help(posts, people, course_ids, random)
        _add(PostRow, posts)
        _add(OfferRow, offers)
        _add(OutcomeRow, outcomes)
        _add(TagRow, _tags(posts, random))
        _add(ReplyRow, _replies(posts, size, people, course_ids, random))
        db.session.execute(text(COUNT))
        _come_back(home.id, regular, posts, random)
        _add(FollowRow, _follows(posts, people, random))
        db.session.commit()
        while index.catch_up():
            pass
        db.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"}).exec_driver_sql(_tidying())
    return reader, regular


def _tidying() -> str:
    """Do what a database does by itself in the night."""
    return "ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"


def _add(table: type[Any], rows: Sequence[dict[str, Any]] | Iterator[dict[str, Any]]) -> None:
    kept = list(rows)
    for start in range(0, len(kept), AT_ONCE):
        db.session.execute(insert(table), kept[start : start + AT_ONCE])
    db.session.commit()


def _people(community_id: int, size: Size, course_ids: Sequence[int]) -> Sequence[int]:
    first = 1_000
    people = range(first, first + size.members)
    rows = (
        {"id": one, "site_id": 1, "sub": f"m{one}", "number": one, "name": f"Member {one}", "seen_at": now()}
        for one in people
    )
    _add(PersonRow, [{**row, "names": []} for row in rows])
    came = {"role": Role.TRAINEE, "seen_at": now(), "group_ids": []}
    _add(AttendanceRow, [{"course_id": course_ids[one % COURSES], "person_id": one, **came} for one in people])
    when = {"joined_at": now(), "here_since": now()}
    territories = packaged_curriculum().vocabulary.places
    _add(
        MemberRow,
        [
            {"community_id": community_id, "person_id": one, "territory": territories[one % len(territories)], **when}
            for one in people
        ],
    )
    return people


def _posts(
    community_id: int, size: Size, people: Sequence[int], course_ids: Sequence[int], random: Random
) -> Iterator[dict[str, Any]]:
    territories = packaged_curriculum().vocabulary.places
    for _ in range(size.posts):
        language, author = random.choice(LANGUAGES), random.choice(people)
        [kind] = random.choices(list(KINDS), list(KINDS.values()))
        created_at = now() - timedelta(days=DAYS) * random.random()
        is_hidden = random.random() < 0.02
        yield {
            "community_id": community_id,
            "id": str(UUID(int=random.getrandbits(128))),
            "author_id": author,
            "course_id": course_ids[author % COURSES],
            "kind": kind,
            "title": stretch(random, language, 3, 10),
            "text": stretch(random, language, 30, 200),
            "language": language,
            "details": {"tried": stretch(random, language, 5, 40)},
            "territory": random.choice([None, *territories]),
            "summary": stretch(random, "en", 5, 12) if random.random() < 0.5 else None,
            "summary_language": "en",
            "is_nameless": random.random() < 0.1,
            "version": 1,
            "created_at": created_at,
            "answered_at": created_at + timedelta(days=9) if random.random() < 0.7 else None,
            "stage": State.OPEN,
            "newest_offer_at": None,
            "hidden_at": created_at if is_hidden else None,
            "hidden_reason": "A name" if is_hidden else None,
        }


def _help(
    posts: Sequence[dict[str, Any]], people: Sequence[int], course_ids: Sequence[int], random: Random
) -> tuple[Sequence[dict[str, Any]], Sequence[dict[str, Any]]]:
    """Offer help for most needs, accept some of it, and tell of most that were closed what came of them."""
    offers, outcomes = [], []
    for need in (post for post in posts if post["kind"] is PostKind.NEED):
        made = [_offer(need, random.choice(people), course_ids, random) for _ in range(random.choice(OFFERS))]
        if made and random.random() < 0.6:
            made[0]["accepted_at"] = made[0]["created_at"] + timedelta(days=1)
        if need["answered_at"] and random.random() < 0.6:
            outcomes.append(_outcome(need, random))
            need["stage"] = State.CLOSED
        elif made:
            need["stage"] = State.ACCEPTED if made[0]["accepted_at"] else State.OFFERED
        need["newest_offer_at"] = max((one["created_at"] for one in made), default=None)
        offers += made
    return offers, outcomes


def _offer(need: dict[str, Any], author: int, course_ids: Sequence[int], random: Random) -> dict[str, Any]:
    written_at = need["created_at"] + timedelta(days=5) * random.random()
    written = _under(need, author, course_ids[author % COURSES], written_at, random)
    return {**written, "available": stretch(random, written["language"], 2, 5), "accepted_at": None}


def _outcome(need: dict[str, Any], random: Random) -> dict[str, Any]:
    written = _under(need, need["author_id"], need["course_id"], need["answered_at"], random)
    return {**written, "credited": [], "is_nameless": need["is_nameless"]}


def _under(post: dict[str, Any], author: int, course_id: int, moment: datetime, random: Random) -> dict[str, Any]:
    language = random.choice(LANGUAGES)
    return {
        "community_id": post["community_id"],
        "id": str(UUID(int=random.getrandbits(128))),
        "post_id": post["id"],
        "author_id": author,
        "course_id": course_id,
        "text": stretch(random, language, 10, 60),
        "language": language,
        "version": 1,
        "created_at": moment,
    }


def _follows(posts: Sequence[dict[str, Any]], people: Sequence[int], random: Random) -> Iterator[dict[str, Any]]:
    """Let each follow some posts by the button, besides what they wrote under."""
    for one in people:
        for post in random.sample(posts, FOLLOWED):
            yield {"community_id": post["community_id"], "person_id": one, "post_id": post["id"], "is_on": True}


def _come_back(community_id: int, client: Client, posts: Sequence[dict[str, Any]], random: Random) -> None:
    """Let somebody be in a visit that follows one a week ago, and follow a tenth of the newest posts."""
    person, here = {"community_id": community_id, "person_id": client.person_id}, now()
    visit = {"joined_at": here, "here_since": here, "here_before": here - timedelta(days=7), "seen_at": here}
    db.session.execute(insert(MemberRow), [{**person, **visit}])
    newest = sorted(posts, key=itemgetter("created_at"))[-10 * FOLLOWED_BY_REGULAR :]
    chosen = random.sample(newest, min(FOLLOWED_BY_REGULAR, len(newest)))
    db.session.execute(insert(FollowRow), [{**person, "post_id": post["id"], "is_on": True} for post in chosen])


def _tags(posts: Sequence[dict[str, Any]], random: Random) -> Iterator[dict[str, Any]]:
    """Give each post some words of the vocabulary, the first of which are the commonest."""
    tags = packaged_curriculum().vocabulary.tags
    weights = [1 / (number + 1) for number in range(len(tags))]
    for post in posts:
        for tag in set(random.choices(tags, weights, k=random.randrange(4))):
            yield {"community_id": post["community_id"], "post_id": post["id"], "tag": tag}


def _replies(
    posts: Sequence[dict[str, Any]], size: Size, people: Sequence[int], course_ids: Sequence[int], random: Random
) -> Iterator[dict[str, Any]]:
    """Give most replies to few posts: a fifth of the threads has half of them."""
    weights = [random.paretovariate(1.5) for _ in posts]
    for post in random.choices(posts, weights, k=size.replies):
        author, language = random.choice(people), random.choice(LANGUAGES)
        written_at: datetime = post["created_at"]
        yield {
            "community_id": post["community_id"],
            "id": str(UUID(int=random.getrandbits(128))),
            "post_id": post["id"],
            "author_id": author,
            "course_id": course_ids[author % COURSES],
            "text": stretch(random, language, 5, 60),
            "language": language,
            "version": 1,
            "created_at": written_at + (now() - written_at) * random.random() ** 3,
            "helped": False,
            "hidden_at": now() if random.random() < 0.01 else None,
        }
