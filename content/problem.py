"""What is wrong in the files, in words for those who write them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: its file relative to the curriculum's folder, the dotted key in it, what to do.

    The key is empty where the whole file is meant.
    """

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        """Write the problem as one line, whatever was in the file."""
        line = ": ".join(part for part in (self.file, self.key, self.message) if part)
        return " ".join(line.split())


class ContentError(Exception):
    """The files hold mistakes; `problems` names them all, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
