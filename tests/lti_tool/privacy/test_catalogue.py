"""Nothing of a person is kept that no room tells of."""

import pytest
from flask import Flask

from lti_tool.database import Base, db
from lti_tool.personal import PEOPLE
from lti_tool.privacy.catalogue import EVERYTHING, OF_NOBODY
from tests.lti_tool.privacy.somebody import leave_something_everywhere

ACCOUNTS = {"sub", "for_sub", "login_hint", "email"}
"""Columns that name somebody without being a key to `people`."""


def told_of() -> set[str]:
    return {table.__tablename__ for kept in EVERYTHING for table in kept.tables}


def test_every_table_is_told_of_in_a_room_or_names_nobody() -> None:
    assert set(Base.metadata.tables) == told_of() | OF_NOBODY
    assert not told_of() & OF_NOBODY


@pytest.mark.parametrize("name", sorted(OF_NOBODY))
def test_a_table_that_names_nobody_has_no_column_for_it(name: str) -> None:
    table = Base.metadata.tables[name]

    named = {column.name for column in table.columns if column.name in ACCOUNTS or column.name.endswith("_by")}
    keys = {key.parent.name for key in table.foreign_keys if key.target_fullname == PEOPLE}

    assert not named | keys


def test_no_two_are_called_the_same_in_a_copy() -> None:
    keys = [kept.key for kept in EVERYTHING]

    assert len(keys) == len(set(keys))


def test_what_is_kept_is_found(app: Flask) -> None:
    whose = leave_something_everywhere(app)

    with app.app_context():
        assert [kept.key for kept in EVERYTHING if not kept.find(whose)] == []
        db.session.rollback()
