"""gunicorn, started from Python so that there is one command and one configuration."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

ACCESS_LINE = "%(h)s %(m)s %(U)s %(s)s %(B)s"
"""Without the query: registration URLs and logins carry secrets there."""
LIMITS = {
    "limit_request_line": 8190,  # the largest there is: platforms may begin a login by GET, with long hints
    "limit_request_fields": 100,
    "limit_request_field_size": 8190,
    "timeout": 60,  # above the thirty seconds that a request to a platform may take
    "keepalive": 5,
    "graceful_timeout": 30,
}
STRANGERS = {"forwarded_allow_ips": "", "secure_scheme_headers": {}, "forwarder_headers": ""}
"""gunicorn itself believes nobody's headers, at a socket file neither; `proxies.py` alone knows whom to believe."""
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
        **LIMITS,
        **STRANGERS,
    }
    _Server(app, options).run()
