"""One page of what came out, to read, to copy and to print: for trainees of their canvas and the course's."""

from collections.abc import Iterable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from lti_tool.exercises import harvests, opened, owners, pages
from lti_tool.exercises.harvests import Wanted
from lti_tool.exercises.owners import Owner
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("harvesting", __name__)


@blueprint.get(PREFIX + "/exercise/harvest")
def show() -> ResponseReturnValue:
    """Show what came out."""
    wanted = Wanted(course_id=current().course_id, exercise=opened.slug(), owners=_owners())
    return pages.harvest(opened.exercise(), harvests.find(wanted, writing_language()))


def _owners() -> Iterable[Owner] | None:
    """Name the canvases: the one that the address says, else all that are shared for a trainer, else one's own."""
    if opened.IN in request.args:
        return [opened.read_key().owner]
    if current().is_trainer:
        return None
    home = opened.home()
    candidates = [owners.COURSE, *([home] if isinstance(home, Owner) else [])]
    return [owner for owner in candidates if opened.may_read(owner)]
