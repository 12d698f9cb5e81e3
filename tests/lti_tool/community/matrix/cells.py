"""How the tables of the matrix are written: a line for each view and action, a cell for each state of what it is about.

A cell says who gets through and what the others get, in words like `AT 404`: the author and the trainer get through,
everybody else is answered 404. `P409` names those with an answer of their own. The letters are `people.INSIDERS`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

STATES = ("up", "hidden", "deleted", "nameless", "locked", "buried")
"""Of what a view or action is about; what is buried is up, under a post that is hidden."""
ALL = "APVTF"
THROUGH = "through"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What everybody gets from one view or action, about one sort of thing if it is about any."""

    endpoint: str
    method: str = "GET"
    about: str | None = None
    """A sort of the world's pieces; where the address has a `<sort>`, it is that."""
    cells: Mapping[str, str]
    """By the states; for what is about nothing there is one, `any`."""
    form: Mapping[str, str] = field(default_factory=dict)
    """What a page sends; `{id}` and the like stand for what it is about."""
    query: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    """Further variables of the address."""
    shows: bool = False
    """Whether it shows the words of what it is about."""
    is_theirs: bool = False
    """Whether it is about whoever asks, be they a guest or in no community."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether a launch of a community doesn't have it at all."""
        return set(self.cells.values()) == {str(int(HTTPStatus.NOT_FOUND))}

    @property
    def name(self) -> str:
        """Name it in a test's report."""
        return " ".join(filter(None, (self.method, self.endpoint, self.about, self.query and f"?{self.query}")))


def view(endpoint: str, **cells: str) -> Line:
    """Write a line of a page that is about nothing but the community."""
    return Line(endpoint=endpoint, cells=cells)


def expected(cell: str, who: str) -> str | int:
    """Read a cell: `THROUGH`, or the status of the refusal."""
    found: str | int | None = None
    for word in cell.split():
        letters, status = re.fullmatch(r"([A-Z]*)(\d*)", word).groups()  # type: ignore[union-attr]  # else a slip
        if who in letters:
            return int(status) if status else THROUGH
        if not letters:
            found = int(status)
    assert found is not None, f"the cell {cell!r} says nothing of {who}"
    return found


def is_through(status: int) -> bool:
    """Tell whether somebody got what they asked for."""
    return status in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}
