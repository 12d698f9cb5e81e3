"""What people say of their own work is read by them and their trainers, and by nobody else, by no address."""

from http import HTTPStatus

import pytest
from flask import Flask

from lti_tool.exercises.modes import Mode
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.everybody import World, make_world
from tests.lti_tool.exercises.looking import PAGE, say, want
from tests.lti_tool.facilitation.trainers import submission_ids

WORKS = {"ana": Mode.ALONE, "g12": Mode.GROUP, "g13": Mode.GROUP}
AUTHORS = {"ana": {"ana"}, "g12": {"ana", "ben"}, "g13": {"cleo"}}
TRAINERS = {"trainer", "colleague"}


@pytest.fixture
def world(sqlite_app: Flask) -> World:
    """Let everybody's work be looked at by themselves, and handed in."""
    made = make_world(sqlite_app)
    for owner, mode in WORKS.items():
        want(sqlite_app, made.course.course_id, mode=mode)
        author, where = made.people[sorted(AUTHORS[owner])[0]], f"?in={made.owners[owner]}"
        say(author, f"own view of {owner}", where, synergy="partly")
        assert author.post(f"exercise/submissions{where}").status_code == HTTPStatus.SEE_OTHER
    return made


def at_every_address(client: Client, world: World) -> str:
    """Ask for everything that there is, in every mode and by every id, and give all that comes."""
    pages = []
    for mode in Mode:
        want(world.course.app, world.course.course_id, mode=mode)
        pages += [client.get(), client.get(PAGE), client.get("drafts")]
        for where in world.owners.values():
            pages += [client.get(f"{way}?in={where}") for way in ("exercise", PAGE, "exercise/around")]
            pages.append(client.post(f"{PAGE}?in={where}", version="9", sentence="taken over"))
    pages += [client.get(f"submissions/{number}") for number in submission_ids(world.course.app)]
    return "".join(page.text for page in pages)


def test_only_those_whose_work_it_is_and_the_trainers_read_it(world: World) -> None:
    found = {name: at_every_address(client, world) for name, client in world.people.items()}

    for owner, authors in AUTHORS.items():
        readers = {name for name, told in found.items() if f"own view of {owner}" in told}
        assert readers == authors | TRAINERS, owner


@pytest.mark.parametrize("owner", WORKS)
def test_only_those_whose_work_it_is_say_how_they_see_it(world: World, owner: str) -> None:
    want(world.course.app, world.course.course_id, mode=WORKS[owner])
    where = world.owners[owner]

    answers = {
        name: client.post(f"{PAGE}?in={where}", version="1", sentence="").status_code
        for name, client in world.people.items()
    }

    taken = {HTTPStatus.SEE_OTHER, HTTPStatus.CONFLICT}
    assert {name for name, status in answers.items() if status in taken} == AUTHORS[owner]
    assert all(status in {*taken, HTTPStatus.NOT_FOUND, HTTPStatus.LOCKED} for status in answers.values()), answers
