"""Looks what is done of a request that may or may not have been worked on.

Of an enrolment Moodle tells whether it counts now, and never its dates: where only they were written nobody can tell,
and it isn't taken for done. To send it once more is right whatever happened, and costs a second welcome at most.
"""

from collections.abc import Callable, Sequence
from functools import singledispatch

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    AddSection,
    Change,
    ChangeCourse,
    ChangePerson,
    ChangeTerm,
    CreateCategory,
    CreateCohort,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
    RemoveCohortMember,
    RemoveMember,
    RemoveRole,
    Suspend,
    Unenrol,
)
from moodle_sync.applying.looking import Looking
from moodle_sync.applying.steps import learn
from moodle_sync.sameness import folded, same
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.course import COURSES
from moodle_sync.things.enrolment import Term
from moodle_sync.things.ids import Ids
from moodle_sync.things.person import PEOPLE
from moodle_sync.webservice.client import Client

MARGIN = 300
"""Seconds around a date in which nobody relies on whether it has passed: Moodle rounds, and clocks differ."""
PAUSES = (5, 25)
"""Seconds before each further look at what nobody answered: Moodle goes on when whoever asked has hung up."""
MAKING = (CreateCategory, CreateCourse, CreatePerson, CreateGroup, CreateCohort)


def read_back(client: Client, actions: Sequence[Action], ids: Ids, now: float) -> list[Action]:
    """Give those actions of one kind that are done; the numbers of what was made go into `ids`."""
    looking = Looking(client, ids, now, actions)
    return [action for action in actions if _is_there(action, looking)]


def read_back_patiently(client: Client, actions: Sequence[Action], ids: Ids, now: Callable[[], float]) -> list[Action]:
    """Read back what Moodle may still be at work on: what isn't done yet is looked at again after a while."""
    done = read_back(client, actions, ids, now())
    for seconds in PAUSES:
        if len(done) < len(actions):
            client.wait(seconds)
            done = read_back(client, actions, ids, now())
    return done


def _is_there(action: Action, looking: Looking) -> bool:
    try:
        if not isinstance(action, MAKING):
            return is_done(action, looking)
        number = _number(action, looking)
    except KeyError:
        return False  # the course, group or person that it is about has no number: nothing can have been sent
    if number is not None:
        learn(action, number, looking.ids)
    return number is not None


def _number(action: Action, looking: Looking) -> int | None:
    match action:
        case CreateCategory(category):
            return looking.categories().get(category.idnumber)
        case CreateCourse(course):
            found = looking.course("idnumber", course.idnumber)
            return found.id if found else None
        case CreatePerson(person):
            return looking.usernames().get(folded(person.username))
        case CreateGroup(group):
            return looking.groups(group.course).get(group.name)
        case CreateCohort(idnumber):
            return looking.cohort(idnumber)
        case _:
            return None


@singledispatch
def is_done(action: Action, looking: Looking) -> bool:
    """Tell whether an action that makes nothing is surely done; KeyError if what it builds on isn't there."""
    raise NotImplementedError(action, looking)


@is_done.register(ChangeCourse)
def _(action: ChangeCourse, looking: Looking) -> bool:
    found = looking.course("id", looking.ids[COURSES][action.course])
    if found is None:
        return False
    values = {"category": found.categoryid, "idnumber": found.idnumber}
    values |= {"shortname": found.shortname, "fullname": found.fullname, "enddate": str(found.enddate)}
    wanted = {change.field: change.after for change in action.changes}
    return all(
        values.get(name) == (looking.ids[CATEGORIES][value] if name == "category" else value)
        for name, value in wanted.items()
    )


@is_done.register(AddSection)
def _(action: AddSection, looking: Looking) -> bool:
    return len(looking.sections(action.course)) >= action.place


@is_done.register(NameSection)
def _(action: NameSection, looking: Looking) -> bool:
    sections = looking.sections(action.course)
    return len(sections) >= action.place and same(sections[action.place - 1].rawtitle) == action.name


@is_done.register(ChangePerson)
def _(action: ChangePerson, looking: Looking) -> bool:
    account = looking.accounts().get(looking.ids[PEOPLE][action.person])
    return account is not None and all(_shows(account, change) for change in action.changes)


def _shows(account: object, change: Change) -> bool:
    """Compare a field, where the account shows it; what isn't seen is written once more, without harm."""
    value = getattr(account, change.field, None)
    if change.field == "email" and isinstance(value, str):
        return folded(value) == folded(change.after)
    return value == change.after


@is_done.register(Enrol)
def _(action: Enrol, looking: Looking) -> bool:
    enrolment = action.enrolment
    return enrolment.role in looking.roles(enrolment.course, enrolment.person)


@is_done.register(AddRole)
def _(action: AddRole, looking: Looking) -> bool:
    return action.role in looking.roles(action.course, action.person)


@is_done.register(RemoveRole)
def _(action: RemoveRole, looking: Looking) -> bool:
    return action.role not in looking.roles(action.course, action.person)


@is_done.register(Unenrol)
def _(action: Unenrol, looking: Looking) -> bool:
    return looking.ids[PEOPLE][action.person] not in looking.inside(action.course)


@is_done.register(ChangeTerm)
@is_done.register(Suspend)
def _(action: ChangeTerm | Suspend, looking: Looking) -> bool:
    """Tell it by whether the enrolment counts now, if that is what the action changes."""
    before = _counts(action.before, looking.now)
    after = _counts(action.after, looking.now)
    active = looking.active(action.course)
    if before is None or after is None or before == after or active is None:
        return False
    return (looking.ids[PEOPLE][action.person] in active) == after


def _counts(term: Term | None, now: float) -> bool | None:
    """Tell whether an enrolment counts now; None: nobody knows, or it is about to change."""
    if term is None:
        return None
    if term.suspended:
        return False
    if any(date and abs(date - now) < MARGIN for date in (term.start, term.end)):
        return None
    return term.start < now and (not term.end or now < term.end)


@is_done.register(AddMember)
def _(action: AddMember, looking: Looking) -> bool:
    membership = action.membership
    return looking.ids[PEOPLE][membership.person] in looking.members(membership.group)


@is_done.register(RemoveMember)
def _(action: RemoveMember, looking: Looking) -> bool:
    membership = action.membership
    return looking.ids[PEOPLE][membership.person] not in looking.members(membership.group)


@is_done.register(AddCohortMember)
def _(action: AddCohortMember, looking: Looking) -> bool:
    membership = action.membership
    return looking.ids[PEOPLE][membership.person] in looking.cohort_members(membership.cohort)


@is_done.register(RemoveCohortMember)
def _(action: RemoveCohortMember, looking: Looking) -> bool:
    membership = action.membership
    return looking.ids[PEOPLE][membership.person] not in looking.cohort_members(membership.cohort)
