"""The calendar of a community: what is coming, planned by trainers and by whoever wrote a need."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community import forms as writing
from lti_tool.community import pages, visiting, wording
from lti_tool.community import rules as community
from lti_tool.community import store as posts
from lti_tool.community.calendar import beside, forms, rules, store
from lti_tool.community.calendar import wording as words
from lti_tool.community.calendar.forms import Form
from lti_tool.community.calendar.rules import Meeting
from lti_tool.community.caring import beside as caring
from lti_tool.community.posts import Post, Reply
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Visit
from lti_tool.community.typed import is_id
from lti_tool.database import db
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.i18n import zone
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("calendar", __name__)
CALENDAR = PREFIX + "/community/calendar"
ONE = CALENDAR + "/<uuid:meeting_id>"


@blueprint.get(CALENDAR)
def show() -> ResponseReturnValue:
    """Show what is coming, and what was in the last months."""
    visit = visiting.current()
    found = store.find_all(visit.key, now())
    return render_template("community/calendar/show.html", calendar=found, **_words(visit))


@blueprint.get(CALENDAR + "/new")
def begin() -> ResponseReturnValue:
    """Show the form of a new meeting: empty, about a need, or like an earlier one."""
    visit = visiting.current()
    earlier = request.args.get("again", "")
    if is_id(earlier):
        return _form(visit, forms.again(_own(visit, earlier)))
    given = request.args.get("post", "")
    post = _post(visit, given if is_id(given) else None)
    if not rules.can_plan(visit.reader, post):
        raise NotAllowed("meeting_not_planned")
    return _form(visit, forms.blank(post))


@blueprint.post(CALENDAR)
def plan() -> ResponseReturnValue:
    """Plan a meeting; where the same form planned it before in other words, both are shown."""
    visit, draft = visiting.current(), forms.sent(writing.new_id())
    if problems := list(rules.problems(draft, writing.known_languages(), now())):
        return _form(visit, forms.shown_again(draft, problems)), HTTPStatus.UNPROCESSABLE_ENTITY
    if store.has_enough(visit, draft.id, now()):
        return _form(visit, forms.held_back(draft, words.enough())), HTTPStatus.TOO_MANY_REQUESTS
    meeting = store.add(visit, draft, now())
    db.session.commit()
    if not rules.says_the_same(meeting, draft):
        return _form(visit, forms.beside(draft, meeting), is_new=False), HTTPStatus.CONFLICT
    return _to(meeting)


@blueprint.get(ONE + "/edit")
def show_edit(meeting_id: UUID) -> ResponseReturnValue:
    """Show the form of a meeting that is planned."""
    visit = visiting.current()
    return _form(visit, forms.of_meeting(_own(visit, str(meeting_id))), is_new=False)


@blueprint.post(ONE + "/edit")
def change(meeting_id: UUID) -> ResponseReturnValue:
    """Change a meeting, unless it was changed elsewhere meanwhile: then both are shown."""
    visit = visiting.current()
    saved = _own(visit, str(meeting_id))
    draft = forms.sent(str(meeting_id), saved)
    if problems := list(rules.problems(draft, writing.known_languages(), now(), saved)):
        return _form(visit, forms.shown_again(draft, problems), is_new=False), HTTPStatus.UNPROCESSABLE_ENTITY
    changed = store.change(visit, draft)
    db.session.commit()
    if changed is None:
        theirs = store.find(visit.key, draft.id)
        return _form(visit, forms.beside(draft, theirs), is_new=False), HTTPStatus.CONFLICT
    return _to(changed)


@blueprint.post(ONE + "/cancel")
def cancel(meeting_id: UUID) -> ResponseReturnValue:
    """Call a meeting off."""
    visit = visiting.current()
    store.cancel(visit, str(meeting_id), now())
    db.session.commit()
    return _to(store.find(visit.key, str(meeting_id)))


@blueprint.get(ONE + "/notes")
def show_notes(meeting_id: UUID) -> ResponseReturnValue:
    """Show the form of what a meeting found, which goes into the thread of its need."""
    visit, (meeting, post) = visiting.current(), _with_need(str(meeting_id))
    if not rules.can_bring_notes(visit.reader, meeting, post, now()):
        raise NotAllowed("notes_of_others")
    return _notes(visit, meeting, post, writing.blank())


@blueprint.post(ONE + "/notes")
def bring_notes(meeting_id: UUID) -> ResponseReturnValue:
    """Put what a meeting found into the thread of its need, as a reply; nobody's text is lost where it can't be."""
    visit, (meeting, post) = visiting.current(), _with_need(str(meeting_id))
    draft = writing.reply_sent(writing.new_id())
    if problems := writing.problems(draft, is_post=False):
        return _notes(visit, meeting, post, writing.refused(draft, problems)), HTTPStatus.UNPROCESSABLE_ENTITY
    if form := caring.held_back(visit, Reply, draft, now()):
        return _notes(visit, meeting, post, form), HTTPStatus.TOO_MANY_REQUESTS
    saved = posts.add_reply(visit, post.id, draft, now())
    if saved.verdict is Verdict.CONFLICT:
        return pages.form(visit, writing.beside(draft, saved.piece), saved.piece), HTTPStatus.CONFLICT
    if saved.verdict is Verdict.CLOSED:
        message = wording.closed(saved.piece) if isinstance(saved.piece, Post) else wording.DELETED
        return _notes(visit, meeting, post, writing.anew(draft, str(message))), HTTPStatus.CONFLICT
    store.name_notes(visit, meeting.id, saved.piece.id)
    db.session.commit()
    return redirect(pages.address(saved.piece), HTTPStatus.SEE_OTHER)


def _own(visit: Visit, meeting_id: str) -> Meeting:
    """Give a meeting to whoever may change it, unless the need went that it is about."""
    meeting = store.find_own(visit, meeting_id)
    if not meeting.is_told:
        raise NotFound("post_gone")
    return meeting


def _with_need(meeting_id: str) -> tuple[Meeting, Post]:
    visit = visiting.current()
    meeting = store.find(visit.key, meeting_id)
    if meeting.post_id is None:
        raise NotFound("meeting_without_need")
    post = posts.find_post(visit.key, meeting.post_id)
    if not rules.has_notes(visit.reader, meeting, post, now()):
        raise NotAllowed("notes_of_others")
    return meeting, post


def _post(visit: Visit, post_id: str | None) -> Post | None:
    """Give the need that a meeting is about, to whoever can open it."""
    if post_id is None:
        return None
    post = posts.find_post(visit.key, post_id)
    if not community.can_open(visit.reader, post):
        raise NotFound("post_gone")
    return post


def _form(visit: Visit, form: Form, *, is_new: bool = True) -> str:
    return render_template("community/calendar/form.html", form=form, is_new=is_new, **_words(visit))


def _notes(visit: Visit, meeting: Meeting, post: Post, form: writing.Form) -> str:
    return render_template("community/calendar/notes.html", meeting=meeting, post=post, form=form, **_words(visit))


def _words(visit: Visit) -> dict[str, object]:
    return {**pages.words(visit), **beside.words(), "zone": zone()}


def _to(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("calendar.show", _anchor=f"meeting-{meeting.id}"), HTTPStatus.SEE_OTHER)
