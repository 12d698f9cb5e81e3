"""Actions survive being written as JSON."""

import json

import pytest

from moodle_sync.documents import read_action, write_action
from moodle_sync.things.action import Action
from moodle_sync.things.catalogue import ACTIONS
from tests.moodle_sync.every_action import EVERY_ACTION


def test_every_kind_has_an_example() -> None:
    assert [type(action) for action in EVERY_ACTION] == list(ACTIONS)


@pytest.mark.parametrize("action", EVERY_ACTION, ids=lambda action: type(action).__name__)
def test_what_was_written_is_read_as_it_was(action: Action) -> None:
    document = json.loads(json.dumps(write_action(action)))

    read = read_action(document)

    assert read == action
    assert write_action(read) == document


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"action": "Explode"},
        {"action": "Unenrol", "course": "tot"},
        {"action": "Unenrol", "course": 1, "person": 2},
    ],
)
def test_what_is_no_action_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="action"):
        read_action(document)
