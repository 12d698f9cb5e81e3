"""The tool beside a miniature of Moodle, with people on the pages of one graded exercise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import request
from sqlalchemy import select, update

from lti_tool.database import db
from lti_tool.delivery import worker as delivery
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.demo.moodle.placing import Column, place_activity
from lti_tool.demo.moodle.seed import Seeded, seed
from lti_tool.demo.moodle.tables import Activity, Grade, GradeItem, Section
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PlacementRow
from lti_tool.results import worker
from tests.lti_tool.beside_moodle import Neighbours, beside_moodle, tell_moodle
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.writing import hand_in as press_hand_in
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.platform import RESULT_SCOPE, SCORE_SCOPE
from tests.lti_tool.ticking import Ticker


@dataclass(kw_only=True)
class School(Neighbours):
    """A tool and a Moodle that know each other, and an exercise with a column in Moodle's gradebook."""

    seeded: Seeded
    column: str
    item_id: int
    results_asked: list[str]
    """The addresses of everybody's results that were asked for."""
    scopes: tuple[str, ...] = (SCORE_SCOPE, RESULT_SCOPE)

    def enter(self, username: str, **launch: Any) -> Client:
        """Let one of Moodle's people in."""
        given = {
            "sub": str(self.seeded.people[username]),
            "name": username,
            "course": str(self.seeded.course),
            "issuer": self.site.settings.wwwroot,
        }
        client = enter_course(self.tool, **{**given, **launch})
        with self.tool.app_context():
            known = {"confirmed_url": self.column, "asked_claim": PlacementRow.line_item_url}
            unknown = update(PlacementRow).where(PlacementRow.confirmed_url.is_(None))
            db.session.execute(unknown.values(**known))
            db.session.execute(update(PlacementRow).values(scopes=list(self.scopes)))
            db.session.commit()
        return client

    def trainer(self) -> Client:
        return self.enter("trainer", role=Role.TRAINER)

    def hand_in(self, client: Client) -> None:
        """Hand in one more note, and let the score leave."""
        press_hand_in(client, text=f"A well {new_id()}")
        self.ticker.move(seconds=2)
        with self.tool.app_context():
            delivery.sweep()

    def look(self, client: Client) -> None:
        """Let the trainer or the trainee look, and the worker read what is wanted then, at a later moment."""
        client.get("exercise")
        client.get()
        self.ticker.move(seconds=1)
        self.work()

    def work(self) -> bool:
        """Let the worker look for results once; tell whether any were wanted."""
        with self.tool.app_context():
            return worker.refresh_one()

    def grade_by_hand(self, username: str, final: float | None) -> None:
        """Enter a grade as a trainer does in the gradebook, or take all away."""
        self.ticker.move(minutes=1)
        with self.site.session() as session:
            of_person = select(Grade).filter_by(item_id=self.item_id, user_id=self.seeded.people[username])
            row = session.scalars(of_person).one()
            if final is None:
                session.delete(row)
            else:
                row.final, row.modified, row.overridden = final, self.site.now(), True

    def take_override_back(self, username: str) -> None:
        """Let the newest score count again."""
        with self.tool.app_context():
            score = db.session.scalars(select(DeliveryRow.score).order_by(DeliveryRow.id.desc())).first() or {}
        with self.site.session() as session:
            of_person = select(Grade).filter_by(item_id=self.item_id, user_id=self.seeded.people[username])
            row = session.scalars(of_person).one()
            row.final, row.overridden = score["given"] / score["maximum"] * row.maximum, False


@pytest.fixture
def school(database_url: str, ticker: Ticker) -> Iterator[School]:
    with beside_moodle(database_url, ticker) as pair:
        site, seeded = pair.site, seed(pair.site)
        tool_id = tell_moodle(pair, grade_sync=2)
        with site.session() as session:
            activity = Activity(course_id=seeded.course, name="Needs matrix", tool_id=tool_id)
            place_activity(session, session.get_one(Section, seeded.sections[0]), activity, Column(maximum=50))
            item_id = session.scalars(select(GradeItem.id).filter_by(activity_id=activity.id)).one()
        path = f"/mod/lti/services.php/{seeded.course}/lineitems/{item_id}/lineitem?type_id={tool_id}"
        asked: list[str] = []
        pair.moodle.before_request(lambda: _note(asked))
        yield School(
            tool=pair.tool,
            moodle=pair.moodle,
            ticker=ticker,
            seeded=seeded,
            column=site.url(path),
            item_id=item_id,
            results_asked=asked,
        )


def _note(asked: list[str]) -> None:
    if request.path.endswith("/results") and "user_id" not in request.args:
        asked.append(request.full_path)
