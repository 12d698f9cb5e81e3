"""What a group reads of a proposal, and what each says of it."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from lti_tool.clock import now
from lti_tool.community.agreeing import people, publishing, rules, store, wording
from lti_tool.community.agreeing.publishing import Ended
from lti_tool.community.agreeing.rules import Consent, Proposal
from lti_tool.community.carrying import canvas, doors, pages
from lti_tool.community.carrying import store as carried
from lti_tool.community.carrying.canvas import Canvas
from lti_tool.community.forms import Form
from lti_tool.community.pages import writing
from lti_tool.community.typed import tidy
from lti_tool.database import bounded, db
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.exercises import opened
from lti_tool.lti.launch.session import PREFIX, current, display_name

blueprint = Blueprint("agreeing", __name__)
blueprint.url_defaults(opened.stay)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An answer that could not be taken, and why."""

    words: str = ""
    problem: LazyString | None = None


NOTHING_TYPED = Typed()


@blueprint.get(PREFIX + "/exercise/proposal")
def show() -> ResponseReturnValue:
    """Show what is proposed, as it will look, and what each of the group says."""
    this = canvas.theirs()
    return _page(this, store.find_open(this.workspace_id))


@blueprint.get(PREFIX + "/exercise/proposal/edit")
def edit() -> ResponseReturnValue:
    """Show what one proposed, to change it."""
    this = canvas.theirs()
    found, door = store.find_open(this.workspace_id), doors.of_reader(current())
    if found is None or door is None:
        raise NotFound("proposal_unknown", advice=wording.GONE)
    if found.by != current().person_id:
        raise NotAllowed("proposal_of_others")
    visit = doors.visit(current().site_id, current().person_id, door)
    return pages.write(visit, this, Form(draft=found.draft, is_typed=True))


@blueprint.post(PREFIX + "/exercise/proposal/answer")
def answer() -> ResponseReturnValue:
    """Keep what somebody says; when the last one agrees, it is published."""
    this, agrees = canvas.theirs(), request.form.get("says") == "yes"
    words = tidy(request.form.get("words", ""))
    found = store.locked(this.workspace_id)
    if problem := _obstacle(found, words):
        return _page(this, found, Typed(words=words, problem=problem)), HTTPStatus.CONFLICT
    if found:
        is_named = agrees and "is_named" in request.form
        said = Consent(version=found.version, agrees=agrees, is_named=is_named, words="" if agrees else words)
        store.answer(found, current().person_id, said, now())
    return _go_on(this, is_pressed=False)


@blueprint.post(PREFIX + "/exercise/proposal/publish")
def publish() -> ResponseReturnValue:
    """Publish what all agree to: somebody who didn't may have left the group."""
    return _go_on(canvas.theirs(), is_pressed=True)


@blueprint.post(PREFIX + "/exercise/proposal/withdraw")
def withdraw() -> ResponseReturnValue:
    """Take a proposal back; its text stays with whoever proposed it, on the next page."""
    this = canvas.theirs()
    found = store.locked(this.workspace_id)
    if found is None:
        return _page(this, None, Typed(problem=wording.GONE)), HTTPStatus.CONFLICT
    if not found.may_withdraw(current().person_id, {one.id for one in people.of_group(this.key)}):
        raise NotAllowed("proposal_of_others")
    store.close(found, now())
    db.session.commit()
    return pages.copy(this, found.draft)


def _obstacle(found: Proposal | None, words: str) -> LazyString | None:
    """Say why an answer can't be taken: what it answers may have changed meanwhile."""
    if found is None or found.id != request.form.get("proposal"):
        return wording.GONE
    if found.version != bounded(request.form.get("version", 0, type=int)):
        return wording.OTHER_WORDS
    return wording.TOO_LONG if len(words) > rules.LONGEST_WORDS else None


def _go_on(this: Canvas, *, is_pressed: bool) -> ResponseReturnValue:
    found = store.locked(this.workspace_id)
    ended = publishing.go_on(this, found, now()) if found else Ended.WAITS
    db.session.commit()
    if ended is Ended.PUBLISHED or not is_pressed:
        return redirect(url_for("exercises.show", _anchor="carried"), HTTPStatus.SEE_OTHER)
    problem = wording.STILL_WAITS[ended] if found else wording.GONE
    return _page(this, found, Typed(problem=problem)), HTTPStatus.CONFLICT


def _page(this: Canvas, found: Proposal | None, typed: Typed = NOTHING_TYPED) -> str:
    members = people.of_group(this.key)
    ids = {one.id for one in members}
    visit = pages.reading(current())
    return render_template(
        "community/agreeing/show.html",
        **writing(visit),
        proposal=found,
        post=pages.as_post(visit, found.draft, carried.author(found.by)) if found else None,
        members=[(one, display_name(one.name, one.number)) for one in members],
        is_agreed=found is not None and found.is_agreed(ids),
        may_withdraw=found is not None and found.may_withdraw(current().person_id, ids),
        typed=typed,
    )
