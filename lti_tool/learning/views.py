"""Units as pages, and the catalogue of what can be placed in a course."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, get_template_attribute, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from content import diagram
from content.diagram import DiagramText
from content.markdown import DIAGRAM, QUESTION, Block
from content.model import Activity, ActivityKind, Course, Module, Unit, UnitText
from content.source import parse
from content.text import pick
from lti_tool.learning import answering, commonmark, links, store
from lti_tool.learning.answering import Asked
from lti_tool.learning.rules import OwnAnswer
from lti_tool.lti.launch.activities import Choice, Group, Looking
from lti_tool.lti.launch.session import PREFIX, current
from lti_tool.referral import shown

blueprint = Blueprint("learning", __name__)
blueprint.add_app_template_filter(commonmark.contents, "contents")


@blueprint.app_template_filter("commonmark")
def as_html(source: str) -> Markup:
    """Turn CommonMark into HTML, in which other activities of the course can be gone to."""
    return commonmark.render(source, links.address)


def open_unit(slug: str) -> ResponseReturnValue:
    """Show a unit in the person's language, or in the one they chose."""
    return _render_unit(store.unit(slug))


def preview_unit(slug: str, looking: Looking) -> ResponseReturnValue:
    """Show a unit to a trainer who thinks about placing it."""
    return _render_unit(store.unit(slug), looking)


@blueprint.post(PREFIX + "/unit/answers/<question>")
def keep_answer(question: str) -> ResponseReturnValue:
    """Keep what the reader answers for themselves; a page that comes too late shows both texts."""
    asked = answering.save(question)
    if request.accept_mimetypes.best == "application/json":
        return {"version": asked.answer.version, "theirs": asked.theirs, "problem": asked.problem}, asked.status
    if asked.status is not HTTPStatus.OK:
        return _render_unit(store.unit(answering.opened_unit()), question=question, asked=asked), asked.status
    return redirect(url_for("lti.open_activity", _anchor=f"question-{question}"), HTTPStatus.SEE_OTHER)


def _render_unit(unit: Unit, looking: Looking | None = None, *, question: str = "", asked: Asked | None = None) -> str:
    language, text = _chosen_text(unit.texts)
    forms = {} if looking else answering.saved_in(unit.id)
    if asked:
        forms[question] = asked
    form = get_template_attribute("learning/question.html", "form")

    def show(block: Block) -> str | None:
        if block.kind == DIAGRAM:
            return drawn(unit.drawings[block.name], block, language)
        if block.kind != QUESTION:
            return None
        own = forms.get(block.name, Asked(answer=OwnAnswer()))
        return str(form(block.name, block.text, own, looking, session=None if looking else current()))

    return render_template(
        "learning/unit.html",
        unit=unit,
        text=text,
        text_language=language,
        others=[code for code in unit.texts if code != language],
        looking=looking,
        turn=shown.near(near_violence=unit.near_violence),
        body=commonmark.render(text.body, links.address, show, language),
    )


def drawn(drawing: str, block: Block, language: str) -> str:
    """Show a diagram with its words, and beside it what it shows in sentences."""
    words = parse("", block.text, DiagramText)
    figure = get_template_attribute("learning/diagram.html", "figure")
    svg = Markup(diagram.filled(drawing, words, language))  # noqa: S704 - checked and escaped there
    return str(figure(block.name, words, svg))


def _chosen_text(texts: Mapping[str, UnitText]) -> tuple[str, UnitText]:
    chosen = request.args.get("text", "")
    return pick(texts, chosen if chosen in texts else store.reader_language())


def catalogue(language: str) -> Sequence[Group]:
    """Give what can be placed: a group for each module that has activities."""
    courses = store.curriculum().courses.values()
    return [_group(course, module, language) for course in courses for module in course.modules if module.activities]


def _group(course: Course, module: Module, language: str) -> Group:
    text_language, text = pick(course.texts, language)
    module_text = text.modules[module.id]
    return Group(
        id=f"{course.id}/{module.id}",
        title=module_text.title,
        summary=module_text.summary,
        language=text_language,
        choices=tuple(_choices(module.activities, language)),
    )


def _choices(activities: Sequence[Activity], language: str) -> Iterator[Choice]:
    for activity in activities:
        choose = _unit_choice if activity.kind is ActivityKind.UNIT else _exercise_choice
        yield choose(activity.slug, language)


def _unit_choice(slug: str, language: str) -> Choice:
    unit = store.unit(slug)
    language, text = pick(unit.texts, language)
    return Choice(
        activity=f"unit/{slug}",
        title=text.title,
        summary=text.lead,
        language=language,
        minutes=unit.minutes,
        score_maximum=None,
    )


def _exercise_choice(slug: str, language: str) -> Choice:
    exercise = store.exercise(slug)
    language, text = pick(exercise.texts, language)
    return Choice(
        activity=f"exercise/{slug}",
        title=text.title,
        summary=text.summary,
        language=language,
        minutes=exercise.minutes,
        score_maximum=exercise.score_maximum,
    )
