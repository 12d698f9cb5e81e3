"""Which fields of an account are changed."""

from dataclasses import replace

import pytest

from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.account import Person
from moodle_sync.things.action import Action
from moodle_sync.things.change import Change
from moodle_sync.things.person import PEOPLE, ChangePerson, CreatePerson
from moodle_sync.things.state import State
from tests.moodle_sync.examples import ANA, found

SEEN = replace(ANA, lang="es", auth="manual", suspended=False, profile=(("country", "Spain"),))


def actions(wanted: Person, there: Person | None = None) -> list[Action]:
    people = {} if there is None else {"ana": there}
    return list(plan(State().having(PEOPLE, {"ana": wanted}), found(State().having(PEOPLE, people))).actions)


@pytest.mark.parametrize(
    ("case", "wanted", "there", "changes"),
    [
        (
            "fields that the source gives are changed",
            ANA,
            replace(SEEN, lastname="Ruíz", idnumber=""),
            [Change("lastname", "Ruíz", "Ruiz"), Change("idnumber", "", "p1")],
        ),
        (
            "an account that was found by its address only gets the idnumber, and keeps its username",
            ANA,
            replace(SEEN, username="ana.old", idnumber=""),
            [Change("idnumber", "", "p1")],
        ),
        ("fields that the source doesn't give stay", Person(username="ana"), SEEN, []),
        ("capitals in an address are no difference", ANA, replace(SEEN, email="ANA@Example.org"), []),
        (
            "the way that an accent is written is none",
            replace(ANA, lastname="Ru\u00edz"),
            replace(SEEN, lastname="Rui\u0301z"),
            [],
        ),
        ("what the token may not see is none", ANA, replace(SEEN, email="", lang=None), []),
        ("an idnumber can be emptied", replace(ANA, idnumber=""), SEEN, [Change("idnumber", "p1", "")]),
        ("an empty one stays empty", replace(ANA, idnumber=""), replace(SEEN, idnumber=""), []),
        ("nothing else can be emptied", replace(ANA, lastname="", email="", lang=""), SEEN, []),
        (
            "language and login method are changed",
            replace(ANA, lang="ar", auth="oauth2"),
            SEEN,
            [Change("lang", "es", "ar"), Change("auth", "manual", "oauth2")],
        ),
        ("an account is suspended", replace(ANA, suspended=True), SEEN, [Change("suspended", "0", "1")]),
        (
            "an account is let in again",
            replace(ANA, suspended=False),
            replace(SEEN, suspended=True),
            [Change("suspended", "1", "0")],
        ),
        (
            "a suspension that can't be seen is no difference",
            replace(ANA, suspended=True),
            replace(SEEN, suspended=None),
            [],
        ),
        (
            "the site's own fields are changed, filled and emptied",
            replace(ANA, profile=(("city", "Cádiz"), ("country", ""))),
            SEEN,
            [Change("profile_field_city", "", "Cádiz"), Change("profile_field_country", "Spain", "")],
        ),
        ("the site's own fields that nobody manages stay", ANA, SEEN, []),
        (
            "the site's own fields that can't be seen are no difference",
            replace(ANA, profile=(("country", "Jordan"),)),
            replace(SEEN, auth=None, profile=()),
            [],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_changes_of_an_account(case: str, wanted: Person, there: Person, changes: list[Change]) -> None:
    assert actions(wanted, there) == ([ChangePerson("ana", tuple(changes))] if changes else []), case


MADRID = Options(zone="Europe/Madrid")


@pytest.mark.parametrize(
    ("case", "file", "there", "written"),
    [
        ("a date is as Moodle has it", "2026-10-01", "1790805600", None),
        ("a date, where the token's account lives in London", "2026-10-01", "1790809200", None),
        ("the day before", "2026-09-30", "1790805600", "2026-09-30"),
        ("the day after", "2026-10-02", "1790805600", "2026-10-02"),
        ("a date where there is none", "2026-10-01", "", "2026-10-01"),
        ("a date in a field of text", "2026-10-01", "soon", "2026-10-01"),
        ("a date that is none", "2026-13-01", "1790805600", "2026-13-01"),
        ("a time is as Moodle has it", "2026-10-01 14:30", "1790857800", None),
        ("a time with seconds is as Moodle has it", "2026-10-01T14:30:00", "1790857800", None),
        ("a time as Moodle writes it", "2026-10-01-14-30-00", "1790857800", None),
        ("another time", "2026-10-01 14:31", "1790857800", "1790857860"),
        ("a time where only Moodle's own way is surely a date", "2026-10-01 14:30", "", "2026-10-01 14:30"),
        ("a time as only Moodle writes it, where there is none", "2026-10-01-14-30-00", "", "1790857800"),
        ("seconds", "1790857800", "1790857800", None),
        ("a number and a text", "1790857800", "2026-10-01", "1790857800"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_dates_are_compared_with_the_seconds_that_moodle_keeps(
    case: str, file: str, there: str, written: str | None
) -> None:
    wanted = replace(ANA, profile=(("born", file),))
    seen = replace(SEEN, profile=(("born", there),) if there else ())
    state = State().having(PEOPLE, {"ana": seen})

    made = plan(State().having(PEOPLE, {"ana": wanted}), found(state), options=MADRID).actions

    change = Change("profile_field_born", there, written or "")
    assert made == (() if written is None else (ChangePerson("ana", (change,)),)), case


def test_a_new_account_gets_times_in_seconds() -> None:
    wanted = replace(ANA, profile=(("born", "2026-10-01-14-30-00"), ("city", "Cádiz")))

    made = plan(State().having(PEOPLE, {"ana": wanted}), found(State()), options=MADRID).actions

    assert made == (CreatePerson(replace(ANA, profile=(("born", "1790857800"), ("city", "Cádiz")))),)


def test_a_new_account_that_is_to_be_suspended_is_suspended_after_it_was_made() -> None:
    wanted = replace(ANA, suspended=True)

    assert actions(wanted) == [CreatePerson(wanted), ChangePerson("ana", (Change("suspended", "0", "1"),))]
