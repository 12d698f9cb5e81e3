"""When a group agrees to bring something to the community: when all do who are in it; pure decisions."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from lti_tool.community.posts import Draft

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What somebody says of a proposal, as they read it."""

    version: int
    agrees: bool
    is_named: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A post that a group agrees on."""

    id: str
    by: int
    """Who proposes it, and publishes it for the group."""
    version: int
    draft: Draft
    consents: Mapping[int, Consent] = field(default_factory=dict, hash=False)
    """By person; those of an earlier version count no more."""

    def answer(self, person_id: int) -> Consent | None:
        """Give what somebody says of it as it is now."""
        found = self.consents.get(person_id)
        return found if found and found.version == self.version else None

    def agrees(self, person_id: int) -> bool:
        """Tell whether somebody agrees to it as it is now."""
        found = self.answer(person_id)
        return found is not None and found.agrees

    def is_agreed(self, members: Set[int]) -> bool:
        """Tell whether all agree who are in the group now; whoever proposed it must still be one of them."""
        return self.by in members and all(self.agrees(one) for one in members)

    def named(self) -> Set[int]:
        """Give those whose names may stand at the post, beside the name of who published it."""
        answers = {person: self.answer(person) for person in self.consents}
        return {person for person, said in answers.items() if said and said.agrees and said.is_named} - {self.by}

    def may_withdraw(self, person_id: int, members: Set[int]) -> bool:
        """Tell whether somebody may take it back: who proposed it, and anybody once that person is gone."""
        return person_id == self.by or (person_id in members and self.by not in members)
