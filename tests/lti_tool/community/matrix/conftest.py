"""One community for the whole matrix, and everybody who may come to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.lti_tool.community.matrix.asking import Asked, Database
from tests.lti_tool.community.matrix.cells import Line
from tests.lti_tool.community.matrix.people import ALIKE, INSIDERS, NEIGHBOURS, OUTSIDERS, TWIN, let_in, strangers
from tests.lti_tool.community.matrix.world import World, make, make_twin
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.entering import Client
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.ticking import Ticker

MAIL = {"MAIL_SERVER": "smtp://127.0.0.1:9", "MAIL_FROM": "community@example.org"}


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The world, the database as it stands, and who comes."""

    app: Flask
    world: World
    database: Database
    clients: Mapping[str, Client]

    def members(self, line: Line) -> Iterator[Asked]:
        """Let every member ask for what a line has, in every state; who is like another one in the first state."""
        for state in line.cells:
            for letter, launch in INSIDERS.items():
                yield self._asked(line, state, letter, letter, launch["sub"])
        for who, (letter, launch) in ALIKE.items():
            yield self._asked(line, next(iter(line.cells)), who, letter, launch["sub"])

    def outsiders(self, line: Line) -> Iterator[tuple[Asked, int]]:
        """Let everybody outside ask for it, with the status that they get; who has no community, in the first state."""
        for who, (status, launch) in OUTSIDERS.items():
            for state in line.cells if who in NEIGHBOURS else list(line.cells)[:1]:
                yield self._asked(line, state, who, "", launch["sub"]), status

    def twins(self, line: Line) -> Iterator[Asked]:
        """Let whoever wrote elsewhere under the same ids ask for it."""
        for state in line.cells:
            yield self._asked(line, state, "of the twin", "", TWIN["sub"])

    def with_empty_forms(self, line: Line) -> Iterator[Asked]:
        """Let those ask who don't need a state of their own, in the first two states."""
        for state in list(line.cells)[:2]:
            for letter, launch in INSIDERS.items():
                yield self._asked(line, state, letter, letter, launch["sub"])
            if line.about:
                for who in NEIGHBOURS:
                    yield self._asked(line, state, who, "", OUTSIDERS[who][1]["sub"])

    def _asked(self, line: Line, state: str, who: str, letter: str, sub: str) -> Asked:
        return Asked(line=line, state=state, who=who, client=self.clients[who], letter=letter, sub=sub)


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    """Make the community, and let everybody come a day later: the sessions of those who wrote are over."""
    ticker, url = Ticker(), new_sqlite_database(tmp_path_factory.mktemp("matrix"))
    app = make_app(url, ticker, **MAIL)
    world = make(app, ticker)
    ticker.move(days=1)
    launches = {**INSIDERS, **{who: launch for rights in (ALIKE, OUTSIDERS) for who, (_, launch) in rights.items()}}
    clients = {who: let_in(app, launch) for who, launch in launches.items()}
    clients |= strangers(app, clients["A"], clients["V"], world.early["A"])
    clients["of the twin"] = make_twin(world)
    yield Matrix(app=app, world=world, database=Database(url), clients=clients)
    close_app(app)
