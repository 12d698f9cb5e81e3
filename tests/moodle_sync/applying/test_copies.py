"""Courses that are copied from a template: what comes of them, and what is never done twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

import pytest
from sqlalchemy import func, select, update

from lti_tool.demo.moodle.faults import DROP, LOSE, Fault
from lti_tool.demo.moodle.tables import Activity, Course, Enrolment
from moodle_sync.doctor.doctor import needed_functions
from moodle_sync.doctor.rights import needed_rights
from moodle_sync.errors import FateUnknown, RightMissing
from moodle_sync.multilang import in_languages
from moodle_sync.planning.drifting import drifts, recall
from moodle_sync.planning.plan import Plan
from moodle_sync.things.copying import CopyCourse
from moodle_sync.things.course import COURSES
from moodle_sync.things.section import MODULES, PLACES, Module
from moodle_sync.things.state import State
from moodle_sync.webservice.functions import COPYING, DUPLICATE_COURSE, FUNCTIONS, UPDATE_COURSES
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.curriculum import change
from tests.moodle_sync.examples import CATEGORY, COURSE, DESIRED, FULL
from tests.moodle_sync.templates import TEMPLATE, activities, add_activity, make_template

COPY = replace(COURSE, template=TEMPLATE)
NEEDS = Module(id="needs", name="Needs", titles=("Necesidades",))
POLICIES = Module(id="policies", name="Policies", titles=("Políticas",))
ECONOMY = Module(id="economy", name="Economy")
COPYING_RIGHTS = needed_rights((*FUNCTIONS, *COPYING))
RUNS = tuple(
    replace(COPY, idnumber=f"tot-{land}", shortname=f"TOT {land}", starts=1_790_000_000)
    for land in ("es", "pt", "el", "jo", "ps", "tn")
)


def wanting(*modules: Module, **changes: object) -> State:
    """Make a file with these modules, whose course comes from the template."""
    return FULL.having(COURSES, {"tot": replace(COPY, **changes)}).having(MODULES, {"tot": modules})  # type: ignore[arg-type]


def lines(plan: Plan) -> list[str]:
    return [
        action.line(UTC) for action in plan.actions if action.within() == "tot" or action.makes() == ("course", "tot")
    ]


def curriculum(plan: Plan) -> list[str]:
    """Give the lines of a plan that aren't about people."""
    return [line for line in lines(plan) if "section" in line or "copy" in line]


def names(site: Administered, desired: State) -> Sequence[str]:
    return [section.name for section in look(site.miniature.client(), desired).state[PLACES]["tot"]]


def copies(site: Administered) -> int:
    with site.miniature.site.session() as db:
        return db.scalar(select(func.count()).select_from(Course).where(Course.shortname == "TOT")) or 0


def test_six_runs_come_from_one_template_and_a_second_plan_is_empty(site: Administered) -> None:
    make_template(site.miniature, "Needs", "Policies")
    file = DESIRED.having(COURSES, {"tot": COURSE, **{run.idnumber: run for run in RUNS}})
    file = file.having(MODULES, dict.fromkeys([run.idnumber for run in RUNS], (NEEDS, POLICIES)))

    outcome = site.apply(file)

    assert outcome.failed == []
    assert site.miniature.calls.count(DUPLICATE_COURSE.name) == len(RUNS)
    again = site.plan(file)
    assert (again.actions, again.conflicts, again.remarks) == ((), (), ())
    for run in RUNS:
        assert activities(site.miniature, run.shortname) == activities(site.miniature, TEMPLATE)
        course = look(site.miniature.client(), file).state[COURSES][run.idnumber]
        assert (course.visible, course.starts, course.ends) == (True, run.starts, 0)


def test_a_copy_of_a_template_in_weeks_ends_when_the_file_says(site: Administered) -> None:
    make_template(site.miniature, "Needs")
    with site.miniature.site.session() as db:
        weeks = update(Course).where(Course.shortname == TEMPLATE).values(format="weeks", automatic_end=True)
        db.execute(weeks)
    desired = wanting(NEEDS, starts=1_790_000_000, ends=1_799_000_000)

    site.apply(desired)

    assert look(site.miniature.client(), desired).state[COURSES]["tot"].ends == 1_799_000_000
    assert site.plan(desired).remarks == ()


def test_nobody_comes_along_with_a_copy(site: Administered) -> None:
    make_template(site.miniature, "Needs")

    site.apply(wanting(NEEDS).having(COURSES, {"tot": COPY}))

    with site.miniature.site.session() as db:
        there = (
            select(Enrolment.user_id).join(Course, Course.id == Enrolment.course_id).where(Course.shortname == "TOT")
        )
        assert 2 not in db.scalars(there).all()


@pytest.mark.parametrize(
    ("case", "template", "file", "plan", "after"),
    [
        ("a section with a module's name is that module's", ("Needs", "Policies"), (NEEDS, POLICIES), [], []),
        (
            "so is one with its name in another language, which is renamed",
            ("Necesidades", "Políticas"),
            (NEEDS, POLICIES),
            ['rename section "Necesidades" to "Needs"', 'rename section "Políticas" to "Policies"'],
            [],
        ),
        (
            "sections stand as the file has them",
            ("Policies", "Needs"),
            (NEEDS, POLICIES),
            ['move section "Needs" to the front'],
            ["Needs", "Policies"],
        ),
        (
            "what the template lacks is put in place",
            ("Needs", "Policies"),
            (NEEDS, ECONOMY, POLICIES),
            ["add section 3", 'name section 3 "Economy"', 'move section "Economy" behind "Needs"'],
            [],
        ),
        (
            "what is no module's stays",
            ("Welcome", "Políticas", "Needs"),
            (NEEDS, POLICIES),
            ['rename section "Políticas" to "Policies"', 'move section "Needs" to the front'],
            ["Needs", "Welcome", "Policies"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_sections_of_a_copy_are_matched_with_the_modules(  # noqa: PLR0913, PLR0917  # a table
    site: Administered,
    case: str,
    template: Sequence[str],
    file: tuple[Module, ...],
    plan: list[str],
    after: list[str],
) -> None:
    make_template(site.miniature, *template)
    desired = wanting(*file)

    planned = site.plan(desired)
    outcome = site.apply(desired)

    assert curriculum(planned) == [
        'course tot: make "Training" (TOT) in medtown as a copy of TEMPLATE',
        "course tot: give the copy its idnumber and its settings",
        *(f"course tot: {line}" for line in plan),
    ], case
    assert outcome.failed == []
    assert names(site, desired) == (after or [module.name for module in file])
    again = site.plan(desired)
    assert (again.actions, again.remarks) == ((), ())
    assert len(activities(site.miniature, "TOT")) == len(template)


def test_a_section_of_the_template_that_is_no_modules_is_told(site: Administered) -> None:
    make_template(site.miniature, "Welcome", "Needs")

    remarks = site.plan(wanting(NEEDS)).remarks

    assert [remark.message for remark in remarks] == [
        'the section "Welcome" of its template is no module\'s, and stays as it is'
    ]


def test_names_in_several_languages_are_told_in_the_main_one(site: Administered) -> None:
    spans = in_languages({"en": "Welcome", "es": "Bienvenida"})
    make_template(site.miniature, spans, "Needs")

    planned = site.plan(wanting(NEEDS, fullname=in_languages({"en": "Training", "es": "Formación"})))

    assert lines(planned)[0] == 'course tot: make "Training (in 2 languages)" (TOT) in medtown as a copy of TEMPLATE'
    assert 'the section "Welcome (in 2 languages)" of its template' in planned.remarks[0].message


@pytest.mark.parametrize("fault", [DROP, LOSE])
def test_a_copy_that_nobody_answered_for_is_looked_for_and_not_made_twice(site: Administered, fault: Fault) -> None:
    make_template(site.miniature, "Políticas", "Needs")
    desired = wanting(NEEDS, POLICIES)
    site.miniature.order_faults(DUPLICATE_COURSE.name, fault)
    if fault is DROP:
        with pytest.raises(FateUnknown, match="a copying that broke off may leave a course behind"):
            site.apply(desired)
        assert copies(site) == 0

    site.apply(desired)

    assert copies(site) == 1
    assert site.plan(desired).actions == ()


def test_a_copy_without_its_idnumber_is_found_by_its_short_name_and_finished(site: Administered) -> None:
    make_template(site.miniature, "Políticas", "Needs")
    desired = wanting(NEEDS, POLICIES)
    fresh = curriculum(site.plan(desired))
    site.miniature.order_faults(UPDATE_COURSES.name, *[DROP] * 4)
    with pytest.raises(FateUnknown):
        site.apply(desired)
    stopped = site.journal.unfinished()
    assert stopped is not None

    planned = site.plan(desired)

    assert curriculum(planned) == fresh[1:]
    assert set(stopped.rest) - set(planned.actions) == set()
    site.miniature.order_faults(UPDATE_COURSES.name)
    site.apply(desired)
    assert (copies(site), site.plan(desired).actions) == (1, ())


def test_a_copy_that_lost_its_idnumber_gets_that_back_and_nothing_else(site: Administered) -> None:
    make_template(site.miniature, "Needs")
    desired = wanting(NEEDS, hidden_at_first=True)
    site.apply(desired)
    change(site, idnumber="", fullname="Our training", visible=1)

    planned = site.plan(desired)
    site.apply(desired)

    assert lines(planned) == ['course tot: idnumber from "" to "tot"']
    course = look(site.miniature.client(), desired).state[COURSES]["tot"]
    assert (course.idnumber, course.fullname, course.visible) == ("tot", "Our training", True)


def test_a_second_copy_of_a_course_that_is_gone_is_finished_too(site: Administered) -> None:
    make_template(site.miniature, "Needs")
    desired = wanting(NEEDS)
    site.apply(desired)
    with site.miniature.site.session() as db:
        db.execute(update(Course).where(Course.shortname == "TOT").values(shortname="OLD", idnumber=""))
    site.miniature.order_faults(UPDATE_COURSES.name, *[DROP] * 4)
    with pytest.raises(FateUnknown):
        site.apply(desired)
    site.miniature.order_faults(UPDATE_COURSES.name)

    planned = site.plan(desired)

    assert curriculum(planned) == ["course tot: give the copy its idnumber and its settings"]


def test_a_copy_without_its_idnumber_did_not_drift(site: Administered) -> None:
    make_template(site.miniature, "Needs")
    site.miniature.order_faults(UPDATE_COURSES.name, *[DROP] * 4)
    with pytest.raises(FateUnknown):
        site.apply(wanting(NEEDS))

    known = recall(site.journal.applied({}))
    observed = look(site.miniature.client(), known, site.journal)

    assert list(drifts(known, observed, site.applied(known), "UTC")) == []


def test_a_course_with_the_short_name_that_is_no_copy_is_left_alone(site: Administered) -> None:
    make_template(site.miniature, "Needs")
    site.apply(FULL.having(COURSES, {}))
    with site.miniature.site.session() as db:
        db.add(Course(shortname="TOT", fullname="Somebody's"))

    planned = site.plan(wanting(NEEDS))

    assert [conflict.kind for conflict in planned.conflicts] == ["course"]
    assert "other sections or activities than its template TEMPLATE" in planned.conflicts[0].message
    assert lines(planned) == []


def test_without_its_template_a_course_is_not_made(site: Administered) -> None:
    planned = site.plan(wanting(NEEDS))

    assert [conflict.message for conflict in planned.conflicts] == [
        "there is no course with the short name TEMPLATE to copy it from: write the template's as it stands"
    ]
    assert lines(planned) == []


def test_a_course_that_is_there_goes_on_without_its_template(site: Administered) -> None:
    make_template(site.miniature, "Needs")
    site.apply(wanting(NEEDS))
    with site.miniature.site.session() as db:
        db.execute(update(Course).where(Course.shortname == TEMPLATE).values(shortname="OLD"))

    planned = site.plan(wanting(replace(NEEDS, name="What people need")))

    assert curriculum(planned) == ['course tot: rename section "Needs" to "What people need"']


def test_what_a_template_gets_later_does_not_come_by_itself(site: Administered) -> None:
    make_template(site.miniature, "Needs")
    site.apply(wanting(NEEDS))
    add_activity(site.miniature, "Needs", "Exercise 2")

    planned = site.plan(wanting(NEEDS))

    assert planned.actions == ()
    with site.miniature.site.session() as db:
        assert len(db.scalars(select(Activity)).all()) == 3


@pytest.mark.parametrize(
    ("changes", "visible"), [({}, True), ({"hidden_at_first": True}, False), ({"visible": False}, False)]
)
def test_a_copy_is_shown_when_it_has_its_settings_unless_it_shall_be_hidden(
    site: Administered, changes: dict[str, object], *, visible: bool
) -> None:
    make_template(site.miniature, "Needs")
    desired = wanting(NEEDS, **changes)

    site.apply(desired)

    assert look(site.miniature.client(), desired).state[COURSES]["tot"].visible is visible
    assert CATEGORY.idnumber == look(site.miniature.client(), desired).state[COURSES]["tot"].category


@pytest.mark.parametrize("lacking", ["", "moodle/backup:userinfo", "moodle/backup:configure", "moodle/course:create"])
def test_who_lacks_a_right_copies_nobody_and_nothing(site: Administered, lacking: str) -> None:
    make_template(site.miniature, "Needs")
    site.apply(FULL.having(COURSES, {}))
    owner = site.miniature.add_account("sync", rights=" ".join(right for right in COPYING_RIGHTS if right != lacking))
    site.miniature.give_token("e" * 32, owner=owner)
    copy = [action for action in site.plan(wanting(NEEDS)).actions if isinstance(action, CopyCourse)]
    applying = site.begin(copy, site.miniature.client("e" * 32), desired=wanting(NEEDS))

    if lacking:
        with pytest.raises(RightMissing):
            applying.run(copy)
    else:
        applying.run(copy)

    assert copies(site) == (not lacking)


@pytest.mark.parametrize(("template", "needed"), [(TEMPLATE, {DUPLICATE_COURSE.name}), (None, set())])
def test_only_who_has_a_template_needs_what_copies(template: str | None, needed: set[str]) -> None:
    functions = needed_functions(wanting(NEEDS, template=template))

    assert {function.name for function in functions} - {function.name for function in FUNCTIONS} == needed
