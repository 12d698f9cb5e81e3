"""What stands at the notes that a trainer speaks of, and the list of all that was said of a piece of work."""

from collections.abc import Collection, Mapping, Sequence

from flask import get_template_attribute, render_template
from markupsafe import Markup

from lti_tool.exercises.answers import Answer
from lti_tool.exercises.store import WorkspaceKey, find_last_submission
from lti_tool.lti.launch.session import current
from lti_tool.reviews import compared, feedback, wording
from lti_tool.reviews.forms import Form
from lti_tool.reviews.own_marks import store as own_marks
from lti_tool.reviews.rules import Outcome, is_too_long
from lti_tool.reviews.said import Release, by_note

MACROS = "reviews/margin.html"


def answer_to(key: WorkspaceKey, present: Collection[str]) -> Answer | None:
    """Give all that was said of a piece of work, for a page on which these notes stand."""
    workspace_id = feedback.workspace_of(key)
    releases = feedback.of_work(workspace_id) if workspace_id else ()
    last = find_last_submission(workspace_id) if workspace_id else None
    if not releases or last is None or workspace_id is None:
        return None
    may_reply = not current().is_trainer and feedback.may_reply(workspace_id, current().person_id)
    is_of_last = releases[0].submission_id == last.id
    return Answer(
        submission_id=releases[0].submission_id,
        is_marked=any(one.score for one in releases),
        asks_to_revise=is_of_last and releases[0].outcome is Outcome.REVISE,
        at_notes=_remarks(releases, for_trainer=False),
        number=sum(one.id is not None for one in releases),
        listed=Markup(  # noqa: S704 - the template escapes what people wrote
            render_template(
                "reviews/said.html",
                releases=releases,
                last=last,
                present=present,
                may_reply=may_reply,
                compared=compared.address(key) if last.number > 1 else None,
                own=None if current().is_trainer else own_marks.counting(workspace_id).get(current().person_id),
                asked=wording.ASKED,
            )
        ),
    )


def _remarks(releases: Sequence[Release], *, for_trainer: bool) -> Mapping[str, Markup]:
    shown = get_template_attribute(MACROS, "remarks")
    return {note_id: shown(said, for_trainer) for note_id, said in by_note(releases).items()}


def boxes(words: Mapping[str, str], form: Form | None, releases: Sequence[Release]) -> Mapping[str, Markup]:
    """Give what a trainer finds at each of these notes, named by their words: what was said, and where to write."""
    box, remarks = get_template_attribute(MACROS, "box"), _remarks(releases, for_trainer=True)
    if form is None:
        return remarks
    typed = form.draft.comments
    return {
        note_id: remarks.get(note_id, Markup())
        + box(note_id, called, typed.get(note_id, ""), is_too_long(typed.get(note_id, "")))
        for note_id, called in words.items()
    }
