"""For any earlier files and any changes by hand: circles of people become as the file has them, or stay as somebody
made them."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort, values
from moodle_sync.things.course import COURSES
from moodle_sync.things.described_group import DESCRIBED, Described, Key
from moodle_sync.things.group import GROUPS, group_of
from moodle_sync.things.grouped import GROUPED, Grouped
from moodle_sync.things.grouping import GROUPINGS, Grouping
from moodle_sync.things.state import State
from tests.moodle_sync.examples import CATEGORY, COURSE
from tests.moodle_sync.planning.stepping import step_by_step
from tests.moodle_sync.simulation import Site, cohort, look, sync

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no mistake
USUAL = Options(today=1_795_000_000)
WINS = replace(USUAL, file_wins=True)
TREE = {name: Category(idnumber=name, name=name) for name in ("first", "second")}
KEYS = ("agents", "trainers")
GROUP_NAMES = {"north": ("North", "Norte"), "south": ("South", "Sur")}

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
    """Make a file with some cohorts, described or only named by people, and groups in groupings."""
    cohorts = {key: draw(st.just(Cohort(idnumber="")) | described) for key in draw(st.sets(st.sampled_from(KEYS)))}
    numbered = {key: replace(one, idnumber=key) for key, one in cohorts.items()}
    groups = {("tot", key): draw(a_group(key)) for key in draw(st.sets(st.sampled_from(sorted(GROUP_NAMES))))}
    groupings = {("tot", key): draw(a_grouping(key)) for key in draw(st.sets(st.sampled_from(["regions", "teams"])))}
    return (
        State()
        .having(CATEGORIES, {**TREE, CATEGORY.idnumber: CATEGORY})
        .having(COURSES, {"tot": replace(COURSE, sections=())})
        .having(COHORTS, numbered)
        .having(DESCRIBED, groups)
        .having(GROUPS, frozenset(group_of(key, one) for key, one in groups.items()))
        .having(GROUPINGS, groupings)
        .having(GROUPED, draw(some_pairs(sorted(groupings), sorted(groups))))
    )


def a_group(key: str) -> st.SearchStrategy[Described]:
    names = st.sampled_from(GROUP_NAMES[key])
    return st.builds(Described, idnumber=st.just(key), name=names, description=st.none() | words)


def a_grouping(key: str) -> st.SearchStrategy[Grouping]:
    names = st.sampled_from([key.title(), f"Other {key}"])
    return st.builds(Grouping, course=st.just("tot"), idnumber=st.just(key), name=names, description=st.none() | words)


def some_pairs(groupings: list[Key], groups: list[Key]) -> st.SearchStrategy[frozenset[Grouped]]:
    pairs = [Grouped(course="tot", grouping=one, group=other) for _, one in groupings for _, other in groups]
    return st.frozensets(st.sampled_from(pairs)) if pairs else st.just(frozenset())


@st.composite
def by_hand(draw: st.DrawFn, site: Site, *, taking: bool = True) -> Site:
    """Change cohorts and groups, put some into others, and take groups and groupings away: those are made again."""
    state = draw(_without_some(site.state)) if taking else site.state
    return replace(site, state=draw(_with_groups(_with_cohorts(draw, state))))


@st.composite
def _without_some(draw: st.DrawFn, state: State) -> State:
    groups = {key: one for key, one in state[DESCRIBED].items() if draw(st.integers(0, 3))}
    groupings = {key: one for key, one in state[GROUPINGS].items() if draw(st.integers(0, 3))}
    left = (one for one in state[GROUPED] if (one.course, one.grouping) in groupings)
    inside = frozenset(one for one in left if (one.course, one.group) in groups)
    return state.having(DESCRIBED, groups).having(GROUPINGS, groupings).having(GROUPED, inside)


@st.composite
def _with_groups(draw: st.DrawFn, state: State) -> State:
    groups = {
        key: replace(one, name=draw(st.sampled_from([one.name, f"My {key[1]}"])))
        for key, one in state[DESCRIBED].items()
    }
    groupings = {
        key: replace(one, description=draw(st.sampled_from([one.description, "<p>Mine.</p>"])))
        for key, one in state[GROUPINGS].items()
    }
    toggled = draw(st.just(frozenset()) | some_pairs(sorted(groupings), sorted(groups)))
    return state.having(DESCRIBED, groups).having(GROUPINGS, groupings).having(GROUPED, state[GROUPED] ^ toggled)


def _with_cohorts(draw: st.DrawFn, state: State) -> State:
    changed = {}
    for key, one in state[COHORTS].items():
        name = draw(st.sampled_from([one.name or "", "Mine"]))
        place = draw(st.sampled_from([one.category or "", *TREE, ""]))
        changed[key] = cohort(key, name, place, draw(st.sampled_from([one.description or "", "<p>Mine.</p>"])))
    return state.having(COHORTS, changed)


def assert_as_said(wanted: Described | Grouping, there: Described | Grouping) -> None:
    """The name is, and the description where the file says one."""
    assert wanted.name == there.name
    assert wanted.description in (None, there.description)


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
    for name, group in desired[DESCRIBED].items():
        assert_as_said(group, site.state[DESCRIBED][name])
    for name, grouping in desired[GROUPINGS].items():
        assert_as_said(grouping, site.state[GROUPINGS][name])
    assert desired[GROUPED] <= site.state[GROUPED]
    again = plan(desired, look(site, desired, journal), journal, WINS)
    assert (again.actions, again.adopted, again.forgotten) == ((), Applied(), Applied())


@QUICK
@given(file=files(), data=st.data())
def test_the_same_file_again_changes_nothing_whatever_was_changed_by_hand(file: State, data: st.DataObject) -> None:
    site, journal, _ = sync(Site(), Applied(), file, USUAL)
    site = data.draw(by_hand(site, taking=False))

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

    for left, fresh in step_by_step(site, journal, desired, options):
        assert fresh == left
