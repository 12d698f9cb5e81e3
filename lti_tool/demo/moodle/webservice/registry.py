"""The functions of the web services, by name, and what they are called with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.refusal import refuse_permission
from lti_tool.demo.moodle.webservice.shown import Shown
from lti_tool.demo.moodle.webservice.tables import ServiceToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that was let in: who calls, with what parameters, and how texts are shown to them."""

    db: Session
    user: User
    token: ServiceToken
    now: int
    settings: MoodleSettings
    shown: Shown
    given: dict[str, Any]
    """The parameters, checked."""

    def may(self, *rights: str) -> bool:
        """Tell whether the caller has one of these rights: in the whole site, the miniature knows no smaller place."""
        return self.user.is_admin or not set(rights).isdisjoint(self.user.rights.split())

    def require(self, *rights: str) -> None:
        """End the call of somebody who has none of these rights; the last one is named."""
        if not self.may(*rights):
            refuse_permission(rights[-1])


Work = Callable[[Call], Any]
WORK: dict[str, Work] = {}


def function(name: str) -> Callable[[Work], Work]:
    """Put a function under its name."""

    def keep(work: Work) -> Work:
        WORK[name] = work
        return work

    return keep
