"""From an exercise's canvas to the community: what of it goes there, the post as it will look, and the way to it."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from lti_tool.clock import now
from lti_tool.community import forms, members, store
from lti_tool.community.agreeing import proposing
from lti_tool.community.caring import beside as caring
from lti_tool.community.carrying import canvas, doors, fields, onward, pages, wording
from lti_tool.community.carrying import rules as carrying
from lti_tool.community.carrying import store as carried
from lti_tool.community.carrying.canvas import Canvas
from lti_tool.community.carrying.fields import Place
from lti_tool.community.digest import links
from lti_tool.community.digest.links import Link
from lti_tool.community.forms import Form
from lti_tool.community.posts import Draft, Post
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Visit
from lti_tool.community.typed import Field, Problem
from lti_tool.community.visits import store as visits
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import opened
from lti_tool.exercises import store as work
from lti_tool.learning.store import curriculum
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("carrying", __name__)
blueprint.url_defaults(opened.stay)
NOTE = "note"
"""What the form calls each note that is ticked."""


@blueprint.get(PREFIX + "/exercise/carry")
def choose() -> ResponseReturnValue:
    """Show what is written on the canvas, to be ticked field by field."""
    return _choose(canvas.current_canvas())


@blueprint.post(PREFIX + "/exercise/carry/text")
def write() -> ResponseReturnValue:
    """Make a post of what is ticked, and show it in its form; nothing is published yet."""
    this, door = canvas.current_canvas(), doors.of_reader(current())
    taken = fields.ticked(this.places, request.form.getlist(NOTE))
    if not taken:
        return _choose(this, wording.TICK_SOMETHING), HTTPStatus.UNPROCESSABLE_ENTITY
    draft = _draft(this, taken)
    if door is None:
        return pages.copy(this, draft)
    visit = doors.visit(current().site_id, current().person_id, door)
    return pages.write(visit, this, Form(draft=replace(draft, territory=members.territory_of(visit)), is_typed=True))


@blueprint.post(PREFIX + "/exercise/carry")
def publish() -> ResponseReturnValue:
    """Publish the post, or show how it looks."""
    this, door, draft = canvas.current_canvas(), doors.of_reader(current()), forms.post_sent(forms.new_id())
    if door is None:
        return pages.copy(this, draft, wording.NO_DOOR), HTTPStatus.CONFLICT
    visit = doors.visit(current().site_id, current().person_id, door)
    if forms.wants_preview():
        return pages.write(visit, this, forms.preview(draft))
    if form := forms.refused_or_asked(draft, _problems(this, draft)):
        return pages.write(visit, this, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if form := caring.held_back(visit, Post, draft, now()):
        return pages.write(visit, this, form), HTTPStatus.TOO_MANY_REQUESTS
    return _propose(this, visit, draft) if this.is_shared else _publish(this, visit, draft)


def _propose(this: Canvas, visit: Visit, draft: Draft) -> ResponseReturnValue:
    """Ask the others of the group, who agree before anything is published."""
    form = proposing.propose(this, visit.reader.person_id, replace(draft, is_nameless=False), now())
    if form:
        return pages.write(visit, this, form), HTTPStatus.CONFLICT
    db.session.commit()
    return redirect(url_for("exercises.show", _anchor="carried"), HTTPStatus.SEE_OTHER)


def _publish(this: Canvas, visit: Visit, draft: Draft) -> ResponseReturnValue:
    saved = store.add_post(visit, draft, now())
    carried.keep(visit.key, draft.id, this.workspace_id)
    if not draft.is_nameless and visits.find(visit):
        members.remember_territory(visit, draft.territory, now())
    db.session.commit()
    if saved.verdict is not Verdict.SAVED:
        return pages.write(visit, this, forms.anew(draft, str(wording.PUBLISHED))), HTTPStatus.CONFLICT
    return redirect(url_for("exercises.show", _anchor="carried"), HTTPStatus.SEE_OTHER)


@blueprint.get(PREFIX + "/exercise/carried/<uuid:post_id>")
def go(post_id: UUID) -> ResponseReturnValue:
    """Lead to Moodle's page of the community, and remember which post the next launch there should show."""
    session, key = current(), opened.read_key()
    workspace, door = work.find_workspace(key), doors.of_reader(session)
    listed = [*(onward.carried(key, workspace.id) if workspace else ()), onward.grew_from(key)]
    wanted = next((one for one in listed if one and one.post.id == str(post_id)), None)
    if wanted is None or door is None or door.url is None or door.slug != wanted.slug:
        raise NotFound("post_out_of_reach")
    link = Link(community_id=wanted.community_id, person_id=session.person_id)
    links.set_out(link, wanted.post.id, now())
    db.session.commit()
    return redirect(door.url, HTTPStatus.SEE_OTHER)


def _choose(this: Canvas, problem: LazyString | None = None) -> str:
    found = doors.find(current().site_id, current().person_id)
    return pages.choose(this, doors.of_reader(current()), carrying.door_to_try(found), problem)


def _draft(this: Canvas, taken: Sequence[Place]) -> Draft:
    """Write what was taken as a post, in the language of most of it, filed under the exercise's method."""
    language = carrying.language(fields.languages(taken), forms.known_languages(), forms.own_language())
    said = fields.passages(this.exercise, taken, language)
    kind = request.form.get("kind", "")
    return replace(
        forms.blank(kind if kind in this.kinds else this.kinds[0]).draft,
        title=carrying.title(said),
        text=carrying.text(said),
        language=language,
        tags=_methods(this.exercise.id),
    )


def _methods(slug: str) -> tuple[str, ...]:
    """Name the methods that an exercise practises."""
    return tuple(method.id for method in curriculum().vocabulary.methods if slug in method.exercises)


def _problems(this: Canvas, draft: Draft) -> Sequence[Problem]:
    kind = [] if draft.kind in this.kinds else [Problem(field=Field.KIND)]
    return [*kind, *(one for one in forms.problems(draft, is_post=True) if one.field != Field.KIND)]
