"""Where somebody asks for a file of work, waits for it and fetches it: whoever asked, and nobody else."""

import io
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from content.text import pick
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import opened
from lti_tool.exercises.store import find_last_submission
from lti_tool.exports import gathering, store, wording
from lti_tool.exports.forms import FORMS
from lti_tool.exports.rules import Export, State, Wanted
from lti_tool.facilitation import works
from lti_tool.i18n import language
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language
from lti_tool.lti.launch.session import PREFIX, current, require_trainer
from lti_tool.reviews import feedback

blueprint = Blueprint("exports", __name__)
OF_EXPORT = PREFIX + "/exports/<int:export_id>"


# Asking


@blueprint.get(PREFIX + "/exports")
def offer() -> str:
    """Offer a file of a canvas, to whoever reads there."""
    return _offer(_of_canvas())


@blueprint.post(PREFIX + "/exports")
def ask() -> ResponseReturnValue:
    """Have a file of a canvas made."""
    return _ask(_of_canvas())


@blueprint.get(PREFIX + "/submissions/<int:submission_id>/export")
def offer_work(submission_id: int) -> str:
    """Offer trainers a file of one piece of work."""
    return _offer(_of_work(submission_id))


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/export")
def ask_for_work(submission_id: int) -> ResponseReturnValue:
    """Have a file of one piece of work made, for a trainer."""
    return _ask(_of_work(submission_id))


@blueprint.get(PREFIX + "/submissions/export")
def offer_all() -> str:
    """Offer trainers a file of all that was handed in."""
    return _offer(_of_all())


@blueprint.post(PREFIX + "/submissions/export")
def ask_for_all() -> ResponseReturnValue:
    """Have a file of all that was handed in made, for a trainer."""
    return _ask(_of_all())


def _of_canvas() -> Wanted | None:
    """Name what a file of a canvas holds; nothing where nothing was ever written there."""
    workspace_id = feedback.workspace_of(opened.read_key())
    return _wanted(workspace_id, for_trainers=False) if workspace_id else None


def _of_work(submission_id: int) -> Wanted:
    require_trainer()
    return _wanted(works.of(opened.slug(), submission_id).workspace_id, for_trainers=True)


def _of_all() -> Wanted | None:
    require_trainer()
    wanted = _wanted(None, for_trainers=True)
    return wanted if any(work.last for work in works.every(wanted.exercise)) else None


def _wanted(workspace_id: int | None, *, for_trainers: bool) -> Wanted:
    session = current()
    return Wanted(
        person_id=session.person_id,
        course_id=session.course_id,
        exercise=opened.slug(),
        workspace_id=workspace_id,
        for_trainers=for_trainers,
        form="",
        language=language(),
        reads=reader_language(),
        timezone=g.get("timezone"),
    )


def _offer(wanted: Wanted | None, other: Export | None = None) -> str:
    return render_template("exports/offer.html", wanted=wanted, other=other, **_exercise(), wording=wording)


def _ask(wanted: Wanted | None) -> ResponseReturnValue:
    """Have it made, unless something else of this person's is being made, and lead to where they wait."""
    form = request.form.get("form", "")
    if wanted is None or form not in FORMS:
        return _offer(wanted), HTTPStatus.UNPROCESSABLE_ENTITY
    wanted = replace(wanted, form=form)
    export = store.ask(wanted, now())
    db.session.commit()
    if export.wanted != wanted:
        return _offer(wanted, export), HTTPStatus.CONFLICT
    return redirect(url_for("exports.show", export_id=export.id), HTTPStatus.SEE_OTHER)


# Waiting, and the file


@blueprint.get(OF_EXPORT)
def show(export_id: int) -> str:
    """Show how far a file is, and where to fetch it."""
    export = _own(export_id)
    return render_template("exports/show.html", export=export, again=_again(export), **_exercise(), wording=wording)


def _again(export: Export) -> str:
    """Give the address where the same is asked for."""
    wanted = export.wanted
    if wanted.workspace_id is None:
        return url_for("exports.offer_all")
    if not wanted.for_trainers:
        owner = gathering.owner_of(wanted.course_id, wanted.exercise, wanted.workspace_id)
        inside: Mapping[str, Any] = opened.address(owner) if owner else {}
        return url_for("exports.offer", **inside)
    last = find_last_submission(wanted.workspace_id)
    return url_for("exports.offer_work", submission_id=last.id) if last else url_for("lti.open_activity")


@blueprint.get(OF_EXPORT + "/state")
def state(export_id: int) -> Mapping[str, object]:
    """Say how far a file is, for the page's script."""
    export = _own(export_id)
    return {"isOver": export.is_over, "value": export.steps_done, "max": export.steps, "says": wording.progress(export)}


@blueprint.get(OF_EXPORT + "/file")
def fetch(export_id: int) -> Response:
    """Give the file."""
    export = _own(export_id)
    made = store.file(export.id, current().person_id, now()) if export.state is State.READY else None
    if made is None:
        raise NotFound("export_unknown")
    form = FORMS[export.wanted.form]
    return send_file(io.BytesIO(made), form.mimetype, as_attachment=True, download_name=_filename(export))


def _filename(export: Export) -> str:
    """Name the file by the exercise and the day; whose work it is stands inside alone."""
    title = _exercise()["text"].title.replace("/", "-").replace("\\", "-")
    return f"{title} {export.asked_at.date().isoformat()}.{export.wanted.form}"


def _exercise() -> Mapping[str, Any]:
    written_in, text = pick(find_exercise(opened.slug()).texts, reader_language())
    return {"text": text, "text_language": written_in}


def _own(export_id: int) -> Export:
    """Give an export that this person asked for here, and may still read all of.

    Raises:
        NotFound: it is anybody else's, of another course or exercise, or holds what they read no more.
    """
    export = store.find(export_id, current().person_id, now())
    if export is None or not _may_read(export.wanted):
        raise NotFound("export_unknown")
    return export


def _may_read(wanted: Wanted) -> bool:
    session = current()
    if (wanted.course_id, wanted.exercise) != (session.course_id, opened.slug()):
        return False
    if wanted.for_trainers or wanted.workspace_id is None:
        return session.is_trainer
    owner = gathering.owner_of(wanted.course_id, wanted.exercise, wanted.workspace_id)
    return owner is not None and opened.may_read(owner)
