"""Courses and sections in several languages, as Moodle's filter reads them: written once, told in the main one."""

from dataclasses import replace

import pytest

from moodle_sync.multilang import in_languages
from moodle_sync.things.course import COURSES
from moodle_sync.things.section import Module
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.curriculum import NEEDS, POLICIES, call, lines, number_of, remarks, there, wanting
from tests.moodle_sync.examples import with_course


def several(**more: str) -> Module:
    """Make a module in several languages."""
    return replace(NEEDS, name=in_languages({"en": "Needs & more", "ar": "الحاجات", **more}))


def test_names_in_several_languages_are_written_once_and_told_in_the_main_one(site: Administered) -> None:
    fullname = in_languages({"en": "Training", "ar": "التدريب"})
    file = with_course(wanting(several(), POLICIES), fullname=fullname, sections=(several().name, POLICIES.name))

    planned = site.plan(file)
    site.apply(file)

    assert lines(planned)[1:4] == [
        'course tot: make "Training (in 2 languages)" (TOT) in medtown',
        'course tot: name section 1 "Needs & more (in 2 languages)"',
        'course tot: name section 2 "Policies"',
    ]
    assert there(site) == [(several().name, True), ("Policies", True)]
    assert look(site.miniature.client()).state[COURSES]["tot"].fullname == fullname
    assert (site.plan(file).actions, site.plan(file).remarks) == ((), ())


@pytest.mark.parametrize(
    ("file", "plan"),
    [
        (several(ar="الرغبات"), 'course tot: rename section "ar: الحاجات" to "ar: الرغبات"'),
        (
            several(es="Necesidades"),
            'course tot: rename section "Needs & more (in 2 languages)" to "Needs & more (in 3 languages)"',
        ),
        (
            replace(NEEDS, name="Needs & more"),
            'course tot: rename section "Needs & more (in 2 languages)" to "Needs & more"',
        ),
    ],
)
def test_a_section_has_other_languages_and_is_no_second_one(site: Administered, file: Module, plan: str) -> None:
    site.apply(wanting(several(), POLICIES))
    assert lines(site.plan(wanting(file, POLICIES))) == [plan]
    site.lose_the_journal()

    site.apply(wanting(file, POLICIES))

    assert there(site) == [(file.name, True), ("Policies", True)]
    assert site.plan(wanting(file, POLICIES)).actions == ()


def test_a_translation_that_somebody_changed_in_moodle_is_shown_and_left(site: Administered) -> None:
    site.apply(wanting(several(), POLICIES))
    call(site, number_of(site, several().name), several(ar="الرغبات").name)

    planned = site.plan(wanting(several(), POLICIES))

    assert planned.actions == ()
    assert remarks(planned) == ['the name of a section is "ar: الرغبات" and not "ar: الحاجات"']
