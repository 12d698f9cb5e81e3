"""The page on which one chooses what to bring along from earlier exercises, note by note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from content.model import Exercise
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import canvas_wording, gathering, opened, pages
from lti_tool.exercises.bringing import offers, store, wording
from lti_tool.exercises.bringing.rules import Bundle, Decision, Origin
from lti_tool.exercises.bringing.store import Asked
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("bringing", __name__)
blueprint.add_app_template_filter(wording.title_of, "exercise_title")
NOTE = "note"
"""What the form calls each note that is ticked."""
NAMED = re.compile(r"([0-9]{1,9})\.([0-9a-f-]{36})\.([a-z0-9-]{1,60})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A bundle with the names of the places between which it goes."""

    bundle: Bundle
    language: str
    """Of the name that the earlier place has."""
    place: str
    becomes: str


@blueprint.get(PREFIX + "/exercise/bring")
def show() -> ResponseReturnValue:
    """Show what can be brought, with what is most often wanted ticked."""
    return _page(_asked())


@blueprint.post(PREFIX + "/exercise/bring")
def bring() -> ResponseReturnValue:
    """Bring what is ticked."""
    asked, ticked, moment = _asked(), request.form.getlist(NOTE), now()
    if not ticked:
        return _page(asked, gettext("Tick what you want to bring along.")), HTTPStatus.UNPROCESSABLE_ENTITY
    decision = store.bring(asked, ticked, moment, is_late=opened.is_after_step(moment))
    gathering.follow(asked.key, asked.exercise, opened.situation(), moment)
    db.session.commit()
    if decision.crowded:
        return _page(asked, wording.crowded(asked.exercise, decision.crowded)), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("exercises.show", _anchor=_anchor(decision)), HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/exercise/bring/away")
def take_away() -> ResponseReturnValue:
    """Take an answer away that stands beside another; the one that it was copied from stays."""
    key, (origin, part) = opened.write_key(), _named(request.form.get(NOTE, ""))
    store.take_away(key, origin, part, now())
    db.session.commit()
    return redirect(url_for("exercises.show", _anchor=f"part-{part}"), HTTPStatus.SEE_OTHER)


def _asked() -> Asked:
    asked = offers.asked(opened.write_key(), opened.home())
    if asked is None:
        raise NotFound("nothing_to_bring")
    return asked


def _named(text: str) -> tuple[Origin, str]:
    """Read how a form names what stands beside an answer."""
    found = NAMED.fullmatch(text)
    if found is None:
        raise NotFound("note_unknown")
    workspace_id, note_id, part = found.groups()
    return (int(workspace_id), note_id), part


def _anchor(decision: Decision) -> str | None:
    for note_id in (*decision.copies, *decision.revived):
        return f"note-{note_id}"
    return next((f"part-{offer.note.part}" for offer in decision.beside), None)


def _page(asked: Asked, problem: str | None = None) -> str:
    return pages.to_bring(
        asked.exercise,
        choices=_choices(asked),
        is_shared=asked.key.owner.is_shared,
        whose=canvas_wording.OTHERS,
        standings=wording.STANDINGS,
        readers=canvas_wording.readers(opened.situation(), asked.key.owner, now()),
        ticked=request.form.getlist(NOTE),
        is_sent=request.method == "POST",
        problem=problem,
    )


def _choices(asked: Asked) -> Sequence[Choice]:
    return [_choice(asked, bundle) for bundle in store.find(asked)]


def _choice(asked: Asked, bundle: Bundle) -> Choice:
    bringing = bundle.bringing
    earlier = asked.earlier[bringing.exercise]
    here = asked.exercise.part(bringing.to)
    cells = {bringing.place(cell, here) for cell in bringing.cells(earlier.part(bringing.part))}
    return Choice(
        bundle=bundle,
        language=pages.text_of(earlier)[0],
        place=_place(earlier, bringing.part, bringing.cells(earlier.part(bringing.part))),
        becomes=_place(asked.exercise, bringing.to, tuple(cells)),
    )


def _place(exercise: Exercise, part_id: str, cells: Sequence[str]) -> str:
    """Name one cell as pages do, and several by their part."""
    part, words = exercise.part(part_id), pages.text_of(exercise)[1].parts[part_id]
    return pages.caption(part, words, cells[0]) if len(cells) == 1 else words.title
