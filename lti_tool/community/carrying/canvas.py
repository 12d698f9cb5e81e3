"""The canvas that somebody brings to the community, as the page's address names it: theirs, or the server refuses."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.model import Exercise
from lti_tool.community.agreeing import people
from lti_tool.community.carrying import fields, rules, wording
from lti_tool.community.carrying.fields import Place
from lti_tool.community.posts import PostKind
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.exercises import opened, store
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.lti.launch.session import current


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Work that may be brought."""

    key: WorkspaceKey
    workspace_id: int
    exercise: Exercise
    places: Sequence[Place]
    kinds: Sequence[PostKind]

    @property
    def is_shared(self) -> bool:
        """Whether it is a group's, which agrees before anything is published."""
        return self.key.owner.is_shared


def current_canvas() -> Canvas:
    """Give the canvas that the address names.

    Raises:
        NotAllowed: nothing of this exercise leaves it, or it isn't this person's work.
        NotFound: it isn't this person's to read, or nothing is written there.
    """
    this = theirs()
    if not this.places:
        raise NotFound("nothing_to_carry", advice=wording.NOTHING_YET)
    return this


def theirs() -> Canvas:
    """Give the same, be it that everything was deleted there since it was proposed.

    Raises:
        NotAllowed: nothing of this exercise leaves it, or it isn't this person's work.
        NotFound: it isn't this person's to read, or nothing was ever written there.
    """
    key, exercise = opened.read_key(), opened.exercise()
    if exercise.stays_here:
        raise NotAllowed("exercise_stays_here", advice=wording.STAYS)
    members = [one.id for one in people.of_group(key)]
    if not rules.may_carry(key.owner, current().person_id, current().role, members):
        raise NotAllowed("work_of_others", advice=wording.NOT_YOURS)
    workspace = store.find_workspace(key)
    if workspace is None:
        raise NotFound("nothing_to_carry", advice=wording.NOTHING_YET)
    is_handed_in = store.find_last_submission(workspace.id) is not None
    kinds, places = rules.kinds(is_handed_in=is_handed_in), fields.find(exercise, workspace)
    return Canvas(key=key, workspace_id=workspace.id, exercise=exercise, places=places, kinds=kinds)
