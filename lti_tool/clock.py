"""The one place that asks what time it is, so that a test can let hours pass."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, current_app

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Tell the machine's time, in UTC."""
    return datetime.now(UTC)


def init_app(app: Flask, clock: Clock = utc_now) -> None:
    """Give the application its clock."""
    app.extensions["clock"] = clock


def now() -> datetime:
    """Tell the application's time, in UTC."""
    clock: Clock = current_app.extensions["clock"]
    return clock()
