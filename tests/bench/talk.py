"""A community that people came back to for two years: posts, replies, tags and members, the same for the same seed.

What they say are stretches of the curriculum in its languages, so that some words are in most posts and most in few.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import insert, text

from content.load import PACKAGED
from lti_tool.clock import now
from lti_tool.community.finding import index
from lti_tool.community.rules import PostKind
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


def fill(app: Flask, size: Size) -> Client:
    """Make a community of a size; let somebody in."""
    reader = enter_course(app, activity="community/practice", course="course-0")
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
        _add(PostRow, posts)
        _add(TagRow, _tags(posts, random))
        _add(ReplyRow, _replies(posts, size, people, course_ids, random))
        db.session.execute(text(COUNT))
        db.session.commit()
        while index.catch_up():
            pass
        db.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"}).exec_driver_sql(_tidying())
    return reader


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
            "hidden_at": created_at if is_hidden else None,
            "hidden_reason": "A name" if is_hidden else None,
        }


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
