"""The tool beside a miniature of Moodle, with one graded activity and one trainee."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import request
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store, worker
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.demo.moodle.placing import Column, place_activity
from lti_tool.demo.moodle.seed import Seeded, seed
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import AccessToken, Activity, Grade, GradeItem, Section
from lti_tool.lti.tables import CourseRow, PersonRow, PlacementRow
from tests.lti_tool.beside_moodle import Neighbours, beside_moodle, tell_moodle, tell_tool
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.platform import LINE_ITEMS_SCOPE, RESULT_SCOPE, SCORE_SCOPE
from tests.lti_tool.ticking import Ticker


@dataclass(kw_only=True)
class School(Neighbours):
    """The tool and a Moodle that know each other, with one graded activity and one trainee."""

    seeded: Seeded
    item_id: int
    placement_id: int
    person_id: int
    posted: list[dict[str, object]] = field(default_factory=list)
    """All scores that were ever posted."""

    def give(self, given: float, maximum: float = 50, comment: str | None = None) -> None:
        """Give the trainee a score, as a submission does."""
        with self.tool.app_context():
            store.add_score(self.placement_id, self.person_id, given=given, maximum=maximum, now=now(), comment=comment)
            db.session.commit()

    def change_placement(self, **changes: object) -> None:
        """Change what the newest launch said of the activity."""
        with self.tool.app_context():
            placement = db.session.get_one(PlacementRow, self.placement_id)
            for name, value in changes.items():
                setattr(placement, name, value)
            db.session.commit()

    def causes(self) -> list[str | None]:
        with self.tool.app_context():
            return list(db.session.scalars(select(DeliveryRow.cause).order_by(DeliveryRow.id)))

    def problems(self) -> list[str | None]:
        with self.tool.app_context():
            return list(db.session.scalars(select(DeliveryRow.problem).order_by(DeliveryRow.id)))

    @property
    def tokens(self) -> int:
        """How many access tokens Moodle ever gave."""
        with self.site.session() as session:
            return len(session.scalars(select(AccessToken)).all())

    @property
    def line_items_url(self) -> str:
        return self.site.url(f"/mod/lti/services.php/{self.seeded.course}/lineitems?type_id=1")

    def sweep(self) -> None:
        with self.tool.app_context():
            worker.sweep()

    def give_others(self, number: int, given: float = 45) -> None:
        """Give scores to so many other people, which Moodle does not know."""
        with self.tool.app_context():
            for one in range(number):
                person = PersonRow(site_id=1, sub=f"other-{one}", number=100 + one, seen_at=now())
                db.session.add(person)
                db.session.flush()
                store.add_score(self.placement_id, person.id, given=given, maximum=50, now=now())
            db.session.commit()

    @property
    def grade(self) -> float | None:
        """What Moodle's gradebook holds, of 50."""
        with self.site.session() as session:
            row = session.scalars(select(Grade).filter_by(item_id=self.item_id)).first()
            return row.final if row else None

    def change_grade(self, final: float) -> None:
        """Change the grade as a trainer does in the gradebook."""
        with self.site.session() as session:
            row = session.scalars(select(Grade).filter_by(item_id=self.item_id)).one()
            row.final, row.modified, row.overridden = final, self.site.now() + 60, True

    def states(self) -> list[str]:
        with self.tool.app_context():
            return [str(state) for state in db.session.scalars(select(DeliveryRow.state).order_by(DeliveryRow.id))]

    def attempts(self) -> int:
        with self.tool.app_context():
            return db.session.scalars(select(DeliveryRow.attempts).order_by(DeliveryRow.id.desc())).first() or 0


@pytest.fixture
def school(tmp_path_factory: pytest.TempPathFactory, ticker: Ticker) -> Iterator[School]:
    """Give the tool, on SQLite, and a Moodle beside it, each on a port of its own; the line item is confirmed."""
    with beside_moodle(new_sqlite_database(tmp_path_factory.mktemp("tool")), ticker) as pair:
        made = _introduce(pair)
        pair.moodle.before_request(lambda: _note(made))
        yield made
        for score in made.posted:  # whatever else a test is about: any other message clears a grade
            assert score["gradingProgress"] == "FullyGraded"
            assert {"scoreGiven", "scoreMaximum"} <= set(score)


def _note(school: School) -> None:
    if request.method == "POST" and request.path.endswith("/scores"):
        school.posted.append(request.get_json(force=True))


def _introduce(pair: Neighbours) -> School:
    site, seeded = pair.site, seed(pair.site)
    tool_id = tell_moodle(pair, grade_sync=2)
    with site.session() as session:
        activity = Activity(course_id=seeded.course, name="Needs matrix", tool_id=tool_id)
        place_activity(session, session.get_one(Section, seeded.sections[0]), activity, Column(maximum=50))
        item_id = session.scalars(select(GradeItem.id).filter_by(activity_id=activity.id)).one()
        link = activity.id
    with pair.tool.app_context():
        placement_id, person_id = _arrive(site, seeded, (link, item_id), tool_id)
        db.session.commit()
    return School(
        tool=pair.tool,
        moodle=pair.moodle,
        ticker=pair.ticker,
        seeded=seeded,
        item_id=item_id,
        placement_id=placement_id,
        person_id=person_id,
    )


def _arrive(site: Site, seeded: Seeded, placed: tuple[int, int], tool_id: int) -> tuple[int, int]:
    (link, item_id), at = placed, tell_tool(site, tool_id)
    line_items = site.url(f"/mod/lti/services.php/{seeded.course}/lineitems")
    line_item_url = f"{line_items}/{item_id}/lineitem?type_id={tool_id}"
    course = CourseRow(site_id=at.id, context_id=str(seeded.course))
    person = PersonRow(site_id=at.id, sub=str(seeded.people["trainee1"]), number=1, seen_at=now())
    db.session.add_all([course, person])
    db.session.flush()
    placement = PlacementRow(
        course_id=course.id,
        resource_link_id=str(link),
        registration_id=1,
        line_item_url=line_item_url,
        line_items_url=f"{line_items}?type_id={tool_id}",
        confirmed_url=line_item_url,
        asked_claim=line_item_url,
        scopes=[SCORE_SCOPE, RESULT_SCOPE, LINE_ITEMS_SCOPE],
    )
    db.session.add(placement)
    db.session.flush()
    return placement.id, person.id
