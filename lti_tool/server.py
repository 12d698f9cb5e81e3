"""gunicorn, started from Python so that there is one command and one configuration."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

ACCESS_LINE = "%(h)s %(m)s %(U)s %(s)s %(B)s"
"""Without the query: registration URLs and logins carry secrets there."""
WORKERS = 2
THREADS = 4
"""In each worker process."""


class _Server(BaseApplication):
    def __init__(self, app: Flask, options: dict[str, object]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # Flask is a WSGI application, though not to gunicorn's stubs
        return self._app


def serve_forever(app: Flask, *, bind: str, workers: int, threads: int) -> None:
    """Answer requests until the process is told to end."""
    options: dict[str, object] = {
        "bind": bind,
        "workers": workers,
        "threads": threads,
        "accesslog": "-",
        "access_log_format": ACCESS_LINE,
    }
    _Server(app, options).run()
