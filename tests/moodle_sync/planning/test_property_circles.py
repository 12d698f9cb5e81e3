"""For any earlier files and any changes by hand: circles of people become as the file has them, or stay as somebody
made them."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort, values
from moodle_sync.things.state import State
from tests.moodle_sync.simulation import Site, cohort, do, done, look, sync, taken_over

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no mistake
USUAL = Options(today=1_795_000_000)
WINS = replace(USUAL, file_wins=True)
TREE = {name: Category(idnumber=name, name=name) for name in ("first", "second")}
KEYS = ("agents", "trainers")

words = st.sampled_from(["", "<p>One.</p>", "<p>Two.</p>"])
places = st.sampled_from(["", *TREE])
described = st.builds(
    Cohort,
    idnumber=st.just(""),
    name=st.sampled_from(["Agents", "Trainers"]),
    description=st.none() | words,
    category=places,
)


@st.composite
def files(draw: st.DrawFn) -> State:
    """Make a file with some cohorts, described or only named by people."""
    cohorts = {key: draw(st.just(Cohort(idnumber="")) | described) for key in draw(st.sets(st.sampled_from(KEYS)))}
    numbered = {key: replace(one, idnumber=key) for key, one in cohorts.items()}
    return State().having(CATEGORIES, TREE).having(COHORTS, numbered)


@st.composite
def by_hand(draw: st.DrawFn, site: Site) -> Site:
    """Call cohorts otherwise, describe them and put them elsewhere."""
    changed = {}
    for key, one in site.state[COHORTS].items():
        name = draw(st.sampled_from([one.name or "", "Mine"]))
        place = draw(st.sampled_from([one.category or "", *TREE, ""]))
        changed[key] = cohort(key, name, place, draw(st.sampled_from([one.description or "", "<p>Mine.</p>"])))
    return replace(site, state=site.state.having(COHORTS, changed))


@QUICK
@given(past=st.lists(files(), max_size=2), desired=files(), data=st.data())
def test_where_the_file_wins_everything_is_as_it_says(past: list[State], desired: State, data: st.DataObject) -> None:
    site, journal = Site(), Applied()
    for earlier in past:
        site, journal, _ = sync(site, journal, earlier, USUAL)
        site = data.draw(by_hand(site))

    site, journal, _ = sync(site, journal, desired, WINS)

    for key, wanted in desired[COHORTS].items():
        there = values(site.state[COHORTS][key])
        said = {name: value for name, value in values(wanted).items() if name != "category" or value}
        assert said.items() <= there.items()
    again = plan(desired, look(site, desired, journal), journal, WINS)
    assert (again.actions, again.adopted, again.forgotten) == ((), Applied(), Applied())


@QUICK
@given(file=files(), data=st.data())
def test_the_same_file_again_changes_nothing_whatever_was_done_by_hand(file: State, data: st.DataObject) -> None:
    site, journal, _ = sync(Site(), Applied(), file, USUAL)
    site = data.draw(by_hand(site))

    planned = plan(file, look(site, file, journal), journal, USUAL)

    assert planned.actions == ()


@QUICK
@given(past=st.lists(files(), max_size=2), desired=files(), wins=st.booleans(), data=st.data())
def test_what_is_left_of_a_plan_is_a_plan_of_what_is_there(
    past: list[State],
    desired: State,
    wins: bool,  # noqa: FBT001  # drawn
    data: st.DataObject,
) -> None:
    options = WINS if wins else USUAL
    site, journal = Site(), Applied()
    for earlier in past:
        site, journal, _ = sync(site, journal, earlier, USUAL)
        site = data.draw(by_hand(site))
    planned = plan(desired, look(site, desired, journal), journal, options)
    journal = taken_over(journal, planned)

    for place, action in enumerate(planned.actions):
        site = do(site, action)
        journal = done(journal, action, site)
        fresh = plan(desired, look(site, desired, journal), journal, options)
        assert fresh.actions == planned.actions[place + 1 :]
        journal = taken_over(journal, fresh)
