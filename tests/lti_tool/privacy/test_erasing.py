"""What becomes of a person who is erased: nothing of them is left, and what belongs to others is whole."""

from flask import Flask

from lti_tool.database import db
from lti_tool.personal import Fate, Whose
from lti_tool.privacy import erasing
from lti_tool.privacy.catalogue import EVERYTHING
from tests.lti_tool.privacy.somebody import leave_something_everywhere, traces

GONE = (Fate.GONE,)


def erase(app: Flask, whose: Whose, *, with_texts: bool = False) -> None:
    with app.app_context():
        erasing.erase(whose, with_texts=with_texts)
        db.session.commit()


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
