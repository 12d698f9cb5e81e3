"""For any course in Moodle, any earlier files and any changes by hand: sections become as the file has them."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.multilang import in_languages
from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.course import COURSES
from moodle_sync.things.kept import FIELDS
from moodle_sync.things.section import MODULES, PLACES, Module, Section
from moodle_sync.things.section_changes import MoveSection
from moodle_sync.things.state import State
from tests.moodle_sync.examples import CATEGORY, COURSE
from tests.moodle_sync.planning.stepping import step_by_step
from tests.moodle_sync.simulation import Site, look, new_section, sync, with_sections

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no mistake
USUAL = Options(today=1_795_000_000)
WINS = replace(USUAL, file_wins=True)
IDS = ("a", "b", "c", "d", "e")
NAMES = (
    "Needs",
    "Policies",
    "Economy",
    in_languages({"en": "Rights", "ar": "الحقوق"}),
    in_languages({"en": "Needs", "ar": "الحاجات"}),
)

shown = st.sampled_from([None, True, False])


@st.composite
def files(draw: st.DrawFn) -> State:
    """Make a file with some modules in some order; no two have the same name."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=len(IDS)))
    names = draw(st.permutations(NAMES))
    modules = tuple(Module(id=one, name=name, visible=draw(shown)) for one, name in zip(ids, names, strict=False))
    course = replace(COURSE, sections=tuple(module.name for module in modules))
    return (
        State()
        .having(CATEGORIES, {CATEGORY.idnumber: CATEGORY})
        .having(COURSES, {"tot": course})
        .having(MODULES, {"tot": modules})
    )


@st.composite
def by_hand(draw: st.DrawFn, site: Site) -> Site:
    """Put sections into another order, call them otherwise, hide them, take them away and make others."""
    if "tot" not in site.state[COURSES]:
        return site
    sections = draw(st.permutations(site.state[PLACES]["tot"]))
    left = [section for section in sections if draw(st.integers(0, 5))]
    changed = [
        replace(one, name=draw(st.sampled_from([one.name, one.name, f"My {one.name}"])), visible=draw(st.booleans()))
        for one in left
    ]
    made = [
        replace(new_section(), name=name) for name in draw(st.lists(st.sampled_from(["Mine", "Needs"]), max_size=1))
    ]
    return Site(state=with_sections(site.state, "tot", (*changed, *made)))


def modules_of(desired: State) -> Sequence[Module]:
    return desired[MODULES].get("tot", ())


def line_of(site: Site) -> Sequence[Section]:
    return site.state[PLACES]["tot"]


@QUICK
@given(past=st.lists(files(), max_size=2), desired=files(), data=st.data())
def test_where_the_file_wins_every_module_is_one_section_in_its_order(
    past: list[State], desired: State, data: st.DataObject
) -> None:
    site, journal = Site(), Applied()
    for earlier in past:
        site, journal, _ = sync(site, journal, earlier, USUAL)
        site = data.draw(by_hand(site))

    site, journal, _ = sync(site, journal, desired, WINS)

    names = [module.name for module in modules_of(desired)]
    held = {int(value) for (_, _, name), value in journal[FIELDS].items() if name == "number"}
    ours = [section for section in line_of(site) if section.number in held]
    assert [section.name for section in ours] == names
    for module, section in zip(modules_of(desired), ours, strict=True):
        assert module.visible in (None, section.visible)
    again = plan(desired, look(site, desired, journal), journal, WINS)
    assert (again.actions, again.adopted, again.forgotten) == ((), Applied(), Applied())


@QUICK
@given(past=st.lists(files(), min_size=1, max_size=2), desired=files(), data=st.data())
def test_what_somebody_changed_is_left_and_nothing_is_doubled(
    past: list[State], desired: State, data: st.DataObject
) -> None:
    site, journal = Site(), Applied()
    for earlier in past:
        site, journal, _ = sync(site, journal, earlier, USUAL)
        site = data.draw(by_hand(site))
    before = line_of(site)

    last, after, _ = sync(site, journal, desired, USUAL)
    again = plan(desired, look(last, desired, after), after, USUAL)

    assert (again.actions, again.adopted, again.forgotten) == ((), Applied(), Applied())
    assert {section.number for section in before} <= {section.number for section in line_of(last)}
    assert len(line_of(last)) <= len(before) + len(modules_of(desired))


@QUICK
@given(past=st.lists(files(), max_size=2), desired=files(), wins=st.booleans(), data=st.data())
def test_sections_that_are_nobodys_stay_as_they_are_among_those_that_are_not_moved(
    past: list[State],
    desired: State,
    wins: bool,  # noqa: FBT001  # drawn
    data: st.DataObject,
) -> None:
    site, journal = Site(), Applied()
    for earlier in past:
        site, journal, _ = sync(site, journal, earlier, USUAL)
        site = data.draw(by_hand(site))
    before = site.state[PLACES].get("tot", ())

    last, journal, planned = sync(site, journal, desired, WINS if wins else USUAL)

    held = {value for (_, _, name), value in journal[FIELDS].items() if name == "number"}
    moved = {action.number for action in planned.actions if isinstance(action, MoveSection)}
    stayed = [section.number for section in before if section.number not in moved]
    assert moved <= {0, *map(int, held)}
    assert [section.number for section in line_of(last) if section.number in stayed] == stayed
    nobodys = [section for section in before if str(section.number) not in held]
    assert [section for section in line_of(last) if str(section.number) not in held] == nobodys


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

    for left, fresh in step_by_step(site, journal, desired, options):
        assert fresh == left
