"""The cohorts of a site that a file of people can name: those with an ID number, and with somebody in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from moodle_sync.exporting.lacks import Lack, LeftOut, lacks
from moodle_sync.exporting.people import can_stand
from moodle_sync.sameness import loosely, same
from moodle_sync.site.whole import Whole
from moodle_sync.webservice.replies import CohortReply

GIVE = "give it an ID number in Moodle: Site administration > Users > Accounts > Cohorts > Edit"


@dataclass(slots=True)
class Cohorts:
    """Idnumbers by Moodle's numbers, and what isn't carried."""

    keys: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)


def carry(whole: Whole, inside: frozenset[int]) -> Cohorts:
    """Choose cohorts; `inside` are the accounts that can be named."""
    made = Cohorts()
    for cohort in sorted(whole.cohorts, key=lambda one: (one.idnumber, one.name)):
        if not inside.intersection(whole.members.get(cohort.id, ())):
            continue
        if problem := _problem(made, cohort):
            made.left_out.append(LeftOut("cohort", cohort.idnumber or cohort.name, problem))
        else:
            made.keys[cohort.id] = same(cohort.idnumber)
    made.lacks += _lacks(whole, made)
    return made


def _problem(made: Cohorts, cohort: CohortReply) -> str | None:
    if not cohort.idnumber:
        return f"it has no ID number: {GIVE}"
    if not can_stand("cohort", cohort.idnumber):
        return f"its ID number can't stand in a file of people: {GIVE.replace('an', 'another', 1)}"
    if loosely(cohort.idnumber) in map(loosely, made.keys.values()):
        return "its ID number differs from another one's only in capitals, accents or letters that nobody sees"
    return None


def _lacks(whole: Whole, made: Cohorts) -> Iterator[Lack]:
    carried = [cohort for cohort in whole.cohorts if cohort.id in made.keys]
    empty = (one.name for one in whole.cohorts if not whole.is_part and not whole.members.get(one.id))
    return lacks(
        (
            "names of cohorts that aren't their ID numbers",
            (one.name for one in carried if same(one.name) != same(one.idnumber)),
        ),
        ("cohorts with nobody in them", empty),
    )
