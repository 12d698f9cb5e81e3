"""Who reads and who writes which workspace: by role, group, course and site, before and after each step.

Whatever way somebody asks, by page, note, paper, list or poll, they read what the page says they may, and nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from lti_tool.exercises.modes import Dates, Mode
from lti_tool.groups.rules import Counting
from tests.lti_tool.databases import Snapshot, new_sqlite_database, postgresql_database
from tests.lti_tool.exercises.balloting import Canvas
from tests.lti_tool.exercises.everybody import BODY, OWNERS, PEOPLE, World, make_world
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.ticking import Ticker


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A world that is made once, since making it takes longer than a test, and can be brought back as it was made."""

    world: World
    snapshot: Snapshot


@pytest.fixture(scope="module")
def ticker() -> Ticker:
    """Give the one clock of the world; no test here moves it."""
    return Ticker()


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, ticker: Ticker) -> Iterator[School]:
    url = new_sqlite_database(tmp_path_factory.mktemp("world"))
    app = make_app(url, ticker)
    yield School(world=make_world(app), snapshot=Snapshot(url))
    close_app(app)


@pytest.fixture
def world(school: School) -> World:
    school.snapshot.restore()
    return school.world


@pytest.fixture
def world_on_postgresql(postgresql: str, ticker: Ticker) -> Iterator[World]:
    """Give a world for the widest of the cases: no statement here is written for one of the databases."""
    with postgresql_database(postgresql) as url:
        app = make_app(url, ticker)
        yield make_world(app)
        close_app(app)


TRAINERS = {"trainer", "colleague"}
COURSE = {"ana", "ben", "cleo", "dora", *TRAINERS}
READERS = {
    "ana": {"ana"},
    "ben": {"ben"},
    "g12": {"ana", "ben", *TRAINERS},
    "g13": {"cleo", *TRAINERS},
    "course": COURSE,
    "trial": {"trainer"},
}
"""The same in every mode and at every step: changing a mode keeps what was written readable, and for nobody else."""

ALONE = {"ana": {"ana"}, "ben": {"ben"}}
STEPPED_IN = {"g12": TRAINERS, "g13": TRAINERS, "course": TRAINERS}
IN_GROUPS = {"g12": {"ana", "ben", *TRAINERS}, "g13": {"cleo", *TRAINERS}}
MODES: Mapping[str, tuple[dict[str, Any], dict[str, set[str]]]] = {
    "alone": ({"mode": Mode.ALONE}, {**STEPPED_IN, **ALONE}),
    "in groups": ({"mode": Mode.GROUP}, {**STEPPED_IN, **IN_GROUPS}),
    "the whole course": ({"mode": Mode.COURSE}, {**STEPPED_IN, "course": COURSE}),
    "alone before groups": ({"mode": Mode.GROUP, "alone_first": True}, {**STEPPED_IN, **ALONE}),
    "alone before the course": ({"mode": Mode.COURSE, "alone_first": True}, {**STEPPED_IN, **ALONE}),
}
ALWAYS = {"trial": {"trainer"}}


@pytest.mark.parametrize("mode", MODES)
def test_everybody_reads_and_writes_what_the_page_says_and_nothing_else(world: World, mode: str) -> None:
    chosen, writers = MODES[mode]

    world.course.arrange(**chosen)

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    assert {owner: world.writers(owner) for owner in OWNERS} == {"ana": set(), "ben": set(), **writers, **ALWAYS}


def test_together_they_write_with_others_and_what_comes_late_is_still_taken(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP, alone_first=True)

    world.course.come_together()

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    expected = {**STEPPED_IN, **IN_GROUPS, **ALONE, **ALWAYS}
    assert {owner: world.writers(owner) for owner in OWNERS} == expected


def test_postgresql_says_the_same(world_on_postgresql: World) -> None:
    world = world_on_postgresql
    world.course.arrange(mode=Mode.GROUP, alone_first=True)

    world.course.come_together()
    Canvas(course=world.course, owner="course").open_ballot()

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    assert {owner: world.writers(owner) for owner in OWNERS} == {**STEPPED_IN, **IN_GROUPS, **ALONE, **ALWAYS}
    assert {owner: world.voters(owner) for owner in ("g12", "g13")} == VOTERS["in groups"]


ONLY_TRAINERS = {"ana": set(), "ben": set(), **STEPPED_IN, **ALWAYS}


@pytest.mark.parametrize("mode", MODES)
def test_frozen_trainees_write_nowhere_and_read_as_before(world: World, mode: str, ticker: Ticker) -> None:
    world.course.arrange(**MODES[mode][0])

    world.course.stage(frozen_at=ticker())

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    assert {owner: world.writers(owner) for owner in OWNERS} == ONLY_TRAINERS
    world.course.stage(frozen_at=None)
    assert world.writers("ana") == MODES[mode][1].get("ana", set())


@pytest.mark.parametrize("dates", ["opens_at", "closes_at"])
def test_before_it_opens_and_after_it_closes_trainees_write_nowhere(world: World, dates: str, ticker: Ticker) -> None:
    soon = timedelta(days=1 if dates == "opens_at" else -1)

    world.course.arrange(mode=Mode.GROUP, dates=Dates(**{dates: ticker() + soon}))

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    assert {owner: world.writers(owner) for owner in OWNERS} == ONLY_TRAINERS


TRAINEES = {"ana", "ben", "cleo", "dora"}
VOTERS: Mapping[str, dict[str, set[str]]] = {
    "in groups": {"g12": {"ana", "ben"}, "g13": {"cleo"}},
    "the whole course": {"course": TRAINEES},
}


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("mode", MODES)
def test_those_vote_whose_canvas_it_is_whether_or_not_writing_is_stopped(
    world: World, mode: str, ticker: Ticker, *, is_frozen: bool
) -> None:
    world.course.arrange(**MODES[mode][0])
    Canvas(course=world.course, owner="course").open_ballot()

    world.course.stage(frozen_at=ticker() if is_frozen else None)

    expected = {owner: VOTERS.get(mode, {}).get(owner, set()) for owner in OWNERS}
    assert {owner: world.voters(owner) for owner in OWNERS} == expected


def test_the_due_date_keeps_nobody_from_writing(world: World, ticker: Ticker) -> None:
    world.course.arrange(mode=Mode.GROUP, dates=Dates(due_at=ticker() - timedelta(days=1)))

    assert world.writers("g12") == IN_GROUPS["g12"]


def test_whoever_changed_group_writes_and_reads_there_no_more(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)

    world.course.put_in(world.people["ben"], "13")

    assert world.readers("g12") == {"ana", *TRAINERS}
    assert world.writers("g12") == {"ana", *TRAINERS}
    assert world.readers("g13") == {"ben", "cleo", *TRAINERS}
    assert world.writers("g13") == {"ben", "cleo", *TRAINERS}


def test_who_is_in_two_groups_is_in_neither_until_one_counts(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)
    world.course.put_in(world.people["ben"], "12", "13")
    assert world.readers("g12") == {"ana", *TRAINERS}
    assert world.readers("g13") == {"cleo", *TRAINERS}

    world.course.arrange(mode=Mode.GROUP, counting=Counting(ticked=frozenset({"12"})))

    assert world.readers("g12") == {"ana", "ben", *TRAINERS}
    assert world.readers("g13") == TRAINERS


def test_the_page_without_a_workspace_in_its_address_shows_where_one_writes(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)

    assert "secret of g12" in world.people["ana"].get("exercise").text
    assert "secret of g13" in world.people["cleo"].get("exercise").text
    for other in ("dora", "elsewhere", "foreign"):
        assert "secret of" not in world.people[other].get("exercise").text


def test_what_came_out_is_told_to_whom_it_is_shown(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)
    both, all_groups = {"g12", "course"}, {"g12", "g13", "course"}
    shown = {"ana": both, "ben": both, "cleo": {"g13", "course"}, "dora": {"course"}}
    shown |= {"trainer": all_groups, "colleague": all_groups}

    for person in PEOPLE:
        page = world.people[person].get("exercise/harvest").text
        assert {owner for owner in OWNERS if f"secret of {owner}" in page} == shown.get(person, set()), person


@pytest.mark.parametrize("where", ["person/0", "group/999999", "group/x", "everybody", "", "person/1/2", "course/1"])
def test_what_is_no_workspace_is_not_found(world: World, where: str) -> None:
    for person in ("ana", "trainer"):
        assert world.people[person].get(f"exercise?in={where}").status_code == 404
        assert world.people[person].put(f"exercise/notes/{new_id()}?in={where}", BODY).status_code in (404, 423)
