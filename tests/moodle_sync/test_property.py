"""For any site and any wish: doing the plan brings what was wished, and then there is nothing to plan."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.actions import (
    Action,
    AddMember,
    AddRole,
    AddSection,
    ChangeCourse,
    ChangePerson,
    CreateCategory,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
)
from moodle_sync.plan import plan
from moodle_sync.state import Category, Course, Enrolment, Group, Membership, Person, State
from tests.moodle_sync.examples import found

CATEGORIES = {"top": Category(idnumber="top", name="Top"), "in": Category(idnumber="in", name="In", parent="top")}
ROLES = {"student": 5, "teacher": 4}
NAMES = ("ana", "sami", "eleni")
KEYS = ("one", "two")


@st.composite
def states(draw: st.DrawFn) -> State:
    """Make a state that a site can be in: nobody is in a group of a course without being in the course."""
    courses = {key: draw(a_course(key)) for key in draw(st.sets(st.sampled_from(KEYS)))}
    people = {name: draw(a_person(name)) for name in draw(st.sets(st.sampled_from(NAMES)))}
    places = [(course, person) for course in courses for person in people]
    roles = {place: draw(st.sets(st.sampled_from(sorted(ROLES)))) for place in places}
    groups = {Group(course=key, name=name) for key in courses for name in draw(st.sets(st.sampled_from("AB")))}
    inside = {place for place in places if roles[place]}
    return State(
        categories=CATEGORIES,
        courses=courses,
        people=people,
        enrolments=frozenset(Enrolment(course=c, person=p, role=role) for c, p in places for role in roles[c, p]),
        groups=frozenset(groups),
        memberships=frozenset(
            Membership(group=group, person=person)
            for group in groups
            for person in people
            if (group.course, person) in inside and draw(st.booleans())
        ),
    )


def a_course(key: str) -> st.SearchStrategy[Course]:
    titles = st.lists(st.sampled_from(["Needs", "Policies", "Economy"]), unique=True, max_size=3).map(tuple)
    return st.builds(
        Course,
        idnumber=st.just(key),
        shortname=st.sampled_from([key.upper(), key]),
        fullname=st.sampled_from(["First", "Second"]),
        category=st.sampled_from(sorted(CATEGORIES)),
        sections=titles,
    )


def a_person(name: str) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        username=st.just(name),
        firstname=st.sampled_from([name.title(), "Other"]),
        lastname=st.sampled_from(["Ruiz", "Haddad"]),
        email=st.just(f"{name}@example.org"),
        idnumber=st.sampled_from([None, f"p-{name}"]),
    )


def do(state: State, action: Action) -> State:
    """Do one action as Moodle would."""
    match action:
        case CreateCategory(category):
            return replace(state, categories={**state.categories, category.idnumber: category})
        case CreateCourse(course):
            return with_course(state, replace(course, sections=("",) * len(course.sections)))
        case ChangeCourse(key, changes):
            fields = {change.field: change.after for change in changes}
            return with_course(state, replace(state.courses[key], **fields))  # type: ignore[arg-type]  # its own fields
        case AddSection(key, place):
            assert place == len(state.courses[key].sections) + 1
            return with_course(state, replace(state.courses[key], sections=(*state.courses[key].sections, "")))
        case NameSection(key, place, name):
            sections = list(state.courses[key].sections)
            assert sections[place - 1] == ""
            sections[place - 1] = name
            return with_course(state, replace(state.courses[key], sections=tuple(sections)))
        case _:
            return do_with_people(state, action)


def do_with_people(state: State, action: Action) -> State:
    match action:
        case CreatePerson(person):
            return replace(state, people={**state.people, person.username: person})
        case ChangePerson(key, changes):
            fields = {change.field: change.after for change in changes}
            changed = replace(state.people[key], **fields)  # type: ignore[arg-type]  # its own fields
            return replace(state, people={**state.people, key: changed})
        case Enrol(enrolment):
            assert not any((e.course, e.person) == (enrolment.course, enrolment.person) for e in state.enrolments)
            return replace(state, enrolments=state.enrolments | {enrolment})
        case AddRole(course, person, role):
            return replace(state, enrolments=state.enrolments | {Enrolment(course=course, person=person, role=role)})
        case CreateGroup(group):
            return replace(state, groups=state.groups | {group})
        case AddMember(membership):
            assert membership.group in state.groups
            return replace(state, memberships=state.memberships | {membership})
        case _:
            raise AssertionError(action)


def with_course(state: State, course: Course) -> State:
    return replace(state, courses={**state.courses, course.idnumber: course})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no mistake
@given(desired=states(), site=states())
def test_doing_the_plan_leaves_nothing_to_plan(desired: State, site: State) -> None:
    done = site
    for action in plan(desired, found(site, roles=ROLES)).actions:
        done = do(done, action)

    assert plan(desired, found(done, roles=ROLES)).actions == ()
    assert desired.enrolments <= done.enrolments
    assert desired.memberships <= done.memberships
    assert all(set(course.sections) <= set(done.courses[key].sections) for key, course in desired.courses.items())
    assert site.enrolments <= done.enrolments
    assert site.memberships <= done.memberships
