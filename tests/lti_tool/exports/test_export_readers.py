"""Nobody gets another's export, another group's, another course's or site's, by no id; nor what they read no more."""

from http import HTTPStatus

import pytest
from flask import Flask

from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.everybody import World, make_world
from tests.lti_tool.exports.exporting import ask, work
from tests.lti_tool.facilitation.trainers import submission_ids
from tests.lti_tool.reviews.answering import answer

WORKS = {"ana": Mode.ALONE, "g12": Mode.GROUP, "g13": Mode.GROUP, "course": Mode.COURSE}
"""Whose work was handed in, in which mode."""
TRAINERS = {"trainer", "colleague"}
READERS = {
    "ana": {"ana"},
    "ben": {"ben"},
    "g12": {"ana", "ben", *TRAINERS},
    "g13": {"cleo", *TRAINERS},
    "course": {"ana", "ben", "cleo", "dora", *TRAINERS},
    "trial": {"trainer"},
}
"""Who has a file made of which canvas: whoever reads it there."""


@pytest.fixture
def world(sqlite_app: Flask) -> World:
    """Let everything be handed in and answered; a trainer of another course comes, too."""
    made = make_world(sqlite_app)
    people = {**made.people, "other trainer": enter_course(sqlite_app, sub="t2", role=Role.TRAINER, course="another")}
    world = World(course=made.course, people=people, owners=made.owners, secrets=made.secrets)
    for owner, mode in WORKS.items():
        world.course.arrange(mode=mode)
        author = world.people["cleo" if owner == "g13" else "ana"]
        assert author.post(f"exercise/submissions?in={world.owners[owner]}").status_code == HTTPStatus.SEE_OTHER, owner
        answer(sqlite_app, world.people["trainer"], sentence=f"said of {owner}", comments={})
    return world


def made_for(world: World, person: str, where: str) -> str:
    """Ask for a table, and give what comes, or what is answered instead."""
    client = world.people[person]
    asked = client.post(where, form="csv")
    if asked.status_code != HTTPStatus.SEE_OTHER:
        return asked.text
    work(world.course.app)
    made: bytes = client.get(asked.location.split("/", 3)[3] + "/file").data
    return made.decode("utf-8-sig")


@pytest.mark.parametrize("owner", READERS)
def test_a_file_of_a_canvas_is_made_for_those_who_read_it_and_holds_nobody_elses(world: World, owner: str) -> None:
    where = world.owners[owner]
    people = [
        name for name in world.people if not (owner == "course" and name in ("elsewhere", "foreign", "other trainer"))
    ]

    found = {name: made_for(world, name, f"exports?in={where}") for name in people}

    assert {name for name, text in found.items() if f"secret of {owner}" in text} == READERS[owner]
    others = [f"{kind} of {one}" for one in READERS if one != owner for kind in ("secret", "said")]
    assert not [name for name, text in found.items() if any(other in text for other in others)]


def test_only_trainers_of_the_course_have_files_made_of_what_was_handed_in(world: World) -> None:
    app = world.course.app
    addresses = ["submissions/export", *(f"submissions/{number}/export" for number in submission_ids(app))]

    for where in addresses:
        found = {name: made_for(world, name, where) for name in world.people}
        assert {name for name, text in found.items() if "secret of" in text or "said of" in text} == TRAINERS, where


def test_a_trainers_file_holds_nothing_that_was_not_handed_in(world: World) -> None:
    found = made_for(world, "trainer", "submissions/export")

    assert all(f"secret of {owner}" in found for owner in WORKS)
    assert "secret of ben" not in found
    assert "secret of trial" not in found


def ways(address: str) -> tuple[str, ...]:
    """Give each way to an export."""
    return address, f"{address}/state", f"{address}/file"


@pytest.mark.parametrize("where", ["exports?in=course", "submissions/export"])
def test_an_export_is_there_for_whoever_asked_and_by_no_id_for_anybody_else(world: World, where: str) -> None:
    trainer = world.people["trainer"]
    address = ask(trainer, "csv", where)
    work(world.course.app)

    for name, client in world.people.items():
        statuses = {client.get(way).status_code for way in ways(address)}
        assert statuses == ({HTTPStatus.OK} if name == "trainer" else {HTTPStatus.NOT_FOUND}), name


@pytest.mark.parametrize(
    "launch",
    [
        {"course": "another course"},
        {"activity": "exercise/power-interest-map"},
        {"activity": "unit/what-is-co-production"},
        {"issuer": "http://localhost:8200"},
    ],
)
def test_an_export_stays_in_its_course_exercise_and_site_even_for_whoever_asked(
    world: World, launch: dict[str, str]
) -> None:
    address = ask(world.people["trainer"], "csv", "submissions/export")
    work(world.course.app)

    elsewhere = enter_course(world.course.app, sub="trainer", role=Role.TRAINER, **launch)  # type: ignore[arg-type]  # only texts

    assert {elsewhere.get(way).status_code for way in ways(address)} == {HTTPStatus.NOT_FOUND}


def come_again(world: World, sub: str, **launch: object) -> Client:
    """Let somebody launch again."""
    return enter_course(world.course.app, sub=sub, name=sub, **launch)  # type: ignore[arg-type]  # as `enter_course` takes them


def test_a_trainer_who_lost_the_role_gets_none_of_what_they_asked_for(world: World) -> None:
    address = ask(world.people["trainer"], "csv", "submissions/export")
    work(world.course.app)

    demoted = come_again(world, "trainer", role=Role.TRAINEE)

    assert {demoted.get(way).status_code for way in ways(address)} == {HTTPStatus.NOT_FOUND}


def test_who_left_a_group_gets_none_of_its_files_any_more(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)
    ben = world.people["ben"]
    address = ask(ben, "csv", f"exports?in={world.owners['g12']}")
    work(world.course.app)
    before = ben.get(f"{address}/file").status_code

    world.course.put_in(ben, "13")

    assert before == HTTPStatus.OK
    assert {ben.get(way).status_code for way in ways(address)} == {HTTPStatus.NOT_FOUND}


def test_a_person_who_waits_for_a_file_is_told_nothing_of_it_elsewhere(world: World) -> None:
    ask(world.people["trainer"], "csv", "submissions/export")
    elsewhere = come_again(world, "trainer", role=Role.TRAINER, course="another course")

    told = elsewhere.post("exports", form="csv")

    assert told.status_code in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT)
    assert "secret" not in told.text
