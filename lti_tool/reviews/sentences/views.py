"""Sentences of a trainer's own, beside what they write: added to it, kept from it, removed.

Each press sends the whole form of the release, and the page comes back with all that was typed: nothing is released.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.session import PREFIX, current, require_trainer
from lti_tool.reviews.rules import tidy
from lti_tool.reviews.sentences import rules, store, wording
from lti_tool.reviews.sentences.rules import Sentence

ShowTyped = Callable[[int, str], str]
"""Shows a hand-in with what the form sent, and with this text in the place of what stood in its box."""

blueprint = Blueprint("sentences", __name__)
BOX = "sentence"
"""What the form calls the text that sentences join."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a press did."""

    text: str
    """What stands in the box from now on."""
    said: str
    is_problem: bool = False


def init_app(app: Flask, show_typed: ShowTyped) -> None:
    """Tell the application how a form of a release is shown again: the pages of hand-ins stand above reviews."""
    app.extensions["show_typed"] = show_typed


@blueprint.app_template_global("own_sentences")
def own_sentences() -> Sequence[Sentence]:
    """Give the sentences of whoever reads the page."""
    return store.of_person(current().person_id)


@blueprint.app_template_global("of_sentences")
def said() -> Outcome | None:
    """Tell what a press did, on the page that answers it."""
    outcome: Outcome | None = g.get("of_sentences")
    return outcome


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/sentences/<any(add, keep, remove):press>")
def use(submission_id: int, press: str) -> ResponseReturnValue:
    """Do what was pressed, and show the page again with what is typed."""
    person_id = require_trainer().person_id
    outcome = PRESSES[press](person_id, request.form.get(BOX, ""))
    g.of_sentences = outcome
    show_typed: ShowTyped = current_app.extensions["show_typed"]
    page = show_typed(submission_id, outcome.text)  # first: it refuses what isn't of this course
    db.session.commit()
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if outcome.is_problem else HTTPStatus.OK


def _add(person_id: int, written: str) -> Outcome:
    chosen = _chosen(person_id)
    return Outcome(text=rules.joined(written, chosen.text), said=wording.added())


def _keep(person_id: int, written: str) -> Outcome:
    text = tidy(written)
    problem = store.keep(person_id, text, writing_language(), now())
    if problem is None:
        return Outcome(text=written, said=wording.kept())
    return Outcome(text=written, said=wording.problem(problem, len(text)), is_problem=True)


def _remove(person_id: int, written: str) -> Outcome:
    store.remove(person_id, _chosen(person_id).id)
    return Outcome(text=written, said=wording.removed())


def _chosen(person_id: int) -> Sentence:
    """Give the sentence that the form names, of this person's alone."""
    found = store.find(person_id, request.form.get("own", 0, type=int))
    if found is None:
        raise NotFound("sentence_unknown")
    return found


PRESSES: Mapping[str, Callable[[int, str], Outcome]] = {"add": _add, "keep": _keep, "remove": _remove}
