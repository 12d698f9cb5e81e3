"""Makes the files of a site: reads it, and says what they hold and what they don't; Moodle is left as it is."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from moodle_sync.errors import ExportRefused, InputRefused
from moodle_sync.exporting import categories as categorising
from moodle_sync.exporting import cohorts as cohorting
from moodle_sync.exporting import courses as coursing
from moodle_sync.exporting import folder as keeping
from moodle_sync.exporting.lacks import Lack, LeftOut, lacks
from moodle_sync.exporting.observing import carried, is_untouched, is_writable, look
from moodle_sync.exporting.people import Rows, rows_of
from moodle_sync.exporting.writing import CONFIGURATION, CONTENT, PEOPLE, files
from moodle_sync.sameness import folded, same
from moodle_sync.settings import Access
from moodle_sync.site.found import CourseFound
from moodle_sync.site.observed import Observed
from moodle_sync.site.whole import Choice, Whole, read_whole
from moodle_sync.source.desired import read_input
from moodle_sync.tables import Table
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.role import ROLES
from moodle_sync.things.state import Place
from moodle_sync.webservice.client import Client

ALL: Choice = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The files by their places, how much they hold, and what they don't."""

    files: Mapping[str, str]
    counts: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    lacks: tuple[Lack, ...]


def export(client: Client, access: Access, choice: Choice = ALL, language: str = "en") -> Export:
    """Read a site, or a part of it; ExportRefused where there is nothing that files could hold."""
    whole = read_whole(client, choice)
    holding = [course.found.course.categoryid for course in whole.courses.values()]
    categories = categorising.carry(whole.categories, holding, choice)
    courses = coursing.carry(whole, categories.keys, access.zone, language)
    accounts = carried(whole, frozenset(access.protected))
    cohorts = cohorting.carry(whole, frozenset(account.id for account in accounts), categories.keys)
    observed = look(whole, courses.keys, cohorts.keys, accounts)
    asleep = _asleep(whole, courses.keys)
    shortnames = {key: table.shortname for key, table in courses.tables.items()}
    people = rows_of(observed.state, shortnames, asleep)
    left_out = (*categories.left_out, *courses.left_out, *cohorts.left_out, *_unnamed(whole, access))
    if not courses.tables:
        lines = [*map(str, left_out), "there is no course that files could hold, and nothing was written"]
        raise ExportRefused("\n".join(lines))
    return Export(
        files=files(access, _tables(categories, courses, cohorts), courses.contents, people),
        counts={
            "categories": len(categories.tables),
            "courses": len(courses.tables),
            "people": len(people.rows),
            "cohorts": len(cohorts.keys),
        },
        left_out=left_out,
        lacks=(
            *categories.lacks,
            *courses.lacks,
            *cohorts.lacks,
            *_people_lacks(whole, access, people, observed),
            *_enrolment_lacks(whole, courses.keys, people, observed, asleep),
        ),
    )


def _tables(
    categories: categorising.Categories, courses: coursing.Courses, cohorts: cohorting.Cohorts
) -> Iterator[tuple[str, Table]]:
    """Give all tables of the configuration, each with its name."""
    yield from (("categories", table) for table in categories.tables.values())
    yield from (("courses", table) for table in courses.tables.values())
    yield from (("cohorts", table) for table in cohorts.tables)


def save(made: Export, folder: Path) -> None:
    """Write the files where nothing is yet, all or none, when a sync would read them."""
    keeping.write(folder, made.files, lambda there: _check(there, anybody=made.counts["people"] > 0))


def _check(folder: Path, *, anybody: bool) -> None:
    """Read the files as a sync does."""
    try:
        read_input(folder / CONFIGURATION, folder / CONTENT, datetime.now(UTC))
    except InputRefused as refused:
        problems = [problem for problem in refused.problems if anybody or problem.file != PEOPLE]
        if problems:
            lines = [
                f"a sync would refuse what was to be written, and nothing was: {problems[0]}",
                *map(str, problems[1:]),
            ]
            raise ExportRefused("\n".join(lines)) from refused


def _asleep(whole: Whole, courses: Mapping[int, str]) -> frozenset[Place]:
    return frozenset(
        (key, folded(whole.accounts[user].username))
        for number, key in courses.items()
        for user in whole.courses[number].asleep or ()
        if user in whole.accounts
    )


def _unnamed(whole: Whole, access: Access) -> Iterator[LeftOut]:
    """Name those whom a file of people can't name."""
    for account in whole.accounts.values():
        if is_untouched(account, whole.owner, frozenset(access.protected)) or is_writable(account):
            continue
        why = "its username has other letters than a file of people may have" if account.username else "isn't shown"
        yield LeftOut("account", account.username or str(account.id), why)


def _people_lacks(whole: Whole, access: Access, people: Rows, observed: Observed) -> Iterator[Lack]:
    protected = frozenset(access.protected)
    named = [account for account in whole.accounts.values() if folded(account.username) in people.rows]
    untouched = (one.username for one in whole.accounts.values() if is_untouched(one, whole.owner, protected))
    members = {user for users in whole.members.values() for user in users if not whole.is_part}
    return lacks(
        ("accounts that a sync never touches", sorted(untouched)),
        ("cells that a file of people can't hold, or not for several people", people.odd),
        ("profile fields of the site's own", (one.username for one in named if any(value for _, value in one.profile))),
        ("e-mail addresses that Moodle doesn't show", (one.username for one in named if not one.email)),
        ("photos", (one.username for one in named if one.id in whole.pictured)),
        (
            "whether accounts are suspended, which Moodle doesn't show",
            (o.username for o in named if o.suspended is None),
        ),
        ("passwords, and the dates of enrolments, which Moodle tells nobody", people.rows),
        ("members of cohorts whom Moodle doesn't show", map(str, sorted(members - whole.accounts.keys()))),
    )


def _enrolment_lacks(
    whole: Whole, courses: Mapping[int, str], people: Rows, observed: Observed, asleep: Set[Place]
) -> Iterator[Lack]:
    state = observed.state
    given = {enrolment.place for enrolment in state[ROLES]}
    written = {(group.course, group.name) for group in people.groups}
    groups = [
        (key, same(group.name)) for number, key in courses.items() for group in whole.courses[number].found.groups
    ]
    filled = {(member.group.course, member.group.name) for member in state[MEMBERSHIPS]}
    unknown = (key for number, key in courses.items() if whole.courses[number].asleep is None)
    return lacks(
        (
            "members of groups whom Moodle doesn't show: give the token's account moodle/site:accessallgroups",
            (key for number, key in courses.items() if _hides(whole.courses[number].found)),
        ),
        ("people who are in a course without a role", _places(observed.inside - given)),
        (
            "whether enrolments that aren't in force are suspended or out of their dates: the file suspends them",
            _places(asleep & given),
        ),
        (
            "whether enrolments are in force, so all are in the file: the token lacks moodle/course:enrolreview",
            sorted(unknown),
        ),
        (
            "groupings",
            (f"{name} in {key}" for number, key in courses.items() for name in whole.courses[number].groupings),
        ),
        ("ID numbers and descriptions of groups", _in_courses(sorted(_described(whole, courses)))),
        ("groups with nobody in them whom the file names", _in_courses(sorted(set(groups) - filled))),
        (
            "groups whose names differ from another one's only in capitals or accents, or can't stand in a file",
            _in_courses(sorted(filled - written)),
        ),
    )


def _described(whole: Whole, courses: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    for number, key in courses.items():
        groups = whole.courses[number].found.groups
        yield from ((key, same(group.name)) for group in groups if group.idnumber or group.description)


def _hides(course: CourseFound) -> bool:
    """Tell whether somebody is in a group, and so in the course, and isn't shown there."""
    return bool({user for users in course.members.values() for user in users} - course.inside.keys())


def _places(places: Set[Place]) -> Iterator[str]:
    return (f"{person} in {course}" for course, person in sorted(places))


def _in_courses(groups: list[tuple[str, str]]) -> Iterator[str]:
    return (f"{name} in {course}" for course, name in groups)
