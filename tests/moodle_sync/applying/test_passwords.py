"""Passwords that nobody will know."""

from itertools import groupby

import pytest

from moodle_sync.applying.making import Making
from moodle_sync.settings import NewAccounts
from moodle_sync.things.ids import Ids
from moodle_sync.things.person import CreatePerson
from tests.moodle_sync.examples import ANA

LONGEST = 128
"""Moodle takes no more characters."""


def password() -> str:
    return str(CreatePerson(ANA).row(Making(Ids(), NewAccounts.QUIET))["password"])


@pytest.mark.parametrize(
    ("policy", "fits"),
    [
        ("minpasswordlength", len),
        ("minpassworddigits", lambda text: 4 * sum(letter.isdigit() for letter in text)),
        ("minpasswordlower", lambda text: 4 * sum(letter.islower() for letter in text)),
        ("minpasswordupper", lambda text: 4 * sum(letter.isupper() for letter in text)),
        ("minpasswordnonalphanum", lambda text: 4 * sum(not letter.isalnum() for letter in text)),
    ],
)
def test_they_have_as_much_of_everything_as_fits(policy: str, fits: object) -> None:
    assert callable(fits)
    assert fits(password()) == LONGEST, policy


def test_no_two_letters_side_by_side_are_the_same() -> None:
    assert max(len(list(group)) for _, group in groupby(password())) == 1


def test_no_two_are_the_same_and_they_hold_to_ascii() -> None:
    assert password() != password()
    assert password().isascii()
