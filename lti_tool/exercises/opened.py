"""What the launch opened, and whose workspace that is: no address and no form can name another."""

from content.model import Exercise
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.exercises import owners
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.lti.launch.session import current


def exercise() -> Exercise:
    """Give the exercise that the launch opened."""
    return find_exercise(slug())


def slug() -> str:
    """Name the exercise that the launch opened.

    Raises:
        NotFound: it opened something else.
    """
    kind, _, name = (current().activity or "").partition("/")
    if kind != "exercise":
        raise NotFound("not_an_exercise")
    return name


def key() -> WorkspaceKey:
    """Name the person's workspace, which a trainer doesn't have."""
    return key_of(slug())


def key_of(exercise: str) -> WorkspaceKey:
    """Name the person's workspace of any exercise."""
    session = current()
    return WorkspaceKey(course_id=session.course_id, exercise=exercise, owner=owners.person(session.person_id))


def placement() -> int:
    """Name the placement whose grade a submission gives.

    Raises:
        NotFound: the launch opened no activity.
    """
    placement_id = current().placement_id
    if placement_id is None:
        raise NotFound("no_placement")
    return placement_id


def own_key() -> WorkspaceKey:
    """Name the workspace that this person may write in.

    Raises:
        NotAllowed: for a trainer, who has none.
    """
    if current().is_trainer:
        raise NotAllowed("trainer_writes")
    return key()
