"""The specification of the sync, on a real Moodle."""

from collections.abc import Iterator

import pytest

from tests.live.installing import installed
from tests.spec.sync import Installation, SyncSpecification
from tests.spec.taking_back import UndoSpecification


@pytest.fixture(scope="class")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give an administrator's folder."""
    with installed(tmp_path_factory.mktemp("sync")) as made:
        yield made


class TestSyncOnARealMoodle(SyncSpecification):
    """The story as it stands."""


class TestUndoOnARealMoodle(UndoSpecification):
    """What a run did is taken back."""
