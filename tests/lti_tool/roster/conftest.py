"""The tool, on each kind of database, beside a miniature of Moodle that knows it, each on a port of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from lti_tool.database import db
from lti_tool.demo.moodle.seed import Seeded, seed
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import Enrolment
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AccessTokenRow
from lti_tool.roster import worker
from tests.lti_tool.beside_moodle import beside_moodle, tell_moodle
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.ticking import Ticker


@dataclass(frozen=True, kw_only=True)
class School:
    """A tool and a Moodle that know each other; its course has a trainer who edits, one who does not, six trainees."""

    tool: Flask
    moodle: Flask
    ticker: Ticker
    seeded: Seeded
    tool_id: int

    @property
    def site(self) -> Site:
        site: Site = self.moodle.extensions["moodle"]
        return site

    @property
    def roster_url(self) -> str:
        path = f"/mod/lti/services.php/CourseSection/{self.seeded.course}/bindings/{self.tool_id}/memberships"
        return self.site.url(path)

    def enter(self, username: str, **launch: Any) -> Client:
        """Let one of Moodle's people in."""
        given = {
            "sub": str(self.seeded.people[username]),
            "name": username,
            "course": str(self.seeded.course),
            "issuer": self.site.settings.wwwroot,
            "roster": self.roster_url,
        }
        return enter_course(self.tool, **{**given, **launch})

    def trainer(self, **launch: Any) -> Client:
        return self.enter("trainer", role=Role.TRAINER, **launch)

    def work(self) -> bool:
        """Let the worker look for a roster once; tell whether there was one."""
        with self.tool.app_context():
            return worker.refresh_one()

    def suspend(self, username: str) -> None:
        """Suspend somebody's enrolment in Moodle."""
        with self.site.session() as session:
            of_person = select(Enrolment).filter_by(user_id=self.seeded.people[username])
            session.scalars(of_person).one().suspended = True

    def order(self, name: str, *faults: int) -> None:
        """Order what a service of Moodle's answers next."""
        self.moodle.extensions["faults"][name] = list(faults)

    def forget_access(self) -> None:
        """Let the tool ask for access again."""
        with self.tool.app_context():
            db.session.execute(delete(AccessTokenRow))
            db.session.commit()


@pytest.fixture
def school(database_url: str, ticker: Ticker) -> Iterator[School]:
    with beside_moodle(database_url, ticker) as (tool, moodle):
        site: Site = moodle.extensions["moodle"]
        seeded = seed(site)
        tool_id = tell_moodle(site, tool, memberships=True, send_name=True)
        yield School(tool=tool, moodle=moodle, ticker=ticker, seeded=seeded, tool_id=tool_id)
