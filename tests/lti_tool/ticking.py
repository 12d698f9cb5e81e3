"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class Ticker:
    """A clock for `create_app`; it starts at the machine's time, since signed tokens are checked against that."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **delta: float) -> None:
        """Let time pass, in the words of `timedelta`."""
        self.time += timedelta(**delta)
