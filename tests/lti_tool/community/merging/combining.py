"""What trainers send to make two posts one, and a reply a post."""

from lti_tool.clock import now
from lti_tool.community.merging import store
from lti_tool.community.posts import Reply
from lti_tool.community.store import Visit
from lti_tool.database import db
from tests.lti_tool.community.talking import change
from tests.lti_tool.entering import Client

WHY = "Both ask the same."


def merge(by: Client, post_id: str, target_id: str, reason: str = WHY) -> int:
    """Merge a post into another; give the answer's status."""
    return change(by, f"posts/{post_id}", "merge", post=target_id, reason=reason)


def split(by: Client, reply_id: str, **given: str) -> int:
    """Make a reply a post; give the answer's status."""
    form = {"kind": "tool", "title": "Our tool", "reason": "It is about something else.", **given}
    return change(by, f"replies/{reply_id}", "split", **form)


def merged(visit: Visit, post_id: str, target_id: str) -> Reply:
    """Merge a post into another in the store; give the reply that it is."""
    reply = store.merge(visit, post_id, target_id, WHY, now())
    db.session.commit()
    return reply
