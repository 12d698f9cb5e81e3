"""A plan of a session whose journal has a run that was stopped."""

from pathlib import Path

import pytest
import requests

from moodle_sync.errors import FateUnknown
from moodle_sync.session.plan import plan
from moodle_sync.session.session import Session
from moodle_sync.settings import Settings
from moodle_sync.source.desired import Input
from moodle_sync.things.enrolment import Enrol
from moodle_sync.webservice.client import Answer, Client
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.examples import FULL
from tests.moodle_sync.miniature import ROLE_IDS, TOKEN

ADDRESS = "http://localhost:8100"
ENROL = "enrol_manual_enrol_users"


def test_what_moodle_ends_only_while_it_is_waited_for_is_not_planned_again(site: Administered, tmp_path: Path) -> None:
    late: list[tuple[str, str]] = []

    def hang_up(address: str, body: str) -> Answer:
        if ENROL in body:
            late.append((address, body))
            raise requests.ReadTimeout
        return Answer(404, "") if late else site.miniature.send(address, body)

    def end(_seconds: float) -> None:
        while late:
            site.miniature.send(*late.pop())

    actions = site.plan().actions
    with pytest.raises(FateUnknown):
        site.begin(actions, Client(ADDRESS, TOKEN, hang_up, sleep=lambda _: None)).run(actions)
    settings = Settings(site=ADDRESS, new_accounts="quiet", people=tmp_path, journal=tmp_path, roles=ROLE_IDS)
    files = Input(settings=settings, state=FULL, warnings=())
    waiting = Session(files, Client(ADDRESS, TOKEN, site.miniature.send, end), site.journal, writes=True)

    planned = plan(waiting)

    assert site.miniature.mails() == 1
    assert sum(isinstance(action, Enrol) for action in planned.plan.actions) == 1
