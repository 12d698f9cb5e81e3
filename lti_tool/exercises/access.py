"""Who reads and writes which workspace of an exercise: pure decisions.

A person reads their own, their group's, and the course's. A trainer enters those of groups and of the course, visibly;
what somebody writes alone they read once it is handed in, as it was then. A guest of the course has only their own.
What was written in another mode stays readable, and is written in no more.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lti_tool.exercises import modes, owners
from lti_tool.exercises.modes import Arrangement, Mode, Shut, Stage
from lti_tool.exercises.owners import Owner, OwnerKind
from lti_tool.groups import rules as groups
from lti_tool.groups.rules import Group, Membership
from lti_tool.lti.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that decides where a person reads and writes in an exercise."""

    person_id: int
    role: Role
    arrangement: Arrangement = field(default_factory=Arrangement)
    stage: Stage = field(default_factory=Stage)
    membership: Membership = field(default_factory=Membership)

    @property
    def is_trainer(self) -> bool:
        """Whether the person teaches this course."""
        return self.role is Role.TRAINER

    def are_together(self, now: datetime) -> bool:
        """Tell whether people write together by now."""
        about = self.arrangement
        return modes.are_together(about.mode, about.dates, self.stage, now, alone_first=about.alone_first)


class Elsewhere(StrEnum):
    """Why a person may not write in one workspace, whoever may write now."""

    NOT_YOURS = "not_yours"
    """Another person's, a group's that they are not in (any more), or one that they never could see."""
    LEFT_BEHIND = "left_behind"
    """Their own or the course's of another mode, or of the time before they came together."""


Refusal = Shut | Elsewhere


def home(situation: Situation, now: datetime) -> OwnerKind:
    """Tell where a person writes now; in which group is another question."""
    if situation.is_trainer:
        return OwnerKind.TRIAL
    if situation.role is Role.GUEST or not situation.are_together(now):
        return OwnerKind.PERSON
    return OwnerKind.GROUP if situation.arrangement.mode is Mode.GROUP else OwnerKind.COURSE


def may_read(situation: Situation, owner: Owner, group: Group | None) -> bool:
    """Tell whether a person reads a workspace of their course; `group` is the owner's, where it is a group's."""
    if owner == _own(situation):
        return True
    if situation.role is Role.GUEST:
        return False
    if owner == owners.COURSE:
        return True
    if owner.group_id is None or group is None:
        return False
    return situation.is_trainer or groups.is_in(group, situation.membership, situation.arrangement.counting)


def _own(situation: Situation) -> Owner:
    own = owners.trial if situation.is_trainer else owners.person
    return own(situation.person_id)


def refusal(situation: Situation, owner: Owner, group: Group | None, now: datetime) -> Refusal | None:
    """Tell what keeps a person from writing in a workspace now.

    Into their own they go on writing after they came together: what arrives late is copied after the rest.
    """
    if not may_read(situation, owner, group):
        return Elsewhere.NOT_YOURS
    if situation.is_trainer:
        return None
    return modes.shut(situation.arrangement.dates, situation.stage, now) or _left_behind(situation, owner, now)


def _left_behind(situation: Situation, owner: Owner, now: datetime) -> Elsewhere | None:
    arrangement = situation.arrangement
    is_first = owner.is_alone and (arrangement.mode is Mode.ALONE or arrangement.alone_first)
    return None if is_first or owner.kind is home(situation, now) else Elsewhere.LEFT_BEHIND
