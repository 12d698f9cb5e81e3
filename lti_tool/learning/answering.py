"""What a reader answers for themselves: saved by a form, or by the page's script as they write."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import request
from flask_babel import gettext

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.learning import own_answers, rules, store
from lti_tool.learning.rules import LONGEST_ANSWER, OwnAnswer
from lti_tool.lti.launch.languages import writing_language
from lti_tool.lti.launch.session import current


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question's form: what stands in it, what else is saved, and what keeps it from being saved."""

    answer: OwnAnswer
    theirs: str | None = None
    """What was saved from another page meanwhile."""
    problem: str | None = None

    @property
    def status(self) -> HTTPStatus:
        """Choose the status of the answer to a save."""
        if self.problem:
            return HTTPStatus.UNPROCESSABLE_ENTITY
        return HTTPStatus.OK if self.theirs is None else HTTPStatus.CONFLICT


def opened_unit() -> str:
    """Name the unit that the launch opened.

    Raises:
        NotFound: it opened something else.
    """
    kind, _, slug = (current().activity or "").partition("/")
    if kind != "unit":
        raise NotFound("not_a_unit")
    return slug


def saved_in(slug: str) -> dict[str, Asked]:
    """Give the reader's own answers in a unit, by question."""
    found = own_answers.find(current().course_id, current().person_id, slug)
    return {question: Asked(answer=answer) for question, answer in found.items()}


def save(question: str) -> Asked:
    """Keep what was sent for a question of the launch's unit.

    Raises:
        NotFound: the unit doesn't ask that.
    """
    slug = opened_unit()
    if question not in store.unit(slug).questions:
        raise NotFound("question_unknown")
    sent = _sent()
    if sent.excess:
        return Asked(answer=sent, problem=_too_long(sent))
    before = _saved(slug, question)
    key: dict[str, int | str] = {
        "course_id": current().course_id,
        "person_id": current().person_id,
        "unit": slug,
        "question": question,
    }
    if before.text == sent.text:  # sent twice, or nothing new
        return Asked(answer=before)
    if own_answers.save(key, sent, now()):
        db.session.commit()
        return Asked(answer=replace(sent, version=sent.version + 1))
    db.session.rollback()
    theirs = _saved(slug, question)
    return Asked(answer=replace(sent, version=theirs.version), theirs=theirs.text)


def _sent() -> OwnAnswer:
    text = rules.tidy(request.form.get("text", ""))
    return OwnAnswer(text=text, language=writing_language(), version=request.form.get("version", 0, type=int))


def _saved(slug: str, question: str) -> OwnAnswer:
    return own_answers.find(current().course_id, current().person_id, slug).get(question, OwnAnswer())


def _too_long(answer: OwnAnswer) -> str:
    return str(
        gettext(
            "This is too long to be kept: shorten it by %(excess)s characters. It may have %(limit)s.",
            excess=answer.excess,
            limit=LONGEST_ANSWER,
        )
    )
