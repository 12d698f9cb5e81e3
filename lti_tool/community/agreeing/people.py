"""Who is in a group now, and so is asked: who left it, or the course, is not."""

from collections.abc import Sequence

from lti_tool.exercises import arrangements, situations
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.groups import members
from lti_tool.groups import rules as grouping
from lti_tool.groups import store as groups
from lti_tool.groups.members import Person
from lti_tool.roster import store as rosters


def of_group(key: WorkspaceKey) -> Sequence[Person]:
    """Give the people of a group's workspace in their order: those who ever came to the course."""
    group = situations.group_of(key.course_id, key.owner)
    if group is None:
        return ()
    counting = arrangements.find(key.course_id, key.exercise).counting
    roster = rosters.find(key.course_id)
    fetched_at = roster.fetched_at if roster else None
    participants = rosters.participants(key.course_id) if fetched_at else []
    everybody = members.of_course(groups.people(key.course_id, key.exercise), participants, fetched_at)
    return [one for one in everybody if grouping.is_in(group, one.membership, counting)]
