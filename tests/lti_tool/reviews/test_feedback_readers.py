"""Nobody reads a draft, another's feedback or another group's, by no id: everybody who may come, at every address."""

from http import HTTPStatus

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.everybody import World
from tests.lti_tool.facilitation.trainers import submission_ids
from tests.lti_tool.reviews import answered
from tests.lti_tool.reviews.answering import feedback_ids

WORKS = answered.WORKS
TRAINERS = {"trainer", "colleague"}
READERS = {
    "ana": {"ana"},
    "g12": {"ana", "ben", *TRAINERS},
    "g13": {"cleo", *TRAINERS},
    "course": {"ana", "ben", "cleo", "dora", *TRAINERS},
}
AUTHORS = {"ana": {"ana"}, "g12": {"ana", "ben"}, "g13": {"cleo"}, "course": {"ana"}}
"""Who is credited, and may answer; a trainer at a group's canvas reads what the group reads."""


@pytest.fixture
def world(sqlite_app: Flask) -> World:
    """Let everything be handed in, answered, and a draft of a second answer be begun."""
    return answered.make_answered(sqlite_app)


def at_every_address(client: Client, app: Flask, world: World) -> str:
    """Ask for everything that there is, by every id, and give all that comes."""
    pages = [client.get(), client.get("exercise")]
    for where in world.owners.values():
        ways = ("exercise", "exercise/paper", "exercise/around", "exercise/harvest", "exercise/ready")
        pages.extend(client.get(f"{way}?in={where}") for way in ways)
    for number in submission_ids(app):
        pages.append(client.get(f"submissions/{number}"))
        pages.append(client.post(f"submissions/{number}/draft", version="0", sentence="taken over"))
        pages.append(client.post(f"submissions/{number}/draft/discard", version="0"))
        pages.append(client.post(f"submissions/{number}/release", version="0", sentence="taken over"))
    return "".join(page.text for page in pages)


def test_only_the_trainers_of_the_course_read_drafts(world: World) -> None:
    app = world.course.app
    found = {name: at_every_address(client, app, world) for name, client in world.people.items()}

    secrets = ("draft of", "idea of", 'name="level-')
    readers = {name for name, text in found.items() if any(secret in text for secret in secrets)}

    assert readers == TRAINERS
    assert len(feedback_ids(app)) == len(WORKS)


@pytest.mark.parametrize("owner", WORKS)
def test_feedback_is_read_by_those_who_read_the_work_and_by_nobody_else(world: World, owner: str) -> None:
    where = world.owners[owner]
    pages = {name: client.get(f"exercise?in={where}").text for name, client in world.people.items()}

    for secret in (f"said of {owner}", f"remark on {owner}", f"<dd>Level of {owner}.</dd>"):
        assert {name for name, text in pages.items() if secret in text} == READERS[owner]
    others = [said for one in WORKS if one != owner for said in (f"said of {one}", f"<dd>Level of {one}.</dd>")]
    assert not [name for name, text in pages.items() if any(other in text for other in others) and where != "course"]


@pytest.mark.parametrize("owner", WORKS)
def test_only_those_who_did_the_work_answer(world: World, owner: str) -> None:
    said = feedback_ids(world.course.app)[list(WORKS).index(owner)]

    def reply(client: Client) -> TestResponse:
        return client.post(f"feedback/{said}/1/reply", text="mine")

    answers = {name: reply(client).status_code for name, client in world.people.items()}

    taken = {name for name, status in answers.items() if status in (HTTPStatus.SEE_OTHER, HTTPStatus.CONFLICT)}
    assert taken == AUTHORS[owner]
    assert list(answers.values()).count(HTTPStatus.SEE_OTHER) == 1
    assert {status for name, status in answers.items() if name not in taken} == {HTTPStatus.NOT_FOUND}
