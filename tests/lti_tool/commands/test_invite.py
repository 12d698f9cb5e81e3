"""`lti-tool invite` prints an invitation and keeps only its hash."""

import re

import pytest
from sqlalchemy import create_engine, text

from lti_tool.lti.secrets import hashed
from tests.lti_tool.commands.conftest import Shell


def test_an_invitation_is_printed_and_only_its_hash_kept(migrated: Shell) -> None:
    code, output, errors = migrated.run("invite", "--approve", "--days", "3")

    found = re.fullmatch(r"https://tool\.example\.org/lti/register\?invitation=([\w-]{43})\n", output)
    assert (code, errors) == (0, "")
    assert found
    engine = create_engine(migrated.database)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT token_hash, approves FROM invitations")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [(hashed(found[1]), 1)]


@pytest.mark.parametrize("days", ["0", "91", "many"])
def test_an_invitation_lasts_between_a_day_and_ninety(shell: Shell, days: str) -> None:
    code, output, errors = shell.run("invite", "--days", days)

    assert (code, output) == (2, "")
    assert "Invalid value for '--days'" in errors
