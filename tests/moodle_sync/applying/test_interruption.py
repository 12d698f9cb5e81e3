"""Ctrl-C: once in order."""

import os
import signal
from collections.abc import Iterator

import pytest

from moodle_sync.applying.interruption import Interruption
from moodle_sync.errors import Interrupted
from moodle_sync.webservice.functions import GET_SITE_INFO
from moodle_sync.webservice.watched import WatchedClient
from tests.moodle_sync.miniature import TOKEN, Miniature


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Hear Ctrl-C as at a terminal: what is started in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_first_stops_before_the_next_request_and_says_so(miniature: Miniature) -> None:
    told: list[str] = []
    client = WatchedClient(miniature.site.settings.wwwroot, TOKEN, miniature.send)

    with Interruption(lambda: told.append("stopping"), lambda: None) as interruption:
        client.before = interruption.check
        client.call(GET_SITE_INFO)
        press()
        with pytest.raises(Interrupted):
            client.call(GET_SITE_INFO)

    assert told == ["stopping"]
    assert miniature.calls == ["core_webservice_get_site_info"]


def test_afterwards_ctrl_c_is_as_before() -> None:
    with Interruption(lambda: None, lambda: None):
        pass

    with pytest.raises(KeyboardInterrupt):
        press()
