"""A person is given a score, as a submission gives one."""

from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store
from tests.lti_tool.entering import Client


def give(app: Flask, person: Client, given: float = 40, maximum: float = 100) -> None:
    """Put a person's score for the activity into the outbox."""
    assert person.placement_id is not None
    with app.app_context():
        store.add_score(person.placement_id, person.person_id, given=given, maximum=maximum, now=now())
        db.session.commit()
