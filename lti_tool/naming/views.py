"""Where somebody whose name Moodle withholds chooses what to be called at this site."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.lti.launch.session import PREFIX, current
from lti_tool.naming import rules, store, wording
from lti_tool.naming.rules import Problem

blueprint = Blueprint("naming", __name__)
BACK = {"community": "community.show_list", "exercise": "exercises.show"}
"""Where the page leads back to, by what the launch opened."""


@blueprint.get(PREFIX + "/name")
def show() -> ResponseReturnValue:
    """Show what others are shown, and the form; where Moodle says the name, that it does."""
    return _page(current().chosen_name or "")


@blueprint.post(PREFIX + "/name")
def choose() -> ResponseReturnValue:
    """Take the name, or the old one away; what can't be taken comes back as it was typed, with why."""
    session = current()
    if not session.is_named and "remove" in request.form:
        store.remove(session)
    elif not session.is_named:
        name = rules.cleaned(request.form.get("name", ""))
        problem = rules.problem(name) or (None if store.choose(session, name) else Problem.TAKEN)
        if problem:
            return _page(request.form.get("name", ""), problem), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("naming.show"), HTTPStatus.SEE_OTHER)


def _page(typed: str, problem: Problem | None = None) -> str:
    kind = (current().activity or "").split("/")[0]
    back = url_for(BACK[kind]) if kind in BACK else None
    said = wording.PROBLEM[problem] if problem else None
    return render_template("naming/page.html", typed=typed, problem=said, back=back, longest=rules.LONGEST)
