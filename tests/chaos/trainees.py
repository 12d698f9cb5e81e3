"""A trainee in a browser without a window, at a tool of several web processes: what fails is sent again."""

from collections.abc import Sequence
from itertools import repeat
from threading import Lock
from typing import Any
from uuid import uuid4

import requests
from requests.adapters import HTTPAdapter
from sqlalchemy import select

from lti_tool.demo.browse import Browse
from lti_tool.demo.moodle.tables import CourseModule, GradeItem, User
from tests.chaos.school import Desk, School

ROWS = ("subsistence", "protection", "affection", "understanding", "participation", "leisure", "creation")
TRIES = 20
"""More than there are processes to die."""


class Balancer(HTTPAdapter):
    """Stands for what distributes requests among web processes: to one until it fails, or to each in turn."""

    def __init__(self, ports: Sequence[int], *, rotates: bool) -> None:
        super().__init__()
        self._ports = list(ports)
        self._rotates = rotates

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request to the process whose turn it is; one that fails is asked last from now on."""
        public = request.url or ""
        request.url = public.replace(public.split("/")[2], f"127.0.0.1:{self._ports[0]}", 1)
        try:
            response = super().send(request, *args, **kwargs)
        except requests.RequestException:
            self._turn()
            raise
        if self._rotates:
            self._turn()
        response.url = request.url = public
        return response

    def _turn(self) -> None:
        self._ports.append(self._ports.pop(0))


class Trainee(Browse):
    """One person on one exercise's page; `acknowledged` counts what the tool has said it took."""

    def __init__(self, school: School, desk: Desk) -> None:
        super().__init__(school.site.settings.wwwroot)
        self._public_url = school.environment["PUBLIC_URL"]
        self.acknowledged = 0
        self.tries = 0
        self._one_at_a_time = Lock()
        self._notes = [(str(uuid4()), f"matrix {row}/being") for row in ROWS]
        username, module_id = _where(school, desk)
        self.submit(self.form_of(f"login-{username}"))
        self.go(f"/mod/lti/launch.php?id={module_id}")
        self._token = dict(self.forms()[0].fields)["csrf"]

    def go_to(self, ports: Sequence[int], *, rotates: bool = False) -> None:
        """Be sent to these processes from now on."""
        self._session.mount(self._public_url, Balancer(ports, rotates=rotates))

    def hand_in(self, text: str) -> None:
        """Write and hand in, until the tool has said that it took it; each time with something else missing."""
        with self._one_at_a_time:
            fields = self._fields(text)
            answer = next(answer for answer in map(self._post, repeat(fields, TRIES)) if answer is not None)
            answer.raise_for_status()
            self.acknowledged += 1

    def _fields(self, text: str) -> list[tuple[str, str]]:
        """Write all notes of the page, each in its newest version; the first changes its effect from time to time."""
        effect = "singular" if self.acknowledged % 2 else "synergic"
        fields = [("csrf", self._token)]
        for note_id, place in self._notes[: 1 if self.acknowledged == 0 else len(ROWS)]:
            is_first = note_id == self._notes[0][0]
            version = self.acknowledged if is_first else max(0, self.acknowledged - 1)
            fields += [
                ("note", f"{note_id} {place} {version} en"),
                (f"{note_id}.satisfier", f"{text} {self.acknowledged}"),
                (f"{note_id}.effect", effect if is_first else "singular"),
            ]
        return fields

    def _post(self, fields: list[tuple[str, str]]) -> requests.Response | None:
        """Press the button; nothing: no answer came, as from a process that died."""
        self.tries += 1
        address = self.page.url.split("#")[0].removesuffix("/exercise").removesuffix("/") + "/exercise/submissions"
        try:
            return self._session.post(address, data=fields, headers={"Origin": self._public_url}, timeout=30)
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            return None


def _where(school: School, desk: Desk) -> tuple[str, int]:
    """Tell the name by which the person signs in, and the module that they open."""
    with school.site.session() as session:
        activity_id = session.get_one(GradeItem, desk.item_id).activity_id
        module_id = session.scalars(select(CourseModule.id).filter_by(instance=activity_id, kind="lti")).one()
        return session.get_one(User, desk.user_id).username, module_id
