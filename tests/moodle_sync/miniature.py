"""The miniature of Moodle as a site to sync with: in this process, or on a port for programs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs

import requests
from flask import Flask, Response, jsonify
from sqlalchemy import func, select

from lti_tool.demo import walk
from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.faults import Fault, Lasting, Work
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import ADMIN, User
from lti_tool.demo.moodle.webservice.contract import FUNCTIONS
from lti_tool.demo.moodle.webservice.tables import Mail, ServiceToken
from moodle_sync.webservice.client import Answer, Client
from tests.listening import Late, listening

TOKEN = "0123456789abcdef0123456789abcdef"
ROLE_IDS = {"manager": 1, "editingteacher": 13, "teacher": 14, "student": 15}
"""A site's own numbers: whoever takes students for 5 is wrong here."""


def closed(_work: Work) -> Response:
    """Answer as a site that is under maintenance: nothing was done."""
    return jsonify({"exception": "moodle_exception", "errorcode": "sitemaintenance", "message": "Come back later."})


@dataclass
class Miniature:
    """A site without courses, its token, and what happened there."""

    app: Flask
    calls: list[str]
    """The functions that were called, in this process."""

    @property
    def site(self) -> Site:
        site: Site = self.app.extensions["moodle"]
        return site

    def client(self, token: str = TOKEN) -> Client:
        """Give a client whose requests are answered in this process; it asks again without waiting."""
        return Client(self.site.settings.wwwroot, token, self.send, sleep=lambda _: None)

    def send(self, address: str, body: str) -> Answer:
        """Answer a request in this process."""
        self.calls.append(parse_qs(body)["wsfunction"][0])
        path = address.removeprefix(self.site.settings.wwwroot)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            answer = self.app.test_client().post(path, data=body, headers=headers)
            return Answer(answer.status_code, answer.text, "", answer.headers.get("Retry-After", ""))
        except ConnectionAbortedError as error:
            raise requests.ConnectionError from error

    def order_faults(self, function: str, *faults: Fault | Lasting) -> None:
        """Order what a function's next calls come to."""
        self.app.extensions["faults"][function] = list(faults)

    def mails(self) -> int:
        """Count the mails that were sent."""
        with self.site.session() as db:
            return db.scalar(select(func.count()).select_from(Mail)) or 0

    def give_token(self, token: str, *, owner: int = ADMIN, without: str = "") -> None:
        """Make a token; its service may lack a function."""
        functions = "\n".join(name for name in FUNCTIONS if name != without)
        with self.site.session() as db:
            db.add(ServiceToken(token=token, user_id=owner, functions=functions))

    def add_account(self, username: str, **columns: str) -> int:
        """Make an account by hand."""
        fields = {"firstname": "By", "lastname": "Hand", "email": f"{username}@example.org", **columns}
        with self.site.session() as db:
            user = User(username=username, **fields)
            db.add(user)
            db.flush()
            return user.id


def make_miniature(
    private_key_pem: str = "", wwwroot: str = "http://localhost:8100", roles: Mapping[str, int] = ROLE_IDS
) -> Miniature:
    """Make a site with the administrator's token."""
    settings = MoodleSettings(wwwroot=wwwroot, role_ids=roles, private_key_pem=private_key_pem)
    miniature = Miniature(create_moodle(settings), [])
    miniature.give_token(TOKEN)
    return miniature


@dataclass(frozen=True)
class Running:
    """A miniature on a port."""

    url: str
    token: str
    miniature: Miniature


@contextmanager
def running_miniature(roles: Mapping[str, int] = ROLE_IDS) -> Iterator[Running]:
    """Run a miniature on a free port; its token is made on the administrator's page."""
    late = Late()
    with listening(late) as address:
        url = address.replace("127.0.0.1", "localhost")
        miniature = make_miniature(wwwroot=url, roles=roles)
        late.app = miniature.app
        yield Running(url, walk.make_token(url), miniature)
    miniature.site.close()
