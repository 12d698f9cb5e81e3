"""Sends requests, in threads of their own, and decides by the time that they took how large the next ones are."""

from collections.abc import Callable
from dataclasses import dataclass

from moodle_sync.applying.making import arguments
from moodle_sync.applying.pace import FIRST, next_size
from moodle_sync.applying.waiting import Piece
from moodle_sync.errors import TooMany
from moodle_sync.things.action import Action, Step
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import Written
from moodle_sync.webservice.patience import patiently


@dataclass(frozen=True, slots=True)
class Flight:
    """A request on its way, by its number in the journal."""

    piece: Piece
    number: int

    @property
    def step(self) -> Step:
        """Say how it is sent."""
        return self.piece.kind.step


class Sending:
    """The way to a site at the pace that fits it; `clock` counts seconds."""

    def __init__(self, client: Client, clock: Callable[[], float]) -> None:
        self._client = client
        self._clock = clock
        self._sizes: dict[str, int] = {}

    def size(self, kind: type[Action]) -> int:
        """Say how many rows a request may have now."""
        step = kind.step
        return min(step.most, self._sizes.get(step.function.name, FIRST))

    def send(self, step: Step, piece: Piece) -> tuple[Written, float]:
        """Send a request, and give the time that it took; where the site wants fewer, wait as long as it says."""
        return patiently(lambda: self._timed(step, piece), self._client.wait, (TooMany,))

    def pace(self, flight: Flight, seconds: float) -> None:
        """Keep how long a request took."""
        size = self.size(flight.piece.kind)
        self._sizes[flight.step.function.name] = next_size(size, len(flight.piece.batch), seconds)

    def _timed(self, step: Step, piece: Piece) -> tuple[Written, float]:
        began = self._clock()
        written = self._client.call(step.function, **arguments(step, [made for _, made in piece.batch]))
        return written, self._clock() - began
