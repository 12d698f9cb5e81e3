"""Moodle and the journal as pure values: what a plan's actions do to them, and what a sync sees of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from moodle_sync.planning.plan import Options, Plan, plan
from moodle_sync.planning.undoing import undo
from moodle_sync.site.observed import Observed
from moodle_sync.things.account import PROFILE, Person
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES, Category, ChangeCategory, CreateCategory
from moodle_sync.things.category import values as category_values
from moodle_sync.things.change import Change
from moodle_sync.things.cohort import COHORTS, ChangeCohort, Cohort, CreateCohort, Rest
from moodle_sync.things.cohort_member import COHORT_MEMBERS, AddCohortMember, RemoveCohortMember
from moodle_sync.things.course import COURSES, ChangeCourse, Course, CreateCourse
from moodle_sync.things.course_settings import SETTINGS
from moodle_sync.things.described_group import DESCRIBED, ChangeGroup, Described
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import GROUPS, CreateGroup, Group, group_of
from moodle_sync.things.grouped import GROUPED, AssignGroup, Grouped, UnassignGroup
from moodle_sync.things.grouping import GROUPINGS, ChangeGrouping, CreateGrouping, Grouping
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import FIELDS
from moodle_sync.things.leaving import Suspend, Unenrol
from moodle_sync.things.membership import MEMBERSHIPS, AddMember, RemoveMember
from moodle_sync.things.person import PEOPLE, ChangePerson, CreatePerson
from moodle_sync.things.role import ROLES, AddRole, Enrolment, RemoveRole
from moodle_sync.things.section import PLACES, SECTIONS, AddSection, NameSection, Section
from moodle_sync.things.section_changes import MoveSection, RenameSection, ShowSection
from moodle_sync.things.state import Place, State
from moodle_sync.things.term import ENROLMENTS, ChangeTerm, Held, Term

NUMBERS = count(1)
NOW = 1_788_000_000
"""When courses begin that nobody dates."""
ROLE_IDS = {"student": 5, "teacher": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What Moodle has, and what it tells nobody: the terms of all who are inside a course."""

    state: State = field(default_factory=State)
    terms: Mapping[Place, Term] = field(default_factory=dict)


def sync(site: Site, journal: Applied, desired: State, options: Options) -> tuple[Site, Applied, Plan]:
    """Plan, do the plan, and keep the journal."""
    planned = plan(desired, look(site, desired, journal), journal, options)
    journal = taken_over(journal, planned)
    for action in planned.actions:
        site = do(site, action)
        journal = done(journal, action, site)
    return site, journal, planned


def take_back(site: Site, journal: Applied, actions: Sequence[Action]) -> tuple[Site, Applied, Plan]:
    """Take back what a run did, and keep the journal."""
    planned = back_from(site, journal, actions)
    for action in planned.actions:
        site = do(site, action)
        journal = done(journal, action, site)
    return site, journal, planned


def back_from(site: Site, journal: Applied, actions: Sequence[Action], *, insists: bool = False) -> Plan:
    """Plan what takes back what a run did."""
    named = [name for action in actions for name in action.names()]
    scope = (
        State()
        .having(COURSES, {key: one for key, one in site.state[COURSES].items() if ("course", key) in named})
        .having(PEOPLE, {key: one for key, one in site.state[PEOPLE].items() if ("person", key) in named})
    )
    return undo(actions, look(site, scope, journal), journal, Options(undoes="run"), insists=insists)


def look(site: Site, desired: State, journal: Applied) -> Observed:
    """Show of a site whom the source or the journal names; of the others a sync knows nothing."""
    state = site.state
    known = set(desired[PEOPLE]) | {person for _, person in journal[ENROLMENTS]}
    known |= {member.person for member in journal[MEMBERSHIPS]} | {agent.person for agent in journal[COHORT_MEMBERS]}
    numbers = {name: number for number, name in enumerate(sorted(state[PEOPLE]), 100) if name in known}
    courses = {key: course for key, course in state[COURSES].items() if key in desired[COURSES]}
    seen = (
        state.having(COURSES, courses)
        .having(PLACES, {key: state[PLACES].get(key, ()) for key in courses})
        .having(PEOPLE, {name: person for name, person in state[PEOPLE].items() if name in desired[PEOPLE]})
        .having(ROLES, frozenset(e for e in state[ROLES] if e.person in numbers and e.course in courses))
        .having(
            GROUPS, frozenset(group for group in state[GROUPS] if group.course in courses) | described(state, desired)
        )
        .having(DESCRIBED, {key: one for key, one in state[DESCRIBED].items() if key in desired[DESCRIBED]})
        .having(GROUPINGS, {key: one for key, one in state[GROUPINGS].items() if key in desired[GROUPINGS]})
        .having(GROUPED, frozenset(one for one in state[GROUPED] if _is_seen(one, desired)))
        .having(
            MEMBERSHIPS, frozenset(m for m in state[MEMBERSHIPS] if m.person in numbers and m.group.course in courses)
        )
        .having(COHORT_MEMBERS, frozenset(member for member in state[COHORT_MEMBERS] if member.person in numbers))
    )
    inside = frozenset((course, person) for course, person in site.terms if person in numbers and course in courses)
    return Observed(state=seen, ids=Ids().knowing(PEOPLE, numbers).knowing(ROLES, dict(ROLE_IDS)), inside=inside)


def described(state: State, desired: State) -> frozenset[Group]:
    """Give the groups that have an idnumber, by what the file calls them."""
    there = desired[DESCRIBED].keys() & state[DESCRIBED].keys()
    return frozenset(group_of(key, desired[DESCRIBED][key]) for key in there)


def _is_seen(one: Grouped, desired: State) -> bool:
    return (one.course, one.grouping) in desired[GROUPINGS] and (one.course, one.group) in desired[DESCRIBED]


def do(site: Site, action: Action) -> Site:
    """Do one action as Moodle would; AssertionError where it would refuse, or do harm."""
    for change in (_structure, _people):
        if (state := change(site.state, action)) is not None:
            return replace(site, state=state)
    return _enrolments(site, action)


def take_out(site: Site, place: Place) -> Site:
    """Unenrol somebody: Moodle forgets roles and groups."""
    state = site.state.having(ROLES, frozenset(e for e in site.state[ROLES] if e.place != place)).having(
        MEMBERSHIPS, frozenset(m for m in site.state[MEMBERSHIPS] if (m.group.course, m.person) != place)
    )
    return Site(state=state, terms={key: term for key, term in site.terms.items() if key != place})


def taken_over(journal: Applied, planned: Plan) -> Applied:
    """Keep in a journal what a plan takes over and lets go."""
    return _together(_apart(journal, planned.forgotten), planned.adopted)


def done(journal: Applied, action: Action, site: Site) -> Applied:
    """Keep in a journal what was done, with the numbers that sections have at that time."""
    recorded = _recorded(journal, action)
    numbered = action.numbered(_numbers(site))
    return _together(recorded, numbered) if numbered else recorded


def _together(one: Applied, other: Applied) -> Applied:
    return (
        one.having(ENROLMENTS, {**one[ENROLMENTS], **other[ENROLMENTS]})
        .having(ROLES, one[ROLES] | other[ROLES])
        .having(MEMBERSHIPS, one[MEMBERSHIPS] | other[MEMBERSHIPS])
        .having(COHORT_MEMBERS, one[COHORT_MEMBERS] | other[COHORT_MEMBERS])
        .having(SECTIONS, one[SECTIONS] | other[SECTIONS])
        .having(FIELDS, {**one[FIELDS], **other[FIELDS]})
    )


def _apart(one: Applied, other: Applied) -> Applied:
    return (
        one.having(
            ENROLMENTS, {place: held for place, held in one[ENROLMENTS].items() if place not in other[ENROLMENTS]}
        )
        .having(ROLES, one[ROLES] - other[ROLES])
        .having(MEMBERSHIPS, one[MEMBERSHIPS] - other[MEMBERSHIPS])
        .having(COHORT_MEMBERS, one[COHORT_MEMBERS] - other[COHORT_MEMBERS])
        .having(SECTIONS, one[SECTIONS] - other[SECTIONS])
        .having(FIELDS, {field: value for field, value in one[FIELDS].items() if field not in other[FIELDS]})
    )


def _recorded(journal: Applied, action: Action) -> Applied:
    match action:
        case (
            CreateCategory()
            | ChangeCategory()
            | CreateCourse()
            | ChangeCourse()
            | NameSection()
            | RenameSection()
            | MoveSection()
            | ShowSection()
            | CreateCohort()
            | ChangeCohort()
            | CreateGroup()
            | ChangeGroup()
            | CreateGrouping()
            | ChangeGrouping()
            | AssignGroup()
        ):
            return _together(journal, action.keeps())
        case Enrol(enrolment, term):
            held = (
                Applied().having(ENROLMENTS, {enrolment.place: Held(term=term)}).having(ROLES, frozenset({enrolment}))
            )
            return _together(journal, held)
        case ChangeTerm():
            return _together(journal, action.keeps())
        case Suspend():
            held = Applied().having(ENROLMENTS, {(action.course, action.person): Held(term=action.after, gone=True)})
            return _together(journal, held)
        case Unenrol():
            place = (action.course, action.person)
            return _apart(
                journal,
                Applied()
                .having(ENROLMENTS, {place: Held()})
                .having(ROLES, frozenset(role for role in journal[ROLES] if role.place == place))
                .having(MEMBERSHIPS, frozenset(m for m in journal[MEMBERSHIPS] if (m.group.course, m.person) == place)),
            )
        case _:
            return _recorded_parts(journal, action)


def _recorded_parts(journal: Applied, action: Action) -> Applied:
    given, taken = Applied(), Applied()
    match action:
        case AddRole():
            given = Applied().having(ROLES, frozenset({_role(action)}))
        case RemoveRole():
            taken = Applied().having(ROLES, frozenset({_role(action)}))
        case AddMember(member):
            given = Applied().having(MEMBERSHIPS, frozenset({member}))
        case RemoveMember(member):
            taken = Applied().having(MEMBERSHIPS, frozenset({member}))
        case AddCohortMember(agent):
            given = Applied().having(COHORT_MEMBERS, frozenset({agent}))
        case UnassignGroup():
            taken = action.drops()
        case RemoveCohortMember(agent):
            taken = Applied().having(COHORT_MEMBERS, frozenset({agent}))
    return _apart(_together(journal, given), taken)


def _role(action: AddRole | RemoveRole) -> Enrolment:
    return Enrolment(course=action.course, person=action.person, role=action.role)


def _structure(state: State, action: Action) -> State | None:
    match action:
        case CreateCategory(category):
            assert category.idnumber not in state[CATEGORIES]
            return with_category(state, replace(category, description=category.description or ""))
        case ChangeCategory(key, changes):
            there = category_values(state[CATEGORIES][key])
            assert all(there[change.field] == change.before for change in changes)
            fields = {change.field: change.after for change in changes}
            return with_category(state, replace(state[CATEGORIES][key], **fields))
        case CreateCourse(course):
            assert course.idnumber not in state[COURSES]
            assert course.category in state[CATEGORIES]
            made = with_course(state, _new(course))
            return with_sections(made, course.idnumber, tuple(new_section() for _ in course.sections))
        case ChangeCourse(key, changes):
            assert all(SETTINGS[change.field](state[COURSES][key]) == change.before for change in changes)
            course = set_to(state[COURSES][key], {change.field: change.after for change in changes})
            assert course.category in state[CATEGORIES]
            return with_course(state, course)
        case _:
            return _sections(state, action)


def _sections(state: State, action: Action) -> State | None:
    match action:
        case AddSection(key, place):
            assert place == len(state[PLACES][key]) + 1
            return with_sections(state, key, (*state[PLACES][key], new_section()))
        case NameSection(key, place, name):
            assert state[PLACES][key][place - 1].name == ""
            assert action.format == state[COURSES][key].format
            return _with_section(state, key, state[PLACES][key][place - 1], name=name)
        case RenameSection(key, _, number, before, after):
            section = _section(state, key, number, before)
            assert section.name == before
            assert action.format == state[COURSES][key].format
            return _with_section(state, key, section, name=after)
        case ShowSection(key, _, name, visible):
            section = _section(state, key, action.number, name)
            assert section.visible is not visible
            return _with_section(state, key, section, visible=visible)
        case MoveSection(key, _, name, _, behind):
            section = _section(state, key, action.number, name)
            others = [one for one in state[PLACES][key] if one is not section]
            place = others.index(_section(state, key, action.behind_number, behind)) + 1 if behind else 0
            return with_sections(state, key, (*others[:place], section, *others[place:]))
        case _:
            return None


def with_category(state: State, category: Category) -> State:
    """Put a category into a state; AssertionError where it would be below itself, or below none."""
    categories = {**state[CATEGORIES], category.idnumber: category}
    above = category.parent
    while above:
        assert above in categories
        assert above != category.idnumber
        above = categories[above].parent
    return state.having(CATEGORIES, categories)


def _new(course: Course) -> Course:
    """Make a course: what the source doesn't give is as Moodle has it at first."""
    visible = course.visible if course.visible is not None else not course.hidden_at_first
    usual = {"starts": NOW, "ends": 0, "page": "", "lang": "", "completion": True, "group_mode": 0}
    fields = {name: value for name, value in usual.items() if getattr(course, name) is None}
    return replace(course, visible=visible, kept_format=course.format, hidden_at_first=None, **fields)  # type: ignore[arg-type]  # its own fields


def set_to(course: Course, settings: Mapping[str, str]) -> Course:
    """Set what a course has, by Moodle's names."""
    fields = {field: of(settings[name]) for name, (field, of) in SET.items() if name in settings}
    course = replace(course, **fields)  # type: ignore[arg-type]  # its own fields
    return replace(course, format=course.kept_format or course.format)


def _truth(value: str) -> bool:
    return bool(int(value))


SET: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "shortname": ("shortname", str),
    "fullname": ("fullname", str),
    "category": ("category", str),
    "enddate": ("ends", int),
    "startdate": ("starts", int),
    "summary": ("page", str),
    "format": ("kept_format", str),
    "lang": ("lang", str),
    "visible": ("visible", _truth),
    "enablecompletion": ("completion", _truth),
    "groupmode": ("group_mode", int),
}
"""A course's fields, by Moodle's names of its settings."""


def _section(state: State, key: str, number: int, name: str) -> Section:
    """Find a section by its number; one that the plan made by its name."""
    return next(one for one in state[PLACES][key] if (one.number == number if number else one.name == name))


def new_section() -> Section:
    """Make a section, with a number that no other has."""
    return Section(number=next(NUMBERS), name="")


def _with_section(state: State, key: str, section: Section, **changes: object) -> State:
    changed = replace(section, **changes)  # type: ignore[arg-type]  # its own fields
    return with_sections(state, key, tuple(changed if one is section else one for one in state[PLACES][key]))


def with_sections(state: State, key: str, sections: tuple[Section, ...]) -> State:
    """Give a course other sections."""
    named = replace(state[COURSES][key], sections=tuple(section.name for section in sections))
    return with_course(state, named).having(PLACES, {**state[PLACES], key: sections})


def _numbers(site: Site) -> Ids:
    places = site.state[PLACES].items()
    return Ids().knowing(SECTIONS, {(key, n): one.number for key, line in places for n, one in enumerate(line, 1)})


def with_course(state: State, course: Course) -> State:
    """Put a course into a state."""
    return state.having(COURSES, {**state[COURSES], course.idnumber: course})


def _people(state: State, action: Action) -> State | None:
    match action:
        case CreatePerson(person):
            assert person.username not in state[PEOPLE]
            return state.having(PEOPLE, {**state[PEOPLE], person.username: account(person)})
        case ChangePerson(key, changes):
            return state.having(PEOPLE, {**state[PEOPLE], key: changed(state[PEOPLE][key], changes)})
        case CreateGroup(group, ""):
            assert group not in state[GROUPS]
            return state.having(GROUPS, state[GROUPS] | {group})
        case _:
            return _groups(state, action) or _cohorts(state, action)


def _groups(state: State, action: Action) -> State | None:
    match action:
        case CreateGroup(group, idnumber, description):
            assert (group.course, idnumber) not in state[DESCRIBED]
            made = Described(idnumber=idnumber, name=group.name, description=description or "")
            return state.having(DESCRIBED, {**state[DESCRIBED], (group.course, idnumber): made})
        case ChangeGroup(course, key, changes, name):
            there = state[DESCRIBED][course, key]
            assert there.name == name
            fields = {change.field: change.after for change in changes}
            return state.having(DESCRIBED, {**state[DESCRIBED], (course, key): replace(there, **fields)})  # type: ignore[arg-type]  # its own fields
        case _:
            return _groupings(state, action)


def _groupings(state: State, action: Action) -> State | None:
    match action:
        case CreateGrouping(course, key, name, description):
            assert (course, key) not in state[GROUPINGS]
            made = Grouping(course=course, idnumber=key, name=name, description=description or "")
            return state.having(GROUPINGS, {**state[GROUPINGS], (course, key): made})
        case ChangeGrouping(course, key, changes, name, description):
            there = state[GROUPINGS][course, key]
            assert (there.name, there.description) == (name, description)
            fields = {change.field: change.after for change in changes}
            return state.having(GROUPINGS, {**state[GROUPINGS], (course, key): replace(there, **fields)})  # type: ignore[arg-type]  # its own fields
        case AssignGroup(one):
            assert one not in state[GROUPED]
            assert (one.course, one.grouping) in state[GROUPINGS]
            assert (one.course, one.group) in state[DESCRIBED]
            return state.having(GROUPED, state[GROUPED] | {one})
        case UnassignGroup(one):
            assert one in state[GROUPED]
            return state.having(GROUPED, state[GROUPED] - {one})
        case _:
            return None


def _cohorts(state: State, action: Action) -> State | None:
    match action:
        case CreateCohort(idnumber, name, category, description):
            assert idnumber not in state[COHORTS]
            made = cohort(idnumber, name or idnumber, category, description or "")
            return state.having(COHORTS, {**state[COHORTS], idnumber: made})
        case ChangeCohort(key, changes, rest):
            assert rest == state[COHORTS][key].rest
            fields = {change.field: change.after for change in changes}
            changed = replace(state[COHORTS][key], **fields)  # type: ignore[arg-type]  # its own fields
            made = cohort(key, changed.name or "", changed.category or "", changed.description or "")
            return state.having(COHORTS, {**state[COHORTS], key: made})
        case AddCohortMember(agent):
            assert agent.cohort in state[COHORTS]
            assert agent.person in state[PEOPLE]
            return state.having(COHORT_MEMBERS, state[COHORT_MEMBERS] | {agent})
        case RemoveCohortMember(agent):
            assert agent in state[COHORT_MEMBERS]
            return state.having(COHORT_MEMBERS, state[COHORT_MEMBERS] - {agent})
        case _:
            return None


def cohort(key: str, name: str, category: str, description: str) -> Cohort:
    """Make a cohort as Moodle has it; its categories have no numbers here."""
    rest = Rest(idnumber=key, name=name, category=len(category), format=1)
    return Cohort(idnumber=key, name=name, category=category, description=description, rest=rest)


def account(person: Person) -> Person:
    """Make a new account: what the source doesn't give has Moodle's own value, and nobody is suspended."""
    values = {name: getattr(person, name) or value for name, value in DEFAULTS.items()}
    return replace(person, **values, suspended=False, profile=tuple(kept for kept in person.profile if kept[1]))


DEFAULTS = {"firstname": "", "lastname": "", "email": "", "idnumber": "", "lang": "en", "auth": "manual"}


def changed(person: Person, changes: Iterable[Change]) -> Person:
    """Change an account, each field from the value that the plan says."""
    for change in changes:
        if change.field == "suspended":
            assert change.before == str(int(bool(person.suspended)))
            person = replace(person, suspended=change.after == "1")
        elif change.field.startswith(PROFILE):
            name = change.field.removeprefix(PROFILE)
            assert change.before == dict(person.profile).get(name, "")
            values = {**dict(person.profile), name: change.after}
            person = replace(person, profile=tuple(sorted(kept for kept in values.items() if kept[1])))
        else:
            assert change.before == getattr(person, change.field)
            person = replace(person, **{change.field: change.after})  # type: ignore[arg-type]  # its own field
    return person


def _enrolments(site: Site, action: Action) -> Site:
    match action:
        case Enrol(enrolment, term):
            assert enrolment.place not in site.terms
            assert enrolment.course in site.state[COURSES]
            assert enrolment.person in site.state[PEOPLE]
            return _with_term(_with_role(site, enrolment), enrolment.place, term)
        case ChangeTerm() | Suspend():
            place = (action.course, action.person)
            assert Enrolment(course=action.course, person=action.person, role=action.role) in site.state[ROLES]
            assert action.before in (None, site.terms[place])
            return _with_term(site, place, action.after)
        case AddRole():
            assert (action.course, action.person) in site.terms
            return _with_role(site, _role(action))
        case RemoveRole():
            assert _role(action) in site.state[ROLES]
            return replace(site, state=site.state.having(ROLES, site.state[ROLES] - {_role(action)}))
        case Unenrol():
            assert (action.course, action.person) in site.terms
            return take_out(site, (action.course, action.person))
        case _:
            return _members(site, action)


def _members(site: Site, action: Action) -> Site:
    match action:
        case AddMember(member):
            assert member.group in site.state[GROUPS]
            assert (member.group.course, member.person) in site.terms
            return replace(site, state=site.state.having(MEMBERSHIPS, site.state[MEMBERSHIPS] | {member}))
        case RemoveMember(member):
            assert member in site.state[MEMBERSHIPS]
            return replace(site, state=site.state.having(MEMBERSHIPS, site.state[MEMBERSHIPS] - {member}))
        case _:
            raise AssertionError(action)


def _with_role(site: Site, role: Enrolment) -> Site:
    plain = Enrolment(course=role.course, person=role.person, role=role.role)
    return replace(site, state=site.state.having(ROLES, site.state[ROLES] | {plain}))


def _with_term(site: Site, place: Place, term: Term) -> Site:
    return replace(site, terms={**site.terms, place: term})
