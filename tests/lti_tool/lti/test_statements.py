"""Transactions past the session: when they begin, and what they leave."""

import pytest
from flask import Flask
from sqlalchemy import QueuePool, insert, select

from lti_tool.database import db
from lti_tool.lti.statements import Transaction, run
from lti_tool.lti.tables import SiteRow

ADD_SITE = insert(SiteRow)
NEW = {"issuer": "https://moodle.example.org", "people": 0}


def issuers() -> list[str]:
    return list(db.session.scalars(select(SiteRow.issuer)))


@pytest.mark.parametrize("each_alone", [False, True])
def test_what_a_block_wrote_is_kept_at_its_end(app: Flask, each_alone: bool) -> None:  # noqa: FBT001 - a table's column
    with app.app_context():
        with Transaction(each_alone=each_alone):
            run(ADD_SITE, NEW)

        assert issuers() == [NEW["issuer"]]


def test_what_a_block_wrote_is_taken_back_when_an_error_ends_it(app: Flask) -> None:
    def fail() -> None:
        with Transaction():
            run(ADD_SITE, NEW)
            raise LookupError

    with app.app_context():
        with pytest.raises(LookupError):
            fail()

        assert issuers() == []


def test_a_block_holds_no_connection_before_its_first_statement(app: Flask) -> None:
    with app.app_context(), Transaction():
        pool = db.engine.pool

        assert isinstance(pool, QueuePool)
        assert pool.checkedout() == 0


def test_after_a_block_statements_are_the_sessions_again(app: Flask) -> None:
    with app.app_context():
        with Transaction():
            pass
        run(ADD_SITE, NEW)
        db.session.commit()

        assert issuers() == [NEW["issuer"]]
