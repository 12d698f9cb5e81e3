"""What a need's page says of working on it together: only to those whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass

from lti_tool.community.carrying.grown import page
from lti_tool.community.joint import rules, store
from lti_tool.community.joint.rules import Wish
from lti_tool.community.posts import Author, Post
from lti_tool.community.store import Visit
from lti_tool.exercises.bringing.wording import Title, title_of
from lti_tool.lti.launch.session import display_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A wish with the exercise that it is about, and Moodle's page of it."""

    wish: Wish
    title: Title
    page: str | None


def of_thread(visit: Visit, post: Post) -> Mapping[str, object]:
    """Give the wishes that concern the reader, and whether they may ask for company."""
    if not post.kind.takes_help:
        return {"wishes": (), "may_ask": False}
    wishes = store.in_thread(visit.key, post.id)
    can_ask = rules.may_ask(visit.reader, post) and not rules.has_asked(post, wishes)
    return {
        "wishes": [_shown(one) for one in wishes if one.is_going_on and one.concerns(visit.reader.person_id)],
        "joint_name": _name,
        "may_ask": can_ask and bool(store.helpers(visit.key, post.id)),
    }


def _shown(wish: Wish) -> Shown:
    return Shown(wish=wish, title=title_of(wish.exercise), page=page(wish.course_id, f"exercise/{wish.exercise}"))


def _name(author: Author) -> str:
    return display_name(author.name, author.number)
