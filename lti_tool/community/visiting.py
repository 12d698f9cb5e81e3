"""Who is asking, in which community."""

import re

from lti_tool.community.posts import Reader
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.lti.launch import session
from lti_tool.lti.roles import Role

SLUGS = re.compile(r"[a-z0-9-]{1,60}")


def current() -> Visit:
    """Tell who is asking, in which community: no address and no form can name another.

    Raises:
        NotFound: the launch opened no community.
        NotAllowed: to guests.
    """
    launch = session.current()
    kind, _, slug = (launch.activity or "").partition("/")
    if kind != "community" or not SLUGS.fullmatch(slug):
        raise NotFound("not_a_community")
    if launch.role is Role.GUEST:
        raise NotAllowed("community_guest")
    reader = Reader(person_id=launch.person_id, course_id=launch.course_id, is_trainer=launch.is_trainer)
    return Visit(key=CommunityKey(site_id=launch.site_id, slug=slug), reader=reader)
