"""The log for machines: one JSON object for each thing that happened, with the run's id.

It holds names of functions, counts and seconds; nothing of what was sent or answered, and neither token nor address.
"""

import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from moodle_sync.errors import InputRefused, Problem

VARIABLE: Final = "MOODLE_SYNC_LOG"
FIELDS: Final = ("run", "begun", "command", "function", "rows", "seconds", "error", "errorcode", "exit_code")
"""What a line says beside its event, where it is known."""


log = logging.getLogger("moodle_sync")
log.addHandler(logging.NullHandler())


class _Run(logging.Filter):
    """Puts the run's id on each line, from whatever thread it comes."""

    id = ""

    def filter(self, record: logging.LogRecord) -> bool:
        vars(record).setdefault("run", self.id)
        return True


_run = _Run()


class JsonFormatter(logging.Formatter):
    """Writes one JSON object for each record, in one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **{name: vars(record)[name] for name in FIELDS if vars(record).get(name) is not None},
        }
        return json.dumps(line)


def new_run(now: datetime) -> str:
    """Make an id for a run, until the journal gives it one."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def name_run(run: str) -> None:
    """Let the lines from here on carry the journal's id of the run."""
    log.info("begun", extra={"begun": run})
    _run.id = run


@contextmanager
def written(file: Path | None, run: str) -> Iterator[None]:
    """Add what happens meanwhile to a file."""
    _run.id = run
    if file is None:
        yield
        return
    handler = _handler(file)
    handler.addFilter(_run)
    level = log.level
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    except BaseException as error:
        log.error("stopped", extra={"error": type(error).__name__})  # noqa: TRY400  # a traceback may quote people
        raise
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        handler.close()


def _handler(file: Path) -> logging.Handler:
    try:
        handler = logging.FileHandler(file, encoding="utf-8")
    except OSError as error:
        raise InputRefused([Problem(str(file), 0, "", f"the log can't be written: {error.strerror}")]) from error
    handler.setFormatter(JsonFormatter())
    return handler
