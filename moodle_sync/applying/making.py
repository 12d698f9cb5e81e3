"""What rows are made with: the numbers that are known, and passwords that nobody will know."""

import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass

from moodle_sync.settings import NewAccounts
from moodle_sync.things.action import Step
from moodle_sync.things.ids import Ids
from moodle_sync.webservice.encoding import Row

CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_.:+!#")
"""What sites demand so many of in a password."""
EACH = 32
"""How many of each class a password has that nobody will know: Moodle takes 128 characters at most."""


@dataclass(frozen=True, slots=True)
class Making:
    """What rows are made with."""

    ids: Ids
    new_accounts: NewAccounts

    def credentials(self) -> Row:
        """Say how a new account comes by a password."""
        if self.new_accounts is NewAccounts.MAIL:
            return {"createpassword": True}
        must_change: Row = {"type": "auth_forcepasswordchange", "value": True}
        return {"password": _password(), "preferences": [must_change]}


def arguments(step: Step, rows: Sequence[Row]) -> Row:
    """Write a request's arguments."""
    return {step.rows: rows} if step.rows else rows[0]


def _password() -> str:
    """Make one that passes whatever a site demands: no two of a class stand side by side, so no two are the same."""
    return "".join(secrets.choice(letters) for _ in range(EACH) for letters in CLASSES)
