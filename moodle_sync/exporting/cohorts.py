"""The cohorts of a site as tables of a configuration: those with an ID number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from moodle_sync.exporting.categories import plain
from moodle_sync.exporting.lacks import Lack, LeftOut, lacks
from moodle_sync.exporting.people import can_stand
from moodle_sync.sameness import loosely, same
from moodle_sync.site.whole import Whole
from moodle_sync.tables import CohortTable
from moodle_sync.webservice.replies import CohortReply

GIVE = "give it an ID number in Moodle: Site administration > Users > Accounts > Cohorts > Edit"


@dataclass(slots=True)
class Cohorts:
    """The tables, the idnumbers by Moodle's numbers, and what isn't carried."""

    tables: list[CohortTable] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)


def carry(whole: Whole, inside: frozenset[int], categories: Mapping[int, str]) -> Cohorts:
    """Choose cohorts: of a part of a site only those where somebody is who is carried, by the number of an account."""
    made = Cohorts()
    for cohort in sorted(whole.cohorts, key=lambda one: (one.idnumber, one.name)):
        somebody = inside.intersection(whole.members.get(cohort.id, ()))
        if not somebody and (whole.is_part or not cohort.idnumber):
            continue
        if problem := _problem(made, cohort):
            made.left_out.append(LeftOut("cohort", cohort.idnumber or cohort.name, problem))
        else:
            made.keys[cohort.id] = same(cohort.idnumber)
            made.tables += _tables(cohort, categories.get(whole.places.get(cohort.id, 0), ""))
    made.lacks += _lacks(whole, made, categories)
    return made


def _tables(cohort: CohortReply, category: str) -> list[CohortTable]:
    """Describe a cohort, where a configuration can say its name."""
    description = plain(cohort.description) or None
    try:
        return [CohortTable(idnumber=cohort.idnumber, name=cohort.name, description=description, category=category)]
    except ValidationError:
        return []


def _problem(made: Cohorts, cohort: CohortReply) -> str | None:
    if not cohort.idnumber:
        return f"it has no ID number: {GIVE}"
    if not can_stand("cohort", cohort.idnumber):
        return f"its ID number can't stand in a file of people: {GIVE.replace('an', 'another', 1)}"
    if loosely(cohort.idnumber) in map(loosely, made.keys.values()):
        return "its ID number differs from another one's only in capitals, accents or letters that nobody sees"
    return None


def _lacks(whole: Whole, made: Cohorts, categories: Mapping[int, str]) -> Iterator[Lack]:
    carried = [cohort for cohort in whole.cohorts if cohort.id in made.keys]
    described = {table.idnumber for table in made.tables}
    elsewhere = (one for one in carried if whole.places.get(one.id, 0) not in (0, *categories))
    return lacks(
        (
            "names of cohorts that a configuration can't hold",
            (one.name for one in carried if same(one.idnumber) not in described),
        ),
        (
            "descriptions of cohorts that are more than plain text",
            (o.name for o in carried if plain(o.description) is None),
        ),
        ("that cohorts are in categories which aren't carried", (one.name for one in elsewhere)),
        ("cohorts with nobody in them and no ID number", _unnumbered(whole)),
    )


def _unnumbered(whole: Whole) -> Iterator[str]:
    return (one.name for one in whole.cohorts if not (whole.is_part or one.idnumber or whole.members.get(one.id)))
