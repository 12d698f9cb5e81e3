"""What the place where people hand in says of their own look at the work."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.exercises import levels
from lti_tool.exercises.levels import Chosen
from lti_tool.exercises.modes import Arrangement
from lti_tool.exercises.self_review import rules, store
from lti_tool.exercises.self_review.store import Kept
from lti_tool.exercises.store import Workspace, WorkspaceKey
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language
from lti_tool.lti.launch.session import current


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That they are asked for it, and what they say by now."""

    kept: Kept | None = None
    chosen: Sequence[Chosen] = ()


def is_asked(key: WorkspaceKey, arrangement: Arrangement) -> bool:
    """Tell whether this person is asked to look at the work in a workspace before it is handed in."""
    may_say = rules.may_say(key.owner, arrangement.mode, current().role)
    return may_say and rules.is_wanted(find_exercise(key.exercise), arrangement)


def told(key: WorkspaceKey, arrangement: Arrangement, workspace: Workspace | None) -> Asked | None:
    """Give what is asked for and what is kept, for those alone whose work it is."""
    if not is_asked(key, arrangement):
        return None
    kept = store.find(workspace.id) if workspace else None
    if kept is None or not kept.review.is_begun:
        return Asked()
    chosen = levels.worded(find_exercise(key.exercise), kept.review.levels, reader_language())
    return Asked(kept=kept, chosen=chosen)
