"""The functions of the web services, by name, and what they are called with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.refusal import refuse_permission
from lti_tool.demo.moodle.webservice.shown import Shown


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was let in: who calls, with what parameters, and how texts are shown to them."""

    db: Session
    user: User
    now: int
    settings: MoodleSettings
    functions: tuple[str, ...]
    shown: Shown
    given: dict[str, Any]
    """The parameters, checked."""

    def require(self, right: str) -> None:
        """Let nobody but administrators do this: the miniature has no other rights."""
        if not self.user.is_admin:
            refuse_permission(right)


Work = Callable[[Call], Any]
WORK: dict[str, Work] = {}


def function(name: str) -> Callable[[Work], Work]:
    """Put a function under its name."""

    def keep(work: Work) -> Work:
        WORK[name] = work
        return work

    return keep
