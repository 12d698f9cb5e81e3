"""What the files no longer name of the curriculum: it stays in Moodle, and is told once."""

from dataclasses import replace

import pytest

from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Remark
from moodle_sync.things.kept import FIELDS, GONE
from moodle_sync.things.section import MODULES, PLACES, Module
from moodle_sync.things.sectioning import STAYS
from moodle_sync.things.state import State
from tests.moodle_sync.administered import AS_USUAL, Administered, look
from tests.moodle_sync.examples import CATEGORY, COURSE, FULL

NEEDS, POLICIES, ECONOMY = (
    Module(id=name.lower(), name=name, visible=True) for name in ("Needs", "Policies", "Economy")
)
OTHER = replace(COURSE, idnumber="other", shortname="OTHER", sections=())
TWO = FULL.having(COURSES, {"tot": COURSE, "other": OTHER}).having(
    CATEGORIES, {"medtown": CATEGORY, "more": Category(idnumber="more", name="More")}
)


def wanting(*modules: Module) -> State:
    """Make a file with these modules."""
    course = replace(COURSE, sections=tuple(module.name for module in modules))
    return FULL.having(COURSES, {"tot": course}).having(MODULES, {"tot": modules})


def stays(name: str) -> Remark:
    return Remark("course", "tot", f'its section "{name}" {STAYS}')


def test_the_section_of_a_module_that_is_gone_from_the_file_stays_and_is_told_once(site: Administered) -> None:
    site.apply(wanting(NEEDS, POLICIES, ECONOMY))
    file = wanting(NEEDS, ECONOMY)

    planned = site.plan(file)
    site.apply(file)

    assert (planned.actions, planned.remarks) == ((), (stays("Policies"),))
    assert [section.name for section in look(site.miniature.client()).state[PLACES]["tot"]] == [
        "Needs",
        "Policies",
        "Economy",
    ]
    assert site.plan(file).remarks == ()


def test_it_is_told_too_where_the_file_wins(site: Administered) -> None:
    site.apply(wanting(NEEDS, POLICIES))

    assert site.plan(wanting(NEEDS), replace(AS_USUAL, file_wins=True)).remarks == (stays("Policies"),)


def test_a_journal_that_knows_no_numbers_yet_tells_it_by_the_name(site: Administered) -> None:
    site.apply(wanting(NEEDS, POLICIES))
    held = site.applied()
    site.journal.forget(replace(held, things={FIELDS: held[FIELDS]}), held.numbers)

    assert site.plan(wanting(NEEDS)).remarks == (stays("Policies"),)


@pytest.mark.parametrize(
    ("case", "file"),
    [
        ("a renamed module", (replace(NEEDS, name="What people need"), POLICIES)),
        ("a module with another id", (replace(NEEDS, id="people"), POLICIES)),
        ("modules in another order", (POLICIES, NEEDS)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_module_that_is_still_there_is_not_said_to_be_gone(
    site: Administered, case: str, file: tuple[Module, ...]
) -> None:
    site.apply(wanting(NEEDS, POLICIES))

    assert site.plan(wanting(*file)).remarks == (), case


def test_sections_of_ones_own_are_nobody_s_module(site: Administered) -> None:
    site.apply(wanting(NEEDS, POLICIES))
    site.lose_the_journal()

    assert site.plan(wanting(NEEDS)).remarks == ()


def test_a_course_and_a_category_that_are_gone_from_the_configuration_are_told_once(site: Administered) -> None:
    site.apply(TWO)

    planned = site.plan(FULL)
    site.apply(FULL)

    assert planned.actions == ()
    assert planned.remarks == (Remark("category", "more", GONE), Remark("course", "other", GONE))
    assert site.plan(FULL).remarks == ()


def test_one_that_came_back_and_goes_again_is_told_again(site: Administered) -> None:
    for file in (TWO, FULL, TWO):
        site.apply(file)
    assert site.plan(TWO).actions == ()

    assert [remark.key for remark in site.plan(FULL).remarks] == ["more", "other"]
