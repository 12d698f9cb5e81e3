"""What trainers see of an exercise: everybody's work in their course, and each submission."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from content.text import pick
from lti_tool.errors import NotFound
from lti_tool.exercises import sheet
from lti_tool.exercises import views as exercises
from lti_tool.exercises.store import Submission
from lti_tool.facilitation import rules, store, wording
from lti_tool.facilitation.rules import HandedIn, Work
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language
from lti_tool.lti.session import PREFIX, current, display_name, require_trainer

blueprint = Blueprint("facilitation", __name__)


def open_exercise(slug: str) -> ResponseReturnValue:
    """Show a trainer everybody's work, and a trainee the exercise."""
    return _list(slug) if current().is_trainer else exercises.show()


def review_exercise(slug: str) -> ResponseReturnValue:
    """Show a trainer what the person that Moodle's gradebook asks for handed in last."""
    session = require_trainer()
    submission = store.find_newest_submission(session.course_id, slug, session.for_sub or "")
    if submission is not None:
        return _reading(slug, submission)
    language, text = pick(find_exercise(slug).texts, reader_language())
    return render_template("facilitation/nothing.html", text=text, text_language=language)


def _list(slug: str) -> ResponseReturnValue:
    exercise = find_exercise(slug)
    language, text = pick(exercise.texts, reader_language())
    return render_template(
        "facilitation/list.html",
        text=text,
        text_language=language,
        works=_works(slug),
        name_of=_name_of,
        wording=wording,
    )


@blueprint.get(PREFIX + "/submissions/<int:submission_id>")
def show_submission(submission_id: int) -> ResponseReturnValue:
    """Show what one person handed in at one moment."""
    session, slug = require_trainer(), exercises.slug()
    submission = store.find_submission(session.course_id, slug, submission_id)
    if submission is None:
        raise NotFound("submission_unknown")
    return _reading(slug, submission)


def _reading(slug: str, submission: Submission) -> str:
    works = _works(slug)
    work = next(work for work in works if submission.id in {handed_in.id for handed_in in work.submissions})
    before, after = rules.neighbours(works, work.workspace_id)
    exercise = find_exercise(slug)
    language, text = pick(exercise.texts, reader_language())
    return render_template(
        "facilitation/submission.html",
        exercise=exercise,
        text=text,
        text_language=language,
        submission=submission,
        sheet=sheet.lay_out(text, language, {note.id: note for note in submission.notes}),
        pins=sheet.pins,
        steps=sheet.steps,
        score=submission,
        preview=True,
        work=work,
        before=before,
        after=after,
        names=_names(works),
        wording=wording,
    )


def _works(slug: str) -> list[Work]:
    return rules.in_order(store.find_works(current().course_id, slug))


def _name_of(work: Work) -> str:
    return display_name(work.name, work.number)


def _names(works: list[Work]) -> dict[int, str]:
    """Give people's names by the submissions that count, for the links to them."""
    last: list[tuple[HandedIn | None, Work]] = [(work.last, work) for work in works]
    return {handed_in.id: _name_of(work) for handed_in, work in last if handed_in}
