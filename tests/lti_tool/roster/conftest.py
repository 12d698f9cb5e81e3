"""The tool, on each kind of database, beside a miniature of Moodle that knows it, each on a port of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import delete, select

from lti_tool.database import db
from lti_tool.demo.moodle.seed import Seeded, seed
from lti_tool.demo.moodle.tables import Enrolment
from lti_tool.lti.platform.tables import AccessTokenRow
from lti_tool.lti.roles import Role
from lti_tool.roster import worker
from tests.lti_tool.beside_moodle import Neighbours, beside_moodle, tell_moodle
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.ticking import Ticker


@dataclass(kw_only=True)
class School(Neighbours):
    """A tool and a Moodle that know each other; its course has a trainer who edits, one who does not, six trainees."""

    seeded: Seeded
    tool_id: int

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

    def forget_access(self) -> None:
        """Let the tool ask for access again."""
        with self.tool.app_context():
            db.session.execute(delete(AccessTokenRow))
            db.session.commit()


@pytest.fixture
def school(database_url: str, ticker: Ticker) -> Iterator[School]:
    with beside_moodle(database_url, ticker) as pair:
        seeded = seed(pair.site)
        tool_id = tell_moodle(pair, memberships=True, send_name=True)
        yield School(tool=pair.tool, moodle=pair.moodle, ticker=ticker, seeded=seeded, tool_id=tool_id)
