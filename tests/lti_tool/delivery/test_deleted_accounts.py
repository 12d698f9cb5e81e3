"""An account that was deleted in Moodle: its score is given up with a cause, and holds up nobody else's."""

from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store
from lti_tool.delivery.rules import Cause
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.lti.tables import PersonRow
from tests.lti_tool.delivery.conftest import School


def test_a_score_for_an_account_that_is_gone_ends_and_the_next_arrives(school: School) -> None:
    with school.tool.app_context():
        site_id = db.session.get_one(PersonRow, school.person_id).site_id
        gone = PersonRow(site_id=site_id, sub="4711", number=99, seen_at=now())
        db.session.add(gone)
        db.session.flush()
        store.add_score(school.placement_id, gone.id, given=40, maximum=50, now=now())
        db.session.commit()
    school.give(45)

    school.sweep()

    with school.tool.app_context():
        rows = db.session.execute(select(DeliveryRow.state, DeliveryRow.cause).order_by(DeliveryRow.id))
        assert [tuple(row) for row in rows] == [
            (DeliveryState.FAILED, Cause.NO_GRADABLE_ROLE),
            (DeliveryState.DELIVERED, None),
        ]
