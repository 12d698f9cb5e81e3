"""Who is asking, in which community: no address and no form can name another."""

import re

from lti_tool.community.rules import Reader
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.lti.launch.session import current
from lti_tool.lti.roles import Role

SLUGS = re.compile(r"[a-z0-9-]{1,60}")


def visiting() -> Visit:
    """Tell it by the launch.

    Raises:
        NotFound: the launch opened no community.
        NotAllowed: to guests.
    """
    session = current()
    kind, _, slug = (session.activity or "").partition("/")
    if kind != "community" or not SLUGS.fullmatch(slug):
        raise NotFound("not_a_community")
    if session.role is Role.GUEST:
        raise NotAllowed("community_guest")
    reader = Reader(person_id=session.person_id, course_id=session.course_id, is_trainer=session.is_trainer)
    return Visit(key=CommunityKey(site_id=session.site_id, slug=slug), reader=reader)
