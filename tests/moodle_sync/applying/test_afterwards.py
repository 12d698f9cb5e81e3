"""What of a run isn't as Moodle had said, and what the journal makes of it."""

from dataclasses import replace

import pytest

from moodle_sync.applying.afterwards import compare
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Altered
from moodle_sync.things.change import Change
from moodle_sync.things.course import COURSES, ChangeCourse, CreateCourse
from moodle_sync.things.membership import AddMember
from moodle_sync.things.person import ChangePerson, CreatePerson
from moodle_sync.things.section import NameSection
from moodle_sync.things.state import State
from tests.moodle_sync.examples import ANA, COURSE, MEMBER

CITY = "profile_field_city"


def named(*sections: str) -> State:
    return State().having(COURSES, {"tot": replace(COURSE, sections=sections)})


def changed(field: str, before: str, after: str) -> ChangePerson:
    return ChangePerson("ana", (Change(field, before, after),))


def made_of(field: str, written: str, kept: str, kind: str = "person", key: str = "ana") -> Altered:
    return Altered(kind=kind, key=key, field=field, written=written, kept=kept)


@pytest.mark.parametrize(
    ("case", "done", "later"),
    [
        ("not there at all", AddMember(MEMBER), AddMember(MEMBER)),
        ("a field is as it was", changed("lang", "es", "el"), changed("lang", "es", "el")),
        ("a section has no name yet", NameSection("tot", 2, "Policies"), changed("lang", "es", "el")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_as_it_was_is_lost_and_is_done_again(case: str, done: Action, later: Action) -> None:
    found = compare([done], [later], named("Needs", ""))

    assert (found.lost, found.altered) == ((done,), ()), case


@pytest.mark.parametrize(
    ("case", "done", "later", "expected"),
    [
        (
            "a change",
            ChangePerson("ana", (Change("lang", "es", "el"), Change("idnumber", "", "p1"))),
            changed("idnumber", "p", "p1"),
            made_of("idnumber", "p1", "p"),
        ),
        ("a site's own field", changed(CITY, "Jaén", "Cádiz"), changed(CITY, "", "Cádiz"), made_of(CITY, "Cádiz", "")),
        (
            "a site's own field that the site doesn't have",
            changed(CITY, "", "Cádiz"),
            changed(CITY, "", "Cádiz"),
            made_of(CITY, "Cádiz", ""),
        ),
        ("a new account", CreatePerson(ANA), changed("lang", "en", "es"), made_of("lang", "es", "en")),
        (
            "a new course",
            CreateCourse(COURSE),
            ChangeCourse("tot", (Change("fullname", "Train", "Training"),)),
            made_of("fullname", "Training", "Train", "course", "tot"),
        ),
        (
            "a section's name",
            NameSection("tot", 1, "Needs <b>and</b> more"),
            changed("lang", "es", "el"),
            made_of("section 1", "Needs <b>and</b> more", "Needs", "course", "tot"),
        ),
        (
            "what was written, not what would be written now",
            changed(CITY, "", "2026-10-01 14:30"),
            changed(CITY, "1790805600", "1790857800"),
            made_of(CITY, "2026-10-01 14:30", "1790805600"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_field_that_became_something_else_is_told_and_left(
    case: str, done: Action, later: Action, expected: Altered
) -> None:
    found = compare([done], [later], named("Needs", "Policies"))

    assert (found.lost, found.altered) == ((), ((done, expected),)), case


def test_what_is_there_and_what_others_changed_meanwhile_is_nothing_to_tell() -> None:
    done: list[Action] = [AddMember(MEMBER), changed("lang", "es", "el")]

    found = compare(done, [changed("firstname", "Anna", "Ana")], State())

    assert found.failures == ()
