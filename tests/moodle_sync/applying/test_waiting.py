"""What goes next, and what two requests never do at once."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from moodle_sync.applying.waiting import TRIES, Piece, Waiting
from moodle_sync.things.action import Action, Name
from moodle_sync.things.cohort import CreateCohort
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import CreateGroup, Group
from moodle_sync.things.membership import AddMember, Membership
from moodle_sync.things.person import CreatePerson
from moodle_sync.things.role import AddRole, Enrolment
from moodle_sync.things.state import Place
from moodle_sync.webservice.encoding import OVERHEAD, Row
from tests.moodle_sync.examples import ANA, GROUP, MEMBER

FREE: frozenset[Name] = frozenset()
ROOMY = 1000


def role(course: str, person: str) -> Action:
    return AddRole(course, person, "student")


def enrol(person: str) -> Action:
    return Enrol(Enrolment(course="tot", person=person, role="student"))


def row(action: Action) -> Row:
    return {"action": str(action)}


def piece(*actions: Action) -> Piece:
    return Piece(tuple((action, row(action)) for action in actions))


def taken(waiting: Waiting, busy: frozenset[Name] = FREE, most: int = 100) -> list[Action]:
    found = waiting.take(busy, lambda _kind: most, row)
    return found.actions if found else []


def test_rows_go_in_their_order_and_no_more_than_may() -> None:
    actions = [role("tot", str(number)) for number in range(5)]
    waiting = Waiting(actions, ROOMY)

    assert [taken(waiting, most=2) for _ in range(4)] == [actions[:2], actions[2:4], actions[4:], []]


def test_a_request_stays_within_the_budget_of_variables_and_no_row_is_cut() -> None:
    actions = [role("tot", str(number)) for number in range(5)]
    waiting = Waiting(actions, OVERHEAD + 7)

    pieces = [waiting.take(FREE, lambda _kind: 100, lambda _: {"a": 1, "b": 2, "c": 3}) for _ in range(3)]

    assert [len(found.batch) for found in pieces if found] == [2, 2, 1]


def test_a_row_that_is_more_than_the_budget_goes_alone() -> None:
    waiting = Waiting([role("tot", "ana"), role("tot", "sami")], OVERHEAD)

    assert [len(taken(waiting)) for _ in range(3)] == [1, 1, 0]


def test_what_touches_a_busy_course_or_person_waits_and_the_others_go() -> None:
    actions = [role("one", "ana"), role("two", "ana"), role("two", "sami"), role("three", "eleni")]
    waiting = Waiting(actions, ROOMY)

    first = taken(waiting, frozenset({("course", "one"), ("person", "ana")}))
    second = taken(waiting)

    assert first == actions[2:]
    assert second == actions[:2]


def test_an_action_without_a_row_is_dropped() -> None:
    waiting = Waiting([role("tot", "ana"), role("tot", "sami")], ROOMY)

    found = waiting.take(FREE, lambda _kind: 100, lambda action: None if action == role("tot", "ana") else row(action))

    assert found == piece(role("tot", "sami"))
    assert taken(waiting) == []


def test_a_piece_that_must_go_again_goes_first_and_as_it_is() -> None:
    waiting = Waiting([role("tot", "eleni")], ROOMY)
    waiting.put_first(piece(role("tot", "ana"), role("one", "sami")).halves())

    assert [taken(waiting) for _ in range(3)] == [[role("tot", "ana")], [role("one", "sami")], [role("tot", "eleni")]]


def test_a_piece_that_touches_something_busy_waits() -> None:
    waiting = Waiting([], ROOMY)
    waiting.put_first(piece(role("tot", "ana"), role("one", "sami")).halves())

    assert taken(waiting, frozenset({("course", "tot")})) == [role("one", "sami")]
    assert taken(waiting) == [role("tot", "ana")]


def test_a_course_that_is_given_up_is_taken_out_everywhere() -> None:
    kept, gone = role("two", "ana"), [role("one", "ana"), role("one", "sami")]
    waiting = Waiting([gone[1], kept], ROOMY)
    waiting.put_first([piece(gone[0], role("two", "sami")), piece(role("one", "eleni"))])

    assert waiting.drop(AddRole, "one") == [gone[0], role("one", "eleni"), gone[1]]
    assert [taken(waiting), taken(waiting), taken(waiting)] == [[role("two", "sami")], [kept], []]


def test_what_is_left_of_a_piece_may_be_sent_once_less() -> None:
    left = piece(role("tot", "ana"), role("tot", "sami")).without([role("tot", "ana")])

    assert (left.actions, left.tries) == ([role("tot", "sami")], TRIES - 1)


def test_a_piece_is_cut_by_courses() -> None:
    one, two, three = role("one", "ana"), role("two", "ana"), role("one", "sami")

    assert piece(one, two, three).by_course() == {"one": piece(one, three), "two": piece(two)}


def test_who_has_no_account_yet_waits_and_the_others_go() -> None:
    waiting = Waiting([CreatePerson(ANA), enrol("ana"), enrol("sami")], ROOMY)

    assert taken(waiting) == [enrol("sami")]
    assert taken(waiting) == [CreatePerson(ANA)]
    assert taken(waiting) == []

    waiting.settle([CreatePerson(ANA)])

    assert taken(waiting) == [enrol("ana")]


def test_what_needs_two_things_waits_for_both() -> None:
    waiting = Waiting([enrol("sami"), CreateGroup(GROUP), AddMember(MEMBER)], ROOMY)

    assert [taken(waiting), taken(waiting), taken(waiting)] == [[CreateGroup(GROUP)], [enrol("sami")], []]
    waiting.settle([CreateGroup(GROUP)])
    assert taken(waiting) == []
    waiting.settle([enrol("sami")])
    assert taken(waiting) == [AddMember(MEMBER)]


def test_the_latest_kind_goes_first() -> None:
    waiting = Waiting([CreatePerson(ANA), enrol("sami"), CreateCohort("c1")], ROOMY)

    assert [taken(waiting) for _ in range(3)] == [[CreateCohort("c1")], [enrol("sami")], [CreatePerson(ANA)]]


def test_what_builds_on_a_dropped_action_has_its_turn_at_once() -> None:
    waiting = Waiting([enrol("sami"), AddMember(MEMBER)], ROOMY)
    asked: list[Action] = []

    def none(action: Action) -> None:
        asked.append(action)
        waiting.settle([action])

    assert waiting.take(FREE, lambda _kind: 100, none) is None
    assert asked == [enrol("sami"), AddMember(MEMBER)]


def test_a_course_that_is_given_up_takes_those_along_who_have_no_account_yet() -> None:
    waiting = Waiting([CreatePerson(ANA), enrol("ana"), enrol("sami"), CreateGroup(GROUP)], ROOMY)

    assert waiting.drop(Enrol, "tot") == [enrol("sami"), enrol("ana")]
    waiting.settle([CreatePerson(ANA)])
    assert [taken(waiting), taken(waiting), taken(waiting)] == [[CreateGroup(GROUP)], [CreatePerson(ANA)], []]


PEOPLE = [f"p{number}" for number in range(6)]
PLACES = st.sets(st.tuples(st.sampled_from(["one", "two", "three"]), st.sampled_from(PEOPLE)))


@given(new=st.sets(st.sampled_from(PEOPLE)), inside=PLACES, joined=PLACES, data=st.data())
def test_in_whatever_order_requests_end_everything_goes_once_after_what_it_needs_and_never_beside_its_like(
    new: set[str], inside: set[Place], joined: set[Place], data: st.DataObject
) -> None:
    actions = crowd(new, inside, joined)
    made = {action.makes() for action in actions} - {None}
    waiting = Waiting(actions, ROOMY)
    flying: list[Piece] = []
    ended: list[Action] = []

    while True:
        busy = frozenset[Name]().union(*(other.touches for other in flying))
        found = waiting.take(busy, lambda _kind: 2, row) if len(flying) < 2 else None
        if found:
            assert busy.isdisjoint(found.touches)
            built = [action.makes() for action in ended]
            assert all(name in built for one in found.actions for name in one.needs() if name in made)
            flying.append(found)
        elif flying:
            end = flying.pop(data.draw(st.integers(0, len(flying) - 1)))
            if len(end.batch) > 1 and data.draw(st.booleans()):
                waiting.put_first(end.halves())
            else:
                waiting.settle(end.actions)
                ended += end.actions
        else:
            break

    assert sorted(map(str, ended)) == sorted(map(str, actions))


def crowd(new: set[str], inside: set[Place], joined: set[Place]) -> list[Action]:
    """Make a plan's part for people, in its order: each course has one group."""
    groups = {course: Group(course=course, name="All") for course, _ in sorted(joined)}
    return [
        *(CreatePerson(replace(ANA, username=name)) for name in sorted(new)),
        *(Enrol(Enrolment(course=course, person=name, role="student")) for course, name in sorted(inside)),
        *map(CreateGroup, groups.values()),
        *(AddMember(Membership(group=groups[course], person=name)) for course, name in sorted(joined)),
    ]
