"""What the forms around an outcome send, and what they show again when something is wrong."""

from collections.abc import Sequence
from uuid import uuid4

from flask import request

from lti_tool.community import forms
from lti_tool.community.forms import Form
from lti_tool.community.outcomes import rules
from lti_tool.community.outcomes.rules import HeldDraft, Outcome
from lti_tool.community.posts import Draft
from lti_tool.community.typed import Problem


def blank() -> Form:
    """Make an empty form, with the id of the outcome that will be written in it."""
    return Form(draft=Draft(id=str(uuid4()), text="", language=forms.own_language()))


def of_later(outcome: Outcome) -> Form:
    """Make a form that holds what was said of an outcome a while later, if anything was."""
    later = outcome.later
    if later is None:
        return Form(draft=HeldDraft(id=outcome.id, version=outcome.version, text="", language=forms.own_language()))
    return Form(
        draft=HeldDraft(
            id=outcome.id, text=later.text, language=later.language, held=str(later.held), version=outcome.version
        )
    )


def later_sent(outcome_id: str) -> HeldDraft:
    """Read what was said of an outcome a while later."""
    words = forms.reply_sent(outcome_id)
    held = request.form.get("held", "")
    return HeldDraft(id=outcome_id, text=words.text, language=words.language, version=words.version, held=held)


def later_problems(draft: HeldDraft) -> Sequence[Problem]:
    """Go through what keeps it from being saved."""
    return list(rules.later_problems(draft, forms.known_languages()))
