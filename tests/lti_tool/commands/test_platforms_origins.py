"""`lti-tool platforms origins` says where a site may be: what gets a token, frames our pages and gets answers."""

import pytest

from tests.lti_tool.commands.conftest import Shell, register

ISSUER = "https://moodle.example.org"
SERVICES = "https://services.example.org"


def test_a_sites_own_origin_stands_there_by_itself(migrated: Shell) -> None:
    register(migrated)

    assert migrated.run("platforms", "origins", "1") == (0, f"{ISSUER}\n", "")


def test_an_origin_is_added_once_and_removed(migrated: Shell) -> None:
    register(migrated)

    results = [
        migrated.run("platforms", "origins", "1", "--add", f"{SERVICES}/api/lti", "--add", SERVICES.upper()),
        migrated.run("platforms", "origins", "1", "--add", SERVICES),
        migrated.run("platforms", "origins", "1", "--remove", SERVICES),
    ]

    both = (0, f"{ISSUER}\n{SERVICES}\n", "")
    assert results == [both, both, (0, f"{ISSUER}\n", "")]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("--add", "services.example.org"), "services.example.org can't be used"),
        (("--add", "http://services.example.org"), "does not use https"),
        (("--add", "https://me@services.example.org"), "can't be used"),
        (("--remove", ISSUER), "wasn't added to registration 1"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    migrated: Shell, change: tuple[str, str], problem: str
) -> None:
    register(migrated)

    code, _, said = migrated.run("platforms", "origins", "1", "--add", SERVICES, *change)

    assert (code, problem in said) == (1, True)
    assert migrated.run("platforms", "origins", "1")[1] == f"{ISSUER}\n"


def test_of_a_registration_that_is_not_there_the_command_says_so(migrated: Shell) -> None:
    code, _, said = migrated.run("platforms", "origins", "7")

    assert (code, "There is no registration 7." in said) == (1, True)
