"""A curriculum that goes on changing, and people who change courses in Moodle: what an administrator sees of both."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

import pytest
from sqlalchemy import delete

from lti_tool.demo.moodle.tables import Section
from moodle_sync.planning.plan import Plan
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.course import COURSES, EMPTIED
from moodle_sync.things.kept import FOUND, LEFT
from moodle_sync.things.section import MODULES, PLACES, Module
from moodle_sync.things.state import State
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import GET_STATE, NAME_SECTION, UPDATE_CATEGORIES, UPDATE_COURSES, UPDATE_SECTIONS
from tests.moodle_sync.administered import AS_USUAL, Administered, look
from tests.moodle_sync.examples import CATEGORY, COURSE, FULL, with_course

WINS = replace(AS_USUAL, file_wins=True)
NEEDS, POLICIES, ECONOMY = (
    Module(id=name.lower(), name=name, visible=True) for name in ("Needs", "Policies", "Economy")
)


def wanting(*modules: Module) -> State:
    """Make a file with these modules."""
    course = replace(COURSE, sections=tuple(module.name for module in modules))
    return FULL.having(COURSES, {"tot": course}).having(MODULES, {"tot": modules})


def lines(plan: Plan) -> list[str]:
    return [action.line(UTC) for action in plan.actions]


def remarks(plan: Plan) -> list[str]:
    return [remark.message.partition(": changed in Moodle")[0] for remark in plan.remarks]


def there(site: Administered) -> Sequence[tuple[str, bool]]:
    sections = look(site.miniature.client()).state[PLACES]["tot"]
    return [(section.name, section.visible) for section in sections]


def number_of(site: Administered, name: str) -> int:
    return next(one.number for one in look(site.miniature.client()).state[PLACES]["tot"] if one.name == name)


def by_hand(site: Administered, action: str, number: int, behind: int = 0) -> None:
    """Do what whoever teaches does on the course's page."""
    course = look(site.miniature.client()).ids[COURSES]["tot"]
    more: dict[str, Value] = {"targetsectionid": behind} if behind else {}
    site.miniature.client().call(UPDATE_SECTIONS, action=action, courseid=course, ids=[number], **more)


def call(site: Administered, number: int, name: str) -> None:
    row: dict[str, Value] = {"component": "format_topics", "itemtype": "sectionname", "itemid": number, "value": name}
    site.miniature.client().call(NAME_SECTION, **row)


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


def settled(**changes: object) -> State:
    """Make a file with other settings of the course."""
    usual = {"page": "<p>All of it.</p>", "summary": "All of it.", "visible": True, "group_mode": 0}
    return with_course(FULL, **{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fullname": "Formación"}, 'fullname from "Training" to "Formación"'),
        ({"page": "<p>More.</p>"}, 'summary from "<p>All of it.</p>" to "<p>More.</p>"'),
        ({"starts": 1_790_000_000, "ends": 1_800_000_000}, "enddate from"),
        ({"lang": "es"}, 'lang from "" to "es"'),
        ({"visible": False}, 'visible from "1" to "0"'),
        ({"kept_format": "weeks"}, 'format from "topics" to "weeks"'),
        ({"completion": False}, 'enablecompletion from "1" to "0"'),
        ({"group_mode": 2}, 'groupmode from "0" to "2"'),
    ],
    ids=str,
)
def test_a_setting_that_the_file_changed_is_written_once(
    site: Administered, changes: dict[str, object], said: str
) -> None:
    site.apply(settled())
    file = settled(**changes)

    planned = site.plan(file)
    site.apply(file)

    assert [line.startswith(f"course tot: {said}") for line in lines(planned)] == [True], lines(planned)
    again = site.plan(file)
    assert (again.actions, again.remarks) == ((), ())


def change(site: Administered, **fields: Value) -> None:
    """Change the course in Moodle, as on its page of settings."""
    number = look(site.miniature.client()).ids[COURSES]["tot"]
    site.miniature.client().call(UPDATE_COURSES, courses=[{"id": number, **fields}])


def test_a_setting_that_somebody_changed_in_moodle_is_shown_and_left_unless_the_file_wins(site: Administered) -> None:
    site.apply(settled())
    change(site, fullname="My course", visible=0, summary="<p>My own.</p>")

    planned = site.plan(settled())

    assert (planned.actions, remarks(planned)) == (
        (),
        [
            'fullname is "My course" and not "Training"',
            'summary is "<p>My own.</p>" and not "<p>All of it.</p>"',
            'visible is "0" and not "1"',
        ],
    )
    assert lines(site.plan(settled(fullname="Formación"))) == ['course tot: fullname from "My course" to "Formación"']
    site.apply(settled(), options=WINS)
    assert (site.plan(settled()).actions, site.plan(settled()).remarks) == ((), ())
    assert look(site.miniature.client()).state[COURSES]["tot"].fullname == "Training"


def test_a_summary_that_was_there_before_the_journal_knew_is_left_until_it_is_emptied(site: Administered) -> None:
    site.apply(settled())
    change(site, summary="<p>My own.</p>")
    site.lose_the_journal()

    planned = site.plan(settled())

    assert (planned.actions, [remark.message for remark in planned.remarks]) == (
        (),
        [f'summary is "<p>My own.</p>" and not "<p>All of it.</p>": {FOUND}{EMPTIED}'],
    )
    change(site, summary="")
    assert lines(site.plan(settled())) == ['course tot: summary from "" to "<p>All of it.</p>"']
    change(site, summary="<p>My own.</p>")
    assert lines(site.plan(settled(), WINS)) == [
        'course tot: summary from "<p>My own.</p>" to "<p>All of it.</p>"',
    ]


def test_a_new_course_may_be_hidden_until_somebody_opens_it(site: Administered) -> None:
    file = with_course(FULL, hidden_at_first=True)
    site.apply(file)
    assert look(site.miniature.client()).state[COURSES]["tot"].visible is False

    change(site, visible=1)

    assert (site.plan(file).actions, site.plan(file).remarks) == ((), ())


OTHER = Category(idnumber="other", name="Other")


@pytest.mark.parametrize(
    ("category", "said"),
    [
        (replace(CATEGORY, name="MedTOWN 2026"), 'category medtown: name from "MedTOWN" to "MedTOWN 2026"'),
        (replace(CATEGORY, parent="other"), 'category medtown: parent from "" to "other"'),
        (replace(CATEGORY, description="<p>All.</p>"), 'category medtown: description from "" to "<p>All.</p>"'),
    ],
)
def test_what_the_file_changed_of_a_category_is_written_once(site: Administered, category: Category, said: str) -> None:
    site.apply(FULL.having(CATEGORIES, {"other": OTHER, "medtown": CATEGORY}))
    file = FULL.having(CATEGORIES, {"other": OTHER, "medtown": category})

    assert lines(site.plan(file)) == [said]
    site.apply(file)

    again = site.plan(file)
    assert (again.actions, again.remarks) == ((), ())
    assert look(site.miniature.client(), file).state[CATEGORIES]["medtown"].name == category.name


def test_a_category_that_somebody_renamed_in_moodle_is_shown_and_left_unless_the_file_wins(site: Administered) -> None:
    site.apply()
    number = look(site.miniature.client()).ids[CATEGORIES]["medtown"]
    site.miniature.client().call(UPDATE_CATEGORIES, categories=[{"id": number, "name": "Ours"}])

    planned = site.plan()

    assert (planned.actions, remarks(planned)) == ((), ['name is "Ours" and not "MedTOWN"'])
    assert [remark.differs for remark in planned.remarks] == [True]
    assert lines(site.plan(options=WINS)) == ['category medtown: name from "Ours" to "MedTOWN"']
