"""What pages say of the digest: nothing where no mails are sent, and the question in a first visit."""

from dataclasses import dataclass

from lti_tool.community.digest import store
from lti_tool.community.digest.rules import ENDED, Rhythm
from lti_tool.community.digest.store import Choice
from lti_tool.community.visits.rules import Stay
from lti_tool.delivery import smtp

UNASKED = Choice(rhythm=Rhythm.NEVER, weekday=0, problem=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What somebody may choose, and what they chose."""

    address: str | None
    """Where it would go; nothing where Moodle withholds it."""
    choice: Choice
    is_asked: bool
    """Whether they are asked just now: in their first visit, until they answer."""

    @property
    def has_ended(self) -> bool:
        """Whether the digest stopped because nothing was heard of its reader, and not because of their address."""
        return self.choice.problem == ENDED


def offer(stay: Stay) -> Offer | None:
    """Tell what somebody may choose; nothing where no mails are sent."""
    if smtp.account() is None:
        return None
    address, chosen = store.address(stay), store.choice(stay)
    is_asked = chosen is None and stay.since is None and address is not None
    return Offer(address=address, choice=chosen or UNASKED, is_asked=is_asked)
