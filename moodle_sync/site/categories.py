"""Which category of Moodle's is which of ours, and which of ours can't be made: pure."""

from collections.abc import Iterable, Iterator, Mapping, Set

from moodle_sync.sameness import loosely, same
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Conflict
from moodle_sync.things.state import State
from moodle_sync.webservice.replies import CategoryReply


def numbers(replies: Iterable[CategoryReply], wanted: Mapping[str, Category]) -> Iterator[tuple[str, int]]:
    """Find by idnumber; else by parent and name where Moodle's has no idnumber: made by hand, and meant."""
    by_idnumber = {reply.idnumber: reply.id for reply in replies if reply.idnumber}
    by_name = {(reply.parent, same(reply.name)): reply.id for reply in replies if not reply.idnumber}
    found: dict[str, int] = {"": 0}
    for key, category in wanted.items():
        number = by_idnumber.get(key) or by_name.get((found.get(category.parent, -1), same(category.name)))
        if number:
            found[key] = number
            yield key, number


def conflicts(
    replies: Iterable[CategoryReply], found: Set[str], courses: Set[str], cohorts: Set[str], desired: State
) -> list[Conflict]:
    """Find what Moodle would refuse to make: another spelling of an idnumber that is there, and all that hangs on it.

    `found`, `courses` and `cohorts` are the categories, courses and cohorts that are there.
    """
    spelled = {loosely(reply.idnumber): reply for reply in replies if reply.idnumber}
    left: dict[str, Conflict] = {}
    for key, category in desired[CATEGORIES].items():
        if key in found:
            continue
        if category.parent in left:
            left[key] = _unmade("category", key, category.parent)
        elif other := spelled.get(loosely(key)):
            left[key] = Conflict("category", key, _spelled(other), "spelled otherwise")
    unmade = [("course", key, course.category) for key, course in desired[COURSES].items() if key not in courses]
    unmade += [("cohort", key, one.category or "") for key, one in desired[COHORTS].items() if key not in cohorts]
    return [*left.values(), *(_unmade(kind, key, place) for kind, key, place in unmade if place in left)]


def _unmade(kind: str, key: str, place: str) -> Conflict:
    return Conflict(kind, key, f"isn't made, since the category {place} is left alone", "no category")


def _spelled(other: CategoryReply) -> str:
    return (
        f"Moodle has the category {other.name} with the idnumber {other.idnumber}: write it as it stands there, or "
        "choose one that differs in more than capitals or accents"
    )
