"""What those who do a piece of work say of it themselves, before they hand it in: pure decisions.

They are asked for it and never kept from handing in.
"""

from dataclasses import dataclass, field, replace

from content.model import Exercise
from lti_tool.exercises import crediting
from lti_tool.exercises.levels import Levels
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.exercises.owners import Owner
from lti_tool.lti.roles import Role

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfReview:
    """A level of each criterion that they chose, and a sentence; one for all who do the work together."""

    levels: Levels = field(default_factory=dict)
    sentence: str = ""
    version: int = 0
    """Of what is kept, from which it grew; 0 where nothing was."""

    @property
    def is_begun(self) -> bool:
        """Whether it says anything."""
        return bool(self.levels or self.sentence)

    def says_the_same(self, other: "SelfReview") -> bool:
        """Tell whether another one says nothing else."""
        return replace(self, version=0) == replace(other, version=0)


def is_wanted(exercise: Exercise, arrangement: Arrangement) -> bool:
    """Tell whether the content or a course's trainers want it; without a rubric there is nothing to choose from."""
    return bool(exercise.rubric) and (exercise.self_review or arrangement.self_review)


def may_say(owner: Owner, mode: Mode, role: Role) -> bool:
    """Tell whether it is for somebody to say: of work that they hand in, and a trainer not of their trainees'."""
    is_theirs = owner.is_trial or role is not Role.TRAINER
    return is_theirs and crediting.is_handed_in(owner, mode, role)
