"""For any earlier files and any changes by hand: courses' settings and categories become as the file has them."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.category import values as category_values
from moodle_sync.things.change import Field
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.course_settings import SETTINGS, TEXTS
from moodle_sync.things.kept import FIELDS
from moodle_sync.things.section import MODULES, Module
from moodle_sync.things.state import State
from tests.moodle_sync.planning.stepping import step_by_step
from tests.moodle_sync.simulation import Site, look, set_to, sync, with_category, with_course

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no mistake
USUAL = Options(today=1_795_000_000)
WINS = replace(USUAL, file_wins=True)
KEYS = ("a", "b", "c")
COURSE_KEYS = ("tot", "new")
SOMEWHEN = (0, 1_790_000_000, 1_800_000_000)
SAID = (True, False)
PAGES = ("<p>All.</p>", "<p>More.</p>")


def perhaps(*values: object) -> st.SearchStrategy[object]:
    """Give a value that the file may not say."""
    return st.sampled_from([None, *values])


@st.composite
def trees(draw: st.DrawFn) -> Mapping[str, Category]:
    """Make categories in any order, each at the top or below one before it."""
    made: dict[str, Category] = {}
    for key in draw(st.permutations(KEYS))[: draw(st.integers(1, len(KEYS)))]:
        made[key] = Category(
            idnumber=key,
            name=draw(st.sampled_from(["Care", "Work"])),
            parent=draw(st.sampled_from(["", *made])),
            description=draw(st.sampled_from([None, "", *PAGES])),
        )
    return made


@st.composite
def courses(draw: st.DrawFn, key: str, categories: Mapping[str, Category]) -> Course:
    """Make a course with settings that the file says, and some that it doesn't."""
    kept_format = draw(st.sampled_from([None, "topics", "weeks"]))
    rest = {
        "starts": draw(perhaps(*SOMEWHEN)),
        "ends": draw(perhaps(*SOMEWHEN)),
        "lang": draw(perhaps("es")),
        "visible": draw(perhaps(*SAID)),
        "completion": draw(perhaps(*SAID)),
        "group_mode": draw(perhaps(0, 2)),
        "hidden_at_first": draw(perhaps(*SAID[:1])),
        "page": draw(perhaps(*PAGES)),
    }
    return Course(
        idnumber=key,
        shortname=draw(st.sampled_from([key, f"{key} too"])),
        fullname=draw(st.sampled_from(["First", "Second"])),
        category=draw(st.sampled_from(sorted(categories))),
        format=kept_format or "topics",
        kept_format=kept_format,
        **rest,  # type: ignore[arg-type]  # its own fields
    )


@st.composite
def files(draw: st.DrawFn) -> State:
    """Make a file with categories, courses and a module in each."""
    categories = draw(trees())
    keys = draw(st.sets(st.sampled_from(COURSE_KEYS), min_size=1))
    title = st.sampled_from(["Needs", "What people need"])
    modules = {key: (Module(id="needs", name=draw(title)),) for key in sorted(keys)}
    named = {key: replace(draw(courses(key, categories)), sections=(modules[key][0].name,)) for key in modules}
    return State().having(CATEGORIES, categories).having(COURSES, named).having(MODULES, modules)


@st.composite
def by_hand(draw: st.DrawFn, site: Site) -> Site:
    """Change what administrators and teachers change on their pages."""
    state = site.state
    for key in sorted(state[CATEGORIES]):
        state = _with_another_category(draw, state, key)
    for _, course in sorted(state[COURSES].items()):
        fields = draw(st.fixed_dictionaries({}, optional=OTHERWISE))
        moved = {"category": draw(st.sampled_from([course.category, *sorted(state[CATEGORIES])]))}
        state = with_course(state, set_to(course, {**fields, **moved}))
    return replace(site, state=state)


OTHERWISE = {
    "fullname": st.just("Mine"),
    "summary": st.sampled_from(["", "<p>Mine.</p>"]),
    "startdate": st.sampled_from([str(when) for when in SOMEWHEN]),
    "enddate": st.sampled_from([str(when) for when in SOMEWHEN]),
    "format": st.sampled_from(["topics", "weeks"]),
    "lang": st.sampled_from(["", "pt"]),
    "visible": st.sampled_from("01"),
    "enablecompletion": st.sampled_from("01"),
    "groupmode": st.sampled_from("012"),
}


def _with_another_category(draw: st.DrawFn, state: State, key: str) -> State:
    category = state[CATEGORIES][key]
    elsewhere = [other for other in sorted(state[CATEGORIES]) if not _is_below(state, other, key)]
    return with_category(
        state,
        replace(
            category,
            name=draw(st.sampled_from([category.name, category.name, "Mine"])),
            parent=draw(st.sampled_from([category.parent, category.parent, "", *elsewhere])),
            description=draw(st.sampled_from([category.description, "<p>Mine.</p>"])),
        ),
    )


def _is_below(state: State, key: str, above: str) -> bool:
    while key and key != above:
        key = state[CATEGORIES][key].parent
    return key == above


def fields_of(state: State) -> Mapping[Field, str]:
    """Give all settings that a side says."""
    categories = {("category", key): category_values(one) for key, one in state[CATEGORIES].items()}
    of_courses = {
        ("course", key): {name: text for name, of in SETTINGS.items() if (text := of(course)) is not None}
        for key, course in state[COURSES].items()
    }
    return {(*thing, name): text for thing, said in (categories | of_courses).items() for name, text in said.items()}


def lived(past: list[State], data: st.DataObject) -> tuple[Site, Applied]:
    """Apply files one after another, with changes by hand after each."""
    site, journal = Site(), Applied()
    for earlier in past:
        site, journal, _ = sync(site, journal, earlier, USUAL)
        site = data.draw(by_hand(site))
    return site, journal


@QUICK
@given(past=st.lists(files(), max_size=2), desired=files(), data=st.data())
def test_where_the_file_wins_all_that_it_says_is_so(past: list[State], desired: State, data: st.DataObject) -> None:
    site, journal = lived(past, data)

    site, journal, _ = sync(site, journal, desired, WINS)

    assert fields_of(desired).items() <= fields_of(site.state).items()
    again = plan(desired, look(site, desired, journal), journal, WINS)
    assert (again.actions, again.adopted, again.forgotten, again.remarks) == ((), Applied(), Applied(), ())


@QUICK
@given(past=st.lists(files(), min_size=1, max_size=2), desired=files(), data=st.data())
def test_what_somebody_changed_is_left_and_what_the_file_changed_is_written(
    past: list[State], desired: State, data: st.DataObject
) -> None:
    site, journal = lived(past, data)
    before, held, wanted = fields_of(site.state), journal[FIELDS], fields_of(desired)

    site, journal, planned = sync(site, journal, desired, USUAL)

    after = fields_of(site.state)
    stuck = {(remark.kind, remark.key, "parent") for remark in planned.remarks if "can't come below" in remark.message}
    for field in wanted.keys() & before.keys():
        if held.get(field) == wanted[field] or field in stuck:
            assert after[field] == before[field], field
        elif field in held:
            assert after[field] == wanted[field], field
    again = plan(desired, look(site, desired, journal), journal, USUAL)
    assert (again.actions, again.adopted, again.forgotten) == ((), Applied(), Applied())


@QUICK
@given(past=st.lists(files(), max_size=2), desired=files(), data=st.data())
def test_what_the_file_does_not_say_is_never_written(past: list[State], desired: State, data: st.DataObject) -> None:
    site, journal = lived(past, data)
    before, wanted = fields_of(site.state), fields_of(desired)

    site, _, _ = sync(site, journal, desired, data.draw(st.sampled_from([USUAL, WINS])))

    after = fields_of(site.state)
    assert {field: after[field] for field in before.keys() - wanted.keys()} == {
        field: before[field] for field in before.keys() - wanted.keys()
    }


@QUICK
@given(file=files(), data=st.data())
def test_the_same_file_again_changes_nothing_and_shows_what_was_done_by_hand(file: State, data: st.DataObject) -> None:
    site, journal, _ = sync(Site(), Applied(), file, USUAL)
    site = data.draw(by_hand(site))

    planned = plan(file, look(site, file, journal), journal, USUAL)

    there = fields_of(site.state)
    changed = {(kind, key) for (kind, key, name), value in fields_of(file).items() if there[kind, key, name] != value}
    assert planned.actions == ()
    assert {(remark.kind, remark.key) for remark in planned.remarks} == changed


@QUICK
@given(file=files(), data=st.data())
def test_without_its_journal_a_sync_leaves_texts_and_categories_as_they_are(file: State, data: st.DataObject) -> None:
    site, _, _ = sync(Site(), Applied(), file, USUAL)
    site = data.draw(by_hand(site))
    before = fields_of(site.state)

    site, journal, _ = sync(site, Applied(), file, USUAL)

    after = fields_of(site.state)
    for kind, key, name in before:
        if (kind == "category" and name != "description") or (name in TEXTS and before[kind, key, name]):
            assert after[kind, key, name] == before[kind, key, name]
    assert plan(file, look(site, file, journal), journal, USUAL).actions == ()


@QUICK
@given(past=st.lists(files(), max_size=2), desired=files(), wins=st.booleans(), data=st.data())
def test_what_is_left_of_a_plan_is_a_plan_of_what_is_there(
    past: list[State],
    desired: State,
    wins: bool,  # noqa: FBT001  # drawn
    data: st.DataObject,
) -> None:
    options = WINS if wins else USUAL
    site, journal = lived(past, data)

    for left, fresh in step_by_step(site, journal, desired, options):
        assert fresh == left
