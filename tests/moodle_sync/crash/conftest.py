from collections.abc import Iterator

import pytest

from tests.moodle_sync.crash.story import STORIES, Held, Setting, open_setting


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    """Give a site on a port, and a folder; every story begins them anew."""
    with open_setting(tmp_path_factory.mktemp("folder")) as opened:
        yield opened


@pytest.fixture(scope="module")
def undisturbed(setting: Setting) -> dict[str, Held]:
    """Tell what comes of each story where nobody is killed."""
    return {name: setting.tell(name) for name in STORIES}
