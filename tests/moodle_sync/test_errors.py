"""Which exception says what, and with which exit code a program ends by it."""

import pytest

from moodle_sync.errors import (
    AccessRefused,
    FateUnknown,
    GuardStopped,
    InputRefused,
    Interrupted,
    JournalError,
    NotAllowed,
    NotMoodle,
    PlanRefused,
    Refused,
    RightMissing,
    StalePlan,
    SyncError,
    TokenRefused,
    Unreachable,
    refused,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputRefused([]), 1),
        (PlanRefused(), 1),
        (JournalError(), 1),
        (NotMoodle(), 1),
        (Refused("f", "invalidparameter", ""), 1),
        (NotAllowed("f", "nopermissions", ""), 4),
        (GuardStopped(["too much"]), 5),
        (FateUnknown("no answer"), 6),
        (StalePlan(), 7),
        (Unreachable("gone"), 8),
        (Interrupted(), 130),
    ],
)
def test_each_error_has_its_exit_code(error: SyncError, code: int) -> None:
    assert error.exit_code == code


@pytest.mark.parametrize(
    ("errorcode", "kind"),
    [
        ("invalidtoken", TokenRefused),
        ("wsaccessusersuspended", TokenRefused),
        ("accessexception", AccessRefused),
        ("forbidden", AccessRefused),
        ("nopermissions", RightMissing),
        ("missingrequiredcapability", RightMissing),
        ("invalidparameter", Refused),
        ("of a plugin", Refused),
    ],
)
def test_moodle_s_errors_are_told_apart_by_their_code(errorcode: str, kind: type[Refused]) -> None:
    error = refused("core_user_create_users", errorcode, "No  such\nthing")

    assert type(error) is kind
    assert (str(error), error.errorcode) == (f"core_user_create_users: No such thing ({errorcode})", errorcode)
