"""What becomes of a person who is erased: nothing of them is left, and what belongs to others is whole."""

from flask import Flask
from sqlalchemy import insert, select, update

from lti_tool import keeping
from lti_tool.database import db
from lti_tool.lti.tables import LaunchRow, PersonRow
from lti_tool.personal import Fate
from lti_tool.privacy.catalogue import EVERYTHING
from tests.lti_tool.privacy.asking import erase
from tests.lti_tool.privacy.somebody import ADDRESS, NAME, leave_something_everywhere, traces


def test_no_table_holds_a_trace(app: Flask) -> None:
    whose = leave_something_everywhere(app)
    assert {"people", "roster_members", "launches", "logins", "exemptions"} <= set(traces(app))

    erase(app, whose)

    assert traces(app) == []


def test_what_is_said_to_go_is_gone(app: Flask) -> None:
    whose = leave_something_everywhere(app)

    erase(app, whose)

    with app.app_context():
        left = [kept.key for kept in EVERYTHING if kept.fate == Fate.GONE and kept.find(whose)]
    assert left == ["account"]  # an empty row with a number


def test_a_launch_that_comes_in_meanwhile_is_forgotten_by_the_worker(app: Flask) -> None:
    whose = leave_something_everywhere(app)
    with app.app_context():
        came = db.session.execute(select(*LaunchRow.__table__.columns).limit(1)).mappings().one()
    erase(app, whose)
    with app.app_context():
        db.session.execute(insert(LaunchRow).values({**came, "email": ADDRESS}))
        db.session.execute(update(PersonRow).where(PersonRow.id == whose.person_id).values(name=NAME))
        db.session.commit()
        assert traces(app) == ["launches", "people"]

        keeping.forget_some()

    assert traces(app) == []
