"""A person's votes, as the page's script and its forms send them, and how the votes stand."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import ballots, opened, pages, voting
from lti_tool.exercises.forms import LARGEST_VERSION, Unreadable
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.exercises.voting import MOST_EACH, Decision, Standing, Verdict, Vote
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("casting", __name__)
blueprint.add_app_template_global(voting.told, "votes_told")
ADDRESS = PREFIX + "/exercise/votes/<uuid:note_id>"

CLOSED = lazy_gettext("This vote is closed, and takes no votes any more.")
NONE_LEFT = lazy_gettext("You have given all your votes. Take one back from another note first.")
NOT_SENT = {Verdict.CLOSED: HTTPStatus.CONFLICT, Verdict.TOO_MANY: HTTPStatus.UNPROCESSABLE_ENTITY}


class _Sent(BaseModel):
    """What the page says of a vote; a form's numbers are texts."""

    model_config = ConfigDict(frozen=True)

    ballot: Annotated[int, Field(ge=1, le=LARGEST_VERSION)]
    number: Annotated[int, Field(ge=0, le=MOST_EACH)]


@blueprint.get(PREFIX + "/exercise/votes")
def show_votes() -> ResponseReturnValue:
    """Tell how the votes stand at a canvas."""
    return {"votes": told(pages.standing(opened.read_key()))}


@blueprint.put(ADDRESS)
def put_vote(note_id: UUID) -> ResponseReturnValue:
    """Set how many of their votes a person gives to a note; sent twice, it counts once."""
    key = opened.vote_key()
    decision = _vote(key, note_id, request.get_json(silent=True))
    answer = {"votes": told(pages.standing(key))}
    if decision.verdict in NOT_SENT:
        return {"title": _problem(decision), "left": decision.left, **answer}, NOT_SENT[decision.verdict]
    return answer


@blueprint.post(ADDRESS)
def send_vote(note_id: UUID) -> ResponseReturnValue:
    """Do the same without script."""
    key = opened.vote_key()
    decision = _vote(key, note_id, request.form)
    if decision.verdict in NOT_SENT:
        return pages.canvas(opened.exercise(), key, problem=_problem(decision)), NOT_SENT[decision.verdict]
    return redirect(url_for("exercises.show", _anchor=f"note-{note_id}"), HTTPStatus.SEE_OTHER)


def _vote(key: WorkspaceKey, note_id: UUID, given: object) -> Decision:
    try:
        sent = _Sent.model_validate(given)
    except ValidationError as error:
        raise Unreadable("vote") from error
    vote = Vote(ballot=sent.ballot, person_id=current().person_id, note_id=str(note_id), number=sent.number)
    decision = ballots.give(key, vote, now())
    db.session.commit()
    if decision.verdict is Verdict.NO_NOTE:
        raise NotFound("note_unknown")
    return decision


# In words


def told(standing: Standing | None) -> Mapping[str, object] | None:
    """Tell an open page how the votes stand, with what it says of them."""
    known = voting.told(standing)
    return {**known, "says": says(standing)} if known and standing else None


@blueprint.app_template_global("votes_say")
def says(standing: Standing) -> str:
    """Say what can be voted, and who sees what of it."""
    return " ".join(_open(standing) if standing.ballot.is_open else _closed(standing))


def _open(standing: Standing) -> Iterator[str]:
    yield ngettext(
        "A vote is open. Everybody has %(num)s vote, for the note that matters most to them.",
        "A vote is open. Everybody has %(num)s votes, for the notes that matter most to them; several may go to one.",
        standing.ballot.terms.each,
    )
    yield gettext("Nobody sees who voted for what.")
    if standing.ballot.terms.is_secret:
        yield gettext("The numbers are shown when the vote is closed, and only if at least three people voted here.")


def _closed(standing: Standing) -> Iterator[str]:
    if standing.totals is None:
        yield gettext("The vote is closed. It was secret, and fewer than three people voted here: nothing is shown.")
    else:
        yield gettext("The vote is closed. Each note shows its votes.")


def _problem(decision: Decision) -> str:
    if decision.verdict is Verdict.CLOSED:
        return str(CLOSED)
    if not decision.left:
        return str(NONE_LEFT)
    return str(ngettext("You have only %(num)s vote left.", "You have only %(num)s votes left.", decision.left))
