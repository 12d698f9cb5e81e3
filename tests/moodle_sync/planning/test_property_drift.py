"""For any site, any past and any wish: what was just applied didn't drift, and whatever is taken away then did."""

from hypothesis import HealthCheck, given, settings

from moodle_sync.planning.drifting import drifts, recall
from moodle_sync.planning.plan import Options
from moodle_sync.things.applied import Applied
from moodle_sync.things.finding import Drift
from moodle_sync.things.role import ROLES
from moodle_sync.things.state import State
from tests.moodle_sync.planning.test_property import TODAY, sites, states
from tests.moodle_sync.simulation import Site, look, sync, take_out

OPTIONS = Options(today=TODAY, file_wins=True)
"""What was there before in another order is put into the file's; else it is left, and plans tell it as drift."""
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def drifted(site: Site, journal: Applied) -> list[Drift]:
    known = recall(journal)
    return list(drifts(known, look(site, known, journal), journal, "UTC"))


@given(sites(), states(), states())
@FEW
def test_what_was_just_applied_did_not_drift(site: Site, before: State, desired: State) -> None:
    site, journal, _ = sync(site, Applied(), before, OPTIONS)
    site, journal, _ = sync(site, journal, desired, OPTIONS)

    assert drifted(site, journal) == []


@given(sites(), states())
@FEW
def test_everybody_who_is_taken_out_is_told_once(site: Site, desired: State) -> None:
    site, journal, _ = sync(site, Applied(), desired, OPTIONS)
    places = sorted({enrolment.place for enrolment in desired[ROLES]})

    for place in places:
        site = take_out(site, place)

    assert [found.key for found in drifted(site, journal)] == [f"{person} in {course}" for course, person in places]
