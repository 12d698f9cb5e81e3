"""From a need to an exercise: whom its author asks to work on it together, and what they say."""

from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from lti_tool.clock import now
from lti_tool.community import pages, visiting
from lti_tool.community import store as core
from lti_tool.community.joint import rules, store, wording
from lti_tool.community.joint.rules import Choice, Wish
from lti_tool.community.posts import Post
from lti_tool.community.store import Visit
from lti_tool.database import db
from lti_tool.errors import Conflict, NotAllowed, NotFound
from lti_tool.exercises.bringing.wording import title_of
from lti_tool.learning.store import curriculum
from lti_tool.lti.launch.session import PREFIX, display_name

blueprint = Blueprint("joint", __name__)
ONE = PREFIX + "/community/posts/<uuid:post_id>/together"


@blueprint.get(ONE)
def show(post_id: UUID) -> ResponseReturnValue:
    """Show at which exercises one can work, and with whom."""
    visit, post = _own(str(post_id))
    return _page(visit, post)


@blueprint.post(ONE)
def ask(post_id: UUID) -> ResponseReturnValue:
    """Ask those who are ticked."""
    visit, post = _own(str(post_id))
    wanted, ticked = request.form.get("choice", ""), set(request.form.getlist("person", type=int))
    choice = next((one for one in _choices(visit, post) if one.key == wanted), None)
    people = [one for one in choice.people if one.person_id in ticked] if choice else []
    if choice is None or not people:
        return _page(visit, post, wording.CHOOSE), HTTPStatus.UNPROCESSABLE_ENTITY
    if not store.ask(visit, post.id, replace(choice, people=people), now()):
        return _page(visit, post, wording.OPEN_ALREADY), HTTPStatus.CONFLICT
    db.session.commit()
    return redirect(pages.address(post), HTTPStatus.SEE_OTHER)


@blueprint.post(ONE + "/answer")
def answer(post_id: UUID) -> ResponseReturnValue:
    """Keep whether somebody who is asked wants to."""
    visit, post, wish = _theirs(str(post_id))
    if not wish.asks(visit.reader.person_id):
        raise NotAllowed("not_asked")
    if not store.answer(wish.id, visit.reader.person_id, agrees=request.form.get("says") == "yes"):
        raise Conflict("joint_ended", advice=wording.ENDED)
    db.session.commit()
    return redirect(pages.address(post), HTTPStatus.SEE_OTHER)


@blueprint.post(ONE + "/withdraw")
def withdraw(post_id: UUID) -> ResponseReturnValue:
    """Stop asking."""
    visit, post, wish = _theirs(str(post_id))
    if wish.by.person_id != visit.reader.person_id:
        raise NotAllowed("wish_of_others")
    if not store.end(wish.id, now()):
        raise Conflict("joint_ended", advice=wording.ENDED)
    db.session.commit()
    return redirect(pages.address(post), HTTPStatus.SEE_OTHER)


def _own(post_id: str) -> tuple[Visit, Post]:
    """Give a need to its author, who may ask for company.

    Raises:
        NotFound: this community has no such post.
        NotAllowed: it is somebody else's, doesn't wait, or is nameless.
    """
    visit = visiting.current()
    post = core.find_post(visit.key, post_id)
    if not rules.may_ask(visit.reader, post):
        is_nameless = post.is_nameless and post.author.person_id == visit.reader.person_id
        raise NotAllowed("nobody_to_ask", advice=wording.NAMELESS if is_nameless else None)
    return visit, post


def _theirs(post_id: str) -> tuple[Visit, Post, Wish]:
    """Give an open wish to those whom it concerns; to the others there is none."""
    visit = visiting.current()
    post, wish = core.find_post(visit.key, post_id), store.of_post(visit.key, post_id)
    if wish is None or not wish.concerns(visit.reader.person_id):
        raise NotFound("wish_unknown")
    return visit, post, wish


def _choices(visit: Visit, post: Post) -> list[Choice]:
    helpers = store.helpers(visit.key, post.id)
    found = store.choices(visit.key.site_id, visit.reader.person_id, helpers)
    return list(rules.ordered(found, _practised(), post.tags))


def _practised() -> dict[str, list[str]]:
    """Name the methods that each exercise practises and the themes that it serves."""
    found = {slug: list(exercise.themes) for slug, exercise in curriculum().exercises.items()}
    for method in curriculum().vocabulary.methods:
        for slug in method.exercises:
            found[slug].append(method.id)
    return found


def _page(visit: Visit, post: Post, problem: LazyString | None = None) -> str:
    choices = _choices(visit, post)
    there = {one for choice in choices for one in choice.people}
    return pages.show(
        "community/joint/ask.html",
        visit,
        post=post,
        choices=choices,
        people=sorted(there, key=lambda one: one.person_id),
        elsewhere=[one for one in store.helpers(visit.key, post.id) if one not in there],
        title_of=title_of,
        display_name=display_name,
        chosen=request.form.get("choice"),
        ticked=request.form.getlist("person", type=int),
        problem=problem,
    )
