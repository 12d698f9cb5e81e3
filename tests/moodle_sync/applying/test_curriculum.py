"""A curriculum that goes on changing, and people who change courses in Moodle: what an administrator sees of both."""

from dataclasses import replace

import pytest
from sqlalchemy import delete

from lti_tool.demo.moodle.tables import Section
from moodle_sync.things.course import COURSES
from moodle_sync.things.kept import LEFT
from moodle_sync.things.section import PLACES, Module
from moodle_sync.webservice.functions import (
    GET_STATE,
    UPDATE_SECTIONS,
)
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.curriculum import (
    ECONOMY,
    NEEDS,
    POLICIES,
    WINS,
    by_hand,
    call,
    lines,
    number_of,
    remarks,
    there,
    wanting,
)


@pytest.mark.parametrize(
    ("case", "file", "plan"),
    [
        (
            "a renamed module is one renamed section",
            (replace(NEEDS, name="What people need"), POLICIES, ECONOMY),
            ['course tot: rename section "Needs" to "What people need"'],
        ),
        (
            "modules in another order are sections in that order",
            (ECONOMY, NEEDS, POLICIES),
            ['course tot: move section "Economy" to the front'],
        ),
        (
            "a module that is put in stands where the file has it",
            (NEEDS, Module(id="rights", name="Rights", visible=True), POLICIES, ECONOMY),
            [
                "course tot: add section 4",
                'course tot: name section 4 "Rights"',
                'course tot: move section "Rights" behind "Needs"',
            ],
        ),
        (
            "a module that is hidden is a hidden section",
            (NEEDS, replace(POLICIES, visible=False), ECONOMY),
            ['course tot: hide section "Policies"'],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_file_changed_is_done_once(
    site: Administered, case: str, file: tuple[Module, ...], plan: list[str]
) -> None:
    site.apply(wanting(NEEDS, POLICIES, ECONOMY))
    numbers = {number_of(site, module.name) for module in (NEEDS, POLICIES, ECONOMY)}
    planned = site.plan(wanting(*file))
    assert lines(planned) == plan, case

    site.apply(wanting(*file))

    assert there(site) == [(module.name, module.visible) for module in file]
    assert numbers <= {section.number for section in look(site.miniature.client()).state[PLACES]["tot"]}
    again = site.plan(wanting(*file))
    assert (again.actions, again.remarks) == ((), ())


def test_what_somebody_changed_in_moodle_is_shown_and_left_unless_the_file_wins(site: Administered) -> None:
    file = wanting(NEEDS, POLICIES, ECONOMY)
    site.apply(file)
    call(site, number_of(site, "Needs"), "My own words")
    by_hand(site, "section_hide", number_of(site, "Policies"))
    by_hand(site, "section_move_after", number_of(site, "Economy"), number_of(site, "My own words"))

    planned = site.plan(file)
    site.apply(file)

    assert planned.actions == ()
    assert remarks(planned) == [
        'the name of a section is "My own words" and not "Needs"',
        'its section "Policies" is hidden',
        f"the order of its sections was {LEFT}",
    ]
    assert there(site) == [("My own words", True), ("Economy", True), ("Policies", False)]
    assert lines(site.plan(file, WINS)) == [
        'course tot: rename section "My own words" to "Needs"',
        'course tot: move section "Policies" behind "Needs"',
        'course tot: show section "Policies"',
    ]
    site.apply(file, options=WINS)
    assert there(site) == [("Needs", True), ("Policies", True), ("Economy", True)]
    assert site.plan(file, WINS).actions == ()


def test_what_the_file_changes_after_somebody_did_is_written(site: Administered) -> None:
    site.apply(wanting(NEEDS, POLICIES))
    call(site, number_of(site, "Needs"), "My own words")

    planned = site.plan(wanting(replace(NEEDS, name="What people need"), POLICIES))

    assert lines(planned) == ['course tot: rename section "My own words" to "What people need"']


def test_a_section_that_somebody_took_away_is_not_made_again_unless_the_file_wins(site: Administered) -> None:
    file = wanting(NEEDS, POLICIES)
    site.apply(file)
    with site.miniature.site.session() as db:
        db.execute(delete(Section).where(Section.name == "Policies"))

    planned = site.plan(file)

    assert (planned.actions, remarks(planned)) == ((), ['its section "Policies" is gone'])
    assert lines(site.plan(file, WINS)) == ["course tot: add section 2", 'course tot: name section 2 "Policies"']


def test_sections_of_ones_own_stay_behind_what_they_stood_behind(site: Administered) -> None:
    site.apply(wanting(NEEDS, POLICIES))
    course = look(site.miniature.client()).ids[COURSES]["tot"]
    client = site.miniature.client()
    client.call(UPDATE_SECTIONS, action="section_add", courseid=course)
    last = client.call(GET_STATE, courseid=course).section[-1].id
    call(site, last, "Mine")
    by_hand(site, "section_move_after", last, number_of(site, "Needs"))

    site.apply(wanting(POLICIES, NEEDS))

    assert [name for name, _ in there(site)] == ["Policies", "Needs", "Mine"]


def test_a_section_is_renamed_in_the_format_that_the_course_has_then(site: Administered) -> None:
    site.apply(wanting(NEEDS, POLICIES))
    renamed = wanting(replace(NEEDS, name="What people need"), POLICIES)
    file = renamed.having(COURSES, {"tot": replace(renamed[COURSES]["tot"], kept_format="weeks", format="weeks")})

    done = site.apply(file)

    assert (len(done.done), done.failed) == (2, [])
    assert site.plan(file).actions == ()
