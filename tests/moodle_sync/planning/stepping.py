"""A plan that is done action by action, as far as a run comes before it is stopped."""

from collections.abc import Iterator, Sequence

from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.state import State
from tests.moodle_sync.simulation import Site, do, done, look, taken_over

Left = tuple[Sequence[Action], Sequence[Action]]
"""What is left of a plan, and what would be planned of the site as it is then."""


def step_by_step(site: Site, journal: Applied, desired: State, options: Options) -> Iterator[Left]:
    """Do one action after the other; give after each what is left, and what would be planned."""
    planned = plan(desired, look(site, desired, journal), journal, options)
    journal = taken_over(journal, planned)
    for place, action in enumerate(planned.actions, 1):
        site = do(site, action)
        journal = done(journal, action, site)
        fresh = plan(desired, look(site, desired, journal), journal, options)
        yield planned.actions[place:], fresh.actions
        journal = taken_over(journal, fresh)
