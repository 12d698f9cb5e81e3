"""A template that goes on changing, and trainers who change copies of it: what an administrator sees of both."""

from dataclasses import replace
from datetime import UTC

import pytest
from sqlalchemy import delete

from lti_tool.demo.moodle.tables import CourseModule
from moodle_sync.multilang import in_languages
from moodle_sync.planning.plan import Plan
from moodle_sync.things.course import COURSES
from moodle_sync.things.kept import LEFT
from moodle_sync.things.section import MODULES, Module
from tests.moodle_sync.administered import AS_USUAL, Administered, look
from tests.moodle_sync.examples import COURSE, FULL
from tests.moodle_sync.templates import TEMPLATE, activities, add_activity, call, make_template, number_of, press, shown

WINS = replace(AS_USUAL, file_wins=True)
FILE = FULL.having(COURSES, {"tot": replace(COURSE, template=TEMPLATE)}).having(
    MODULES, {"tot": (Module(id="needs", name="Needs"), Module(id="policies", name="Policies"))}
)
COPY = "TOT"


@pytest.fixture
def copied(site: Administered) -> Administered:
    """Give a site with a template and a copy of it, two activities in the first section and one in the other."""
    make_template(site.miniature, "Needs", "Policies")
    add_activity(site.miniature, "Needs", "Map")
    site.apply(FILE)
    return site


def lines(plan: Plan) -> list[str]:
    return [action.line(UTC) for action in plan.actions]


def remarks(plan: Plan) -> list[str]:
    return [remark.message for remark in plan.remarks]


@pytest.mark.parametrize(
    ("case", "plan"),
    [
        ("rename", ['course tot: rename activity "Map" to "Power map"']),
        ("hide", ['course tot: hide activity "Map"']),
        ("move", ['course tot: move activity "Map" before "Exercise 1"']),
        ("move elsewhere", ['course tot: move activity "Map" before "Exercise 2"']),
    ],
)
def test_what_the_template_changed_is_brought_over_once(copied: Administered, case: str, plan: list[str]) -> None:
    if case == "rename":
        call(copied, TEMPLATE, "Map", "Power map")
    elif case == "hide":
        press(copied, TEMPLATE, "cm_hide", "Map")
    else:
        press(copied, TEMPLATE, "cm_move", "Map", "Exercise 1" if case == "move" else "Exercise 2")

    planned = copied.plan(FILE)
    copied.apply(FILE)

    assert lines(planned) == plan
    assert activities(copied.miniature, COPY) == activities(copied.miniature, TEMPLATE) or case == "rename"
    assert shown(copied, COPY) == shown(copied, TEMPLATE)
    again = copied.plan(FILE)
    assert (again.actions, again.remarks) == ((), ())


def test_what_somebody_changed_in_a_copy_is_shown_and_left_unless_the_file_wins(copied: Administered) -> None:
    call(copied, COPY, "Map", "Our map")
    press(copied, COPY, "cm_hide", "Exercise 1")
    press(copied, COPY, "cm_move", "Our map", "Exercise 1")

    planned = copied.plan(FILE)

    assert planned.actions == ()
    assert [message.partition(": changed in Moodle")[0] for message in remarks(planned)] == [
        'its activity "Exercise 1" is hidden',
        'the name of an activity is "Our map" and not "Map"',
        f"the order of its activities was {LEFT}",
    ]
    copied.apply(FILE, options=WINS)
    assert activities(copied.miniature, COPY) == activities(copied.miniature, TEMPLATE)
    assert shown(copied, COPY) == shown(copied, TEMPLATE)
    assert copied.plan(FILE, WINS).actions == ()


def test_what_the_template_changes_after_somebody_did_is_written(copied: Administered) -> None:
    call(copied, COPY, "Map", "Our map")
    call(copied, TEMPLATE, "Map", "Power map")

    assert lines(copied.plan(FILE)) == ['course tot: rename activity "Our map" to "Power map"']


def test_names_in_several_languages_are_told_in_the_main_one(copied: Administered) -> None:
    spans = in_languages({"en": "Power map", "es": "Mapa"})
    call(copied, TEMPLATE, "Map", spans)
    add_activity(copied.miniature, "Needs", in_languages({"en": "Consent", "es": "Permiso"}))
    press(copied, TEMPLATE, "cm_move", spans, "Exercise 1")

    planned = copied.plan(FILE)

    assert lines(planned) == [
        'course tot: rename activity "Map" to "Power map (in 2 languages)"',
        'course tot: move activity "Power map (in 2 languages)" before "Exercise 1"',
    ]
    assert 'that it hasn\'t: "Consent (in 2 languages)"' in remarks(planned)[0]


def test_what_is_new_in_the_template_is_listed_with_where_to_click_and_not_made(copied: Administered) -> None:
    add_activity(copied.miniature, "Needs", "Consent")
    number = look(copied.miniature.client(), FILE).ids[COURSES]["tot"]

    planned = copied.plan(FILE)

    assert planned.actions == ()
    where = f"/backup/import.php?id={number} on the site takes them over: choose the template, and only these"
    assert remarks(planned) == [f'its template has activities that it hasn\'t: "Consent"; {where}']
    add_activity(copied.miniature, "Needs", "Consent", COPY)
    copied.apply(FILE)
    assert (copied.plan(FILE).actions, copied.plan(FILE).remarks) == ((), ())


def test_an_activity_that_somebody_took_away_is_told_and_not_made_again(copied: Administered) -> None:
    number = number_of(copied, COPY, "Map")
    with copied.miniature.site.session() as db:
        db.execute(delete(CourseModule).where(CourseModule.id == number))

    planned = copied.plan(FILE)

    assert planned.actions == ()
    said = [message.partition("; see")[0] for message in remarks(planned)]
    assert said == ['activities of its template were taken away here, and stay away: "Map"']


def test_without_the_journal_only_what_is_called_alike_is_known_and_nothing_is_changed(copied: Administered) -> None:
    copied.lose_the_journal()
    press(copied, COPY, "cm_hide", "Exercise 1")
    press(copied, COPY, "cm_move", "Map", "Exercise 1")

    planned = copied.plan(FILE)

    assert planned.actions == ()
    assert remarks(planned) == ["its activity \"Exercise 1\" is hidden: its template's isn't"]
    copied.apply(FILE)
    call(copied, TEMPLATE, "Map", "Power map")
    assert lines(copied.plan(FILE)) == ['course tot: rename activity "Map" to "Power map"']


def test_activities_of_one_name_are_not_guessed(copied: Administered) -> None:
    add_activity(copied.miniature, "Policies", "Map")
    copied.lose_the_journal()

    planned = copied.plan(FILE)

    assert planned.actions == ()
    said = [message.partition("; see")[0] for message in remarks(planned)]
    assert said == ['several activities are called so, and which is its template\'s can\'t be told: "Map", "Map"']
