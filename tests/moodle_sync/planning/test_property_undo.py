"""For any site, any earlier files and any file: what a run did is taken back, and a plan then shows just that again."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from moodle_sync.planning.plan import Plan, plan
from moodle_sync.things.account import Person
from moodle_sync.things.action import Action, Alteration, Creation
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort_member import COHORT_MEMBERS, AddCohortMember, RemoveCohortMember
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.leaving import Suspend
from moodle_sync.things.membership import MEMBERSHIPS, AddMember, RemoveMember
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.place import OfPlace
from moodle_sync.things.role import ROLES, AddRole, RemoveRole
from moodle_sync.things.section import AddSection, NameSection
from moodle_sync.things.state import Place, State
from moodle_sync.things.term import ChangeTerm
from tests.moodle_sync.planning.test_property import QUICK, on_day, partial_states, sites, states
from tests.moodle_sync.planning.test_property_drift import drifted
from tests.moodle_sync.planning.test_property_sections import USUAL, by_hand, files, line_of
from tests.moodle_sync.simulation import Site, back_from, do, done, look, sync, take_back, with_course

MEMBERS = (AddMember, RemoveMember, AddCohortMember, RemoveCohortMember, AddRole, RemoveRole)
Field = tuple[str, str, str, str, str]


def open_to_all(site: Site) -> Site:
    """Show every course, as Moodle does where nobody says otherwise."""
    for course in site.state[COURSES].values():
        site = replace(site, state=with_course(site.state, replace(course, visible=True)))
    return site


def fields(actions: Iterable[Action], there: Site) -> set[Field]:
    """Give the fields that actions change of what was there before."""
    state = there.state
    return {
        (kind, key, change.field, change.before, change.after)
        for action in actions
        if isinstance(action, Alteration)
        for kind, key, change in action.aims()
        if kind == "category" or key in state[PEOPLE] or key in state[COURSES]
    }


def members(actions: Iterable[Action]) -> set[Action]:
    return {action for action in actions if isinstance(action, MEMBERS)}


def course_fields(site: Site, courses: Iterable[str]) -> dict[str, Course]:
    return {key: replace(site.state[COURSES][key], sections=()) for key in courses}


def accounts(site: Site, people: Iterable[str]) -> dict[str, Person]:
    return {key: site.state[PEOPLE][key] for key in people}


def places(actions: Iterable[Action], *kinds: type[OfPlace]) -> set[Place]:
    """Name those whose enrolments actions write; who is enrolled as suspended needs nothing."""
    return {
        action.place()
        for action in actions
        if isinstance(action, kinds) and not (isinstance(action, Enrol) and action.term.suspended)
    }


def made(before: Site, after: Site) -> set[str]:
    """Name the accounts that a run made."""
    return after.state[PEOPLE].keys() - before.state[PEOPLE].keys()


def told(plan: Plan) -> set[Place]:
    """Name those of whose enrolments it is said that they stay as they are."""
    pairs = (conflict.key.split(" in ") for conflict in plan.conflicts if conflict.kind == "enrolment")
    return {(course, person) for person, course in pairs}


def assert_as_it_was(before: Site, after: Site, left: set[Place]) -> None:
    """All is as before but for what was made: people are suspended, and courses are hidden."""
    old, new = before.state, after.state
    assert new[MEMBERSHIPS] == old[MEMBERSHIPS]
    assert new[COHORT_MEMBERS] == old[COHORT_MEMBERS]
    assert {role for role in new[ROLES] if role.place in before.terms} == old[ROLES]
    assert accounts(after, old[PEOPLE]) == accounts(before, old[PEOPLE])
    assert course_fields(after, old[COURSES]) == course_fields(before, old[COURSES])
    assert not any(new[COURSES][key].visible for key in new[COURSES].keys() - old[COURSES].keys())
    for place, term in after.terms.items():
        assert term == before.terms[place] or place in left if place in before.terms else term.suspended


@QUICK
@given(site=sites(), past=st.lists(partial_states(), max_size=2), desired=partial_states())
def test_a_run_is_taken_back_and_a_plan_shows_just_that(site: Site, past: list[State], desired: State) -> None:
    journal = Applied()
    for number, earlier in enumerate(past):
        site, journal, _ = sync(open_to_all(site), journal, earlier, on_day(number))
    before = open_to_all(site)
    after, journal, planned = sync(before, journal, desired, on_day(5))

    undone, kept, back = take_back(open_to_all(after), journal, planned.actions)
    again = plan(desired, look(undone, desired, kept), kept, on_day(5))

    assert_as_it_was(before, undone, told(back))
    assert accounts(undone, made(before, after)) == accounts(after, made(before, after))
    assert [action for action in again.actions if isinstance(action, Creation | Enrol)] == []
    assert fields(again.actions, before) == fields(planned.actions, before)
    assert members(again.actions) == members(planned.actions)
    assert places(again.actions, ChangeTerm, Suspend) == places(planned.actions, ChangeTerm, Suspend, Enrol) - told(
        back
    )


@QUICK
@given(past=states(), desired=partial_states())
def test_what_is_taken_back_once_needs_nothing_more(past: State, desired: State) -> None:
    site, journal, _ = sync(Site(), Applied(), past, on_day(0))
    after, journal, planned = sync(open_to_all(site), journal, desired, on_day(5))
    undone, kept, _ = take_back(open_to_all(after), journal, planned.actions)

    again = back_from(undone, kept, planned.actions)

    assert again.actions == ()
    insisting = back_from(undone, kept, planned.actions, insists=True)
    assert insisting.actions == ()


@QUICK
@given(past=states(), desired=partial_states())
def test_what_took_a_run_back_is_taken_back_itself(past: State, desired: State) -> None:
    site, journal, _ = sync(Site(), Applied(), past, on_day(0))
    after, journal, planned = sync(open_to_all(site), journal, desired, on_day(5))
    after = open_to_all(after)
    undone, kept, back = take_back(after, journal, planned.actions)

    redone, _, _ = take_back(undone, kept, back.actions)

    assert (redone.state, redone.terms) == (after.state, after.terms)


@QUICK
@given(past=states(), desired=partial_states())
def test_what_is_left_of_an_undo_is_an_undo_of_what_is_there(past: State, desired: State) -> None:
    site, journal, _ = sync(Site(), Applied(), past, on_day(0))
    site, journal, planned = sync(open_to_all(site), journal, desired, on_day(5))
    site = open_to_all(site)
    back = back_from(site, journal, planned.actions)

    for place, action in enumerate(back.actions):
        site = do(site, action)
        journal = done(journal, action, site)
        fresh = back_from(site, journal, planned.actions)
        assert fresh.actions == back.actions[place + 1 :]


@QUICK
@given(past=states(), desired=states(), data=st.data())
def test_what_somebody_changed_since_then_is_left_and_told(past: State, desired: State, data: st.DataObject) -> None:
    site, journal, _ = sync(Site(), Applied(), past, on_day(0))
    before = site
    site, journal, planned = sync(site, journal, desired, on_day(5))
    written = sorted(field for field in fields(planned.actions, before) if field[2] == "fullname")
    changed = data.draw(st.frozensets(st.sampled_from(written)) if written else st.just(frozenset()))
    for _, key, _, _, _ in changed:
        site = replace(site, state=with_course(site.state, replace(site.state[COURSES][key], fullname="By hand")))

    undone, _, back = take_back(site, journal, planned.actions)

    shown = {conflict.key for conflict in back.conflicts if "By hand" in conflict.message}
    assert shown == {field[1] for field in changed}
    assert all(undone.state[COURSES][key].fullname == "By hand" for key in shown)


@QUICK
@given(past=st.lists(files(), min_size=1, max_size=2), desired=files(), data=st.data())
def test_sections_are_as_they_were_and_new_ones_are_hidden(
    past: list[State], desired: State, data: st.DataObject
) -> None:
    site, journal = Site(), Applied()
    for earlier in past:
        site, journal, _ = sync(site, journal, earlier, USUAL)
        site = data.draw(by_hand(site))
    before = line_of(site)
    after, journal, planned = sync(site, journal, desired, USUAL)

    undone, kept, _ = take_back(after, journal, planned.actions)
    again = plan(desired, look(undone, desired, kept), kept, USUAL)

    numbers = {section.number for section in before}
    assert [section for section in line_of(undone) if section.number in numbers] == [*before]
    assert not [section for section in line_of(undone) if section.number not in numbers and section.visible]
    assert [action for action in again.actions if isinstance(action, AddSection | NameSection)] == []
    redone, _, _ = sync(undone, kept, desired, USUAL)
    order = [section.number for section in line_of(after)]
    assert [section.number for section in line_of(redone)] == order
    names = [section.name for section in line_of(after)]
    assert [section.name for section in line_of(redone)] == names


@QUICK
@given(past=files(), desired=files(), data=st.data())
def test_sections_are_gone_on_with_and_taken_back_twice(past: State, desired: State, data: st.DataObject) -> None:
    site, journal, _ = sync(Site(), Applied(), past, USUAL)
    site = data.draw(by_hand(site))
    after, journal, planned = sync(site, journal, desired, USUAL)
    back = back_from(after, journal, planned.actions)
    site = after
    for place, action in enumerate(back.actions):
        site = do(site, action)
        journal = done(journal, action, site)
        fresh = back_from(site, journal, planned.actions)
        assert fresh.actions == back.actions[place + 1 :]

    redone, _, _ = take_back(site, journal, back.actions)

    assert line_of(redone) == line_of(after)


@QUICK
@given(past=files(), desired=files())
def test_what_was_taken_back_did_not_drift(past: State, desired: State) -> None:
    site, journal, _ = sync(Site(), Applied(), past, USUAL)
    after, journal, planned = sync(site, journal, desired, USUAL)

    undone, kept, _ = take_back(after, journal, planned.actions)

    assert drifted(undone, kept) == []
