"""For any site, any past and any wish: doing the plan brings what was wished, and then there is nothing to plan."""

from dataclasses import replace
from typing import TypeAlias, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.account import Person
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.course_settings import values
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.section import PLACES, Section
from moodle_sync.things.state import Managed, Place, State
from moodle_sync.things.term import DAY, ENROLMENTS, Term, is_over
from tests.moodle_sync.simulation import ROLE_IDS, Site, account, look, new_section, sync, take_out

T = TypeVar("T")
Roles: TypeAlias = frozenset[Enrolment]

TREE = {"top": Category(idnumber="top", name="Top"), "in": Category(idnumber="in", name="In", parent="top")}
NAMES = ("ana", "sami", "eleni")
KEYS = ("one", "two")
CIRCLES = ("agents", "trainers")
TODAY = 1_795_000_000
START = 1_790_000_000
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no mistake

somewhen = st.sampled_from([None, 0, START])
some_days = st.sampled_from([None, 0, 10, 90])
perhaps = st.sampled_from([None, False, True])
terms = st.builds(
    Term, start=st.sampled_from([0, START]), end=st.sampled_from([0, START + DAY]), suspended=st.booleans()
)


@st.composite
def states(draw: st.DrawFn) -> State:
    """Make a state that a source can name: nobody is in a group of a course without being in the course."""
    courses = {key: draw(a_course(key)) for key in draw(st.sets(st.sampled_from(KEYS)))}
    people = {name: draw(a_person(name)) for name in draw(st.sets(st.sampled_from(NAMES)))}
    lasting = draw(some(sorted(courses)))
    enrolments = frozenset(
        replace(enrolment, days=0, suspended=False) if course in lasting else enrolment
        for course in courses
        for person in people
        for enrolment in draw(a_place(course, person))
    )
    inside = {enrolment.place for enrolment in enrolments}
    groups = {Group(course=key, name=name) for key in courses for name in draw(st.sets(st.sampled_from("AB")))}
    members = [
        Membership(group=group, person=person)
        for group in sorted(groups)
        for person in sorted(people)
        if (group.course, person) in inside
    ]
    agents = [CohortMembership(cohort=cohort, person=person) for cohort in CIRCLES for person in sorted(people)]
    cohort_members = draw(some(agents))
    return (
        State(lasting=lasting)
        .having(CATEGORIES, TREE)
        .having(COURSES, courses)
        .having(PEOPLE, people)
        .having(ROLES, enrolments)
        .having(GROUPS, frozenset(groups))
        .having(MEMBERSHIPS, draw(some(members)))
        .having(COHORTS, {agent.cohort: Cohort(idnumber=agent.cohort) for agent in cohort_members})
        .having(COHORT_MEMBERS, cohort_members)
    )


@st.composite
def partial_states(draw: st.DrawFn) -> State:
    """Make a state of a source that has not all columns, and empty cells."""
    state = draw(states())
    silences = [
        *((Managed.ENROLMENTS, ("", person)) for person in sorted(state[PEOPLE])),
        *((Managed.COHORTS, ("", person)) for person in sorted(state[PEOPLE])),
        *((Managed.GROUPS, place) for place in sorted({enrolment.place for enrolment in state[ROLES]})),
    ]
    return replace(state, manages=draw(some(list(Managed))), silent=draw(some(silences)))


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Make a site by hand: with people whom no source names, dates that nobody knows, and people without a role."""
    state = draw(states())
    people = {name: account(person) for name, person in state[PEOPLE].items()}
    stranger = {"stranger": account(Person(username="stranger"))}
    roleless = draw(some([(course, person) for course in state[COURSES] for person in people]))
    inside = {enrolment.place for enrolment in state[ROLES]} | roleless | {(c, "stranger") for c in state[COURSES]}
    plain = (Enrolment(course=e.course, person=e.person, role=e.role) for e in state[ROLES])
    strange = (Enrolment(course=course, person="stranger", role="student") for course in state[COURSES])
    strange_agents = {CohortMembership(cohort=cohort, person="stranger") for cohort in state[COHORTS]}
    return Site(
        state=state.having(PLACES, {key: _sections(course) for key, course in state[COURSES].items()})
        .having(PEOPLE, {**people, **stranger})
        .having(ROLES, frozenset((*plain, *strange)))
        .having(
            MEMBERSHIPS, state[MEMBERSHIPS] | {Membership(group=group, person="stranger") for group in state[GROUPS]}
        )
        .having(COHORT_MEMBERS, state[COHORT_MEMBERS] | strange_agents),
        terms={place: draw(terms) for place in sorted(inside)},
    )


def _sections(course: Course) -> tuple[Section, ...]:
    return tuple(replace(new_section(), name=name) for name in course.sections)


def some(items: list[T]) -> st.SearchStrategy[frozenset[T]]:
    return st.frozensets(st.sampled_from(items)) if items else st.just(frozenset())


def a_course(key: str) -> st.SearchStrategy[Course]:
    titles = st.lists(st.sampled_from(["Needs", "Policies", "Economy"]), unique=True, max_size=3).map(tuple)
    return st.builds(
        Course,
        idnumber=st.just(key),
        shortname=st.sampled_from([key.upper(), key]),
        fullname=st.sampled_from(["First", "Second"]),
        category=st.sampled_from(sorted(TREE)),
        sections=titles,
    )


def a_person(name: str) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        username=st.just(name),
        firstname=st.sampled_from([name.title(), "Other"]),
        lastname=st.sampled_from(["Ruiz", "Haddad"]),
        email=st.just(f"{name}@example.org"),
        idnumber=st.sampled_from([None, "", f"p-{name}"]),
        lang=st.sampled_from([None, "es"]),
        auth=st.sampled_from([None, "oauth2"]),
        suspended=perhaps,
        profile=st.sampled_from([(), (("country", ""),), (("city", "Tunis"), ("country", "Tunisia"))]),
    )


def a_place(course: str, person: str) -> st.SearchStrategy[Roles]:
    """Make the roles of somebody in a course, all with one term."""

    def enrolments(roles: set[str], start: int | None, days: int | None, *, suspended: bool | None) -> Roles:
        return frozenset(
            Enrolment(course=course, person=person, role=role, start=start, days=days, suspended=suspended)
            for role in roles
        )

    return st.builds(enrolments, st.sets(st.sampled_from(sorted(ROLE_IDS))), somewhen, some_days, suspended=perhaps)


def on_day(number: int, **options: bool) -> Options:
    return Options(today=TODAY + number * DAY, **options)  # type: ignore[arg-type]  # its own fields


def assert_as_desired(site: Site, journal: Applied, desired: State) -> None:
    """What the source says is so; of an enrolment's term only what the sync ever wrote."""
    state = site.state
    assert desired[ROLES] <= state[ROLES]
    assert desired[MEMBERSHIPS] <= state[MEMBERSHIPS]
    assert desired[COHORT_MEMBERS] <= state[COHORT_MEMBERS]
    for key, course in desired[COURSES].items():
        assert set(course.sections) <= set(state[COURSES][key].sections)
        assert dict(values(course)).items() <= dict(values(state[COURSES][key])).items()
    for key, person in desired[PEOPLE].items():
        assert_account(person, state[PEOPLE][key])
    for enrolment in desired[ROLES]:
        held = journal[ENROLMENTS][enrolment.place]
        assert not held.gone
        assert held.term in (None, site.terms[enrolment.place])
        if held.term:
            assert_term(enrolment, held.term)


def awaited(desired: State, journal: Applied, site: Site, today: int) -> State:
    """Leave out who was taken out after their time was over: they aren't enrolled anew each night."""
    over = {
        enrolment.place
        for enrolment in desired[ROLES]
        if enrolment.place not in site.terms and is_over(enrolment, journal[ENROLMENTS].get(enrolment.place), today)
    }
    enrolments = frozenset(enrolment for enrolment in desired[ROLES] if enrolment.place not in over)
    members = frozenset(m for m in desired[MEMBERSHIPS] if (m.group.course, m.person) not in over)
    return desired.having(ROLES, enrolments).having(MEMBERSHIPS, members)


def assert_account(wanted: Person, there: Person) -> None:
    for name in ("firstname", "lastname", "email", "idnumber", "lang", "auth", "suspended"):
        assert getattr(wanted, name) in (None, getattr(there, name))
    values = dict(there.profile)
    assert all(values.get(name, "") == value for name, value in wanted.profile)


def assert_term(wanted: Enrolment, there: Term) -> None:
    period = bool(wanted.days)
    assert wanted.suspended in (None, there.suspended)
    assert wanted.start in ((None, 0, there.start) if period else (None, there.start))
    if wanted.days is not None:
        assert there.end == (there.start + wanted.days * DAY if period else 0)
    assert there.start or not period


def assert_the_rest_is_untouched(before: Site, after: Site, journal: Applied, desired: State) -> None:
    """What neither the source names nor the sync ever gave is as it was."""
    named = {enrolment.place for enrolment in desired[ROLES]}
    for place, term in before.terms.items():
        if place not in named and place not in journal[ENROLMENTS]:
            assert after.terms[place] == term
    assert before.state[ROLES] - journal[ROLES] <= after.state[ROLES]
    assert before.state[MEMBERSHIPS] - journal[MEMBERSHIPS] <= after.state[MEMBERSHIPS]
    assert before.state[COHORT_MEMBERS] - journal[COHORT_MEMBERS] <= after.state[COHORT_MEMBERS]
    for name, person in before.state[PEOPLE].items():
        if name not in desired[PEOPLE]:
            assert after.state[PEOPLE][name] == person


def assert_taken_back(site: Site, before: Applied, desired: State) -> None:
    """What the sync gave and a source that manages it no longer names is taken back, or suspended."""
    named = {enrolment.place for enrolment in desired[ROLES]}
    for place in (before[ENROLMENTS].keys() - named) & site.terms.keys():
        assert site.terms[place].suspended or not (
            may_lose(desired, Managed.ENROLMENTS, place) and has_role(site, place)
        )
    assert not any(
        role.place in named and Managed.ENROLMENTS in desired.manages
        for role in (before[ROLES] - desired[ROLES]) & site.state[ROLES]
    )
    assert not any(
        (place := (member.group.course, member.person)) in named and may_lose(desired, Managed.GROUPS, place)
        for member in (before[MEMBERSHIPS] - desired[MEMBERSHIPS]) & site.state[MEMBERSHIPS]
    )
    assert not any(
        may_lose(desired, Managed.COHORTS, ("", agent.person))
        for agent in (before[COHORT_MEMBERS] - desired[COHORT_MEMBERS]) & site.state[COHORT_MEMBERS]
    )


def may_lose(desired: State, kind: Managed, place: Place) -> bool:
    silent = {(kind, place), (kind, ("", place[1]))} & desired.silent
    stays = kind is Managed.ENROLMENTS and place[0] in desired.lasting
    return kind in desired.manages and not silent and not stays and (not place[0] or place[0] in desired[COURSES])


def has_role(site: Site, place: Place) -> bool:
    return any(enrolment.place == place for enrolment in site.state[ROLES])


@QUICK
@given(site=sites(), past=st.lists(partial_states(), max_size=2), desired=partial_states(), hand=st.data())
def test_doing_the_plan_brings_what_was_wished_and_leaves_nothing_to_plan(
    site: Site, past: list[State], desired: State, hand: st.DataObject
) -> None:
    journal = Applied()
    for number, earlier in enumerate(past):
        site, journal, _ = sync(site, journal, earlier, on_day(number))
        for place in hand.draw(some(sorted(site.terms))):
            site = take_out(site, place)

    done, after, _ = sync(site, journal, desired, on_day(5))
    again = plan(desired, look(done, desired, after), after, on_day(6))

    assert (again.actions, again.adopted, again.forgotten) == ((), Applied(), Applied())
    assert_as_desired(done, after, awaited(desired, journal, site, on_day(5).today))
    assert_the_rest_is_untouched(site, done, journal, desired)
    assert_taken_back(done, journal, desired)


@QUICK
@given(one=states(), other=states(), back=st.booleans())
def test_from_any_state_to_any_other_and_back(one: State, other: State, back: bool) -> None:  # noqa: FBT001  # drawn
    site, journal = Site(), Applied()
    for number, desired in enumerate([one, other, *([one] if back else [])]):
        site, journal, _ = sync(site, journal, desired, on_day(number, unenrol=True))

    last = one if back else other
    leaving = last[COURSES].keys() - last.lasting
    in_scope = frozenset(enrolment for enrolment in site.state[ROLES] if enrolment.course in leaving)
    members = frozenset(member for member in site.state[MEMBERSHIPS] if member.group.course in leaving)
    assert in_scope == frozenset(enrolment for enrolment in last[ROLES] if enrolment.course in leaving)
    assert members == frozenset(member for member in last[MEMBERSHIPS] if member.group.course in leaving)
    assert site.state[COHORT_MEMBERS] == last[COHORT_MEMBERS]
    assert_as_desired(site, journal, last)


@QUICK
@given(site=sites(), past=st.lists(partial_states(), max_size=2), desired=partial_states())
def test_without_its_journal_a_sync_writes_nothing_that_is_there(site: Site, past: list[State], desired: State) -> None:
    journal = Applied()
    for number, earlier in enumerate([*past, desired]):
        site, journal, _ = sync(site, journal, earlier, on_day(number))

    lost = plan(desired, look(site, desired, Applied()), Applied(), on_day(5))

    assert lost.actions == ()
    assert lost.adopted[ENROLMENTS].keys() == {enrolment.place for enrolment in desired[ROLES]}
    assert all(held.term is None for held in lost.adopted[ENROLMENTS].values())


@QUICK
@given(site=sites(), desired=partial_states())
def test_asserting_dates_writes_all_that_the_source_says_of_terms(site: Site, desired: State) -> None:
    site, journal, _ = sync(site, Applied(), desired, on_day(0))

    site, journal, _ = sync(site, journal, desired, on_day(1, assert_dates=True))

    for enrolment in desired[ROLES]:
        assert_term(enrolment, site.terms[enrolment.place])
    assert plan(desired, look(site, desired, journal), journal, on_day(2, assert_dates=True)).actions == ()


@QUICK
@given(past=states(), desired=partial_states(), unenrol=st.booleans())
def test_nobody_is_shut_out_of_a_course_that_lasts(past: State, desired: State, unenrol: bool) -> None:  # noqa: FBT001  # drawn
    site, journal, _ = sync(Site(), Applied(), past, on_day(0))
    before = {place for place, term in site.terms.items() if not term.suspended}

    after, kept, _ = sync(site, journal, desired, on_day(365, unenrol=unenrol))

    stayed = {place for place in before if place[0] in desired.lasting}
    assert all(place in after.terms and not after.terms[place].suspended for place in stayed)
    assert all(after.terms[enrolment.place].end == 0 for enrolment in desired[ROLES] if enrolment.days == 0)
    assert plan(desired, look(after, desired, kept), kept).actions == ()
