"""Everybody who may come to an exercise, and work of theirs that was handed in and answered, in words of its own."""

from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus

from flask import Flask

from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.everybody import World, make_world
from tests.lti_tool.reviews.answering import answer, keep
from tests.lti_tool.reviews.rubric import CRITERION, give_levels

WORKS = {"ana": Mode.ALONE, "g12": Mode.GROUP, "g13": Mode.GROUP, "course": Mode.COURSE}
"""Whose work was handed in, in which mode; Ana handed in all but Cleo's group's."""

LEVELED = (*WORKS, "elsewhere")
"""Whose work gets a level of its own: a criterion has five at most."""


def make_answered(app: Flask) -> World:
    """Let everything be handed in, answered, and a draft of a second answer be begun."""
    give_levels(app, LEVELED)
    made = make_world(app)
    strange = enter_course(app, sub="t2", role=Role.TRAINER, course="another course")
    world = replace(made, people={**made.people, "other trainer": strange})
    for owner, mode in WORKS.items():
        world.course.arrange(mode=mode)
        author = world.people["cleo" if owner == "g13" else "ana"]
        hand_in(world, owner, author, [world.people["ben"]] if owner == "g12" else [])
        speak(world, owner, world.people["trainer"])
    return world


def hand_in(world: World, owner: str, author: Client, together: Iterable[Client] = ()) -> None:
    """Hand in what stands in a workspace, for others too."""
    handed_in = author.post(
        f"exercise/submissions?in={world.owners[owner]}", **{"with": [one.person_id for one in together]}
    )
    assert handed_in.status_code == HTTPStatus.SEE_OTHER, owner


def speak(world: World, owner: str, trainer: Client) -> None:
    """Answer what was handed in last, and begin a draft of another answer."""
    app, note, chosen = world.course.app, world.secrets[owner], level(owner)
    said = {"sentence": f"said of {owner}", "comments": {note: f"remark on {owner}"}}
    answer(app, trainer, mark="60", levels=chosen, **said)
    draft = {"sentence": f"draft of {owner}", "comments": {note: f"idea of {owner}"}}
    kept = keep(app, trainer, levels=chosen, **draft)
    assert kept.status_code == HTTPStatus.SEE_OTHER


def level(owner: str) -> dict[str, str]:
    """Choose the level that is this work's alone."""
    return {CRITERION: owner} if owner in LEVELED else {}
