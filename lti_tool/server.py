"""gunicorn, started from Python so that there is one command and one configuration."""

import gc
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger

log = logging.getLogger("lti_tool.server")

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
CONTROL_SOCKET = "control_socket_disable"
QUOTING = {
    "Invalid request from": "a request that can't be read was refused",
    "Error handling request": "a request broke off",
}
"""How gunicorn's messages begin that quote addresses, queries and headers, and what the log says instead."""


class _Log(Logger):
    """Hands gunicorn's messages to the log of the whole program; each request has its line there already."""

    loglevel = logging.WARNING
    _access_log_enabled = False

    def setup(self, cfg: Config) -> None:
        self.error_log.setLevel(self.loglevel)
        self.error_log.propagate = True
        if _unquoted not in self.error_log.filters:
            self.error_log.addFilter(_unquoted)


def _unquoted(record: logging.LogRecord) -> bool:
    """Replace a message that quotes what somebody sent; what can't be read may have a cookie in it."""
    said = str(record.msg)
    for beginning, instead in QUOTING.items():
        if said.startswith(beginning):
            record.msg, record.args = instead, ()
    return True


class _Server(BaseApplication):
    def __init__(self, app: Flask, options: dict[str, object]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)
        if CONTROL_SOCKET in self.cfg.settings:  # only newer versions have that door, which nobody here uses
            self.cfg.set(CONTROL_SOCKET, value=True)

    def load(self) -> Any:  # Flask is a WSGI application, though not to gunicorn's stubs
        return self._app


def set_apart() -> None:
    """Let Python's collector leave alone what is there now, which stays: the curriculum, the code, the tables.

    It would go through all of it in the middle of a request, for a tenth of a second and more.
    """
    gc.collect()
    gc.freeze()


def serve_forever(app: Flask, *, bind: Sequence[str], workers: int, threads: int, shared: Path | None = None) -> None:
    """Answer requests until the process is told to end; then finish those under way, and remove what they shared.

    That folder isn't removed by a `with`: web processes leave this function too, each when it ends.
    """

    def started(_: Arbiter) -> None:
        log.info("serving %s: %s processes of %s threads", ", ".join(bind), workers, threads)

    def stopped(_: Arbiter) -> None:
        if shared:
            shutil.rmtree(shared, ignore_errors=True)
        log.info("stopped")

    options: dict[str, object] = {
        "bind": list(bind),
        "workers": workers,
        "threads": threads,
        "logger_class": _Log,
        "when_ready": started,
        "on_exit": stopped,
        **LIMITS,
        **STRANGERS,
    }
    set_apart()
    _Server(app, options).run()
