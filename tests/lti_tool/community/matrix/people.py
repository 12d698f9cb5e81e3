"""Everybody who may come: the letters of the tables, those who get what one of them gets, and those outside."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from lti_tool.lti.launch.session import COOKIE
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client, enter_course

HERE = "community/practice"
SITE = "http://localhost:8100"

INSIDERS: Mapping[str, Mapping[str, Any]] = {
    "A": {"sub": "author", "name": "Author Person"},
    "P": {"sub": "peer", "name": "Peer Person"},
    "V": {"sub": "visitor", "name": "Visitor Person", "course": "course-2"},
    "T": {"sub": "trainer", "name": "Trainer Person", "role": Role.TRAINER},
    "F": {"sub": "far", "name": "Far Person", "role": Role.TRAINER, "course": "course-2"},
}
"""The author, a peer of the same course who offered help, a member who comes from another course of the community, the
trainer of the course that all was written in, and the trainer of that other course."""

ALIKE: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "author from another course": ("A", {**INSIDERS["A"], "course": "course-2"}),
    "trainer who is a trainee elsewhere": ("V", {**INSIDERS["F"], "role": Role.TRAINEE, "course": "course-1"}),
    "trainer who trains elsewhere": ("F", {**INSIDERS["T"], "course": "course-2"}),
}
"""Who gets what another one gets: rights are a launch's, and being the author is the person's."""

OUTSIDERS: Mapping[str, tuple[int, Mapping[str, Any]]] = {
    "of another community": (404, {**INSIDERS["A"], "role": Role.TRAINER, "activity": "community/another"}),
    "of another site": (404, {**INSIDERS["A"], "role": Role.TRAINER, "issuer": "http://localhost:8200"}),
    "of no community": (404, {**INSIDERS["A"], "role": Role.TRAINER, "activity": "exercise/needs-matrix"}),
    "a guest": (403, {**INSIDERS["V"], "role": Role.GUEST, "sub": "guest"}),
}
"""Who finds nothing, with the status that says so; most are the author and a trainer where they come from."""
TWIN = {**INSIDERS["A"], "role": Role.TRAINER, "activity": "community/twin"}
"""Who wrote in another community under the same ids: they get what is theirs."""
NEIGHBOURS = ("of another community", "of another site")
"""Those of them who have a community."""
NOBODIES = ("without a session", "with another launch's", "whose session ended")
"""Who is sent back to Moodle."""


def let_in(app: Flask, given: Mapping[str, Any]) -> Client:
    """Let a person in, as their launch says."""
    address = f"{given['sub']}@mail.example.org"
    return enter_course(app, **{"activity": HERE, "issuer": SITE, "email": address, **given})


def strangers(app: Flask, launch: Client, other: Client, ended: Client) -> Mapping[str, Client]:
    """Give browsers that have no session of a launch: none at all, another launch's, one that is over."""
    crossed = app.test_client()
    cookie = other.browser.get_cookie(COOKIE, path=f"/l/{other.launch_id}")
    assert cookie is not None
    crossed.set_cookie(COOKIE, cookie.value, path=f"/l/{launch.launch_id}", secure=False)
    return dict(zip(NOBODIES, (_with(launch, app.test_client()), _with(launch, crossed), ended), strict=True))


def _with(client: Client, browser: Any) -> Client:
    return Client(**{**{name: getattr(client, name) for name in client.__slots__}, "browser": browser})
