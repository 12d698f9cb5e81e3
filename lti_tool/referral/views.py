"""Where to turn: the card for the course, its form for trainers, and what they do when work reveals danger."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.i18n import zone
from lti_tool.lti.launch.session import PREFIX, current, require_trainer
from lti_tool.referral import forms, rules, shown, store, wording
from lti_tool.referral.forms import Form
from lti_tool.referral.rules import LONGEST, LONGEST_LANGUAGES, Card

blueprint = Blueprint("referral", __name__)


@blueprint.get(PREFIX + "/referral")
def show() -> ResponseReturnValue:
    """Show where to turn in this course."""
    return render_template("referral/show.html", turn=shown.turn())


@blueprint.get(PREFIX + "/referral/edit")
def edit() -> ResponseReturnValue:
    """Show the card's form; in a copy, with what the earlier course's card says, which isn't saved here yet."""
    session = require_trainer()
    card, suggestion = store.find(session.course_id), store.find_suggestion(session.course_id)
    return _form(Form(card=suggestion or card), version=card.version, is_suggested=suggestion is not None)


@blueprint.post(PREFIX + "/referral")
def save() -> ResponseReturnValue:
    """Keep the card, unless another trainer changed it meanwhile: then both texts are shown."""
    session, draft = require_trainer(), forms.sent()
    if found := list(rules.problems(draft)):
        return _form(forms.refused(draft, found), version=draft.version), HTTPStatus.UNPROCESSABLE_ENTITY
    saved = store.find(session.course_id)
    if not store.save(session.course_id, _dated(saved, draft), draft.version, session.person_id, now()):
        db.session.rollback()
        return _overtaken(draft)
    db.session.commit()
    return _done()


@blueprint.get(PREFIX + "/referral/danger")
def show_danger() -> ResponseReturnValue:
    """Tell a trainer what to do when somebody's work or words reveal danger."""
    require_trainer()
    return render_template("referral/danger.html", turn=shown.turn())


def _dated(saved: Card, draft: Card) -> Card:
    return rules.dated(saved, draft, now().astimezone(zone()).date(), is_checked=forms.is_checked())


def _overtaken(draft: Card) -> ResponseReturnValue:
    """Show what was typed beside what is saved; where both say the same, nothing is left to do."""
    saved = store.find(current().course_id)
    if saved.says_the_same(draft) and not forms.is_checked():
        return _done()
    return _form(Form(card=draft, theirs=saved), version=saved.version), HTTPStatus.CONFLICT


def _done() -> ResponseReturnValue:
    return redirect(url_for("referral.show", saved=1), HTTPStatus.SEE_OTHER)


def _form(form: Form, *, version: int, is_suggested: bool = False) -> str:
    return render_template(
        "referral/edit.html",
        form=form,
        version=version,
        is_suggested=is_suggested,
        theirs=shown.of_card(form.theirs) if form.theirs else None,
        kinds=wording.kinds(),
        lines=wording.LINE,
        longest=LONGEST,
        longest_languages=LONGEST_LANGUAGES,
        checked_field=forms.CHECKED,
    )
