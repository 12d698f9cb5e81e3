"""What was read from Moodle, in our words: pure."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from moodle_sync.sameness import loosely, same
from moodle_sync.site import categories, roles
from moodle_sync.site.courses import opening, other_course
from moodle_sync.site.identity import Account, Identities, Protection, Shown, by_email_only, identify
from moodle_sync.site.reading import CourseFound, Found
from moodle_sync.site.recognition import parted, remaining, strangers
from moodle_sync.site.sharing import sharing
from moodle_sync.things.account import Person
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.ids import Ids
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import Place, State
from moodle_sync.webservice.replies import CourseReply

NOBODY: Mapping[int, str] = MappingProxyType({})
NOTHING: Mapping[int, Shown] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """The state in scope, the numbers, who is inside a course by whatever way, and what can't be told."""

    state: State = field(default_factory=State)
    ids: Ids = field(default_factory=Ids)
    inside: frozenset[tuple[str, str]] = frozenset()
    """Course and person."""
    shown: Mapping[int, Shown] = field(default_factory=dict)
    """What Moodle calls them, by the numbers of all accounts that were seen."""
    strangers: frozenset[int] = frozenset()
    """Accounts that the journal knows, and that belong to others now."""
    conflicts: tuple[Conflict, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the administrator says of the site: numbers of roles, and usernames that are never touched."""

    roles: Mapping[str, int] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()


def observe(
    found: Found,
    desired: State,
    known: Known,
    others: Mapping[int, str] = NOBODY,
    shown: Mapping[int, Shown] = NOTHING,
) -> Observed:
    """Say what was found, under the keys of the desired state.

    `others` are accounts that the journal knows, with their usernames in the source: those whom it names no longer
    stand under these. `shown` is what Moodle showed of accounts before.
    """
    protection = Protection(usernames=known.protected, owner=found.owner)
    identities = identify(desired[PEOPLE], found.accounts.values(), protection)
    keys = {account.id: key for key, account in identities.accounts.items()}
    strange = strangers(identities, found.accounts, others, shown)
    keys |= remaining(found, others, desired, strange | identities.claimed, protection)
    ids = (
        Ids()
        .knowing(CATEGORIES, dict(categories.numbers(found.categories, desired[CATEGORIES])))
        .knowing(COURSES, {key: course.course.id for key, course in found.courses.items()})
        .knowing(PEOPLE, {key: number for number, key in keys.items()})
        .knowing(GROUPS, dict(_groups(found.courses, desired[GROUPS])))
        .knowing(COHORTS, dict(found.cohorts))
        .knowing(ROLES, roles.numbers(found.roles, known.roles))
    )
    state = _state(found, desired, ids, identities)
    inside = frozenset((name, keys[n]) for name, course in found.courses.items() for n in course.inside if n in keys)
    there = found.courses.keys() | found.closed.keys()
    left = categories.conflicts(found.categories, ids[CATEGORIES].keys(), there, desired)
    courses = (*_course_conflicts(found, desired), *_partly_shown(state, inside))
    return Observed(
        state=state,
        ids=ids,
        inside=inside,
        shown={
            n: Shown(account.username, account.idnumber) for n, account in found.accounts.items() if account.username
        },
        strangers=strange,
        conflicts=(*left, *courses, *identities.conflicts, *roles.conflicts(found.roles, known.roles)),
        remarks=(
            *roles.assumed((enrolment.role for enrolment in desired[ROLES]), found.roles, known.roles),
            *_remarks(identities, desired, others),
            *sharing(identities, found.accounts.values(), desired[PEOPLE].values()),
            *parted(strange, found.accounts, others),
        ),
    )


def _remarks(identities: Identities, desired: State, others: Mapping[int, str]) -> Iterator[Remark]:
    """Name those who were found by their e-mail addresses only, until the journal knows the account as theirs."""
    for key, account in identities.accounts.items():
        if by_email_only(desired[PEOPLE][key], account) and others.get(account.id) != key:
            message = (
                f"found by the e-mail address only, as the account {account.username}; "
                "if that is somebody else's, correct the address"
            )
            yield Remark("person", key, message)


def _groups(courses: Mapping[str, CourseFound], wanted: Iterable[Group]) -> Iterator[tuple[Group, int]]:
    """Find by name, and else by one that differs in capitals or accents only: Moodle would refuse to make that one."""
    names: dict[str, set[str]] = {}
    for group in wanted:
        names.setdefault(group.course, set()).add(group.name)
    for key, course in courses.items():
        there = {same(group.name): group.id for group in course.groups}
        asked = names.get(key, set())
        written = {loosely(name): name for name in there}
        others = {name: written[loosely(name)] for name in asked - there.keys() if loosely(name) in written}
        kept = {name: name for name in there.keys() - (set(others.values()) - asked)}
        yield from ((Group(course=key, name=name), there[real]) for name, real in sorted((kept | others).items()))


def _course_conflicts(found: Found, desired: State) -> Iterator[Conflict]:
    for key, refusal in found.closed.items():
        message = f"can't be read, so nothing is done there: {refusal}; {opening(refusal)}"
        yield Conflict("course", key, message)
    for key, course in found.courses.items():
        if problem := _course_problem(course.course, desired[COURSES][key]):
            yield Conflict("course", key, problem)


def _partly_shown(state: State, inside: Set[Place]) -> Iterator[Conflict]:
    """Find courses whose participants aren't all shown: who is in a group is in the course, and seems absent.

    They would be enrolled again each night, and mailed each time.
    """
    unseen = sorted(m for m in state[MEMBERSHIPS] if (m.group.course, m.person) not in inside)
    for course, person in {member.group.course: member.person for member in unseen}.items():
        message = (
            f"{person} is in one of its groups and not among its participants, so these aren't all shown: give the "
            "token's account moodle/site:accessallgroups and moodle/user:viewdetails"
        )
        yield Conflict("course", course, message)


def _course_problem(found: CourseReply, wanted: Course) -> str | None:
    if other := other_course(found, wanted):
        return other
    if found.enrollmentmethods is not None and "manual" not in found.enrollmentmethods:
        return "has no manual enrolment that is switched on: see Participants > Enrolment methods in the course"
    return None


def _state(found: Found, desired: State, ids: Ids, identities: Identities) -> State:
    keys = {number: key for key, number in ids[PEOPLE].items()}
    return (
        State()
        .having(CATEGORIES, {key: desired[CATEGORIES][key] for key in ids[CATEGORIES]})
        .having(COURSES, {key: _course(course, ids[CATEGORIES]) for key, course in found.courses.items()})
        .having(PEOPLE, {key: _person(account) for key, account in identities.accounts.items()})
        .having(ROLES, frozenset(_enrolments(found, keys)))
        .having(GROUPS, frozenset(ids[GROUPS]))
        .having(MEMBERSHIPS, frozenset(_memberships(found, ids, keys)))
        .having(COHORTS, frozenset(ids[COHORTS]))
        .having(COHORT_MEMBERS, frozenset(_cohort_members(found, keys)))
    )


def _course(found: CourseFound, categories: Mapping[str, int]) -> Course:
    names = {number: key for key, number in categories.items()}
    return Course(
        idnumber=found.course.idnumber,
        shortname=found.course.shortname,
        fullname=found.course.fullname,
        category=names.get(found.course.categoryid, ""),
        sections=tuple(section.rawtitle for section in found.sections),
        format=found.course.format,
        ends=found.course.enddate,
    )


def _person(account: Account) -> Person:
    return Person(
        username=account.username,
        firstname=account.firstname,
        lastname=account.lastname,
        email=account.email,
        idnumber=account.idnumber,
        lang=account.lang,
        auth=account.auth,
        suspended=account.suspended,
        profile=account.profile,
    )


def _enrolments(found: Found, keys: Mapping[int, str]) -> Iterator[Enrolment]:
    for name, course in found.courses.items():
        for number, names in course.inside.items():
            if number in keys:
                yield from (Enrolment(course=name, person=keys[number], role=role) for role in names)


def _memberships(found: Found, ids: Ids, keys: Mapping[int, str]) -> Iterator[Membership]:
    members = {number: users for course in found.courses.values() for number, users in course.members.items()}
    for group, number in ids[GROUPS].items():
        for user in members.get(number, ()):
            if user in keys:
                yield Membership(group=group, person=keys[user])


def _cohort_members(found: Found, keys: Mapping[int, str]) -> Iterator[CohortMembership]:
    for cohort, users in found.cohort_members.items():
        yield from (CohortMembership(cohort=cohort, person=keys[user]) for user in users if user in keys)
