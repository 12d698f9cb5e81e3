"""What can go wrong in a sync.

SyncError
├── InputRefused           the configuration, the curriculum or the file of people has mistakes, kept in `.problems`
├── JournalError           the journal can't be used: broken, another site's, or another run is using it
├── StalePlan              what is left of a run is no longer what a plan of today would do
└── MoodleError
    ├── Unreachable        no answer came, or one that says to try later; nothing was changed by it
    ├── FateUnknown        a write was sent and no usable answer came: it may be done or not
    ├── NotMoodle          what answered is not a Moodle's web service: the address is wrong
    ├── Refused            Moodle answered with an error, kept in `.errorcode`
    └── NotAllowed         Moodle answered that the token or its account may not do this, kept in `.errorcode`
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

FINE, WRONG, NOT_ALLOWED, UNKNOWN, STALE, UNREACHABLE, USAGE = 0, 1, 4, 6, 7, 8, 64
"""The exit codes."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a file: line 0 and no column where the whole file is meant."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        """Write the problem as one line, whatever was in the file."""
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.column) if part)
        line = ": ".join(part for part in (self.file, place, self.message) if part)
        return " ".join(line.split())


class SyncError(Exception):
    """The root of all errors that a sync raises on purpose; the text is one line for the administrator."""

    exit_code: ClassVar[int] = WRONG


class InputRefused(SyncError):
    """What the administrator wrote has mistakes; `problems` names them all, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class JournalError(SyncError):
    """The journal can't be opened, or not now."""


class StalePlan(SyncError):
    """The files or the site have changed since a run was planned."""

    exit_code = STALE


class MoodleError(SyncError):
    """A call to Moodle that brought nothing."""


class Unreachable(MoodleError):
    """Moodle could not be asked; perhaps it said after how many seconds to ask again."""

    exit_code = UNREACHABLE

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class FateUnknown(MoodleError):
    """A write of which nobody knows whether it was done: read back before anything is sent again."""

    exit_code = UNKNOWN


class NotMoodle(MoodleError):
    """Something else answers at this address."""


class Garbled(NotMoodle):
    """What came is no whole answer: cut, or a page of a server in between."""


class Refused(MoodleError):
    """Moodle's own error; branch on `errorcode`, since messages are translated."""

    def __init__(self, function: str, errorcode: str, message: str) -> None:
        super().__init__(f"{function}: {' '.join(message.split())} ({errorcode})")
        self.errorcode = errorcode


class NotAllowed(Refused):
    """The token or the rights of its account are in the way."""

    exit_code = NOT_ALLOWED
