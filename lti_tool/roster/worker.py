"""Reads rosters in the background."""

import logging
from collections.abc import Sequence

from lti_tool.lti.platform import roster
from lti_tool.lti.platform.roster import Member
from lti_tool.readings import worker
from lti_tool.roster import store

log = logging.getLogger("lti_tool.roster")


def refresh_one() -> bool:
    """Read one roster that is wanted, if there is one; tell whether there was."""
    return worker.read_one(store.ROSTERS, "roster of course", _fetch, store.put)


def _fetch(course_id: int) -> Sequence[Member]:
    members = roster.fetch(*store.address(course_id))
    log.info("roster of course %s: %s people", course_id, len(members))
    return members
