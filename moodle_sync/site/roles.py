"""Which number a role has: Moodle lists them nowhere, and shows them only with somebody who has the role. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from moodle_sync.things.finding import Conflict, Remark

STOCK: Final[Mapping[str, int]] = MappingProxyType({"manager": 1, "editingteacher": 3, "teacher": 4, "student": 5})
"""As Moodle numbers them when it is installed."""
WHERE: Final = "the roleid in the address of Site administration > Users > Permissions > Define roles > the role"
ADVICE: Final = f"write its number under [roles] in the configuration; it is {WHERE}"


def numbers(learnt: Mapping[str, int], given: Mapping[str, int]) -> dict[str, int]:
    """Take roles from those who have them, else from the administrator, else as Moodle numbers them at first.

    Where one of them is known to be another than at first, no other is taken for granted.
    """
    known = {**given, **learnt}
    first = set(STOCK.items())
    touching = {(name, number) for name, number in known.items() if name in STOCK or number in STOCK.values()}
    return {**STOCK, **known} if touching <= first else known


def conflicts(learnt: Mapping[str, int], given: Mapping[str, int]) -> list[Conflict]:
    """Find what the administrator says and Moodle shows otherwise."""
    return [
        Conflict("role", name, f"is {learnt[name]} in Moodle and {number} under [roles] in the configuration")
        for name, number in sorted(given.items())
        if learnt.get(name, number) != number
    ]


def assumed(wanted: Iterable[str], learnt: Mapping[str, int], given: Mapping[str, int]) -> Iterator[Remark]:
    """Name the roles whose numbers neither Moodle shows nor the administrator says."""
    known = numbers(learnt, given)
    for name in sorted(set(wanted) - learnt.keys() - given.keys()):
        if name in known:
            message = (
                f"taken to be number {known[name]}, as Moodle has it at first, since nobody in these courses has it "
                f"yet; if it is another, {ADVICE}"
            )
            yield Remark("role", name, message)
