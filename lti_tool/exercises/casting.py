"""A person's votes, as the page's script and its forms send them, and how the votes stand."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import ballots, opened, pages, voting
from lti_tool.exercises.forms import LARGEST_VERSION, Unreadable
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.exercises.voting import MOST_EACH, Decision, Verdict, Vote
from lti_tool.exercises.voting_wording import problem, says, told
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("casting", __name__)
blueprint.add_app_template_global(voting.told, "votes_told")
blueprint.add_app_template_global(says, "votes_say")
ADDRESS = PREFIX + "/exercise/votes/<uuid:note_id>"

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
        return {"title": problem(decision), "left": decision.left, **answer}, NOT_SENT[decision.verdict]
    return answer


@blueprint.post(ADDRESS)
def send_vote(note_id: UUID) -> ResponseReturnValue:
    """Do the same without script."""
    key = opened.vote_key()
    decision = _vote(key, note_id, request.form)
    if decision.verdict in NOT_SENT:
        return pages.canvas(opened.exercise(), key, problem=problem(decision)), NOT_SENT[decision.verdict]
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
