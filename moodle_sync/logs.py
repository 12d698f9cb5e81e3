"""The log for machines: one JSON object for each thing that happened, with the run's id.

It holds names of functions, counts and seconds; nothing of what was sent or answered, and neither token nor address.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from moodle_sync.errors import InputRefused, Problem

VARIABLE: Final = "MOODLE_SYNC_LOG"
FIELDS: Final = ("run", "function", "rows", "seconds", "error", "errorcode", "exit_code", "changes", "done", "failed")
"""What a line says beside its event, where it is known."""

log = logging.getLogger("moodle_sync")
log.addHandler(logging.NullHandler())


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


@contextmanager
def written(file: Path | None, run: str) -> Iterator[None]:
    """Add what happens meanwhile to a file."""
    if file is None:
        yield
        return
    handler = _handler(file)
    handler.addFilter(lambda record: _with_run(record, run))
    level = log.level
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
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


def _with_run(record: logging.LogRecord, run: str) -> bool:
    vars(record).setdefault("run", run)
    return True
