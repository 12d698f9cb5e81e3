"""The pages on which work becomes a post: what to tick, the post as it will look, and the text to copy."""

from collections.abc import Sequence

from flask import render_template, request
from flask_babel.speaklater import LazyString

from lti_tool.clock import now
from lti_tool.community import pages, wording
from lti_tool.community.carrying import store
from lti_tool.community.carrying.canvas import Canvas
from lti_tool.community.carrying.rules import Door
from lti_tool.community.forms import Form
from lti_tool.community.kinds import catalogue
from lti_tool.community.posts import Author, Draft, Post, PostKind, Reader, State
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.exercises import pages as exercise_pages
from lti_tool.lti.launch.session import Session
from lti_tool.referral import shown as referral


def choose(canvas: Canvas, door: Door | None, to_try: Door | None, problem: LazyString | None = None) -> str:
    """Show what is written, to be ticked; without a door, say what to do instead."""
    language, text = exercise_pages.text_of(canvas.exercise)
    return render_template(
        "community/carrying/choose.html",
        exercise=canvas.exercise,
        text=text,
        text_language=language,
        places=canvas.places,
        kinds=canvas.kinds,
        door=door,
        to_try=to_try,
        problem=problem,
        chosen=request.form.get("kind"),
        ticked=request.form.getlist("note"),
        wording=wording,
        turn=referral.turn(),
    )


def write(visit: Visit, canvas: Canvas, form: Form) -> str:
    """Show the post's form with what was taken from the canvas, and the post as it looks."""
    can_be_shown = form.draft.kind in canvas.kinds and not form.problems
    return pages.post_form(
        "community/carrying/write.html",
        visit,
        form,
        canvas=canvas,
        allowed=canvas.kinds,
        own=_asked(canvas.kinds),
        post=as_post(visit, form.draft, store.author(visit.reader.person_id)) if can_be_shown else None,
    )


def copy(canvas: Canvas, draft: Draft, problem: LazyString | None = None) -> str:
    """Show a text to be copied, where there is no community to bring it to."""
    return render_template("community/carrying/copy.html", canvas=canvas, draft=draft, problem=problem)


def reading(session: Session) -> Visit:
    """Tell as whom somebody looks at a post that is in no community yet."""
    reader = Reader(person_id=session.person_id, course_id=session.course_id, is_trainer=session.is_trainer)
    return Visit(key=CommunityKey(site_id=session.site_id, slug=""), reader=reader)


def _asked(kinds: Sequence[PostKind]) -> frozenset[str]:
    """Name the fields that these kinds ask for."""
    return frozenset(name for kind in kinds for name in catalogue.KINDS[kind].names)


def as_post(visit: Visit, draft: Draft, author: Author) -> Post:
    """Make of a draft what the others will read."""
    return Post(
        id=draft.id,
        author=author,
        course_id=visit.reader.course_id,
        text=draft.text,
        language=draft.language,
        version=0,
        created_at=now(),
        edited_at=None,
        is_deleted=False,
        hidden_reason=None,
        is_nameless=draft.is_nameless,
        is_by_trainer=visit.reader.is_trainer,
        kind=PostKind(draft.kind),
        title=draft.title,
        answered_at=None,
        stage=State.OPEN,
        active_at=now(),
        replies=0,
        details=draft.details,
        tags=draft.tags,
        territory=draft.territory,
        summary=draft.summary or None,
        summary_language=draft.summary_language or None,
    )
