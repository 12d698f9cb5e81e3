"""The page on which alike notes of a cell are put under a heading, renamed and taken apart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from content.model import Exercise
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import opened, pages, rules, stacks, store
from lti_tool.exercises.forms import LANGUAGE, Unreadable, Version
from lti_tool.exercises.rules import Verdict
from lti_tool.exercises.stacking import LONGEST_HEADING, Decision, Draft, ProblemKind, Stack
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("alike", __name__)
ADDRESS = PREFIX + "/exercise/stacks/<uuid:stack_id>"

PROBLEMS: Mapping[ProblemKind, LazyString] = {
    ProblemKind.NO_HEADING: lazy_gettext("Write a heading for the notes that are alike."),
    ProblemKind.TOO_LONG: lazy_gettext(
        "The heading is too long: %(limit)s characters are the most. Shorten it.", limit=LONGEST_HEADING
    ),
    ProblemKind.TOO_FEW: lazy_gettext("Choose at least two notes that are alike."),
}


class _Form(BaseModel):
    """What the page's form says of a stack beside its notes."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    part: str
    cell: str
    heading: str
    version: Version
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What the page shows in its form."""

    stack: Stack
    chosen: Collection[str]
    theirs: Stack | None = None
    """The stack as somebody else saved it meanwhile."""
    problem: LazyString | None = None


@blueprint.get(PREFIX + "/exercise/notes/<uuid:note_id>/alike")
def begin(note_id: UUID) -> ResponseReturnValue:
    """Show the page that puts a note with others, or the stack in which it lies."""
    key, exercise = opened.write_key(), opened.exercise()
    note = store.find_note(key, str(note_id))
    if note is None or not note.values:
        raise NotFound("note_unknown")
    _require_cell(exercise, note.part, note.cell)
    saved = stacks.find(key, note.stack_id) if note.stack_id else None
    return _page(key, exercise, _Shown(stack=saved or _new(note.part, note.cell), chosen={note.id}))


@blueprint.get(ADDRESS)
def show(stack_id: UUID) -> ResponseReturnValue:
    """Show a stack to be changed."""
    key = opened.write_key()
    saved = stacks.find(key, str(stack_id))
    if saved is None:
        raise NotFound("stack_unknown")
    return _page(key, opened.exercise(), _Shown(stack=saved, chosen=()))


@blueprint.post(ADDRESS)
def save(stack_id: UUID) -> ResponseReturnValue:
    """Save a stack: its heading, the notes that came and went, or that it is taken apart."""
    draft, key, exercise = _draft(str(stack_id)), opened.write_key(), opened.exercise()
    _require_cell(exercise, draft.stack.part, draft.stack.cell)
    decision = stacks.save(key, draft, now(), author_id=current().person_id)
    db.session.commit()
    if decision.is_open:
        return _page(key, exercise, _again(draft, decision)), pages.OPEN[decision.verdict]
    anchor = None if draft.stack.is_apart else f"stack-{stack_id}"
    return redirect(url_for("exercises.show", _anchor=anchor), HTTPStatus.SEE_OTHER)


def _draft(stack_id: str) -> Draft:
    try:
        form = _Form.model_validate(request.form.to_dict())
    except ValidationError as error:
        raise Unreadable("stack_form") from error
    stack = Stack(id=stack_id, is_apart="apart" in request.form, **form.model_dump())
    chosen, were = set(request.form.getlist("note")), set(request.form.getlist("was"))
    return Draft(stack=stack, put=chosen - were, take=were - chosen)


def _require_cell(exercise: Exercise, part_id: str, cell: str) -> None:
    """Insist on a place that may hold several notes."""
    part = rules.place(exercise, part_id, cell)
    if part is None or part.notes_per_cell == 1:
        raise NotFound("cell_unknown")


def _new(part: str, cell: str) -> Stack:
    return Stack(id=str(uuid4()), part=part, cell=cell, heading="", language=writing_language(), version=0)


def _again(draft: Draft, decision: Decision) -> _Shown:
    """Show the form once more: with both headings where they conflict, with what is wrong where it is refused."""
    saved, chosen = decision.saved, set(request.form.getlist("note"))
    if decision.verdict is Verdict.CONFLICT and saved:
        return _Shown(stack=replace(draft.stack, version=saved.version), chosen=chosen, theirs=saved)
    return _Shown(stack=draft.stack, chosen=chosen, problem=decision.problem and PROBLEMS[decision.problem])


def _page(key: WorkspaceKey, exercise: Exercise, shown: _Shown) -> str:
    part = exercise.part(shown.stack.part)
    workspace = store.find_workspace(key)
    here = [note for note in store.in_part(key, part.id) if note.cell == shown.stack.cell]
    return pages.alike(
        exercise,
        part,
        here,
        inside={note.id for note in here if note.stack_id == shown.stack.id},
        stacks=stacks.in_all([workspace.id])[workspace.id] if workspace else {},
        longest=LONGEST_HEADING,
        writing_language=writing_language(),
        shown=shown,
    )
