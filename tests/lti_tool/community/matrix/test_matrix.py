"""Every view and action of the community by everybody: who gets through, who reads which words, and what is written."""

import pytest

from tests.lti_tool.community.matrix.asking import (
    Asked,
    empty_forms_faults,
    insiders_faults,
    outsiders_faults,
    twins_faults,
)
from tests.lti_tool.community.matrix.cells import Line
from tests.lti_tool.community.matrix.conftest import Matrix
from tests.lti_tool.community.matrix.people import NOBODIES
from tests.lti_tool.community.matrix.table import LINES, named, there

FORGOTTEN = """
These views and actions stand in no table of tests/lti_tool/community/matrix/wings:

    {}

Add a line for each to the table of its wing. Its cells say what A, P, V, T and F get (`people.INSIDERS`) for each state
of what it is about (`cells.STATES`): `AT 404` lets the author and the trainer through and answers the others 404. A new
sort of thing needs one in each state in `world.py`, and in `asking.READERS` who reads its words.
"""


def test_the_table_has_every_view_and_action(matrix: Matrix) -> None:
    forgotten = set(there(matrix.app)) - named()

    assert not forgotten, FORGOTTEN.format("\n    ".join(sorted(forgotten)))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_every_member_gets_what_the_table_says(matrix: Matrix, line: Line) -> None:
    asked = matrix.members(line)
    faults = [fault for one in asked for fault in insiders_faults(matrix.world, matrix.database, one)]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("line", [line for line in LINES if line.form], ids=lambda line: line.name)
def test_a_form_with_nothing_in_it_tells_and_changes_nothing(matrix: Matrix, line: Line) -> None:
    asked = matrix.with_empty_forms(line)
    faults = [fault for one in asked for fault in empty_forms_faults(matrix.world, matrix.database, one)]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_an_outsider_reads_and_changes_nothing(matrix: Matrix, line: Line) -> None:
    asked = matrix.outsiders(line)
    faults = [fault for one, right in asked for fault in outsiders_faults(matrix.world, matrix.database, one, right)]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
@pytest.mark.parametrize("who", NOBODIES)
def test_whoever_has_no_session_is_sent_back_to_moodle(matrix: Matrix, line: Line, who: str) -> None:
    state = next(iter(line.cells))
    asked = Asked(line=line, state=state, who=who, client=matrix.clients[who])

    faults = list(outsiders_faults(matrix.world, matrix.database, asked, 401))

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_whoever_has_the_same_ids_elsewhere_reads_and_changes_what_is_theirs(matrix: Matrix, line: Line) -> None:
    faults = [fault for one in matrix.twins(line) for fault in twins_faults(matrix.world, matrix.database, one)]

    assert not faults, "\n".join(faults)
