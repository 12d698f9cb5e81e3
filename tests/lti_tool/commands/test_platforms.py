"""`lti-tool platforms` lists, approves, suspends and removes registrations and deployments."""

import pytest

from tests.lti_tool.commands.conftest import Shell, register, states

LINE = "1\t{state}\thttps://moodle.example.org\tclient-1\t{deployment}\thttps://moodle.example.org/keys\n"


def test_platforms_are_listed_approved_and_suspended(migrated: Shell) -> None:
    register(migrated)
    results = [
        migrated.run("platforms", "list"),
        migrated.run("platforms", "approve", "1"),
        migrated.run("platforms", "suspend", "1"),
        migrated.run("platforms", "list"),
    ]

    assert results == [
        (0, LINE.format(state="pending", deployment="-") + LINE.format(state="pending", deployment="1"), ""),
        (0, "Registration 1 is active.\n", ""),
        (0, "Registration 1 is suspended.\n", ""),
        (0, LINE.format(state="suspended", deployment="-") + LINE.format(state="active", deployment="1"), ""),
    ]


def test_a_sites_largest_grade_is_entered(migrated: Shell) -> None:
    register(migrated)

    results = [migrated.run("platforms", "largest-grade", *given)[:2] for given in (("1", "50"), ("9", "50"))]

    assert results == [(0, "Registration 1 gets exercises with at most 50 points.\n"), (1, "")]


@pytest.mark.parametrize("grade", ["0", "10001", "x"])
def test_a_largest_grade_is_one_that_moodle_can_have(migrated: Shell, grade: str) -> None:
    register(migrated)

    assert migrated.run("platforms", "largest-grade", "1", grade)[0] == 2


def test_a_deployment_is_approved_and_suspended_on_its_own(migrated: Shell) -> None:
    register(migrated)
    register(migrated, deployment_id="2")

    results = [
        migrated.run("platforms", "approve", "1", "--deployment", "2"),
        migrated.run("platforms", "approve", "1"),
        migrated.run("platforms", "suspend", "1", "--deployment", "1"),
        migrated.run("platforms", "approve", "1"),
    ]

    still = "Registration 1 itself is pending: none of its deployments can be used.\n"
    assert results == [
        (0, "Deployment 2 of registration 1 is active.\n" + still, ""),
        (0, "Registration 1 is active.\n", ""),
        (0, "Deployment 1 of registration 1 is suspended.\n", ""),
        (0, "Registration 1 is active.\n", ""),
    ]
    assert states(migrated) == ["active", "suspended", "active"]


@pytest.mark.parametrize("command", ["approve", "suspend"])
def test_a_deployment_that_is_not_there_cannot_be_decided_on(migrated: Shell, command: str) -> None:
    register(migrated)

    result = migrated.run("platforms", command, "1", "--deployment", "9")

    assert result == (1, "", "Error: Registration 1 has no deployment 9. `lti-tool platforms list` shows them.\n")
    assert states(migrated) == ["pending", "pending"]


def test_what_a_platform_calls_itself_can_neither_fake_a_line_nor_speak_to_the_terminal(migrated: Shell) -> None:
    register(migrated, deployment_id="2\n1\tactive\x1b[2J\u202e")

    code, output, errors = migrated.run("platforms", "list")

    shown = output.splitlines()[1].split("\t")[4]
    assert (code, errors, len(output.splitlines())) == (0, "", 2)
    assert shown == r"2\n1\tactive\x1b[2J\u202e"
    assert migrated.run("platforms", "approve", "1", "--deployment", shown)[0] == 0
    assert states(migrated) == ["pending", "active"]


@pytest.mark.parametrize("command", ["approve", "suspend", "remove"])
def test_a_platform_that_is_not_there_cannot_be_decided_on(migrated: Shell, command: str) -> None:
    result = migrated.run("platforms", command, "7")

    assert result == (1, "", "Error: There is no registration 7. `lti-tool platforms list` shows them.\n")


KEPT = (
    "https://moodle.example.org, client id client-1. The site has people: 0, courses: 0, activities: 0. "
    "They and their work are kept.\n"
)


@pytest.mark.parametrize(
    ("arguments", "typed", "result", "left"),
    [
        (["--yes"], "", (0, KEPT + "Registration 1 is removed.\n", ""), ["removed", "removed"]),
        (
            [],
            "y\n",
            (0, KEPT + "Remove registration 1? [y/N]: Registration 1 is removed.\n", ""),
            ["removed", "removed"],
        ),
        ([], "n\n", (1, KEPT + "Remove registration 1? [y/N]: ", "Aborted!\n"), ["pending", "pending"]),
        ([], "", (1, KEPT + "Remove registration 1? [y/N]: ", "Aborted!\n"), ["pending", "pending"]),
    ],
)
def test_a_registration_is_removed_once_it_was_confirmed(
    migrated: Shell, arguments: list[str], typed: str, result: tuple[int, str, str], left: list[str]
) -> None:
    register(migrated)

    assert migrated.run("platforms", "remove", "1", *arguments, typed=typed) == result
    assert states(migrated) == left
