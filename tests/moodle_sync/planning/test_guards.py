"""What stops a plan, and what lets it go on."""

from dataclasses import replace

import pytest

from moodle_sync.planning.guards import removals, stops
from moodle_sync.planning.plan import Plan, plan
from moodle_sync.planning.scopes import managed
from moodle_sync.things.action import Action, Loss
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Change
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.course import COURSES
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.kept import FIELDS
from moodle_sync.things.leaving import Suspend, Unenrol
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE, ChangePerson
from moodle_sync.things.role import ROLES, Enrolment, RemoveRole
from moodle_sync.things.state import Managed, State
from moodle_sync.things.term import DAY, ENROLMENTS, ChangeTerm, Held, Term
from tests.moodle_sync.examples import AGENT, APPLIED, COURSE, FULL, LEARNS, found, without

OPEN, SUSPENDED = Term(), Term(suspended=True)
TODAY = 1_790_000_000
WAY_OUT = "Nothing was done: look at the source first; if all of the plan is meant, add --removals"


def suspensions(count: int, course: str = "tot") -> tuple[Action, ...]:
    return tuple(Suspend(course, f"p{number}", "student", OPEN, SUSPENDED) for number in range(count))


def holding(count: int, course: str = "tot", *, gone: bool = False) -> Applied:
    places = {(course, f"p{number}"): Held(term=OPEN, gone=gone) for number in range(count)}
    roles = frozenset(Enrolment(course=name, person=person, role="student") for name, person in places)
    return Applied(rows=count).having(ENROLMENTS, places).having(ROLES, roles)


def said(
    actions: tuple[Action, ...], applied: Applied, rows: int | None = None, allowed: int | None = None
) -> list[str]:
    return [stop.message for stop in stops(Plan(actions, ()), applied, rows, allowed, None, 0)]


@pytest.mark.parametrize(
    ("case", "actions", "applied"),
    [
        ("two of a class of 25", suspensions(2), holding(25)),
        ("five of a class of five", suspensions(5), holding(5)),
        ("fifty of a thousand", suspensions(50), holding(1000)),
        ("nothing known of what was there, and five", suspensions(5), Applied()),
        (
            "who was suspended before, and gets other dates",
            tuple(ChangeTerm("tot", f"p{n}", "student", SUSPENDED, Term(end=5, suspended=True)) for n in range(9)),
            holding(9),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_few_may_go_without_a_question(case: str, actions: tuple[Action, ...], applied: Applied) -> None:
    assert said(actions, applied) == [], case


@pytest.mark.parametrize(
    ("case", "actions", "applied", "first"),
    [
        (
            "60 of 1,000 in a course",
            suspensions(60),
            holding(1000),
            "course tot: 60 of 1,000 enrolments would be taken away or suspended (more than 5%)",
        ),
        (
            "six of a class of 25 on a large site",
            suspensions(6),
            holding(25).having(ENROLMENTS, {**holding(25)[ENROLMENTS], **holding(9000, "other")[ENROLMENTS]}),
            "course tot: 6 of 25 enrolments would be taken away or suspended (more than 5%)",
        ),
        (
            "three in each of three courses",
            suspensions(3, "a") + suspensions(3, "b") + suspensions(3, "c"),
            holding(20, "a").having(ENROLMENTS, {p: h for c in "abc" for p, h in holding(20, c)[ENROLMENTS].items()}),
            "the site: 9 of 60 enrolments would be taken away or suspended (more than 5%)",
        ),
        (
            "unenrolments",
            tuple(Unenrol("tot", f"p{n}") for n in range(6)),
            holding(50),
            "course tot: 6 of 50 enrolments would be taken away or suspended (more than 5%)",
        ),
        (
            "suspensions by word of the source",
            tuple(ChangeTerm("tot", f"p{n}", "student", OPEN, SUSPENDED) for n in range(6)),
            holding(50),
            "course tot: 6 of 50 enrolments would be taken away or suspended (more than 5%)",
        ),
        (
            "those who are suspended already don't count among the others",
            suspensions(6),
            holding(1000, gone=True).having(
                ENROLMENTS, {**holding(1000, gone=True)[ENROLMENTS], **holding(50)[ENROLMENTS]}
            ),
            "course tot: 6 of 50 enrolments would be taken away or suspended (more than 5%)",
        ),
        (
            "roles",
            tuple(RemoveRole("tot", f"p{n}", "student") for n in range(6)),
            holding(50),
            "course tot: 6 of 50 roles would be taken away or suspended (more than 5%)",
        ),
        (
            "accounts",
            tuple(ChangePerson(f"p{n}", (Change("suspended", "0", "1"),)) for n in range(6)),
            holding(50),
            "the site: 6 of 50 accounts would be taken away or suspended (more than 5%)",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_many_are_a_question(case: str, actions: tuple[Action, ...], applied: Applied, first: str) -> None:
    messages = said(actions, applied)

    assert messages[0] == first, case
    assert messages[-1] == f"{WAY_OUT} {len(actions)}"


@pytest.mark.parametrize(
    ("case", "before", "after", "count"),
    [
        ("an end that is past", OPEN, Term(end=TODAY), 6),
        ("a beginning that is to come", OPEN, Term(start=TODAY + DAY), 6),
        ("nobody knows what was there", None, Term(end=TODAY), 6),
        ("an end that is to come", OPEN, Term(end=TODAY + 1), 0),
        ("a beginning today", OPEN, Term(start=TODAY + 9 * 60 * 60), 0),
        ("what was over before", Term(end=TODAY - DAY), Term(end=TODAY), 0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_dates_that_shut_people_out_are_a_question(case: str, before: Term | None, after: Term, count: int) -> None:
    actions = tuple(ChangeTerm("tot", f"p{n}", "student", before, after) for n in range(6))

    stopped = stops(Plan(actions, (), today=TODAY), holding(50), None, None, None, 0)

    assert removals(actions, TODAY) == count, case
    assert bool(stopped) is bool(count)


def test_groups_in_groupings_are_counted_by_course_whatever_its_idnumber_holds() -> None:
    fields = {("course", "tot/26", "idnumber"): "tot/26", ("grouping", "tot/26/regions", "group north"): "in"}

    assert managed(Applied().having(FIELDS, fields)) == {("course tot/26", Loss.GROUPINGS): 1}


def test_the_exact_count_lets_a_plan_go_on() -> None:
    assert said(suspensions(60), holding(1000), allowed=60) == []


def test_another_count_does_not_and_the_right_one_is_said() -> None:
    assert said(suspensions(60), holding(1000), allowed=59)[-1] == (
        "--removals 59 was given, and the plan takes away or suspends 60: look at the source first; then --removals 60"
    )


def test_a_count_that_nothing_asks_for_is_no_reason_to_stop() -> None:
    assert said(suspensions(2), holding(25), allowed=60) == []


def test_what_is_made_or_given_is_no_removal() -> None:
    actions: tuple[Action, ...] = (Enrol(LEARNS, SUSPENDED), ChangeTerm("tot", "p", "student", SUSPENDED, OPEN))

    assert removals([*actions, *suspensions(2)], TODAY) == 2


@pytest.mark.parametrize(
    ("case", "before", "now", "stopped"),
    [
        ("an emptied source", 3, 0, True),
        ("a truncated source", 1000, 500, True),
        ("eleven of a hundred", 100, 89, True),
        ("ten of fifty", 50, 40, False),
        ("a hundred of a thousand", 1000, 900, False),
        ("a source that grew", 100, 300, False),
        ("the first time", None, 0, False),
        ("a plan for some targets only", 1000, None, False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_source_that_shrank_is_a_question(case: str, before: int | None, now: int | None, stopped: bool) -> None:  # noqa: FBT001  # a parameter of the table
    messages = said((), Applied(rows=before), now)

    assert bool(messages) == stopped, case


def test_a_source_that_shrank_says_from_what_to_what_and_what_to_do() -> None:
    assert said((), Applied(rows=1000), 500) == [
        "the site: the source names 500 people, and 1,000 when it was last applied",
        f"{WAY_OUT} 0",
    ]


@pytest.mark.parametrize(
    ("case", "desired", "scopes"),
    [
        ("a course", FULL.having(ROLES, frozenset()).having(MEMBERSHIPS, frozenset()), ("course tot",)),
        ("a cohort", FULL.having(COHORT_MEMBERS, frozenset()), ("cohort agents",)),
        ("one of two people", without("sami"), ("cohort agents",)),
        ("other people came", without("sami").having(COHORT_MEMBERS, frozenset({replace(AGENT, person="ana")})), ()),
        (
            "no column of cohorts",
            replace(FULL, manages=frozenset({Managed.GROUPS})).having(COHORT_MEMBERS, frozenset()),
            (),
        ),
        ("a course that isn't in the source", FULL.having(COURSES, {}).having(ROLES, frozenset()), ()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_course_or_cohort_that_loses_everybody_is_a_question(
    case: str, desired: State, scopes: tuple[str, ...]
) -> None:
    planned = plan(desired, found(FULL), APPLIED)

    messages = [stop.message for stop in stops(planned, APPLIED, None, None, None, 0)]

    assert planned.emptied == scopes, case
    assert messages[:-1] == [f"{scope}: the source names nobody any more, and everybody would go" for scope in scopes]


@pytest.mark.parametrize(("most", "stopped"), [(None, False), (8, False), (7, True)])
def test_more_mails_than_allowed_stop_a_plan(most: int | None, stopped: bool) -> None:  # noqa: FBT001  # a parameter of the table
    messages = [stop.message for stop in stops(Plan((), ()), Applied(), 0, 0, most, 8)]

    assert messages == (["the plan may send 8 mails, and --max-mails allows 7: raise it if they are meant"] * stopped)


def test_a_large_course_that_loses_a_part_of_its_people_is_stopped_by_plan_and_guard() -> None:
    names = [f"p{number}" for number in range(1000)]
    everybody = (
        State()
        .having(COURSES, {"tot": COURSE})
        .having(PEOPLE, {name: replace(FULL[PEOPLE]["ana"], username=name) for name in names})
        .having(ROLES, frozenset(Enrolment(course="tot", person=name, role="student") for name in names))
    )
    rest = everybody.having(ROLES, frozenset(e for e in everybody[ROLES] if e.person not in names[:60]))

    planned = plan(rest, found(everybody), holding(1000))

    assert removals(planned.actions, TODAY) == 60
    assert [stop.message for stop in stops(planned, holding(1000), 1000, None, None, 0)][-1] == f"{WAY_OUT} 60"


def enrolments(count: int) -> tuple[Action, ...]:
    return tuple(Enrol(Enrolment(course="tot", person=f"p{number}", role="student")) for number in range(count))


@pytest.mark.parametrize(
    ("case", "count", "held"),
    [("few", 5, 5), ("few of many", 50, 1000), ("new ones", 30, 0)],
    ids=["few", "many", "new"],
)
def test_some_may_be_enrolled_again_and_any_number_for_the_first_time(case: str, count: int, held: int) -> None:
    assert said(enrolments(count), holding(held)) == [], case


def test_a_class_that_seems_to_be_gone_is_not_enrolled_again_unasked() -> None:
    plan = Plan(enrolments(20), ())

    (stop,) = stops(plan, holding(25), 25, None, None, 20)
    allowed = stops(plan, holding(25), 25, None, 20, 20)
    too_few = stops(plan, holding(25), 25, None, 19, 20)

    assert stop.message.startswith("course tot: 20 of 25 people seem to have been taken out in Moodle")
    assert stop.message.endswith("add --max-mails 20")
    assert allowed == ()
    assert len(too_few) == 1
