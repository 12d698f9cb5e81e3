"""Why a row was left out, as it is told."""

from dataclasses import replace

import pytest

from moodle_sync.applying.reasons import cause, why
from moodle_sync.errors import Blocked, Refused
from moodle_sync.things.action import Action
from moodle_sync.things.category import CreateCategory
from moodle_sync.things.change import Change
from moodle_sync.things.cohort import CreateCohort
from moodle_sync.things.course import CreateCourse
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import CreateGroup
from moodle_sync.things.person import PEOPLE, ChangePerson, CreatePerson
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.crowds import crowd
from tests.moodle_sync.examples import ANA, CATEGORY, COURSE, GROUP, LEARNS, SAMI

NAMELESS = Refused("f", "invalidparameter", "Invalid parameter value detected")
SAID = "f: Invalid parameter value detected (invalidparameter)"


@pytest.mark.parametrize(
    ("action", "suspects"),
    [
        (
            CreatePerson(replace(ANA, idnumber=None)),
            (
                'email "ana@example.org" (taken, or none that Moodle takes), '
                'username "ana" (taken, or of letters that Moodle doesn\'t take), '
                'lang "es" (its pack isn\'t installed), '
                'firstname "Ana" (has tags, or is too long), lastname "Ruiz" (has tags, or is too long)'
            ),
        ),
        (
            ChangePerson("ana", (Change("auth", "manual", "ldap"), Change("profile_field_city", "", "Jaén"))),
            'auth "ldap" (not installed, or none for new accounts)',
        ),
        (
            CreateCourse(COURSE),
            (
                'idnumber "tot" (taken, or too long), fullname "Training" (has tags, or is too long), '
                'shortname "TOT" (has tags, or is too long)'
            ),
        ),
        (
            CreateCategory(CATEGORY),
            'idnumber "medtown" (taken, or too long), name "MedTOWN" (has tags, or is too long)',
        ),
        (CreateGroup(GROUP), 'name "Group A" (has tags, or is too long)'),
        (CreateCohort("agents"), 'idnumber "agents" (taken, or too long)'),
    ],
    ids=lambda value: type(value).__name__,
)
def test_where_moodle_names_nothing_the_usual_suspects_are_named(action: Action, suspects: str) -> None:
    assert why(action, NAMELESS) == f"{SAID}; look at {suspects}"


@pytest.mark.parametrize(
    "error",
    [
        Refused("f", "invalidparameter", "Invalid", 'the value is "es"'),
        Refused("f", "useremailduplicate", "Duplicate email address"),
        Blocked("a firewall"),
    ],
)
def test_where_the_reason_is_told_nobody_is_suspected(error: Refused) -> None:
    assert why(CreatePerson(ANA), error) == str(error)


def test_where_there_are_no_suspects_none_is_named() -> None:
    assert why(Enrol(LEARNS), NAMELESS) == SAID


@pytest.mark.parametrize(
    ("case", "ana", "sami", "alike"),
    [
        ("the same code", Refused("f", "taken", "ana is taken"), Refused("f", "taken", "sami is taken"), True),
        ("other codes", Refused("f", "taken", "No."), Refused("f", "unknown", "No."), False),
        ("other functions", Refused("f", "taken", "No."), Refused("g", "taken", "No."), False),
        (
            "the same reason of two values",
            Refused("f", "invalidparameter", "No.", "Username already exists: ana"),
            Refused("f", "invalidparameter", "No.", "Username already exists: sami"),
            True,
        ),
        (
            "two reasons",
            Refused("f", "invalidparameter", "No.", "Username already exists: ana"),
            Refused("f", "invalidparameter", "No.", "Email address already exists: sami@example.org"),
            False,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rows_that_are_refused_for_the_same_have_a_cause_in_common(
    case: str, ana: Refused, sami: Refused, *, alike: bool
) -> None:
    assert (cause(CreatePerson(ANA), ana) == cause(CreatePerson(SAMI), sami)) is alike, case


def test_what_is_refused_before_moodle_says_its_reason_itself() -> None:
    assert not cause(CreatePerson(ANA), Blocked("a firewall"))


def test_a_site_with_debugging_tells_its_reason(site: Administered) -> None:
    settings = site.miniature.site.settings
    site.miniature.site.settings = replace(settings, debugging=True)
    desired = crowd(4)
    people = {**desired[PEOPLE], "trainee002": replace(desired[PEOPLE]["trainee002"], lang="xx")}

    outcome = site.apply(desired.having(PEOPLE, people))

    assert outcome.failed[0].reason == (
        "core_user_create_users: Invalid parameter value detected (invalidparameter): "
        'Invalid external api parameter: the value is "xx", the server was expecting "lang" type'
    )
