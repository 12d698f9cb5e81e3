"""What the launch opened, and which of its workspaces: an address may name another one, and is looked at again."""

from datetime import datetime

from flask import g, request

from content.model import Exercise
from lti_tool.clock import now
from lti_tool.errors import NotFound
from lti_tool.exercises import access, modes, owners, situations
from lti_tool.exercises.access import Elsewhere, Situation
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.shut import WorkspaceShut
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.groups.rules import Trouble
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.lti.launch.session import current

OF = "of"
"""What an address of a trainer's says of the exercise, where it isn't the one that the launch opened."""
IN = "in"
"""What an address says of the workspace: `group/7`. Without it, it is the person's own: pages of before say nothing."""


def exercise() -> Exercise:
    """Give the exercise that the launch opened."""
    return find_exercise(slug())


def slug() -> str:
    """Name the exercise that the launch opened; a trainer's address may name another one of the course.

    Raises:
        NotFound: it opened something else.
    """
    if current().is_trainer and OF in request.args:
        return find_exercise(request.args[OF]).id
    kind, _, name = (current().activity or "").partition("/")
    if kind != "exercise":
        raise NotFound("not_an_exercise")
    return name


def placement() -> int:
    """Name the placement whose grade a submission gives.

    Raises:
        NotFound: the launch opened no activity.
    """
    placement_id = current().placement_id
    if placement_id is None:
        raise NotFound("no_placement")
    return placement_id


def situation() -> Situation:
    """Give what decides where this person reads and writes; read once in a request."""
    if "situation" not in g:
        session = current()
        g.situation = situations.find(session.course_id, slug(), session.person_id, session.role)
    found: Situation = g.situation
    return found


def key_of(exercise: str) -> WorkspaceKey:
    """Name the workspace in which a person would begin any exercise."""
    return WorkspaceKey(course_id=current().course_id, exercise=exercise, owner=own())


def own() -> Owner:
    """Name as owner who asks: what they do alone is theirs, and a trainer's is a trial."""
    name = owners.trial if current().is_trainer else owners.person
    return name(current().person_id)


def home() -> Owner | Trouble:
    """Name whose workspace this person writes in now, or tell what keeps them from having one."""
    kind = access.home(situation(), now())
    return situations.home(current().course_id, situation(), kind)


def shown_key() -> WorkspaceKey | Trouble:
    """Name the workspace to show: the one that the address says, else where the person writes now.

    Raises:
        NotFound: it isn't this person's to read.
    """
    if IN in request.args:
        return read_key()
    found = home()
    return found if isinstance(found, Trouble) else _key(found)


def may_read(owner: Owner) -> bool:
    """Tell whether this person reads a workspace."""
    return situations.may_read(current().course_id, situation(), owner)


def read_key() -> WorkspaceKey:
    """Name the workspace that the address says, for reading.

    Raises:
        NotFound: it isn't this person's to read.
    """
    owner = _named()
    if not may_read(owner):
        raise NotFound("workspace_unknown")
    return _key(owner)


def write_key() -> WorkspaceKey:
    """Name the workspace that the address says, for writing.

    Raises:
        NotFound: it isn't this person's to read, and never was.
        WorkspaceShut: nobody, or this person, may write there now.
    """
    owner = _named()
    return _unless(refusal_of(owner, now()), owner)


def vote_key() -> WorkspaceKey:
    """Name the workspace that the address says, for voting on its notes.

    Raises:
        NotFound: it isn't this person's to read, and never was, or nobody votes there.
        WorkspaceShut: this person may not vote there, or not now.
    """
    owner = _named()
    return _unless(situations.vote_refusal(current().course_id, situation(), owner, now()), owner)


def may_vote(owner: Owner) -> bool:
    """Tell whether this person may vote on the notes of a workspace now, if a ballot is open."""
    return situations.vote_refusal(current().course_id, situation(), owner, now()) is None


def _unless(refusal: access.Refusal | None, owner: Owner) -> WorkspaceKey:
    if refusal is Elsewhere.NOT_YOURS and not owner.can_be_left:
        raise NotFound("workspace_unknown")
    if refusal:
        raise WorkspaceShut(refusal)
    return _key(owner)


def refusal_of(owner: Owner, moment: datetime) -> access.Refusal | None:
    """Tell what keeps this person from writing in a workspace."""
    return situations.refusal(current().course_id, situation(), owner, moment)


def refusal_here(moment: datetime) -> access.Refusal | None:
    """Tell what keeps this person from writing in the workspace that the address says."""
    return refusal_of(_named(), moment)


def is_after_step(moment: datetime) -> bool:
    """Tell whether the time of the step that is on is up."""
    return modes.is_after_step(situation().stage, moment)


def address(owner: Owner) -> dict[str, str]:
    """Give what an address says of a workspace; of the person's own, nothing."""
    return {} if owner == own() else {IN: str(owner)}


def stay(_endpoint: str, values: dict[str, object]) -> None:
    """Let the exercise's addresses, on a page of a workspace, lead to that workspace."""
    for name, value in g.get("inside", {}).items():
        values.setdefault(name, value)


def _named() -> Owner:
    if IN not in request.args:
        return own()
    owner = owners.read(request.args[IN])
    if owner is None:
        raise NotFound("workspace_unknown")
    return owner


def _key(owner: Owner) -> WorkspaceKey:
    g.inside = address(owner)
    return WorkspaceKey(course_id=current().course_id, exercise=slug(), owner=owner)
