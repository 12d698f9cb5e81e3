"""What a run did, and what of it isn't there."""

import pytest

from moodle_sync.actions import Action, AddMember, Change, ChangeCourse, ChangePerson
from moodle_sync.session.apply import undone
from tests.moodle_sync.examples import MEMBER


@pytest.mark.parametrize(
    ("case", "done", "later", "lost"),
    [
        ("not there at all", AddMember(MEMBER), AddMember(MEMBER), True),
        (
            "kept as something else",
            ChangePerson("ana", (Change("profile_field_size", "", "XXL"), Change("lang", "es", "el"))),
            ChangePerson("ana", (Change("profile_field_size", "M", "XXL"),)),
            True,
        ),
        (
            "a course's, kept as something else",
            ChangeCourse("tot", (Change("fullname", "Old", "New"),)),
            ChangeCourse("tot", (Change("fullname", "New?", "New"),)),
            True,
        ),
        (
            "another field, changed meanwhile",
            ChangePerson("ana", (Change("lang", "es", "el"),)),
            ChangePerson("ana", (Change("firstname", "Anna", "Ana"),)),
            False,
        ),
        ("there", AddMember(MEMBER), ChangePerson("sami", (Change("lang", "es", "el"),)), False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_still_to_be_done_was_lost(case: str, done: Action, later: Action, lost: bool) -> None:  # noqa: FBT001  # a parameter of the table
    assert undone([done], [later]) == ((done,) if lost else ()), case
