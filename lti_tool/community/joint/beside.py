"""What a need's page says of working on it together: only to those whom it concerns."""

from collections.abc import Mapping

from lti_tool.community.carrying.grown import page
from lti_tool.community.joint import rules, store
from lti_tool.community.rules import Author, Post
from lti_tool.community.store import Visit
from lti_tool.exercises.bringing.wording import title_of
from lti_tool.lti.launch.session import display_name


def of_thread(visit: Visit, post: Post) -> Mapping[str, object]:
    """Give the wish that concerns the reader, and whether they may ask for company."""
    if not post.kind.takes_help:
        return {"wish": None, "may_ask": False}
    wish, person_id = store.of_post(visit.key, post.id), visit.reader.person_id
    is_theirs = wish is not None and wish.concerns(person_id) and (wish.is_open or wish.group_id is not None)
    can_ask = rules.may_ask(visit.reader, post) and not (wish and wish.is_open)
    return {
        "wish": wish if is_theirs else None,
        "wish_title": title_of(wish.exercise) if wish and is_theirs else None,
        "wish_page": page(wish.course_id, f"exercise/{wish.exercise}") if wish and is_theirs else None,
        "joint_name": _name,
        "may_ask": can_ask and bool(store.helpers(visit.key, post.id)),
    }


def _name(author: Author) -> str:
    return display_name(author.name, author.number)
