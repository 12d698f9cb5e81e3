"""How far work is, whose it is, who comes first and who is found: pure decisions of the board."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Arrangement, Dates, Mode
from lti_tool.facilitation.board import people, rules
from lti_tool.facilitation.board.people import Known
from lti_tool.facilitation.board.rules import COURSE, OVERDUE, Answer, Cell, Choice, Column, Row, Someone, State
from lti_tool.lti.roles import Role
from lti_tool.roster.rules import Participant

MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
EMPTY = Cell(State.NOT_BEGUN)
OWN, GROUPS, WHOLE, CREDITED = (Cell(State.HANDED_IN, number) for number in (1, 2, 3, 4))
TRAINER, BY_HAND_IN = Marking.BY_TRAINER, Marking.HANDED_IN


@pytest.mark.parametrize(
    ("marking", "last", "answer", "is_marked", "state"),
    [
        (TRAINER, None, None, False, State.WORKING),
        (BY_HAND_IN, 1, None, False, State.HANDED_IN),
        (TRAINER, 1, None, False, State.WAITS),
        (TRAINER, 1, (1, "done"), False, State.DONE),
        (TRAINER, 1, (1, None), True, State.DONE),
        (BY_HAND_IN, 1, (1, "done"), False, State.DONE),
        (TRAINER, 1, (1, "revise"), False, State.GIVEN_BACK),
        (TRAINER, 1, (1, "revise"), True, State.GIVEN_BACK),
        (TRAINER, 2, (1, "revise"), False, State.WAITS),
        (TRAINER, 2, (1, "revise"), True, State.WAITS),
        (BY_HAND_IN, 2, (1, "revise"), False, State.WAITS),
        (TRAINER, 2, (1, "done"), False, State.WAITS),
        (TRAINER, 2, (1, "done"), True, State.HANDED_IN),
        (BY_HAND_IN, 2, (1, "done"), False, State.HANDED_IN),
    ],
)
def test_work_is_in_one_of_the_states(
    marking: Marking,
    last: int | None,
    answer: Answer | None,
    is_marked: bool,  # noqa: FBT001
    state: State,
) -> None:
    assert rules.state_of(marking, last, answer, is_marked=is_marked) is state


def column(mode: Mode = Mode.ALONE, **given: object) -> Column:
    return Column(exercise="e", arrangement=Arrangement(mode=mode), empty=EMPTY, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "cell"),
    [
        (column(), EMPTY),
        (column(alone={7: OWN}), OWN),
        (column(alone={8: OWN}), EMPTY),
        (column(credited={7: CREDITED}), CREDITED),
        (column(alone={7: OWN}, credited={7: CREDITED}), OWN),
        (column(Mode.GROUP, alone={7: OWN}), OWN),
        (column(Mode.GROUP, alone={7: OWN}, by_group={3: GROUPS}, together={7: 3}), GROUPS),
        (column(Mode.GROUP, alone={7: OWN}, by_group={3: GROUPS}, together={7: 4}), OWN),
        (column(Mode.GROUP, alone={7: OWN}, credited={7: CREDITED}, together={7: 4}), CREDITED),
        (column(Mode.COURSE, alone={7: OWN}, whole=WHOLE), WHOLE),
        (column(Mode.COURSE, alone={7: OWN}), OWN),
    ],
)
def test_a_person_has_what_is_done_with_others_where_it_is_done_so_else_what_they_did(one: Column, cell: Cell) -> None:
    assert one.of_person(7) == cell


@pytest.mark.parametrize(
    ("one", "cell"),
    [
        (column(Mode.GROUP, by_group={3: GROUPS}), GROUPS),
        (column(Mode.GROUP, together={7: 3}), EMPTY),
        (column(Mode.GROUP, together={7: 4}), None),
        (column(by_group={3: GROUPS}), GROUPS),
        (column(), None),
    ],
)
def test_a_group_has_a_cell_where_it_does_the_exercise_or_did_it(one: Column, cell: Cell | None) -> None:
    assert one.of_group(3) == cell


def test_groups_without_anything_and_columns_without_anything_are_left_out() -> None:
    columns = [column(), column(Mode.GROUP, together={7: 3}), column(Mode.COURSE)]
    rows = rules.rows_of_groups(columns, [someone(3, "Three"), someone(4, "Four")])

    kept, shown = rules.without_empty(columns, rows)

    assert [row.who.name for row in rows] == ["Three", None]
    assert rows[1].who is COURSE
    assert kept == columns[1:]
    assert [row.cells for row in shown] == [[EMPTY, None], [None, EMPTY]]


@pytest.mark.parametrize(
    ("due_at", "is_overdue"), [(None, False), (MOMENT - HOUR, True), (MOMENT, False), (MOMENT + HOUR, False)]
)
def test_what_has_a_due_date_is_overdue_after_it(due_at: datetime | None, is_overdue: bool) -> None:  # noqa: FBT001
    assert rules.is_overdue(Arrangement(dates=Dates(due_at=due_at)), MOMENT) is is_overdue


# Who is there


def someone(number: int | None, name: str | None = None, *groups: int) -> Someone:
    return Someone(id=number, name=name, number=number, groups=frozenset(groups))


def known(number: int, name: str, *, is_trainee: bool = True, seen_at: datetime | None = MOMENT) -> Known:
    return Known(someone=someone(number, name), is_trainee=is_trainee, seen_at=seen_at)


def participant(number: int | None, name: str, **given: object) -> Participant:
    return Participant(**{"name": name, "role": Role.TRAINEE, "person_id": number, "number": number, **given})  # type: ignore[arg-type]


ROSTER = [
    participant(1, "Ana"),
    participant(None, "Bea"),
    participant(3, "Cleo", role=Role.TRAINER),
    participant(4, "Dan", is_exempt=True),
    participant(5, "Eva", last_role=Role.TRAINER),
]
CAME = [
    known(1, "Ana"),
    known(3, "Cleo"),
    known(4, "Dan"),
    known(5, "Eva", is_trainee=False),
    known(6, "Fay", seen_at=MOMENT - HOUR),
    known(7, "Gil", seen_at=MOMENT + HOUR),
    known(8, "Trainer", is_trainee=False, seen_at=MOMENT + HOUR),
]
BY_ID = {one.someone.id: one for one in CAME if one.someone.id}


def test_trainees_of_the_roster_are_listed_and_who_came_as_one_since_it_was_read() -> None:
    assert [one.name for one in people.listed(BY_ID, ROSTER, MOMENT)] == ["Ana", "Bea", "Gil"]


def test_without_a_roster_everybody_is_listed_who_came_as_a_trainee() -> None:
    assert [one.name for one in people.listed(BY_ID, [], None)] == ["Ana", "Cleo", "Dan", "Fay", "Gil"]


def test_who_has_work_and_is_no_trainee_there_now_has_a_place_of_their_own() -> None:
    listed = people.listed(BY_ID, ROSTER, MOMENT)

    assert [one.name for one in people.others(BY_ID, {1, 4, 6}, listed)] == ["Dan", "Fay"]


# What is chosen, and in which order


def row(name: str, *cells: Cell | None, groups: tuple[int, ...] = ()) -> Row:
    return rules.row_of(someone(1, name, *groups), cells)


def waiting(hours: int) -> Cell:
    return Cell(State.WAITS, 1, MOMENT + hours * HOUR)


def names(rows: list[Row], **choice: object) -> list[str | None]:
    chosen = rules.chosen(rows, Choice(**choice), lambda one: one.name or "")  # type: ignore[arg-type]
    return [each.who.name for each in chosen]


def test_who_waits_longest_comes_first_and_then_names() -> None:
    rows = [
        row("dan", EMPTY),
        row("Cleo", EMPTY),
        row("Bea", waiting(3), waiting(2)),
        row("Ana", waiting(4), waiting(1)),
    ]

    assert names(rows) == ["Ana", "Bea", "Cleo", "dan"]


def test_rows_are_chosen_by_state_by_what_is_overdue_and_by_group() -> None:
    late = Cell(State.WORKING, is_overdue=True)
    rows = [row("Ana", EMPTY, late, groups=(3,)), row("Bea", EMPTY, None), row("Cleo", waiting(1), OWN, groups=(3, 4))]

    assert names(rows, state="not_begun") == ["Ana", "Bea"]
    assert names(rows, state="waits") == ["Cleo"]
    assert names(rows, state=OVERDUE) == ["Ana"]
    assert names(rows, group=3) == ["Cleo", "Ana"]
    assert names(rows, group=3, state="working") == ["Ana"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("José Núñez", "nunez"),
        ("José Núñez", "NUNEZ jose"),
        ("Ελένη Παπαδοπούλου", "ελενη"),
        ("Νίκος", "νικοσ"),
        ("أحمد", "احمد"),
        ("مُريم", "مريم"),
        ("ليلى", "ليلي"),
        ("فاطمة", "فاطمه"),
        ("Ana", ""),
        ("Anne-Marie", "annemarie"),
    ],
)
def test_a_name_is_found_in_every_script_however_it_is_accented(name: str, typed: str) -> None:
    assert rules.has_name(name, typed)


def test_a_name_that_lacks_a_word_is_not_found() -> None:
    assert not rules.has_name("José Núñez", "jose garcia")


def test_the_cells_of_each_state_are_counted() -> None:
    late = Cell(State.WORKING, is_overdue=True)

    counts = rules.count([row("Ana", EMPTY, late), row("Bea", None, late)])

    assert counts == {"not_begun": 1, "working": 2, "overdue": 2}


@pytest.mark.parametrize(
    ("rows", "asked", "shown", "place"),
    [
        (0, 1, [], (1, 1)),
        (40, 1, range(40), (1, 1)),
        (41, 1, range(40), (1, 2)),
        (41, 2, [40], (2, 2)),
        (41, 9, [40], (2, 2)),
    ],
)
def test_many_rows_come_by_pages_and_of_a_page_that_is_not_there_the_last(
    rows: int, asked: int, shown: Sequence[int], place: tuple[int, int]
) -> None:
    many = [rules.row_of(Someone(id=one, name=None, number=one), []) for one in range(rows)]

    page = rules.page_of(many, asked)

    assert [row.who.id for row in page.rows] == list(shown)
    assert (page.number, page.count) == place
