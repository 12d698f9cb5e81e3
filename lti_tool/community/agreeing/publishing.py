"""A proposal becomes a post, once all agree who are in the group."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from lti_tool.community import store as core
from lti_tool.community.agreeing import people, store
from lti_tool.community.agreeing.rules import Proposal
from lti_tool.community.carrying import doors
from lti_tool.community.carrying import store as carried
from lti_tool.community.carrying.canvas import Canvas
from lti_tool.community.rules import Verdict
from lti_tool.errors import NotFound
from lti_tool.lti.launch.session import current
from lti_tool.lti.roles import Role


class Ended(StrEnum):
    """What becomes of a proposal at a moment."""

    WAITS = "waits"
    PUBLISHED = "published"
    NO_DOOR = "no_door"
    """All agree, and no community is open to whoever would publish it."""


def go_on(this: Canvas, proposal: Proposal, now: datetime) -> Ended:
    """Publish a proposal, which is locked, if all agree; in the caller's transaction."""
    members = {one.id for one in people.of_group(this.key)}
    if not proposal.is_agreed(members):
        return Ended.WAITS
    session = current()
    door = doors.chosen(session.site_id, proposal.by, session.course_id, Role.TRAINEE)
    if door is None:
        return Ended.NO_DOOR
    visit = doors.visit(session.site_id, proposal.by, door)
    saved = core.add_post(visit, replace(proposal.draft, version=0), now)
    if saved.verdict is not Verdict.SAVED:
        raise NotFound("proposal_of_a_known_post")  # no form of ours proposes under the id of a post
    carried.keep(visit.key, proposal.id, this.workspace_id)
    store.close(proposal, now)
    return Ended.PUBLISHED
