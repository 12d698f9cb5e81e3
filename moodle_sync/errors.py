"""What can go wrong in a sync.

SyncError
├── InputRefused             the configuration, the curriculum or the file of people has mistakes, kept in `.problems`
├── PlanRefused              a file of a plan can't be read as one, or is another site's
├── ExportRefused            the files of an export can't be written, or there is nothing to write
├── JournalError             the journal can't be used: broken, another site's, or another run is using it
├── GuardStopped             the plan takes more away, or mails more, than may happen unasked: kept in `.stops`
├── StalePlan                what would be done now isn't what a file of a plan, or the rest of a run, says
└── MoodleError
    ├── Unreachable          no answer came, or one that says to try later; nothing was changed by it
    │   └── TooMany          the site wants fewer requests
    ├── FateUnknown          a write was sent and no usable answer came: it may be done or not
    ├── NotMoodle            what answered is not a Moodle's web service: the address is wrong
    │   ├── Garbled          what came is no whole answer: cut, or a page of a server in between
    │   └── Blocked          something before Moodle, such as a firewall, doesn't let a request through
    ├── Interrupted          somebody asked to stop before the next request
    └── Refused              Moodle answered with an error, kept in `.errorcode`
        └── NotAllowed       the token or the rights of its account are in the way
            ├── TokenRefused     Moodle doesn't take the token, or not from its account as that stands
            ├── AccessRefused    the token's service lacks the function, or may not be used by its account
            └── RightMissing     the account lacks a right for this
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """What a command's exit code says."""

    FINE = 0
    WRONG = 1
    """An error, or something was left alone that nobody can do but a person."""
    CHANGES = 2
    """There is something to do; only where the code was asked to tell."""
    PARTLY = 3
    """Something was done, and something wasn't."""
    NOT_ALLOWED = 4
    GUARDED = 5
    """A guard stopped it before anything was sent."""
    FATE_UNKNOWN = 6
    STALE = 7
    UNREACHABLE = 8
    USAGE = 64
    INTERRUPTED = 130
    """By Ctrl-C, as shells have it."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a file: line 0 and no column where the whole file is meant."""

    file: str
    line: int
    column: str
    message: str
    more: tuple[str, ...] = ()
    """Lines that stand below it."""

    def __str__(self) -> str:
        """Write the problem as one line, whatever was in the file, and what stands below it as one line each."""
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.column) if part)
        line = ": ".join(part for part in (self.file, place, self.message) if part)
        return "\n    ".join(" ".join(part.split()) for part in (line, *self.more))


class SyncError(Exception):
    """The root of all errors that a sync raises on purpose; the text is one line for the administrator."""

    exit_code: ClassVar[Exit] = Exit.WRONG


class InputRefused(SyncError):
    """What the administrator wrote has mistakes; `problems` names them all, sorted.

    `warnings` are what was only odd about the files.
    """

    def __init__(self, problems: Iterable[Problem], warnings: Iterable[str] = ()) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.warnings = tuple(warnings)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PlanRefused(SyncError):
    """A file is no plan that could be applied here."""


class ExportRefused(SyncError):
    """An export can't be written; nothing was."""


class JournalError(SyncError):
    """The journal can't be opened, or not now."""


class GuardStopped(SyncError):
    """A plan would take away or mail more than may happen unasked; nothing was sent. `stops` says it line by line."""

    exit_code = Exit.GUARDED

    def __init__(self, stops: Iterable[str]) -> None:
        self.stops = tuple(stops)
        super().__init__("; ".join(self.stops))


class StalePlan(SyncError):
    """The files or the site have changed since a plan was made, or a run stopped; nothing was sent."""

    exit_code = Exit.STALE


class MoodleError(SyncError):
    """A call to Moodle that brought nothing."""


class Unreachable(MoodleError):
    """Moodle could not be asked; perhaps it said after how many seconds to ask again."""

    exit_code = Exit.UNREACHABLE

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class TooMany(Unreachable):
    """The site wants fewer requests, and didn't even look at this one."""


class FateUnknown(MoodleError):
    """A write of which nobody knows whether it was done: read back before anything is sent again.

    Where it was never answered, `unanswered`, Moodle may still be at work on it.
    """

    exit_code = Exit.FATE_UNKNOWN

    def __init__(self, message: str, *, unanswered: bool = False) -> None:
        super().__init__(message)
        self.unanswered = unanswered


class NotMoodle(MoodleError):
    """Something else answers at this address."""


class Garbled(NotMoodle):
    """What came is no whole answer: cut, or a page of a server in between."""


class Blocked(NotMoodle):
    """Something before Moodle doesn't let this request through, and perhaps others."""


class Interrupted(MoodleError):
    """Somebody asked to stop; this request was not sent."""

    exit_code = Exit.INTERRUPTED


class Refused(MoodleError):
    """Moodle's own error; branch on `errorcode`, since messages are translated."""

    def __init__(self, function: str, errorcode: str, message: str, debuginfo: str = "") -> None:
        why = f": {debuginfo}" if debuginfo else ""
        super().__init__(f"{function}: {' '.join(message.split())} ({errorcode}){why}")
        self.function = function
        self.errorcode = errorcode
        self.debuginfo = debuginfo
        """What is wrong, as Moodle says it where debugging is on."""
        self.explained = bool(debuginfo)


class NotAllowed(Refused):
    """The token or the rights of its account are in the way."""

    exit_code = Exit.NOT_ALLOWED


class TokenRefused(NotAllowed):
    """The token is unknown or has ended, or its account can't be used as it stands."""


class AccessRefused(NotAllowed):
    """The token's service lacks the function, or doesn't take this account."""


class RightMissing(NotAllowed):
    """The token's account lacks a right."""


BY_ERRORCODE: Mapping[str, type[NotAllowed]] = {
    "accessexception": AccessRefused,
    "forbidden": AccessRefused,
    "forcepasswordchangenotice": TokenRefused,
    "invalidtoken": TokenRefused,
    "missingrequiredcapability": RightMissing,
    "nopermission": RightMissing,
    "nopermissions": RightMissing,
    "requireloginerror": RightMissing,
    "setting_locked_by_permission": RightMissing,
    "sitepolicynotagreed": TokenRefused,
    "unseen": RightMissing,
    "usernotfullysetup": TokenRefused,
    "wsaccessuserdeleted": TokenRefused,
    "wsaccessuserexpired": TokenRefused,
    "wsaccessusernologin": TokenRefused,
    "wsaccessusersuspended": TokenRefused,
    "wsaccessuserunconfirmed": TokenRefused,
}
"""Moodle's codes that speak of the token and its rights; every other one is a plain `Refused`."""


def refused(function: str, errorcode: str, message: str, debuginfo: str = "") -> Refused:
    """Make the exception for an error that Moodle answered with."""
    return BY_ERRORCODE.get(errorcode, Refused)(function, errorcode, message, debuginfo)
