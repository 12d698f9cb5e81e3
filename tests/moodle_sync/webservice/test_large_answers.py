"""Answers over real connections: of any usual size they are read whole, and those without end aren't."""

import json
from collections.abc import Callable
from itertools import repeat

import pytest
from flask import Response

from lti_tool.demo.moodle.faults import Lasting, Work
from moodle_sync.errors import FateUnknown, MoodleError, NotMoodle
from moodle_sync.webservice.client import LARGEST, Client, over_http
from moodle_sync.webservice.functions import CREATE_USERS, GET_USERS
from tests.moodle_sync.miniature import Running

MEGABYTE = b" " * 1_000_000
USER = {"id": 3, "username": "ana", "firstname": "Ána"}


def read(client: Client) -> object:
    return client.call(GET_USERS, field="username", values=["ana"])


def write(client: Client) -> object:
    return client.call(CREATE_USERS, users=[{"username": "ana"}])


def endless(_work: Work) -> Response:
    return Response(repeat(MEGABYTE))


def sized(size: int) -> Callable[[Work], Response]:
    """Make an answer of so many bytes."""
    told = json.dumps([USER], ensure_ascii=False).encode()
    return lambda _work: Response([b" " * (size - len(told)), told])


@pytest.fixture
def client(running: Running) -> Client:
    return Client(running.url, running.token, over_http(running.url), sleep=lambda _: None)


class TestSizes:
    """A site, or something before it, that answers as it likes."""

    @pytest.mark.parametrize(("ask", "kind"), [(read, NotMoodle), (write, FateUnknown)])
    def test_an_answer_without_end_is_no_answer_and_not_asked_for_again(
        self, running: Running, client: Client, ask: Callable[[Client], object], kind: type[MoodleError]
    ) -> None:
        running.miniature.order_faults(GET_USERS.name, Lasting(endless))
        running.miniature.order_faults(CREATE_USERS.name, Lasting(endless))

        with pytest.raises(MoodleError, match="its answer is larger than 64 MB") as refused:
            ask(client)

        assert (refused.type, client.reads + client.writes) == (kind, 1)

    @pytest.mark.parametrize("size", [100, 100_000, LARGEST])
    def test_one_that_fits_is_read_whole(self, running: Running, client: Client, size: int) -> None:
        running.miniature.order_faults(GET_USERS.name, sized(size))

        (user,) = client.call(GET_USERS, field="username", values=["ana"])

        assert (user.username, user.firstname) == ("ana", "Ána")

    def test_one_byte_more_does_not_fit(self, running: Running, client: Client) -> None:
        running.miniature.order_faults(GET_USERS.name, sized(LARGEST + 1))

        with pytest.raises(NotMoodle):
            read(client)

    def test_after_one_that_was_not_read_to_its_end_the_next_is_read_as_it_is(
        self, running: Running, client: Client
    ) -> None:
        running.miniature.order_faults(GET_USERS.name, endless, sized(100))
        with pytest.raises(NotMoodle):
            read(client)

        assert read(client)
