"""The specification of circles, on a real Moodle."""

from collections.abc import Iterator

import pytest

from tests.live.installing import installed
from tests.spec.circles import CirclesSpecification
from tests.spec.sync import Installation


@pytest.fixture(scope="class")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give an administrator's folder."""
    with installed(tmp_path_factory.mktemp("sync")) as made:
        yield made


class TestCirclesOnARealMoodle(CirclesSpecification):
    """The story as it stands."""
